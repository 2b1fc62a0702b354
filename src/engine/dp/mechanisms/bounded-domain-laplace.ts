import type { Loss } from '../../kit/loss.ts';
import { exp, expm1, gammainc, log, log1p } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import { boundedLaplaceSampler } from '../../rng/sampler-truncated.ts';
import type { AdditiveMechanism, Change, Figures } from '../mechanism.ts';
import { discreteLaplaceMeanSize, discreteLaplaceVariance } from '../noise.ts';
import { checkClaim, declaredRange, lazily, perAnswer, rootFromAbove, smallestWhole } from './calibration.ts';
import { mechanismNames } from './names.ts';

/**
 * Bounded-domain Laplace (Holohan, Antonatos, Braghin, Mac Aonghusa, 2018): noise conditioned on landing in [lower, upper]. The
 * normaliser depends on the truth, so the scale has to be larger than D / epsilon.
 */

/**
 * Least scale b with D / b + ln C(b) <= epsilon - ln(1 - delta), where C(b) = (2 - e^(-D/b) - e^(-(W-D)/b)) / (1 - e^(-W/b)) and W
 * = upper - lower.
 */
export function boundedDomainScale(epsilon: number, delta: number, sensitivity: number, width: number): number {
  const d = Math.min(sensitivity, width);
  const may = epsilon - log1p(-delta);
  const cost = (b: number): number => {
    const c = (-expm1(-d / b) - expm1(-(width - d) / b)) / -expm1(-width / b);
    return d / b + log(c) - may;
  };
  return leastScale(d, may, cost);
}

/** The same on whole numbers lower..upper: C = Z(D) / Z(0), Z(i) = (1 + r - r^(i+1) - r^(W-i+1)) / (1 - r), r = e^(-1/b). */
export function wholeDomainScale(epsilon: number, delta: number, sensitivity: number, width: number): number {
  const d = Math.min(sensitivity, width);
  const may = epsilon - log1p(-delta);
  const cost = (b: number): number => {
    const c = (-expm1(-(d + 1) / b) - expm1(-(width - d + 1) / b) + expm1(-1 / b)) / -expm1(-(width + 1) / b);
    return d / b + log(c) - may;
  };
  return leastScale(d, may, cost) * (1 + 1e-14);
}

/** The cost falls in b, from infinity to below 0, and C is between 1 and 2. */
function leastScale(d: number, may: number, cost: (b: number) => number): number {
  let high = d / may;
  while (cost(high) > 0) high *= 2;
  return rootFromAbove(d / (may + 1), high, cost);
}

export const boundedDomainLaplace: AdditiveMechanism = {
  id: 'bounded-domain-laplace',
  label: mechanismNames['bounded-domain-laplace'],
  summary: text(
    'Laplace noise drawn again until the answer lies in its declared range: no negative counts, without cutting.',
    'Ruido de Laplace que se vuelve a sortear hasta que la respuesta cae en su rango declarado: sin conteos negativos y sin recortar.',
  ),
  citations: [
    {
      authors: 'Holohan, Antonatos, Braghin, Mac Aonghusa',
      year: 2018,
      title: 'The bounded Laplace mechanism in differential privacy',
      where: 'Journal of Privacy and Confidentiality 10(1)',
      doi: '10.29012/jpc.715',
    },
  ],
  limits: [
    text(
      'Biased: answers near an end of the range are pushed inwards, small counts upwards.',
      'Sesgado: las respuestas cercanas a un extremo del rango se empujan hacia dentro; los conteos pequeños, hacia arriba.',
    ),
    text(
      'Drawing again costs privacy, so the noise is up to twice as large as plain Laplace noise; cutting afterwards would be free.',
      'Volver a sortear cuesta privacidad, así que el ruido llega a ser el doble que el de Laplace; recortar después sería gratis.',
    ),
  ],
  approximate: false,
  norm: 'linf',
  calibrate(claim: Loss, by: Change) {
    checkClaim(claim, by);
    const { lower, upper } = declaredRange(by);
    const each = perAnswer(claim, by);
    const width = upper - lower;
    const scale = boundedDomainScale(each.epsilon, each.delta, by.linf, width);
    const [low, high] = [Math.ceil(lower), Math.floor(upper)];
    const whole = lazily(() => wholeDomainScale(each.epsilon, each.delta, Math.ceil(by.linf), high - low));
    const sampler = lazily(() => boundedLaplaceSampler(whole(), low, high));
    const law =
      claim.delta === 0
        ? ({ kind: 'pure', epsilon: claim.epsilon } as const)
        : ({ kind: 'approximate', ...claim } as const);
    const figures = oneSided(scale, width);
    return {
      ...figures,
      loss: claim,
      law,
      exactly: () => ({ ...wholeWorst(whole(), high - low), loss: claim, law }),
      simulate: (rng, values, out) => {
        for (let i = 0; i < out.length; i += 1) {
          const x = Math.max(lower, Math.min(upper, values[i] as number));
          const left = -expm1((lower - x) / scale);
          const right = -expm1((x - upper) / scale);
          const u = rng.uniform() * (left + right);
          const noise = u < left ? scale * log1p(-u) : -scale * log1p(left - u);
          out[i] = Math.max(lower, Math.min(upper, x + noise));
        }
      },
      release: (rng, values, out) => {
        for (let i = 0; i < out.length; i += 1) {
          out[i] = sampler().drawAround(rng.words, Math.max(low, Math.min(high, values[i] as number)));
        }
      },
    };
  },
};

/**
 * Figures at an end of the range, where noise is one-sided and largest: an exponential law cut off at the width. Inside, errors
 * are a mixture of two shorter ones.
 */
function oneSided(scale: number, width: number): Omit<Figures, 'loss' | 'law'> {
  const inside = -expm1(-width / scale);
  return {
    parameters: { scale },
    variance: (2 * scale * scale * gammainc(width / scale, 3)) / inside,
    meanAbsolute: (scale * gammainc(width / scale, 2)) / inside,
    accuracy: (alpha) => (alpha >= 1 ? 0 : -scale * log(alpha + (1 - alpha) * exp(-width / scale))),
  };
}

/**
 * The same on whole numbers. There zero counts once, so a truth in the middle can be worse than one at an end: with A(n) = 1 -
 * r^(n + 1), a truth with i numbers below and j above errs by t or more with probability (max(0, A(i) - 1 + r^t) + the same of j) /
 * (A(i) + A(j) - 1 + r).
 */
function wholeWorst(scale: number, width: number): Omit<Figures, 'loss' | 'law'> {
  const upTo = (n: number): number => -expm1(-(n + 1) / scale);
  const tail = (t: number, i: number): number => {
    const within = -expm1(-t / scale);
    const left = Math.max(0, upTo(i) - within);
    const right = Math.max(0, upTo(width - i) - within);
    return (left + right) / (upTo(i) + upTo(width - i) + expm1(-1 / scale));
  };
  const middle = Math.floor(width / 2);
  return {
    parameters: { scale },
    ...wholeMoments(scale, width),
    whole: true,
    accuracy: (alpha) => smallestWhole((t) => (t > width ? 0 : Math.max(tail(t, 0), tail(t, middle))), alpha),
  };
}

/** Largest moments of the error over truths from an end to the middle. */
function wholeMoments(scale: number, width: number): { readonly variance: number; readonly meanAbsolute: number } {
  // Ends too far away to be felt from the middle: the plain two-sided law.
  if (width > 120 * scale) {
    return { variance: discreteLaplaceVariance(scale), meanAbsolute: discreteLaplaceMeanSize(scale) };
  }
  // A grid this fine: whole parts of the continuous error one step longer, which bound it.
  if (width > 200000) return oneSided(scale, width + 1);
  const sums = new Float64Array(3 * (width + 1));
  for (let x = 1; x <= width; x += 1) {
    const mass = exp(-x / scale);
    for (let power = 0; power < 3; power += 1) {
      const before = sums[3 * (x - 1) + power] as number;
      sums[3 * x + power] = before + mass * (power === 0 ? 1 : power === 1 ? x : x * x);
    }
  }
  let variance = 0;
  let meanAbsolute = 0;
  for (let eighth = 0; eighth <= 4; eighth += 1) {
    const i = Math.floor((eighth * width) / 8);
    const both = (power: number): number => (sums[3 * i + power] as number) + (sums[3 * (width - i) + power] as number);
    meanAbsolute = Math.max(meanAbsolute, both(1) / (1 + both(0)));
    variance = Math.max(variance, both(2) / (1 + both(0)));
  }
  return { variance, meanAbsolute };
}
