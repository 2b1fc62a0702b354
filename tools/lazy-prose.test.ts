import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lazyProse, numbered, proseOf, withoutAnyProse, withoutProse } from './lazy-prose.ts';

const source = `
import { shared } from './shared.ts';
/** Doc: limits: [text('no')]. */
export const descriptor = defineTechnique({
  id: 'x', // ε
  label: text('a label', 'una etiqueta'),
  summary: text('It\\'s "said".'),
  citations: [{ authors: 'A, B', year: 1999, title: 'T', doi: '10.1/x' }],
  limits: [text('one'), text('two', 'dos')],
  params: {
    k: integer({ label: text('size'), help: text('Rows.'), min: 1, max: 2, default: 1 }),
    l: shared,
  },
  adversary: { who: text('anyone'), knows: [text('all')], wants: text('more') },
});
const other = defineMetric({ summary: text(words), limits: [...shared], citations: [shared], help: text(\`a \${b}\`) });
const free = { summary: text('not a descriptor') };
`;

describe('the prose of descriptors', () => {
  it('is found where it is written out, and only in descriptors', () => {
    expect(proseOf(source).map(({ value }) => value)).toEqual([
      { knows: [{ en: 'all' }], wants: { en: 'more' } },
      {
        summary: { en: 'It\'s "said".' },
        citations: [{ authors: 'A, B', year: 1999, title: 'T', doi: '10.1/x' }],
        limits: [{ en: 'one' }, { en: 'two', es: 'dos' }],
      },
      { help: { en: 'Rows.' } },
    ]);
  });

  it('is left for later: labels and all that refers to something else stay', () => {
    const rest = withoutProse(source, numbered([source]));
    for (const gone of ['said', 'A, B', "'one'", 'Rows.', "'all'"]) expect(rest).not.toContain(gone);
    for (const kept of ['a label', "'size'", "'anyone'", '[...shared]', 'text(words)', 'not a descriptor', 'ε'])
      expect(rest).toContain(kept);
    expect(rest).toContain(".../* @__PURE__ */ proseLater(1, 'summary citations+ limits+')");
    expect(withoutProse('export const a = 1;', numbered([source]))).toBe('export const a = 1;');
  });

  it('takes the labels of what only a form shows with it', () => {
    const form = `defineTechnique({ label: text('kept'), params: {
      how: choice({ label: text('How'), options: [{ value: 'a', label: text('one way') }, { value: 'b', label: text(words) }] }),
      deep: number({ label: text('Deep'), min: 0, max: 1, default: 0, advanced: true }),
      dial: number({ label: text('Dial'), min: 0, max: 1, default: 0 }),
    } })`;
    expect(proseOf(form).map(({ value }) => value)).toEqual([{ label: { en: 'How' } }, { label: { en: 'Deep' } }]);
    const ways = `choice({ label: text('How'), options: [{ value: 'a', label: text('one way') }, { value: B, label: text('two') }] })`;
    const rest = withoutProse(ways, numbered([ways]));
    expect(rest).toMatch(/options: .*optionsLater\(0, \['a', B\]\)/);
    expect(rest).toMatch(/proseLater\(1, 'label'\)/);
  });

  it('is nothing to workers, which keep all labels', () => {
    const rest = withoutAnyProse(`${source}choice({ label: text('How'), help: text('gone') });`);
    for (const gone of ['said', 'A, B', "'one'", 'Rows.', "'all'", 'gone']) expect(rest).not.toContain(gone);
    for (const kept of ['a label', "'size'", "'How'", '[...shared]']) expect(rest).toContain(kept);
    expect(rest).toContain("summary: { en: '' }, citations: [], limits: []");
  });

  it('has one place for the same words', () => {
    expect(numbered([source, source]).size).toBe(3);
  });

  it('fills its places when it comes, and those made after that at once', async () => {
    const { load, resolveId } = lazyProse();
    if (typeof load !== 'function' || typeof resolveId !== 'function') throw new Error('a plugin of functions');
    // The hooks use nothing of the bundler around them.
    const code = Reflect.apply(load, undefined, [Reflect.apply(resolveId, undefined, ['virtual:later'])]) as string;
    const { proseLater, optionsLater, fillProse } = (await import(
      /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
    )) as {
      proseLater: (n: number, names: string) => object;
      optionsLater: (n: number, values: readonly unknown[]) => readonly object[];
      fillProse: (all: readonly unknown[]) => void;
    };
    const spec = { id: 'x', ...proseLater(1, 'summary limits+') };
    const again = { id: 'y', ...proseLater(1, 'summary limits+') };
    const options = optionsLater(0, ['a', 'b']);
    expect(spec).toEqual({ id: 'x', summary: { en: '' }, limits: [] });
    expect(options).toEqual([
      { value: 'a', label: { en: '' } },
      { value: 'b', label: { en: '' } },
    ]);
    fillProse([
      [{ en: 'one' }, { en: 'two', es: 'dos' }],
      { summary: { en: 'words' }, limits: [{ en: 'limit' }, { en: 'another' }] },
      { help: { en: 'late' } },
    ]);
    expect(spec).toEqual({ id: 'x', summary: { en: 'words' }, limits: [{ en: 'limit' }, { en: 'another' }] });
    expect(again).toEqual({ ...spec, id: 'y' });
    expect(options).toEqual([
      { value: 'a', label: { en: 'one' } },
      { value: 'b', label: { en: 'two', es: 'dos' } },
    ]);
    expect(proseLater(2, 'help')).toEqual({ help: { en: 'late' } });
  });

  it('is found in every descriptor of the engine', () => {
    const files = readdirSync('src/engine', { recursive: true, encoding: 'utf8' });
    const bare = files
      .filter((file) => file.endsWith('.ts') && !/\.test\.|testing|kit/.test(file))
      .map((file) => [file, readFileSync(`src/engine/${file}`, 'utf8')] as const)
      .filter(
        ([, code]) =>
          /\bdescriptor = define/.test(code) &&
          !proseOf(code).some(({ value }) => 'summary' in value && 'limits' in value && 'citations' in value),
      )
      .map(([file]) => file);
    expect(bare).toEqual([]);
  });
});
