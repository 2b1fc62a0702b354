import type { Guarantee } from '../kit/guarantee.ts';
import { columns, number } from '../kit/params.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { chosenNumbers, type NumericColumn, presentRows, renumbered } from './numeric-columns.ts';
import { perturbed } from './perturbed.ts';
import { tableInput } from './table-input.ts';

/** Rank swapping (Moore, 1996). */
export const descriptor = defineTechnique({
  id: 'rank-swapping',
  version: 1,
  family: 'anonymization',
  label: text('rank swapping', 'intercambio de rangos'),
  summary: text(
    'Swaps each number with one of near rank in another row. Every column keeps exactly its values.',
    'Intercambia cada número con otro de rango cercano en otra fila. Cada columna conserva exactamente sus valores.',
  ),
  citations: [
    {
      authors: 'Moore',
      year: 1996,
      title: 'Controlled data-swapping techniques for masking public use microdata sets',
    },
  ],
  limits: [
    text(
      'No formal guarantee: the largest value is still in the release, and near ranks can be linked again.',
      'Sin garantía formal: el valor más alto sigue en la publicación y los rangos cercanos se pueden volver a enlazar.',
    ),
    text(
      'Columns are swapped one by one: what ties them loosens.',
      'Las columnas se intercambian por separado: su relación se debilita.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    window: number({
      label: text('how far a rank may move', 'cuánto puede moverse un rango'),
      symbol: 'p',
      unit: '%',
      help: text(
        'Share of the rows within which partners are drawn.',
        'Proporción de filas entre las que se sortea la pareja.',
      ),
      ends: [text('better accuracy', 'más exactitud'), text('stronger privacy', 'más privacidad')],
      min: 0,
      max: 100,
      default: 5,
    }),
    columns: columns({
      label: text('columns to swap', 'columnas que se intercambian'),
      help: text(
        'Empty: all numbers and times that identify or are sensitive.',
        'Vacío: todos los números y horas que identifican o son sensibles.',
      ),
      roles: ['quasi-identifier', 'sensitive'],
    }),
  },
  stage: 'release',
  does: 'perturb',
  dimensions: { serves: ['identity', 'footprint'] },
  view: 'rows',
  accepts: ['table'],
  produces: 'table',
  randomized: true,
  guarantee: (): Guarantee => NONE,
});

const NONE: Guarantee = {
  kind: 'none',
  why: 'swapped values are real values near the true ones; nothing is proven about who can be found',
};

/** @throws infeasible where the table has no numbers */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  const chosen = chosenNumbers(source, params.columns, true);
  const rng = ctx.rng.fork('rank-swapping');
  const made: NumericColumn[] = [];
  const notes: Text[] = [];
  for (const [j, column] of chosen.entries()) {
    await ctx.checkpoint(j / chosen.length);
    const rows = presentRows(column);
    const reach = Math.floor((params.window / 100) * rows.length);
    const partner = swapPartners(column.values, rows, reach, rng.fork(column.name));
    await ctx.checkpoint((j + 0.6) / chosen.length);
    const values = Float64Array.from(column.values);
    let moved = 0;
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      values[row] = column.values[partner[i] as number] as number;
      if (values[row] !== column.values[row]) moved += 1;
    }
    made.push(renumbered(column, values));
    notes.push(
      text(
        `${column.name}: ${moved} of ${rows.length} values changed, by at most ${reach} ranks.`,
        `${column.name}: cambiaron ${moved} de ${rows.length} valores, como mucho ${reach} rangos.`,
      ),
    );
  }
  return perturbed(source, made, NONE, notes, () => ctx.checkpoint(0.99));
};

/**
 * Partner of each present row: ranks are walked upwards, and each one not yet swapped takes an unswapped one drawn
 * uniformly from the next `reach` ranks; where there is none it stays. Equal values are ranked as they stand.
 * @param rows rows with a value
 * @returns row whose value rows[i] gets
 */
export function swapPartners(values: ArrayLike<number>, rows: Uint32Array, reach: number, rng: Rng): Uint32Array {
  const order = Uint32Array.from(rows.keys()).sort(
    (a, b) => (values[rows[a] as number] as number) - (values[rows[b] as number] as number) || a - b,
  );
  const out = rows.slice();
  const swapped = new Uint8Array(rows.length);
  for (let rank = 0; rank < order.length; rank += 1) {
    if (swapped[rank] === 1) continue;
    const last = Math.min(order.length - 1, rank + reach);
    const other = drawFree(swapped, rank + 1, last, rng);
    if (other < 0) continue;
    const a = order[rank] as number;
    const b = order[other] as number;
    out[a] = rows[b] as number;
    out[b] = rows[a] as number;
    swapped[rank] = 1;
    swapped[other] = 1;
  }
  return out;
}

/** A free rank of first..last, uniformly, or -1. A few tries hit one at once; only crowded windows are counted. */
function drawFree(swapped: Uint8Array, first: number, last: number, rng: Rng): number {
  if (last < first) return -1;
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const rank = first + rng.int(last - first + 1);
    if (swapped[rank] === 0) return rank;
  }
  const free: number[] = [];
  for (let rank = first; rank <= last; rank += 1) if (swapped[rank] === 0) free.push(rank);
  return free.length === 0 ? -1 : (free[rng.int(free.length)] as number);
}
