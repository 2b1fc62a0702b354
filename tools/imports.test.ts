import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { attacks, metrics, techniques } from '../src/engine/registry.ts';

/** Imports point down only, and a few habits no linter knows (docs/architecture.md). */

const root = resolve(import.meta.dirname, '..');

interface Rule {
  /** Folders (or files) whose values it may import. Its own folder always. */
  readonly values: readonly string[];
  /** Folders of which it may import types. Types of src/engine/kit are for everybody. */
  readonly types?: readonly string[];
  /** npm packages, by prefix. */
  readonly packages: readonly string[];
}

const kit = ['src/engine/kit', 'src/engine/registry.ts'];
const hierarchyText = ['src/engine/table/hierarchy-check.ts', 'src/engine/table/hierarchy-csv.ts'];
const layers: Readonly<Record<string, Rule>> = {
  'src/engine': { values: [], packages: ['@noble/', '@stdlib/', '@tensorflow/tfjs'] },
  datasets: { values: ['src/engine'], packages: ['@noble/', 'hyparquet'] },
  'src/scenario': { values: kit, packages: ['valibot'] },
  'src/runtime': { values: ['src/engine/kit', 'workers/main.worker.ts'], packages: ['comlink'] },
  workers: {
    values: ['src/engine', 'datasets'],
    types: ['src/runtime'],
    packages: ['comlink', '@noble/', 'hyparquet-writer'],
  },
  'src/charts': { values: ['src/engine/kit'], packages: ['react', 'd3-array'] },
  'src/store': { values: ['src/scenario', 'src/runtime', ...kit], packages: ['zustand', 'valibot'] },
  'src/ui': {
    // The editor checks a tree at every key, and reads hierarchy files: both small and free of tables.
    values: ['src/charts', 'src/store', 'src/scenario', 'src/runtime', 'datasets/list.ts', ...hierarchyText, ...kit],
    // `virtual:`: made by the build from sources of the kit's texts (tools/lazy-spanish.ts).
    packages: ['react', 'zustand', '@fontsource', 'virtual:'],
  },
};

interface Module {
  readonly path: string;
  readonly layer: string;
  readonly text: string;
}

const isTest = (path: string): boolean =>
  /\.(test|stat\.test|vectors|gallery)\.tsx?$|(^|\/)(testing(\.ts|\/)|gallery\/)/.test(path);

const modules: readonly Module[] = Object.keys(layers).flatMap((layer) =>
  readdirSync(join(root, layer), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => ({ path: join(layer, name), layer, text: readFileSync(join(root, layer, name), 'utf8') })),
);
const sources = modules.filter(({ path }) => !isTest(path));

interface Import {
  readonly to: string;
  readonly typeOnly: boolean;
  /** Imported when first used. */
  readonly lazy?: true;
}

/** Static and dynamic imports and re-exports of a module; relative ones as paths from the root. */
function importsOf({ path, text }: Module): readonly Import[] {
  const { module } = parseSync(path, text);
  const target = (specifier: string): string =>
    specifier.startsWith('.') ? relative(root, resolve(root, path, '..', specifier.replace(/\?.*$/, ''))) : specifier;
  const statics = module.staticImports.map(({ moduleRequest, entries }) => ({
    to: target(moduleRequest.value),
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
  const again = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest === null ? [] : [{ to: target(moduleRequest.value), typeOnly: isType }],
    ),
  );
  const lazily = module.dynamicImports.flatMap(({ moduleRequest }) => {
    const written = text.slice(moduleRequest.start, moduleRequest.end);
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(written)?.[2];
    return literal === undefined ? [] : [{ to: target(literal), typeOnly: false, lazy: true as const }];
  });
  return [...statics, ...again, ...lazily];
}

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

function allowed({ layer, path }: Module, { to, typeOnly }: Import): boolean {
  const rule = layers[layer];
  if (rule === undefined) return false;
  const isLocal =
    !to.startsWith('@') &&
    (to.includes('/') || /\.(tsx?|css)$/.test(to)) &&
    !rule.packages.some((name) => to.startsWith(name));
  if (!isLocal) return rule.packages.some((name) => to === name || to.startsWith(name));
  if (within(to, layer) || rule.values.some((folder) => within(to, folder))) return true;
  if (!typeOnly) return false;
  return (
    within(to, 'src/engine/kit') ||
    within(to, 'src/engine/table') ||
    (rule.types ?? []).some((folder) => within(to, folder)) ||
    path === to
  );
}

describe('imports', () => {
  it('point down only', () => {
    const wrong = sources.flatMap((module) =>
      importsOf(module)
        .filter((each) => !allowed(module, each))
        .map(({ to }) => `${module.path} -> ${to}`),
    );
    expect(sources.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  it('never go round in a circle', () => {
    const edges = new Map(
      sources.map((module) => [
        module.path,
        importsOf(module)
          .filter(({ typeOnly, lazy }) => !typeOnly && lazy !== true)
          .map(({ to }) => to),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, above: readonly string[]): void => {
      const at = above.indexOf(path);
      if (at >= 0) circles.push([...above.slice(at), path].join(' -> '));
      if (at >= 0 || done.has(path)) return;
      for (const to of edges.get(path) ?? []) visit(to, [...above, path]);
      done.add(path);
    };
    for (const path of edges.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });

  it('know no default export', () => {
    const wrong = sources.filter((module) =>
      parseSync(module.path, module.text).module.staticExports.some(({ entries }) =>
        entries.some(({ exportName }) => exportName.kind === 'Default'),
      ),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

/** Source without comments and without the insides of texts, so that words in prose do not count as code. */
const codeOf = (text: string): string =>
  text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|[^:'"`])\/\/.*$/gm, '$1')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");

describe('habits', () => {
  it('the engine uses portable mathematics only, and reaches for no globals', () => {
    const banned =
      /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|sinh|cosh|tanh|asin|acos|atan|atan2|asinh|acosh|atanh|cbrt|hypot|random)\b|\*\*|\bDate\.now\b|\bperformance\.|\bcrypto\./;
    const wrong = sources
      .filter(
        ({ layer, path }) => (layer === 'src/engine' || layer === 'datasets') && !path.endsWith('portable-math.ts'),
      )
      .filter(({ text }) => banned.test(codeOf(text)));
    expect(wrong.map(({ path, text }) => `${path}: ${banned.exec(codeOf(text))?.[0]}`)).toEqual([]);
  });

  it('page, runtime and workers know no module by its id', () => {
    const ids = new Set([...techniques, ...attacks, ...metrics].map(({ id }) => id).filter((id) => id.includes('-')));
    const wrong = sources
      .filter(({ layer }) => ['src/ui', 'src/store', 'src/runtime', 'src/charts', 'workers'].includes(layer))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/'([^'\n]+)'/g)].flatMap(([, literal]) =>
          ids.has(literal ?? '') ? [`${path}: ${literal}`] : [],
        ),
      );
    expect(wrong).toEqual([]);
  });

  it('every module of a family is in both of its lists', () => {
    const families = ['anonymization', 'dp', 'ldp', 'learning', 'mpc', 'crypto', 'attacks', 'metrics'];
    const missing = families.flatMap((family) => {
      const folder = `src/engine/${family}`;
      const read = (name: string): string => readFileSync(join(root, folder, name), 'utf8');
      const lists = { 'list.ts': read('list.ts'), 'kernels.ts': read('kernels.ts') };
      return sources
        .filter(({ path, text }) => within(path, folder) && /^export const descriptor\b/m.test(text))
        .flatMap(({ path }) => {
          const own = `'./${relative(folder, path)}'`;
          return Object.entries(lists)
            .filter(([, list]) => !list.includes(own))
            .map(([name]) => `${path} is missing from ${folder}/${name}`);
        });
    });
    expect(missing).toEqual([]);
  });
});
