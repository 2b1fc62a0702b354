import { log, log1p, pow } from '../../kit/portable-math.ts';

/** From Renyi divergences to epsilon at a delta. */

/** Epsilon and the order it was found at. `end` = at an end of the orders tried: others might do better. */
export interface AtOrder {
  readonly epsilon: number;
  readonly order: number;
  readonly end: boolean;
}

const tenths = Array.from({ length: 99 }, (_, i) => 1 + (i + 1) / 10);
const whole = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** Orders that peers try. */
export const namedOrders: Readonly<Record<string, readonly number[]>> = {
  dp_accounting_default: [...tenths, ...whole(11, 63), 128, 256, 512, 1024],
  opacus_default: [...tenths, ...whole(12, 63)],
};

/** r + ln(1 - 1/a) - ln(delta a) / (a - 1) (Canonne, Kamath, Steinke, 2020, Proposition 12), at least 0. */
export const epsilonAtOrder = (order: number, rdp: number, delta: number): number =>
  Math.max(0, rdp + log1p(-1 / order) - (log(delta) + log(order)) / (order - 1));

/** r + ln(1/delta) / (a - 1) (Mironov, 2017, Proposition 3), at least 0. */
export const mironovAtOrder = (order: number, rdp: number, delta: number): number =>
  Math.max(0, rdp - log(delta) / (order - 1));

/** Least over a list of orders; those up to 1.01 are skipped (no digits are left of their divergence). */
export function epsilonOverOrders(
  orders: readonly number[],
  rdpAt: (order: number) => number,
  delta: number,
  convert: typeof epsilonAtOrder = epsilonAtOrder,
): AtOrder {
  const tried = orders.filter((order) => order > 1.01);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  tried.forEach((order, i) => {
    const epsilon = convert(order, rdpAt(order), delta);
    if (epsilon < least) {
      least = epsilon;
      best = i;
    }
  });
  return { epsilon: least, order: tried[best] ?? Number.NaN, end: best === 0 || best === tried.length - 1 };
}

/** Orders tried by `bestEpsilon` reach from 1 + 1/64 to 1 + 2^14. */
const lowest = -12;
const highest = 28;

/**
 * Least epsilon over real orders: half octaves of order - 1, then golden sections about the best. Every order proves its
 * epsilon, so that the search need not be exact to be sound.
 */
export function bestEpsilon(rdpAt: (order: number) => number, delta: number): AtOrder {
  const at = (half: number): number => {
    const order = orderOf(half);
    return epsilonAtOrder(order, rdpAt(order), delta);
  };
  let best = lowest;
  let least = Number.POSITIVE_INFINITY;
  let rising = 0;
  for (let half = lowest; half <= highest && rising < 8; half += 1) {
    const epsilon = at(half);
    rising = epsilon > least ? rising + 1 : 0;
    if (epsilon < least) {
      least = epsilon;
      best = half;
    }
    if (epsilon === 0) break;
  }
  if (!Number.isFinite(least) || least === 0 || best === lowest || best === highest) {
    return { epsilon: least, order: orderOf(best), end: least !== 0 };
  }
  return { ...onWholes(refined(at, best, least), rdpAt, delta), end: false };
}

/** Golden sections on (best - 1, best + 1): epsilon falls and then rises there for all but odd mixtures of laws. */
function refined(at: (half: number) => number, best: number, least: number): { epsilon: number; order: number } {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [best - 1, best + 1];
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)];
  let [atLeft, atRight] = [at(left), at(right)];
  let found = { epsilon: least, order: orderOf(best) };
  for (let i = 0; i < 24; i += 1) {
    const half = atLeft < atRight ? left : right;
    const epsilon = Math.min(atLeft, atRight);
    if (epsilon < found.epsilon) found = { epsilon, order: orderOf(half) };
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = at(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = at(right);
    }
  }
  return found;
}

/** Among whole orders golden sections may stop a step or two short: walks on to the best neighbour. */
function onWholes(
  found: { epsilon: number; order: number },
  rdpAt: (order: number) => number,
  delta: number,
): { epsilon: number; order: number } {
  let best = found;
  for (const step of [1, -1]) {
    for (let i = 0; i < 50 && best.order + step > 33; i += 1) {
      const order = best.order + step;
      const epsilon = epsilonAtOrder(order, rdpAt(order), delta);
      if (epsilon >= best.epsilon) break;
      best = { epsilon, order };
    }
  }
  return best;
}

/** Whole orders from 33 on: sampled releases have sums instead of integrals there. */
function orderOf(half: number): number {
  const root = pow(2, half / 2);
  return 1 + (root > 32 ? Math.round(root) : root);
}
