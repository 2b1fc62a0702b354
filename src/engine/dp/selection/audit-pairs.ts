import type { Audited } from '../../kit/audit.ts';
import type { Loss } from '../../kit/loss.ts';
import { type Text, text } from '../../kit/text.ts';
import type { Rng } from '../../rng/rng.ts';

/** Neighbouring tables as the counts of their candidates. */
export interface CountPair {
  readonly label: Text;
  readonly worlds: readonly [Float64Array, Float64Array];
}

const pair = (label: Text, without: readonly number[], added: readonly number[]): CountPair => ({
  label,
  worlds: [Float64Array.from(without), Float64Array.from(without, (count, i) => count + (added[i] as number))],
});

/** Tiny tables and the same with one unit more: in one candidate, or in several where a unit may be in many. */
export function countPairs(many: boolean): readonly CountPair[] {
  const pairs = [
    pair(text('one row against none', 'una fila frente a ninguna'), [0, 0, 0], [1, 0, 0]),
    pair(text('a tie is broken', 'se rompe un empate'), [5, 5, 5], [1, 0, 0]),
    pair(text('the last catches up', 'el último alcanza'), [4, 4, 3], [0, 0, 1]),
    pair(text('a clear lead', 'una ventaja clara'), [9, 2, 0], [0, 1, 0]),
  ];
  if (!many) return pairs;
  return [
    ...pairs,
    pair(text('one person everywhere but first', 'una persona en todos menos el primero'), [5, 5, 5], [0, 1, 1]),
    pair(text('one person everywhere', 'una persona en todos'), [2, 1, 1], [1, 1, 1]),
  ];
}

/** Eight quiet candidates just below a threshold of 5 and a last one at it: a person in all the quiet ones hides behind no other. */
export const quietPair: CountPair = pair(
  text('one person in every quiet cell', 'una persona en todas las celdas tranquilas'),
  [4, 4, 4, 4, 4, 4, 4, 4, 5],
  [1, 1, 1, 1, 1, 1, 1, 1, 0],
);

/** An audited mechanism on counts: `seen` is one run and what it lets an observer see. */
export const auditPairs = (
  claim: Loss,
  outputs: Audited['outputs'],
  pairs: readonly CountPair[],
  seen: (rng: Rng, counts: Float64Array) => number,
): Audited => ({
  claim,
  outputs,
  pairs: pairs.map(({ label, worlds }) => ({
    label,
    draw: (world, rng, out) => {
      for (let i = 0; i < out.length; i += 1) out[i] = seen(rng, worlds[world]);
    },
  })),
});
