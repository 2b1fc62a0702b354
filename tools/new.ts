/**
 * Starts a technique from a template: `npm run new dp/geometric` writes src/engine/dp/geometric.ts and its test, and a
 * line in each of the family's two lists. What it writes compiles and passes the contract test; then make it yours.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const families: Readonly<Record<string, { readonly stage: string }>> = {
  anonymization: { stage: 'curator' },
  dp: { stage: 'curator' },
  ldp: { stage: 'source' },
  learning: { stage: 'edge' },
  mpc: { stage: 'transit' },
  crypto: { stage: 'transit' },
};

const [family = '', id = ''] = (process.argv[2] ?? '').split('/');
const about = families[family];
if (about === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
  console.error(
    `usage: npm run new FAMILY/ID, family one of ${Object.keys(families).join(', ')}, id in lower case with hyphens`,
  );
  process.exit(2);
}
const folder = join(import.meta.dirname, '../src/engine', family);
const file = join(folder, `${id}.ts`);
if (existsSync(file)) {
  console.error(`${file} exists already`);
  process.exit(2);
}
const name = id.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const title = id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');

writeFileSync(file, techniqueText());
writeFileSync(join(folder, `${id}.test.ts`), testText());
addLine(join(folder, 'list.ts'), `import { descriptor as ${name} } from './${id}.ts';`, (list) =>
  list.replace(
    /(descriptors: readonly \w+\[\] = \[)([\s\S]*?)(,?\s*)\];/,
    (_, head: string, body: string) => `${head}${body}${body.trim() === '' ? '' : ', '}${name}];`,
  ),
);
addLine(join(folder, 'kernels.ts'), undefined, (list) =>
  list.replace(/(kernels: KernelList = \{)([\s\S]*?)\};/, (_, head: string, body: string) => {
    const kept = body.trimEnd().replace(/,$/, '');
    return `${head}${kept}${kept.trim() === '' ? '' : ','}\n  '${id}': () => import('./${id}.ts'),\n};`;
  }),
);
console.log(`wrote ${family}/${id}.ts and its test, and listed it twice.
next: npx biome format --write src/engine/${family} && npx vitest run src/engine/contract.test.ts -t ${id}`);

function addLine(path: string, importLine: string | undefined, change: (text: string) => string): void {
  const before = readFileSync(path, 'utf8');
  const changed = change(before);
  if (changed === before) throw new Error(`${path}: the list was not found; add ${id} by hand`);
  writeFileSync(path, importLine === undefined ? changed : `${importLine}\n${changed}`);
}

function techniqueText(): string {
  return `import type { Ctx } from '../kit/context.ts';
import { unsupported } from '../kit/errors.ts';
import { integer, type Params } from '../kit/params.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import { defineTechnique } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import { takeRows } from '../table/table.ts';

export const descriptor = defineTechnique({
  id: '${id}',
  version: 1,
  family: '${family}',
  label: text('${title}', '${title}'),
  summary: text('Releases every n-th row.', 'Publica una de cada n filas.'),
  citations: [{ authors: 'Name the authors', year: 2000, title: 'Name the source, with its equation or algorithm' }],
  limits: [text('Say what it does not do.', 'Diga lo que no hace.')],
  vetting: 'draft',
  params: {
    every: integer({
      label: text('One row in', 'Una fila de cada'),
      symbol: 'n',
      help: text('How many rows one released row stands for.', 'A cuántas filas representa cada fila publicada.'),
      min: 1,
      max: 1000,
      default: 10,
    }),
  },
  stage: '${about?.stage}',
  dimensions: { serves: ['identity'] },
  view: 'rows',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: () => ({ kind: 'none', why: 'leaving rows out hides nobody for certain' }),
});

/** @throws unsupported for a release that is not a table */
export async function run(input: Release, params: Params<typeof descriptor.params>, ctx: Ctx): Promise<TableRelease> {
  if (input.kind !== 'table') throw unsupported('${title} works on tables', 'put it before what makes another release');
  const kept = Uint32Array.from({ length: Math.ceil(input.table.rows / params.every) }, (_, row) => row * params.every);
  await ctx.checkpoint(0.5);
  const { classOf: _classOf, ...rest } = input;
  return {
    ...rest,
    table: takeRows(input.table, kept),
    rowOf: kept.map((row) => input.rowOf[row] as number),
    guarantee: descriptor.guarantee(params, input.dataset.descriptor.privacyUnit),
    notes: [
      ...input.notes,
      text(\`\${kept.length} of \${input.table.rows} rows are released.\`, \`Se publican \${kept.length} de \${input.table.rows} filas.\`),
    ],
  };
}
`;
}

function testText(): string {
  return `import { expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { seededRng } from '../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { run } from './${id}.ts';

it('releases one row in three', async () => {
  const release = await run(tinyRelease(tinyDataset(10)), { every: 3 }, quietContext(seededRng(1)));
  expect([...release.rowOf]).toEqual([0, 3, 6, 9]);
});
`;
}
