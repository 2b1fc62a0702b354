import { invalidParam } from '../../kit/errors.ts';
import type { LossLaw } from '../../kit/loss-law.ts';
import { exp, expm1, log, log1p } from '../../kit/portable-math.ts';
import type { Rng } from '../../rng/rng.ts';
import { rationalScale } from '../../rng/samplers-exact.ts';
import { discreteGaussianTail } from '../discrete-gaussian.ts';
import { discreteLaplaceDraws } from '../noise.ts';
import { discreteGaussian } from '../mechanisms/discrete-gaussian.ts';
import { perKey } from './partition.ts';

/**
 * Keys of an unknown domain: whole noise on the number of units of every key that occurs, and only noisy numbers of at least `threshold` are
 * released. One comparison, >=, and the chance that a key of one unit passes it is the delta that is charged.
 */
export interface HeavyPlan {
  readonly rule: HeavyRule;
  readonly threshold: number;
  /** What is charged: `times` releases of that loss. */
  readonly loss: { readonly epsilon: number; readonly delta: number; readonly law: LossLaw; readonly times: number };
  /** Scale of the noise, sigma for Gaussian noise. */
  readonly scale: number;
  /** P(noise >= t) for whole t. */
  tail(t: number): number;
  /** Adds noise to each count. */
  addNoise(rng: Rng, counts: Float64Array): Float64Array;
}
export type HeavyRule = 'truncated-geometric' | 'laplace' | 'gaussian';

/** @throws invalid-param for an epsilon or delta that is not positive. */
export function heavyPlan(rule: HeavyRule, epsilon: number, delta: number, keys: number): HeavyPlan {
  if (!(epsilon > 0)) throw invalidParam('epsilon', 'a positive number', epsilon);
  if (!(delta > 0 && delta < 0.5)) throw invalidParam('delta', 'a number above 0 and below 1/2', delta);
  return rule === 'gaussian' ? gaussianPlan(epsilon, delta, keys) : laplacePlan(rule, epsilon, delta, keys);
}

/** P(noise >= t) of discrete Laplace noise with that ratio of neighbouring masses, for any whole t. */
const laplaceTail = (scale: number, t: number): number =>
  t >= 1 ? exp(-t / scale) / (1 + exp(-1 / scale)) : 1 - exp((t - 1) / scale) / (1 + exp(-1 / scale));

function laplacePlan(rule: HeavyRule, epsilon: number, delta: number, keys: number): HeavyPlan {
  const each = perKey(epsilon, delta, keys);
  const rational = rationalScale(1 / each.epsilon);
  const scale = rational.numerator / rational.denominator;
  const loss = { ...each, law: { kind: 'approximate' as const, ...each }, times: keys };
  const draws = (rng: Rng): (() => number) => discreteLaplaceDraws(rng, rational);
  if (rule === 'laplace') {
    const tail = (t: number): number => laplaceTail(scale, t);
    const threshold = 1 + smallest((t) => tail(t) <= each.delta);
    return { rule, threshold, loss, scale, tail, addNoise: adder(draws) };
  }
  // Noise on -K..K: a key of one unit passes with the mass at K alone, and nothing else tells neighbours apart for certain.
  const width = truncation(scale, each.delta);
  const within = (rng: Rng): (() => number) => {
    const draw = draws(rng);
    return () => {
      for (;;) {
        const noise = draw();
        if (noise <= width && noise >= -width) return noise;
      }
    };
  };
  const beyond = laplaceTail(scale, width + 1);
  const tail = (t: number): number =>
    t > width ? 0 : t <= -width ? 1 : Math.min(1, (laplaceTail(scale, t) - beyond) / (1 - 2 * beyond));
  return { rule, threshold: width + 1, loss, scale, tail, addNoise: adder(within) };
}

/** Mass at the end K of discrete Laplace noise cut to -K..K. */
export const endMass = (scale: number, width: number): number =>
  (-expm1(-1 / scale) * exp(-width / scale)) / (1 + exp(-1 / scale) - 2 * exp(-(width + 1) / scale));

/** Smallest K whose end has at most that mass: the threshold of the optimal selection (Desfontaines et al., 2022). */
export function truncation(scale: number, delta: number): number {
  const ratio = exp(-1 / scale);
  const start = Math.ceil(scale * (log(-expm1(-1 / scale) + 2 * delta * ratio) - log(delta) - log1p(ratio)));
  let width = Math.max(1, start);
  while (width > 1 && endMass(scale, width - 1) <= delta) width -= 1;
  while (endMass(scale, width) > delta) width += 1;
  return width;
}

/** Half of delta for the noise, half for the threshold. */
function gaussianPlan(epsilon: number, delta: number, keys: number): HeavyPlan {
  const change = { l1: keys, l2: Math.sqrt(keys), linf: 1, cells: keys };
  const { parameters, release } = discreteGaussian.calibrate({ epsilon, delta: delta / 2 }, change);
  const sigma2 = parameters['sigma2'] as number;
  const each = perKey(epsilon, delta / 2, keys).delta;
  const tail = (t: number): number => discreteGaussianTail(sigma2, t);
  return {
    rule: 'gaussian',
    threshold: 1 + smallest((t) => tail(t) <= each),
    loss: { epsilon, delta, law: { kind: 'approximate', epsilon, delta }, times: 1 },
    scale: Math.sqrt(sigma2),
    tail,
    addNoise: (rng, counts) => {
      const out = new Float64Array(counts.length);
      release(rng, counts, out);
      return out;
    },
  };
}

const adder =
  (draws: (rng: Rng) => () => number) =>
  (rng: Rng, counts: Float64Array): Float64Array => {
    const draw = draws(rng);
    return counts.map((count) => count + draw());
  };

/** Smallest whole t >= 1 for which a condition holds that holds from some t on. */
function smallest(holds: (t: number) => boolean): number {
  let high = 1;
  while (!holds(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Probability that a key of `count` units is released. A key nobody has is never looked at. */
export const keepProbability = (plan: HeavyPlan, count: number): number =>
  count >= 1 ? plan.tail(plan.threshold - count) : 0;
