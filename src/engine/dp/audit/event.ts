import { text, type Text } from '../../kit/text.ts';
import { log } from '../../kit/portable-math.ts';
import type { Cells } from './cells.ts';

/** A set of outputs that is more likely in one of two neighbouring worlds: what an audit tests. */
export interface Event {
  /** 1 for each cell that belongs to it. */
  readonly isIn: Uint8Array;
  /** The world in which it should happen more often. */
  readonly favours: 0 | 1;
}

/** Counts of cells in world 0 and world 1. */
export type Counts = readonly [Float64Array, Float64Array];

export const totalOf = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0);

/** Cells from the most typical of world 0 to the most typical of world 1, by the ratio of smoothed counts. */
export function byLikelihood([zero, one]: Counts): Uint32Array {
  const ratio = zero.map((count, cell) => (count + 0.5) / ((one[cell] as number) + 0.5));
  return Uint32Array.from(zero.keys()).sort((a, b) => (ratio[b] as number) - (ratio[a] as number) || a - b);
}

/**
 * The event with the largest lower bound on ln((often - delta) / seldom) in `counts`, limits by Wilson's formula with quantile z: beginnings and ends
 * of the likelihood order and of the line (a half line needs no luck in ranking rare cells). Counts other than those that ranked the cells.
 */
export function bestEvent(order: Uint32Array, counts: Counts, delta: number, z: number): Event {
  const line = Uint32Array.from(order.keys());
  const best = { gain: Number.NEGATIVE_INFINITY, order, from: 0, to: 1, favours: 0 as 0 | 1 };
  const n: readonly [number, number] = [totalOf(counts[0]), totalOf(counts[1])];
  for (const cells of [order, line]) {
    let zero = 0;
    let one = 0;
    for (let k = 0; k + 1 < cells.length; k += 1) {
      zero += counts[0][cells[k] as number] as number;
      one += counts[1][cells[k] as number] as number;
      for (const isEnd of [false, true]) {
        const hits: readonly [number, number] = isEnd ? [n[0] - zero, n[1] - one] : [zero, one];
        for (const favours of [0, 1] as const) {
          const often = wilsonEnd(hits[favours], n[favours], -z) - delta;
          const gain =
            often <= 0
              ? Number.NEGATIVE_INFINITY
              : log(often / wilsonEnd(hits[1 - favours] as number, n[1 - favours] as number, z));
          if (gain > best.gain)
            Object.assign(best, {
              gain,
              order: cells,
              from: isEnd ? k + 1 : 0,
              to: isEnd ? cells.length : k + 1,
              favours,
            });
        }
      }
    }
  }
  const isIn = new Uint8Array(order.length);
  for (let i = best.from; i < best.to; i += 1) isIn[best.order[i] as number] = 1;
  return { isIn, favours: best.favours };
}

/** One end of Wilson's interval: z < 0 the lower, z > 0 the upper. */
function wilsonEnd(hits: number, n: number, z: number): number {
  const square = z * z;
  const half = Math.sqrt((hits * (n - hits)) / Math.max(n, 1) + square / 4);
  return Math.max(0, (hits + square / 2 + z * half) / (n + square));
}

/** How often the event happened. */
export function hitsOf({ isIn }: Event, counts: Float64Array): number {
  let hits = 0;
  for (let cell = 0; cell < isIn.length; cell += 1) hits += isIn[cell] === 1 ? (counts[cell] as number) : 0;
  return hits;
}

/** At most this many points of an empirical trade-off curve. */
const CURVE_POINTS = 256;

/**
 * Errors of the tests "reject world 0 on the cells most typical of world 1", in the given order of cells, from (0, 1) to (1, 0).
 */
export function tradeoffOf(
  order: Uint32Array,
  [zero, one]: Counts,
): { readonly fpr: Float64Array; readonly fnr: Float64Array } {
  const n = [Math.max(1, totalOf(zero)), Math.max(1, totalOf(one))] as const;
  const fpr = [0];
  const fnr = [1];
  let falseAlarms = 0;
  let caught = 0;
  const step = Math.max(1, Math.ceil(order.length / CURVE_POINTS));
  for (let k = order.length - 1; k >= 0; k -= 1) {
    falseAlarms += zero[order[k] as number] as number;
    caught += one[order[k] as number] as number;
    if (k % step !== 0 || (falseAlarms / n[0] === fpr[fpr.length - 1] && 1 - caught / n[1] === fnr[fnr.length - 1]))
      continue;
    fpr.push(falseAlarms / n[0]);
    fnr.push(1 - caught / n[1]);
  }
  return { fpr: Float64Array.from(fpr), fnr: Float64Array.from(fnr) };
}

/** The event in words: a half line, a list of values, or how many cells. */
export function wordsOf({ isIn }: Event, { points }: Cells): Text {
  const inside = [...isIn.keys()].filter((cell) => isIn[cell] === 1);
  const last = 2 * points.length;
  const first = inside[0] ?? 0;
  const end = inside[inside.length - 1] ?? 0;
  const isRun = end - first + 1 === inside.length;
  const shown = (i: number): string => String(Number((points[i] as number).toPrecision(6)));
  if (isRun && first === 0 && end < last) return halfLine(end, 'below', shown);
  if (isRun && first > 0 && end >= last) return halfLine(first, 'above', shown);
  const values = inside.filter((cell) => cell % 2 === 1 && cell < last).map((cell) => shown((cell - 1) / 2));
  if (values.length > 0 && values.length <= 6) {
    return text(`the output is ${values.join(', ')}`, `la salida es ${values.join(', ')}`);
  }
  return text(
    `the output falls in one of ${inside.length} ranges that fit one world better`,
    `la salida cae en uno de los ${inside.length} tramos que encajan mejor en uno de los mundos`,
  );
}

/** Odd cells are points, so their value belongs to the half line; even ones end just before the next point. */
function halfLine(cell: number, side: 'below' | 'above', shown: (i: number) => string): Text {
  const isPoint = cell % 2 === 1;
  if (side === 'below') {
    const value = shown(isPoint ? (cell - 1) / 2 : cell / 2);
    return isPoint
      ? text(`the output is at most ${value}`, `la salida es como mucho ${value}`)
      : text(`the output is below ${value}`, `la salida es menor que ${value}`);
  }
  const value = shown(isPoint ? (cell - 1) / 2 : cell / 2 - 1);
  return isPoint
    ? text(`the output is at least ${value}`, `la salida es como mínimo ${value}`)
    : text(`the output is above ${value}`, `la salida es mayor que ${value}`);
}
