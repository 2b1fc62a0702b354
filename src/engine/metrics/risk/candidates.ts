import type { Ctx } from '../../kit/context.ts';
import type { ColumnDescriptor } from '../../kit/dataset.ts';
import { infeasible, invalidParam, unsupported } from '../../kit/errors.ts';
import { defineMetric } from '../../kit/measure.ts';
import { columns, integer, type Params } from '../../kit/params.ts';
import type { Release, TableRelease } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { own } from '../../kit/own.ts';
import { encodeColumn } from '../../table/encode.ts';
import type { EncodedColumn } from '../../table/hierarchy.ts';
import { tableOfPeople } from './released-classes.ts';

export const descriptor = defineMetric({
  id: 'candidates',
  version: 1,
  kind: 'metric',
  group: 'risk',
  label: text('Candidates for one row', 'Candidatos para una fila'),
  summary: text(
    'How many released rows fit what an onlooker knows of one person, as they learn one column after another. One candidate left means the person is found.',
    'Cuántas filas publicadas encajan con lo que alguien sabe de una persona, a medida que conoce una columna tras otra. Un solo candidato significa que se la ha encontrado.',
  ),
  citations: [
    {
      authors: 'Sweeney',
      year: 2002,
      title: 'k-anonymity: a model for protecting privacy',
      where: 'Int. J. Uncertainty, Fuzziness and Knowledge-Based Systems 10(5)',
      doi: '10.1142/S0218488502001648',
    },
  ],
  limits: [
    text(
      'One row is a story, not a risk figure; shares over all rows are other measures.',
      'Una fila es una historia, no una cifra de riesgo; las proporciones sobre todas las filas son otras medidas.',
    ),
    text(
      'Times are known to the hour. A column replaced by pseudonyms tells the onlooker nothing here.',
      'Las horas se conocen sin minutos. Una columna sustituida por seudónimos no le dice nada aquí al observador.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    row: integer({
      label: text('Row', 'Fila'),
      help: text(
        'Number of the row in the original table, from 0.',
        'Número de la fila en la tabla original, desde 0.',
      ),
      min: 0,
      max: 10_000_000,
      default: 0,
      advanced: true,
    }),
    known: columns({
      label: text('What is known, in order', 'Lo que se sabe, en orden'),
      help: text(
        'Columns the onlooker learns one after another; the quasi-identifiers when none is named.',
        'Columnas que el observador conoce una tras otra; los cuasi-identificadores si no se nombra ninguna.',
      ),
      roles: ['quasi-identifier'],
      max: 12,
    }),
  },
  accepts: ['table'],
  needs: [],
});

type P = Params<(typeof descriptor)['params']>;

/**
 * Size of the candidate set after 1, 2, ... known columns (Sweeney 2002): released rows whose cells cover the person's
 * true values. First score `candidates` = after all of them; `candidates/<n>` after the first n; `candidates/kept` is 1
 * where the row itself is in the release. O(rows x columns), no randomness.
 * @throws infeasible without a known column, invalid-param for a row the table does not have
 */
export async function run(release: Release, params: P, ctx: Ctx): Promise<readonly Score[]> {
  if (release.kind !== 'table') throw unsupported('candidates are rows, and this release has none');
  const { dataset } = tableOfPeople(release);
  if (dataset.table.rows === 0) throw infeasible('the data has no rows to look for', 'load data');
  if (params.row >= dataset.table.rows) {
    throw invalidParam('row', `a row from 0 to ${dataset.table.rows - 1}`, params.row);
  }
  const known = knownColumns(release, params.known);
  if (known.length === 0) {
    throw infeasible('no column is known to the onlooker', 'name a column, or give one the role quasi-identifier');
  }
  const fits = new Uint8Array(release.table.rows).fill(1);
  const steps: Score[] = [];
  let count = release.table.rows;
  for (let i = 0; i < known.length; i += 1) {
    const column = known[i] as ColumnDescriptor;
    count = narrow(release, column.name, params.row, fits);
    steps.push(candidateScore(`${descriptor.id}/${i + 1}`, column, count, release.table.rows, i + 1));
    await ctx.checkpoint((i + 1) / known.length);
  }
  const all = candidateScore(descriptor.id, undefined, count, release.table.rows, known.length);
  return [all, ...steps, keptScore(release.rowOf.includes(params.row))];
}

function knownColumns(release: TableRelease, names: readonly string[]): readonly ColumnDescriptor[] {
  const { columns: all } = release.dataset.descriptor;
  const chosen = names.flatMap((name) => all.filter((column) => column.name === name));
  return names.length > 0 ? chosen : all.filter((column) => column.role === 'quasi-identifier');
}

/** Clears `fits` for rows whose cell rules the person out; returns how many still fit. */
function narrow(release: TableRelease, name: string, row: number, fits: Uint8Array): number {
  const { dataset, rowOf } = release;
  const source = encodeColumn(dataset, name);
  const [low, high] = knownRange(source, source.codes[row] as number);
  const released = release.table.columns.find((column) => column.name === name);
  const original = dataset.table.columns.find((column) => column.name === name);
  const cells = own(release.generalized, name);
  if (released !== undefined && cells !== undefined && released.kind === 'category') {
    const covers = Uint8Array.from(cells.low, (from, label) =>
      from <= high && (cells.high[label] as number) >= low && meets(cells.members?.[label], low, high) ? 1 : 0,
    );
    for (let i = 0; i < fits.length; i += 1) fits[i] = (fits[i] as number) & (covers[released.codes[i] as number] ?? 1);
  } else if (released !== undefined && isUnchanged(released, original)) {
    for (let i = 0; i < fits.length; i += 1) {
      const code = source.codes[rowOf[i] as number] as number;
      if (code < low || code > high) fits[i] = 0;
    }
  }
  let count = 0;
  for (let i = 0; i < fits.length; i += 1) count += fits[i] as number;
  return count;
}

/** Whether a set of codes (none given: any range) has one in low..high. */
const meets = (members: Uint32Array | undefined, low: number, high: number): boolean =>
  members?.some((code) => code >= low && code <= high) !== false;

/** A column of the same kind and dictionary still tells the original value; anything else is a pseudonym to an outsider. */
function isUnchanged(
  released: TableRelease['table']['columns'][number],
  original: TableRelease['table']['columns'][number] | undefined,
): boolean {
  if (original === undefined || released.kind !== original.kind) return false;
  return released.kind !== 'category' || (original.kind === 'category' && released.levels === original.levels);
}

/** Base codes the onlooker cannot tell apart: one value, or for times all minutes of the hour. */
function knownRange(column: EncodedColumn, code: number): readonly [number, number] {
  if (column.base.kind !== 'minutes' || code >= column.base.values.length) return [code, code];
  const { values } = column.base;
  const hour = Math.floor((values[code] as number) / 60);
  let low = code;
  let high = code;
  while (low > 0 && Math.floor((values[low - 1] as number) / 60) === hour) low -= 1;
  while (high + 1 < values.length && Math.floor((values[high + 1] as number) / 60) === hour) high += 1;
  return [low, high];
}

const candidateScore = (
  id: string,
  column: ColumnDescriptor | undefined,
  value: number,
  rows: number,
  known: number,
): Score => ({
  id,
  label: column === undefined ? descriptor.label : column.label,
  value,
  unit: 'count',
  direction: 'higher-is-better',
  meaning: 'privacy',
  provenance: 'measured',
  of: 'sample',
  n: rows,
  method: text(
    `released rows whose cells cover the true values of this row in ${known} column(s), of ${rows}`,
    `filas publicadas cuyas celdas abarcan los valores verdaderos de esta fila en ${known} columna(s), de ${rows}`,
  ),
  source: 'Sweeney 2002',
});

const keptScore = (kept: boolean): Score => ({
  id: `${descriptor.id}/kept`,
  label: text('Row is in the release', 'La fila está en lo publicado'),
  value: kept ? 1 : 0,
  unit: 'count',
  direction: 'neutral',
  meaning: 'privacy',
  provenance: 'measured',
  of: 'sample',
  method: text('whether the release holds a row made from this one', 'si lo publicado tiene una fila hecha de esta'),
});
