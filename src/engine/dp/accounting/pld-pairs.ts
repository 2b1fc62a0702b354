import { erfc, exp, expm1, log, log1p, tanh } from '../../kit/portable-math.ts';
import type { LossLaw } from '../../kit/loss-law.ts';

/**
 * Dominating pairs (P, Q) of the laws: how likely each privacy loss ln(P/Q) is under both. What a grid is filled from.
 * An adaptive composition is dominated by the product of the pairs (Zhu, Dong, Wang, 2022, Theorem 10).
 */

/** A loss that has a probability of its own, under P. Under Q it has e^-loss times that. */
export interface Atom {
  readonly loss: number;
  readonly mass: number;
}

/** What `Pair.tails` writes: the mass above a loss, or, where `upper` is false, the mass at or below it. */
export interface Tails {
  p: number;
  q: number;
  upper: boolean;
}

export interface Pair {
  readonly atoms: readonly Atom[];
  /** The rest of the losses; atoms are not in it. */
  readonly tails?: (loss: number, out: Tails) => void;
  /** Masses of cells of that width under P and Q, quicker than by differences of tails; false where it cannot. */
  readonly fill?: (from: number, width: number, p: Float64Array, q: Float64Array) => boolean;
  /** Mass of the rest under P, under Q. */
  readonly rest: number;
  readonly restQ: number;
  /** P of an event Q excludes. */
  readonly infinity: number;
  /** Support of all losses; infinite where it has no end. */
  readonly low: number;
  readonly high: number;
  /** Mean square loss, roughly; only the choice of the grid depends on it. */
  readonly square: number;
  /** Losses (or, for Laplace noise, atoms) lie at `origin` plus whole multiples of `step`; `lattice` if all of them do. */
  readonly step?: number;
  readonly origin?: number;
  readonly lattice?: boolean;
}

/** Above this sensitivity (in steps of the noise) two-sided geometric noise is put on a common grid, not on its own. */
const MANY_ATOMS = 4096;
/** From this standard deviation on a sum over the lattice is its integral with one correction, to the last place. */
const SMOOTH_SIGMA = 1e3;

const upperNormal = (z: number): number => erfc(z * Math.SQRT1_2) / 2;

const atomsOnly = (atoms: readonly Atom[], infinity: number, step: number, origin: number): Pair => ({
  atoms,
  rest: 0,
  restQ: 0,
  infinity,
  low: atoms[0]?.loss ?? 0,
  high: atoms.at(-1)?.loss ?? 0,
  square: atoms.reduce((sum, { loss, mass }) => sum + loss * loss * mass, 0),
  step,
  origin,
  lattice: true,
});

/** Binary randomized response of that log odds: the worst of everything epsilon-private (Kairouz, Oh, Viswanath, 2015). */
function responsePair(epsilon: number, delta = 0): Pair {
  const up = 1 / (1 + exp(-epsilon));
  const down = 1 / (1 + exp(epsilon));
  if (epsilon === 0) return atomsOnly([{ loss: 0, mass: 1 - delta }], delta, 1, 0);
  return atomsOnly(
    [
      { loss: -epsilon, mass: (1 - delta) * down },
      { loss: epsilon, mass: (1 - delta) * up },
    ],
    delta,
    2 * epsilon,
    -epsilon,
  );
}

/** Atoms at both ends, density e^((l - epsilon) / 2) / 4 between. */
function laplacePair(epsilon: number): Pair {
  const least = exp(-epsilon);
  return {
    atoms: [
      { loss: -epsilon, mass: least / 2 },
      { loss: epsilon, mass: 0.5 },
    ],
    tails: (loss, out) => {
      out.upper = loss > 0;
      if (loss >= epsilon || loss <= -epsilon) {
        out.p = 0;
        out.q = 0;
      } else if (out.upper) {
        out.p = -expm1((loss - epsilon) / 2) / 2;
        out.q = (least * expm1((epsilon - loss) / 2)) / 2;
      } else {
        out.p = (least * expm1((loss + epsilon) / 2)) / 2;
        out.q = -expm1((-loss - epsilon) / 2) / 2;
      }
    },
    rest: -expm1(-epsilon) / 2,
    restQ: -expm1(-epsilon) / 2,
    infinity: 0,
    low: -epsilon,
    high: epsilon,
    square: epsilon * epsilon * Math.min(1, 0.7 + epsilon),
    step: 2 * epsilon,
    origin: -epsilon,
  };
}

export function gaussianPair(mu: number): Pair {
  const shift = mu / 2;
  return {
    atoms: [],
    tails: (loss, out) => {
      const z = loss / mu;
      out.upper = loss > 0;
      out.p = upperNormal(out.upper ? z - shift : shift - z);
      out.q = upperNormal(out.upper ? z + shift : -z - shift);
    },
    fill: (from, width, p, q) => {
      const w = width / mu;
      // P and e^loss Q differ by a cell's width: below 1e-6 the recurrence's rounding would show in the split.
      if (w > 1e-3 || width < 1e-6) return false;
      fillNormal(from / mu - shift, w, p);
      fillNormal(from / mu + shift, w, q);
      return true;
    },
    rest: 1,
    restQ: 1,
    infinity: 0,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    square: mu * mu,
  };
}

/**
 * Standard normal masses of cells [from + i w, from + (i + 1) w]: the density at the middle with two corrections, the next
 * being (w z)^6 / 322560, below 2e-14 for w <= 1e-3. Densities by recurrence, begun anew every 32 cells.
 */
function fillNormal(from: number, w: number, out: Float64Array): void {
  const second = (w * w) / 24;
  const fourth = (w * w * w * w) / 1920;
  const bend = exp(-w * w);
  let density = 0;
  let ratio = 0;
  for (let i = 0; i < out.length; i += 1) {
    const z = from + (i + 0.5) * w;
    const z2 = z * z;
    if (i % 32 === 0) {
      density = w * 0.3989422804014327 * exp(-z2 / 2);
      ratio = exp(-w * (z + w / 2));
    }
    out[i] = density * (1 + second * (z2 - 1) + fourth * (z2 * (z2 - 6) + 3));
    density *= ratio;
    ratio *= bend;
  }
}

/**
 * Worst case over everything whose loss lies in an interval of length epsilon, one release at a time: the profile is the
 * largest of all two-point losses {t, t - epsilon}, (e^(epsilon/2) - e^(l/2))^2 / (e^epsilon - 1). Unlike the optimum for
 * one fixed t (Dong, Durfee, Rogers, 2020) it stays a bound when each release is chosen after the ones before.
 */
function boundedRangePair(epsilon: number): Pair {
  const scale = -1 / expm1(-epsilon);
  const least = exp(-epsilon / 2);
  return {
    atoms: [],
    tails: (loss, out) => {
      out.upper = loss > 0;
      const l = Math.max(-epsilon, Math.min(epsilon, loss));
      if (out.upper) {
        out.p = -scale * expm1((l - epsilon) / 2);
        out.q = scale * exp(-epsilon) * expm1((epsilon - l) / 2);
      } else {
        out.p = scale * least * exp(-epsilon / 2) * expm1((l + epsilon) / 2);
        out.q = -scale * expm1((-l - epsilon) / 2);
      }
    },
    rest: 1,
    restQ: 1,
    infinity: 0,
    low: -epsilon,
    high: epsilon,
    square: (epsilon * epsilon) / 3,
  };
}

/** Noise of P[x] ~ e^(-|x| / scale) on whole numbers: loss (|x| - |x - D|) / scale, P centred at D. */
function discreteLaplacePair(scale: number, sensitivity: number): Pair {
  const top = sensitivity / scale;
  // Half of the noise lies at or beyond its centre: tanh(1/2b) / (1 - e^(-1/b)) = 1 / (1 + e^(-1/b)).
  const end = 1 / (1 + exp(-1 / scale));
  const centre = tanh(0.5 / scale);
  if (sensitivity <= MANY_ATOMS) {
    const atoms: Atom[] = [{ loss: -top, mass: end * exp(-top) }];
    for (let x = 1; x < sensitivity; x += 1) {
      atoms.push({ loss: (2 * x - sensitivity) / scale, mass: centre * exp((x - sensitivity) / scale) });
    }
    atoms.push({ loss: top, mass: end });
    return atomsOnly(atoms, 0, 2 / scale, -top);
  }
  const least = exp(-top);
  return {
    atoms: [
      { loss: -top, mass: end * least },
      { loss: top, mass: end },
    ],
    tails: (loss, out) => {
      // Values 1 to D - 1 of the noisy answer; those above `loss` begin at x.
      const x = Math.max(1, Math.min(sensitivity, Math.floor((loss * scale + sensitivity) / 2) + 1));
      out.upper = loss > 0;
      if (out.upper) {
        out.p = -end * exp(-1 / scale) * expm1((x - sensitivity) / scale);
        out.q = -end * exp(-x / scale) * expm1((x - sensitivity) / scale);
      } else {
        out.p = end * least * expm1((x - 1) / scale);
        out.q = -end * exp(-1 / scale) * expm1((1 - x) / scale);
      }
    },
    rest: -end * exp(-1 / scale) * expm1((1 - sensitivity) / scale),
    restQ: -end * exp(-1 / scale) * expm1((1 - sensitivity) / scale),
    infinity: 0,
    low: -top,
    high: top,
    square: top * top * Math.min(1, 0.7 + top),
  };
}

/** Loss D (x - D / 2) / sigma^2 of a discrete Gaussian x centred at D under P, at 0 under Q. */
function discreteGaussianPair(sigma2: number, sensitivity: number): Pair {
  const sigma = Math.sqrt(sigma2);
  const step = sensitivity / sigma2;
  const square = step * sigma * step * sigma + (step * sensitivity * step * sensitivity) / 4;
  if (sigma < SMOOTH_SIGMA) {
    // 39 standard deviations: what lies beyond is below the least double.
    const reach = Math.ceil(39 * sigma) + 2;
    let total = 1;
    for (let x = reach; x >= 1; x -= 1) total += 2 * exp((-x * x) / (2 * sigma2));
    const atoms: Atom[] = [];
    for (let x = -reach; x <= reach; x += 1) {
      const mass = exp((-x * x) / (2 * sigma2)) / total;
      if (mass > 0) atoms.push({ loss: step * (x + sensitivity / 2), mass });
    }
    return { ...atomsOnly(atoms, 0, step, atoms[0]?.loss ?? 0), square };
  }
  return {
    atoms: [],
    tails: (loss, out) => {
      const x = Math.floor(loss / step + sensitivity / 2) + 1;
      out.upper = loss > 0;
      out.p = out.upper ? latticeTail(x - sensitivity, sigma) : latticeTail(sensitivity - x + 1, sigma);
      out.q = out.upper ? latticeTail(x, sigma) : latticeTail(1 - x, sigma);
    },
    rest: 1,
    restQ: 1,
    infinity: 0,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    square,
  };
}

/** P[X >= x] of a discrete Gaussian of large sigma: Euler-Maclaurin at x - 1/2, next term (z / sigma)^4 7 / 5760 relative. */
function latticeTail(x: number, sigma: number): number {
  const z = (x - 0.5) / sigma;
  const slope = (-z * exp((-z * z) / 2) * 0.3989422804014327) / (sigma * sigma);
  return Math.max(0, upperNormal(z) + slope / 24);
}

/** One step of DP-SGD: P = (1 - q) N(0, s^2) + q N(1, s^2) against Q = N(0, s^2), the row removed, or turned around. */
function poissonPair(sigma: number, rate: number, direction: Direction): Pair {
  const remove = direction === 'remove';
  const sign = remove ? 1 : -1;
  /** The answer at which the loss of a removal is `l`; -infinity below its least. */
  const place = (l: number): number => {
    const t = (expm1(l) + rate) / rate;
    return t > 0 ? sigma * sigma * log(t) + 0.5 : Number.NEGATIVE_INFINITY;
  };
  const end = sign * log1p(-rate);
  return {
    atoms: [],
    tails: (loss, out) => {
      const x = place(sign * loss);
      const above = x > 0.5;
      const side = above ? 1 : -1;
      const base = upperNormal((side * x) / sigma);
      const mixed = (1 - rate) * base + rate * upperNormal((side * (x - 1)) / sigma);
      out.upper = above === remove;
      out.p = remove ? mixed : base;
      out.q = remove ? base : mixed;
    },
    rest: 1,
    restQ: 1,
    infinity: 0,
    low: remove ? end : Number.NEGATIVE_INFINITY,
    high: remove ? Number.POSITIVE_INFINITY : end,
    square: poissonSquare(sigma, rate),
  };
}

/** E under the mixture of the squared loss, by the trapezoid rule over both bells. */
function poissonSquare(sigma: number, rate: number): number {
  const h = 0.25;
  let sum = 0;
  for (let z = -7; z <= 7; z += h) {
    const weight = h * 0.3989422804014327 * exp((-z * z) / 2);
    for (const [share, x] of [
      [1 - rate, z * sigma],
      [rate, 1 + z * sigma],
    ] as const) {
      const e = (2 * x - 1) / (2 * sigma * sigma);
      const loss = e > 500 ? e + log(rate) : log1p(rate * expm1(e));
      sum += share * weight * loss * loss;
    }
  }
  return sum;
}

/** The row is in P's table (removed from it in Q's), or the other way round. */
export type Direction = 'remove' | 'add';

/** True where adding and removing a row are different laws. */
export const isOneSided = (law: LossLaw): boolean => law.kind === 'poisson-gaussian';

/**
 * The pair that dominates the law (`upper`), or one that the law may attain (`lower`): they differ only for bounded range,
 * where the attained one is t = epsilon / 2. Undefined for a law that has none.
 */
export function pairOf(law: LossLaw, direction: Direction, side: 'upper' | 'lower'): Pair | undefined {
  switch (law.kind) {
    case 'pure':
      return responsePair(law.epsilon);
    case 'approximate':
      return responsePair(law.epsilon, law.delta);
    case 'laplace':
      return laplacePair(law.epsilon);
    case 'discrete-laplace':
      return discreteLaplacePair(law.scale, law.sensitivity);
    case 'gaussian':
      return gaussianPair(law.mu);
    case 'discrete-gaussian':
      return discreteGaussianPair(law.sigma2, law.sensitivity);
    case 'randomized-response':
      return responsePair(Math.abs(log(law.truth / (1 - law.truth))));
    case 'bounded-range':
      return side === 'upper' ? boundedRangePair(law.epsilon) : responsePair(law.epsilon / 2);
    case 'poisson-gaussian':
      return poissonPair(law.sigma, law.rate, direction);
    case 'zcdp':
      return undefined;
  }
}
