import type { Ctx } from '../../kit/context.ts';
import { infeasible, unsupported } from '../../kit/errors.ts';
import { defineMetric } from '../../kit/measure.ts';
import type { Params } from '../../kit/params.ts';
import type { Release, TableRelease } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { type Text, text } from '../../kit/text.ts';
import { own } from '../../kit/own.ts';
import { baseSize, valuesCovered } from '../../table/hierarchy.ts';
import { tableOfPeople } from '../risk/released-classes.ts';

export const descriptor = defineMetric({
  id: 'information-loss',
  version: 1,
  kind: 'metric',
  group: 'utility',
  label: text('Information loss', 'Pérdida de información'),
  summary: text(
    'How much coarser the quasi-identifiers became: a cell that covers m of M values loses (m − 1) / (M − 1); a removed cell, column or row loses all.',
    'Cuánto más gruesos se volvieron los cuasi-identificadores: una celda que abarca m de M valores pierde (m − 1) / (M − 1); una celda, columna o fila eliminada lo pierde todo.',
  ),
  citations: [
    {
      authors: 'Iyengar',
      year: 2002,
      title: 'Transforming data to satisfy privacy constraints',
      where: 'KDD',
      doi: '10.1145/775047.775089',
    },
  ],
  limits: [
    text(
      'Counts values, not their frequency: merging two rare values costs as much as merging two common ones.',
      'Cuenta valores, no su frecuencia: unir dos valores raros cuesta lo mismo que unir dos comunes.',
    ),
  ],
  vetting: 'reviewed',
  params: {},
  accepts: ['table'],
  needs: [],
});

type P = Params<(typeof descriptor)['params']>;

/** Mean loss over the quasi-identifiers, then the loss of each. */
export async function run(release: Release, _params: P, ctx: Ctx): Promise<readonly Score[]> {
  if (release.kind !== 'table') throw unsupported('information loss is about tables', 'choose another metric');
  const { columns } = tableOfPeople(release).dataset.descriptor;
  const identifiers = columns.filter((column) => column.role === 'quasi-identifier');
  if (identifiers.length === 0) {
    throw infeasible('no column is a quasi-identifier', 'give at least one column that role');
  }
  const rows = release.dataset.table.rows;
  const losses = identifiers.map((column) => lossOf(release, column.name, rows));
  await ctx.checkpoint(1);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const each = identifiers.map((column, i) =>
    lossScore(`${descriptor.id}/${column.name}`, column.label, losses[i] as number, rows, 1),
  );
  return [lossScore(descriptor.id, descriptor.label, mean, rows, losses.length), ...each];
}

function lossOf(release: TableRelease, name: string, rows: number): number {
  const column = release.table.columns.find((one) => one.name === name);
  if (column === undefined || rows === 0) return 1;
  const gone = rows - release.table.rows;
  const cells = own(release.generalized, name);
  if (cells === undefined || column.kind !== 'category') return Math.max(0, gone) / rows;
  const values = Math.max(1, baseSize(cells.column) - 1);
  const lossOfLabel = Float64Array.from(cells.low, (_, label) => (valuesCovered(cells, label) - 1) / values);
  let sum = Math.max(0, gone);
  for (let i = 0; i < column.codes.length; i += 1) sum += lossOfLabel[column.codes[i] as number] ?? 1;
  return sum / rows;
}

const lossScore = (id: string, label: Text, value: number, rows: number, columns: number): Score => ({
  id,
  label,
  value,
  unit: 'share',
  direction: 'lower-is-better',
  meaning: 'utility',
  provenance: 'measured',
  of: 'sample',
  n: rows,
  baseline: 1,
  method: text(
    `mean of (values covered − 1) / (all values − 1) over ${rows} rows and ${columns} column(s); rows left out lose 1`,
    `media de (valores abarcados − 1) / (todos los valores − 1) sobre ${rows} filas y ${columns} columna(s); las filas omitidas pierden 1`,
  ),
  source: 'Iyengar 2002',
});
