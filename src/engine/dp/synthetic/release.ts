import { claimAfter } from '../../kit/chosen-rows.ts';
import type { Ctx } from '../../kit/context.ts';
import type { Guarantee, PrivacyEvent } from '../../kit/guarantee.ts';
import type { Loss } from '../../kit/loss.ts';
import type { CountsPicture, Picture } from '../../kit/picture.ts';
import { NO_ROW, type TableRelease } from '../../kit/release.ts';
import { type Text, text } from '../../kit/text.ts';
import { placeHourPicture } from '../../metrics/place-hour.ts';
import { encodeEach } from '../../table/encode.ts';
import { makeTable } from '../../table/table.ts';
import type { Source } from './source.ts';
import { promiseNotes } from '../contribution.ts';

/** What all synthesizers release. */

/** More records than this are never drawn, however large a noisy total is. */
const MOST_RECORDS = 2_000_000;

/** Records to draw: the noisy total, as if no row had been put aside. Costs no privacy. */
export const recordsFor = (total: number, heldOut: number): number =>
  Math.min(MOST_RECORDS, Math.round(Math.max(0, total) / (1 - heldOut)));

/** A table release of drawn records, with its pictures. `codes` are levels of the source's columns. */
export async function syntheticRelease(
  source: Source,
  codes: readonly Uint16Array[],
  claim: Loss,
  events: readonly PrivacyEvent[],
  notes: readonly Text[],
  ctx: Ctx,
): Promise<TableRelease> {
  const { input, columns } = source;
  const made = [];
  for (const [a, column] of columns.entries()) {
    made.push(column.decode(codes[a] as Uint16Array, ctx.rng.fork(`cells ${column.name}`)));
    await ctx.checkpoint(0.9 + (0.05 * (a + 1)) / columns.length);
  }
  const names = new Set(columns.map(({ name }) => name));
  const table = makeTable(made);
  const release: TableRelease = {
    kind: 'table',
    dataset: input.dataset,
    table,
    rowOf: new Uint32Array(table.rows).fill(NO_ROW),
    quasiIdentifiers: input.quasiIdentifiers.filter((name) => names.has(name)),
    sensitive: input.sensitive.filter((name) => names.has(name)),
    suppressed: joined(input.suppressed, source.dropped),
    outside: joined(input.outside ?? new Uint32Array(0), source.heldOut),
    guarantee: claimOf(source, claim),
    events: [...input.events, ...events],
    pictures: [],
    notes: [
      ...input.notes,
      ...sourceNotes(source, table.rows),
      ...notes,
      ...promiseNotes(input, source.protects, claim.delta),
    ],
  };
  const pictures: Picture[] = [];
  const { place = '', time = '' } = input.dataset.descriptor.parts;
  const mapped = [place, time].filter((name) => names.has(name));
  await encodeEach(release, mapped, () => ctx.checkpoint(0.96));
  const map = mapped.length === 2 ? placeHourPicture(release) : undefined;
  await ctx.checkpoint(0.97);
  if (map !== undefined) pictures.push(map);
  pictures.push(...columns.map((_, a) => columnPicture(source, codes, a)));
  await ctx.checkpoint(1);
  return { ...release, pictures };
}

const joined = (a: Uint32Array, b: Uint32Array): Uint32Array => Uint32Array.from([...a, ...b]).sort();

const claimOf = ({ input, unit }: Source, { epsilon, delta }: Loss): Guarantee =>
  claimAfter(input, { kind: 'dp', epsilon, delta, neighbours: 'add-remove', unit, model: 'central' });

/** Rows by level of one column: of the whole input, and of the records. */
function columnPicture({ input, columns }: Source, codes: readonly Uint16Array[], a: number): CountsPicture {
  const column = columns[a] as Source['columns'][number];
  const tally = (all: Uint16Array): Float64Array => {
    const out = new Float64Array(column.levels.length);
    for (let i = 0; i < all.length; i += 1) out[all[i] as number] = (out[all[i] as number] as number) + 1;
    return out;
  };
  return {
    view: 'counts',
    id: `column-${column.name}`,
    label: column.label,
    unit: input.dataset.descriptor.rowUnit,
    dims: [{ column: column.name, label: column.label, levels: column.levels }],
    truth: tally(column.codes),
    released: tally(codes[a] as Uint16Array),
  };
}

function sourceNotes({ input, used, heldOut, dropped, columns, unit, sensitivity }: Source, rows: number): Text[] {
  const names = columns.map(({ name }) => name).join(', ');
  const notes = [
    text(
      `${rows} records over ${names} were drawn from a model; none belongs to a ${input.dataset.descriptor.rowUnit} of the data.`,
      `Se sortearon ${rows} registros sobre ${names} a partir de un modelo; ninguno corresponde a una fila de los datos.`,
    ),
  ];
  if (heldOut.length > 0) {
    notes.push(
      text(
        `${heldOut.length} rows were put aside and never used; the method saw ${used.length}. These two numbers are exact: a diagnosis for you, not part of the release.`,
        `Se apartaron ${heldOut.length} filas que no se usaron; el método vio ${used.length}. Estos dos números son exactos: un diagnóstico para usted, no parte de la publicación.`,
      ),
    );
  }
  if (dropped.length > 0) {
    notes.push(
      text(
        `${dropped.length} rows beyond ${sensitivity} per ${unit} were left out. This number is exact: a diagnosis for you, not part of the release.`,
        `Se dejaron fuera ${dropped.length} filas que pasaban de ${sensitivity} por unidad protegida. Este número es exacto: un diagnóstico para usted, no parte de la publicación.`,
      ),
    );
  }
  return notes;
}
