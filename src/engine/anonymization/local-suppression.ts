import type { Ctx } from '../kit/context.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, columns, integer, type Params } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { groupRows } from '../table/group.ts';
import { columnOf, takeRows, withColumns, withoutColumns } from '../table/table.ts';
import { cellCodes, withoutCells } from './cell-codes.ts';
import { type GapColumn, patternSuppression, type PatternSuppression } from './pattern-suppression.ts';
import { classesPicture, tablePictures } from './pictures.ts';
import {
  chosenQuasiIdentifiers,
  encodeAll,
  otherIdentifiers,
  removedNote,
  requireRows,
  tableInput,
} from './table-input.ts';
import { verifyClasses } from './verify.ts';
import { expendableFirst, wildcardSuppression } from './wildcard-suppression.ts';

/** Leaving out single cells until every row looks like k - 1 others. */
export const descriptor = defineTechnique({
  id: 'local-suppression',
  version: 1,
  family: 'anonymization',
  label: text('local suppression', 'supresión local'),
  summary: text(
    'Leaves out single cells of the rows that stand out; all other cells stay exact.',
    'Omite celdas sueltas de las filas que destacan; las demás celdas quedan exactas.',
  ),
  citations: [
    {
      authors: 'Meyerson, Williams',
      year: 2004,
      title: 'On the complexity of optimal k-anonymity',
      doi: '10.1145/1055558.1055591',
    },
    {
      authors: 'Templ, Kowarik, Meindl',
      year: 2015,
      title: 'Statistical disclosure control for micro-data using the R package sdcMicro',
      doi: '10.18637/jss.v067.i04',
    },
  ],
  limits: [
    text(
      'The fewest cells are too hard to find; this comes near them and proves nothing.',
      'El mínimo de celdas es demasiado difícil de hallar; esto se acerca y no demuestra nada.',
    ),
    text(
      'Read as any value, a gap hides rows with fewer cells lost, but whoever sees that only the rare lose cells knows who is rare: then k is not promised.',
      'Leído como cualquier valor, un hueco oculta filas con menos celdas perdidas, pero quien ve que solo las raras pierden celdas sabe quién es raro: entonces k no se promete.',
    ),
  ],
  vetting: 'verified',
  params: {
    k: integer({
      label: text('smallest group', 'grupo mínimo'),
      symbol: 'k',
      help: text('Every row looks like at least k - 1 others.', 'Cada fila se parece al menos a otras k - 1.'),
      ends: [text('more cells', 'más celdas'), text('stronger privacy', 'más privacidad')],
      min: 2,
      max: 1000,
      default: 5,
      scale: 'log',
      stops: [2, 3, 5, 10, 20, 50, 100],
    }),
    quasiIdentifiers: columns({
      label: text('what an outsider may know', 'lo que alguien de fuera puede saber'),
      help: text('Columns whose combination must not stand out.', 'Columnas cuya combinación no debe destacar.'),
      roles: ['quasi-identifier'],
      max: 20,
    }),
    keep: columns({
      label: text('columns to spare', 'columnas que conservar'),
      help: text(
        'The most important first. Cells of others are left out before theirs.',
        'La más importante primero. Las celdas de las demás se omiten antes.',
      ),
      roles: [],
      max: 20,
    }),
    gaps: choice({
      label: text('a gap counts as', 'un hueco cuenta como'),
      help: text(
        'A value of its own: k holds for everybody. Any value: fewer cells are lost, as sdcMicro does, without a promise.',
        'Un valor propio: k vale ante cualquiera. Cualquier valor: se pierden menos celdas, como hace sdcMicro, sin promesa.',
      ),
      options: [
        { value: 'value', label: text('a value of its own', 'un valor propio') },
        { value: 'wildcard', label: text('any value', 'cualquier valor') },
      ],
      default: 'value',
      advanced: true,
    }),
  },
  stage: 'release',
  does: 'omit',
  dimensions: { serves: ['identity', 'footprint'] },
  view: 'classes',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: ({ k, gaps }): Guarantee =>
    gaps === 'value'
      ? { kind: 'k-anonymity', k }
      : { kind: 'none', why: 'k rows match each row only for someone who takes every gap for any value' },
});

/** @throws infeasible for k above the number of rows; invalid-data for a column without any value */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  await ctx.checkpoint(0);
  const { rows } = source.table;
  requireRows(rows, params.k);
  const names = chosenQuasiIdentifiers(source, params.quasiIdentifiers);
  const encoded = await encodeAll(source, names, () => ctx.checkpoint(0));
  const keys = names.map((name) => cellCodes(columnOf(source.table, name)));
  for (const name of params.keep) columnOf(source.table, name);
  // Others are kept anyway.
  const keep = params.keep.map((name) => names.indexOf(name)).filter((j) => j >= 0);
  const order = sparing(keys, keep);
  const { cells, dropped } = await suppressed(keys, rows, params, order, keep, {
    ...ctx,
    checkpoint: (fraction, note) => ctx.checkpoint(0.95 * fraction, note),
  });
  await ctx.checkpoint(0.95);
  const kept = Uint32Array.from(Array.from({ length: rows }, (_, i) => i).filter((i) => dropped[i] === 0));
  const identifiers = otherIdentifiers(source, names);
  const edited = withColumns(
    withoutColumns(source.table, identifiers),
    names.map((name, j) => withoutCells(columnOf(source.table, name), cells[j] as Uint8Array)),
  );
  const table = kept.length === rows ? edited : takeRows(edited, kept);
  await ctx.checkpoint(0.96);
  const left = names.map((name) => cellCodes(columnOf(table, name)));
  await ctx.checkpoint(0.96);
  const { classOf, sizes } = groupRows(
    left.map(({ codes }) => codes),
    left.map(({ count }) => count),
    table.rows,
  );
  const out = Array.from({ length: rows }, (_, i) => i).filter((i) => dropped[i] === 1);
  const release: TableRelease = {
    ...source,
    table,
    rowOf: kept.map((row) => source.rowOf[row] as number),
    suppressed: Uint32Array.from([...source.suppressed, ...out.map((row) => source.rowOf[row] as number)]).sort(),
    quasiIdentifiers: names,
    guarantee: descriptor.guarantee(params, ''),
    classOf,
    pictures: [],
    notes: [...source.notes, ...findings(names, cells, out.length, sizes, params), ...removedNote(identifiers)],
  };
  const losses = names.map((name, j) => ({
    column: name,
    words: text(`${name}: ${lost(cells[j])} cells left out`, `${name}: ${lost(cells[j])} celdas omitidas`),
    loss: lost(cells[j]) / rows,
  }));
  await ctx.checkpoint(0.97);
  const picture = classesPicture(encoded, sizes, params.k, release.suppressed.length, losses);
  await ctx.checkpoint(0.98);
  return { ...release, pictures: tablePictures(source, release, picture) };
};

type Settings = Params<(typeof descriptor)['params']>;

async function suppressed(
  keys: readonly GapColumn[],
  rows: number,
  { k, gaps }: Settings,
  order: readonly number[],
  keep: readonly number[],
  ctx: Ctx,
): Promise<PatternSuppression> {
  if (gaps === 'wildcard') {
    return { cells: await wildcardSuppression(keys, rows, k, order, ctx), dropped: new Uint8Array(rows) };
  }
  // A gap costs from 1 in the most expendable column to just under 2: fewer gaps come before better places. One gap in a
  // column to spare costs more than gaps in all others.
  const costs = keys.map((_, j) => 1 + order.indexOf(j) / keys.length + (keep.includes(j) ? 2 * keys.length : 0));
  return patternSuppression(keys, rows, k, costs, ctx);
}

/** Most expendable columns first; those to spare last, the most important at the very end. */
function sparing(keys: readonly GapColumn[], keep: readonly number[]): readonly number[] {
  return [...expendableFirst(keys).filter((j) => !keep.includes(j)), ...[...keep].reverse()];
}

const lost = (flags: Uint8Array | undefined): number => flags?.reduce((sum, each) => sum + each, 0) ?? 0;

function findings(
  names: readonly string[],
  cells: readonly Uint8Array[],
  dropped: number,
  sizes: Uint32Array,
  { k, gaps }: Settings,
): readonly Text[] {
  const total = cells.reduce((sum, flags) => sum + lost(flags), 0);
  const parts = names.flatMap((name, j) => (lost(cells[j]) === 0 ? [] : [`${name} ${lost(cells[j])}`])).join(', ');
  const where = total === 0 ? '' : `: ${parts}`;
  const notes = [
    text(
      `${total} cells were left out${where}; ${dropped} rows were left out whole.`,
      `Se han omitido ${total} celdas${where}; ${dropped} filas se han omitido enteras.`,
    ),
  ];
  if (gaps === 'value') return notes;
  const exposed = sizes.reduce((sum, size) => sum + (size < k ? size : 0), 0);
  return [
    ...notes,
    text(
      `For someone who takes gaps for what they are, ${exposed} rows are in groups of fewer than ${k}.`,
      `Para quien toma los huecos por lo que son, ${exposed} filas están en grupos de menos de ${k}.`,
    ),
  ];
}

export const verify = verifyClasses;
