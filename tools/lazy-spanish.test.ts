import { describe, expect, it } from 'vitest';
import { sourcesIn, spanishByEnglish, textFolders, translations, withoutSpanish } from './lazy-spanish.ts';

const source = [
  "const a = text('noisy counts', 'recuentos con ruido');",
  "const b = text(\n  'it\\'s \\u03b5',\n  \"es \\u03b5\",\n);",
  "const c = text('only English');",
  'const d = text(`${n} rows`, `${n} filas`);',
].join('\n');

describe('the Spanish of module texts', () => {
  it('is found by its English and left out of the page', () => {
    const known = spanishByEnglish([source]);
    expect([...known]).toEqual([
      ['noisy counts', 'recuentos con ruido'],
      ["it's \u03b5", 'es \u03b5'],
    ]);
    const stripped = withoutSpanish(source, known);
    expect(stripped).toContain("text('noisy counts')");
    expect(stripped).not.toContain('recuentos');
    expect(stripped).toContain('`${n} filas`');
  });

  it('stays where one English text has two translations', () => {
    const twice = ["text('rate', 'tasa')", "text('rate', 'ritmo')"].join('; ');
    const known = spanishByEnglish([twice]);
    expect(known.size).toBe(0);
    expect(withoutSpanish(twice, known)).toBe(twice);
  });

  it('is one for each English text of the modules', () => {
    const all = translations(textFolders.flatMap((folder) => sourcesIn(folder)));
    expect([...all].filter(([, each]) => each.size > 1).map(([en, each]) => [en, ...each])).toEqual([]);
    expect(all.size).toBeGreaterThan(500);
  });
});
