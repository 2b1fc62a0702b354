import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Module texts are written side by side, `text(en, es)`, but a page in English should not carry the Spanish of every
 * method card before its first picture. In the page's build this plugin leaves the English in place and moves the
 * Spanish of `src/engine` and `datasets` into one virtual module, loaded with the Spanish catalogue. Workers keep both.
 */
const moduleId = 'virtual:module-spanish';
const literal = String.raw`('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")`;
const call = new RegExp(String.raw`\btext\(\s*${literal},\s*${literal},?\s*\)`, 'g');
/** Where module texts are written. */
export const textFolders = ['src/engine', 'datasets'];

/** Every Spanish of each English. */
export function translations(files: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of files) {
    for (const [, en = '', es = ''] of file.matchAll(call)) {
      const all = found.get(valueOf(en)) ?? new Set();
      found.set(valueOf(en), all.add(valueOf(es)));
    }
  }
  return found;
}

/** Spanish by English, as far as it is unique: a word with two translations keeps both where it stands. */
export const spanishByEnglish = (files: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    [...translations(files)].flatMap(([en, [es = '', ...others]]) => (others.length === 0 ? [[en, es] as const] : [])),
  );

/** The source with the Spanish of known pairs left out. */
export const withoutSpanish = (code: string, known: ReadonlyMap<string, string>): string =>
  code.replace(call, (whole, en: string, es: string) =>
    known.get(valueOf(en)) === valueOf(es) ? `text(${en})` : whole,
  );

/** Value of a quoted literal of the house style: single or double quotes, simple escapes. */
const valueOf = (source: string): string =>
  source.slice(1, -1).replaceAll(/\\(u[0-9a-fA-F]{4}|.)/g, (_, escape: string) => {
    if (escape.startsWith('u') && escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return escape === 'n' ? '\n' : escape === 't' ? '\t' : escape;
  });

export const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));

export function lazySpanish(): Plugin {
  let building = false;
  let known: ReadonlyMap<string, string> = new Map();
  return {
    name: 'lazy-spanish',
    enforce: 'pre',
    configResolved(config) {
      building = config.command === 'build';
      if (!building) return;
      known = spanishByEnglish(textFolders.flatMap((folder) => sourcesIn(join(config.root, folder))));
    },
    resolveId: (id) => (id === moduleId ? `\0${moduleId}` : undefined),
    load: (id) =>
      id === `\0${moduleId}` ? `export const moduleSpanish = ${JSON.stringify(Object.fromEntries(known))};` : undefined,
    transform: (code, id) =>
      building && /\/(?:src\/engine|datasets)\/.*\.ts$/.test(id)
        ? { code: withoutSpanish(code, known), map: null }
        : undefined,
  };
}
