import type { Ctx } from '../../kit/context.ts';
import { defineMetric } from '../../kit/measure.ts';
import type { Params } from '../../kit/params.ts';
import type { Release } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import type { Table } from '../../table/table.ts';

export const descriptor = defineMetric({
  id: 'released-bytes',
  version: 1,
  kind: 'metric',
  group: 'cost',
  label: text('Size of the release', 'Tamaño de lo publicado'),
  summary: text(
    'Bytes of what leaves, in plain binary form: columns and labels of a table, eight bytes a number, one bit a bucket of a report.',
    'Bytes de lo que sale, en binario simple: columnas y etiquetas de una tabla, ocho bytes por número, un bit por intervalo de cada respuesta.',
  ),
  citations: [],
  limits: [text('No compression and no transport headers.', 'Sin compresión ni cabeceras de transporte.')],
  vetting: 'draft',
  params: {},
  accepts: ['table', 'answers', 'reports', 'model', 'shares', 'ciphertext'],
  needs: [],
});

type P = Params<(typeof descriptor)['params']>;

export async function run(release: Release, _params: P, ctx: Ctx): Promise<readonly Score[]> {
  await ctx.checkpoint(1);
  const raw = tableBytes(release.dataset.table);
  return [
    {
      id: descriptor.id,
      label: descriptor.label,
      value: bytesOf(release),
      unit: 'bytes',
      direction: 'lower-is-better',
      meaning: 'cost',
      provenance: 'measured',
      baseline: raw,
      method: text(
        `bytes of the released ${release.kind}; the raw table has ${raw}`,
        `bytes de lo publicado; la tabla original tiene ${raw}`,
      ),
    },
  ];
}

function bytesOf(release: Release): number {
  switch (release.kind) {
    case 'table':
      return tableBytes(release.table);
    case 'answers':
      return release.answers.reduce((sum, answer) => sum + answer.released.length * 8, 0);
    case 'reports':
      return release.n * Math.ceil(release.buckets.length / 8);
    case 'model':
      return release.weights.length * 8;
    case 'shares':
      return release.opened.length * 8;
    case 'ciphertext':
      return release.cipherBytes;
  }
}

function tableBytes(table: Table): number {
  let bytes = 0;
  for (const column of table.columns) {
    bytes += column.valid?.length ?? 0;
    if (column.kind !== 'category') {
      bytes += column.values.byteLength;
      continue;
    }
    bytes += column.codes.byteLength;
    for (const level of column.levels) bytes += level.length;
  }
  return bytes;
}
