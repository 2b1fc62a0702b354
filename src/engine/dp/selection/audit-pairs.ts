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

/**
 * Quiet candidates that far below a threshold, and a last one at it: a person in all the quiet ones hides behind no other, and the more
 * of them there are, the more surely they tell the noise of the threshold.
 */
export const quietPair = (threshold: number, quiet: number, below: number): CountPair =>
  pair(
    text(`one person in ${quiet} quiet cells`, `una persona en ${quiet} celdas tranquilas`),
    [...repeated(quiet, threshold - below), threshold],
    [...repeated(quiet, 1), 0],
  );

/** Many equal candidates, of which one gains a unit, or all but one: what a choice weighs heaviest. */
export function evenPairs(candidates: number, many: boolean): readonly CountPair[] {
  const equal = repeated(candidates, 5);
  const up = pair(
    text(`one of ${candidates} equals gains`, `uno de ${candidates} iguales gana`),
    equal,
    equal.map((_, i) => (i === 0 ? 1 : 0)),
  );
  if (!many) return [up];
  return [
    up,
    pair(
      text(`all but one of ${candidates} equals gain`, `ganan todos menos uno de ${candidates} iguales`),
      equal,
      equal.map((_, i) => (i === 0 ? 0 : 1)),
    ),
  ];
}

const repeated = (n: number, value: number): readonly number[] => Array.from({ length: n }, () => value);

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
