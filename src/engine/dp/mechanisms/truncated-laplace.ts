import { invalidParam } from '../../kit/errors.ts';
import type { Loss } from '../../kit/loss.ts';
import { exp, expm1, gammainc, log, log1p } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import { laplace as drawLaplace } from '../../rng/samplers.ts';
import { ratio } from '../../rng/ratio.ts';
import { truncatedLaplaceSampler } from '../../rng/sampler-truncated.ts';
import type { AdditiveMechanism, Change, Figures } from '../mechanism.ts';
import { checkApproximate, lazily, perAnswer, smallestWhole } from './calibration.ts';
import { mechanismNames } from './names.ts';

/**
 * Truncated Laplace noise (Geng, Ding, Guo, Kumar, 2018): Laplace of scale D / epsilon cut off at +-A, where the D outermost units
 * of mass weigh delta.
 */

/** A = (D / epsilon) ln(1 + (e^epsilon - 1) / (2 delta)), for delta up to one half. */
export function truncationBound(epsilon: number, delta: number, sensitivity: number): number {
  const scale = sensitivity / epsilon;
  if (epsilon < 30) return scale * log1p(expm1(epsilon) / (2 * delta));
  // e^epsilon taken out of the logarithm before it overflows.
  return scale * (epsilon - log(2 * delta) + log(-expm1(-epsilon) + 2 * delta * exp(-epsilon)));
}

/** E|X| and E X^2 of the noise: moments of the exponential law cut off at t = A / scale, times the scale. */
export const truncatedMeanError = (scale: number, bound: number): number =>
  (scale * gammainc(bound / scale, 2)) / -expm1(-bound / scale);
export const truncatedVariance = (scale: number, bound: number): number =>
  (2 * scale * scale * gammainc(bound / scale, 3)) / -expm1(-bound / scale);

/** a with P(|X| >= a) = alpha. */
function truncatedAccuracy(scale: number, bound: number, alpha: number): number {
  if (alpha >= 1) return 0;
  const cut = exp(-bound / scale);
  return -scale * log(alpha + (1 - alpha) * cut);
}

export const truncatedLaplace: AdditiveMechanism = {
  id: 'truncated-laplace',
  label: mechanismNames['truncated-laplace'],
  summary: text(
    'Laplace noise that never goes beyond a stated bound. Paid for with a chance δ that the promise fails.',
    'Ruido de Laplace que nunca pasa de un límite declarado. Se paga con una probabilidad δ de que la promesa falle.',
  ),
  citations: [
    {
      authors: 'Geng, Ding, Guo, Kumar',
      year: 2018,
      title: 'Truncated Laplacian mechanism for approximate differential privacy',
      where: 'arXiv',
    },
  ],
  limits: [
    text(
      'A number beyond the reach of the noise proves which table it came from: that is the δ, and it happens outright.',
      'Un número fuera del alcance del ruido demuestra de qué tabla procede: eso es el δ, y ocurre sin paliativos.',
    ),
    text(
      'Where one unit touches several answers, each gets its part of ε and δ.',
      'Si una unidad toca varias respuestas, cada una recibe su parte de ε y δ.',
    ),
  ],
  approximate: true,
  norm: 'linf',
  calibrate(claim: Loss, by: Change) {
    checkApproximate(claim, by);
    const { epsilon, delta } = perAnswer(claim, by);
    if (delta > 0.5) throw invalidParam('delta', 'a chance of failure up to one half', claim.delta);
    const d = by.linf;
    const scale = d / epsilon;
    const bound = truncationBound(epsilon, delta, d);
    const whole = lazily(() => wholeTruncation(epsilon, delta, d));
    const sampler = lazily(() => truncatedLaplaceSampler(ratio(Math.ceil(d) * by.cells, claim.epsilon), whole().bound));
    return {
      parameters: { scale, bound },
      loss: claim,
      law: { kind: 'approximate', ...claim },
      variance: truncatedVariance(scale, bound),
      meanAbsolute: truncatedMeanError(scale, bound),
      accuracy: (alpha) => truncatedAccuracy(scale, bound, alpha),
      exactly: () => wholeFigures(claim, whole()),
      simulate: (rng, values, out) => {
        for (let i = 0; i < out.length; i += 1) {
          let noise = drawLaplace(rng, scale);
          while (Math.abs(noise) > bound) noise = drawLaplace(rng, scale);
          out[i] = (values[i] as number) + noise;
        }
      },
      release: (rng, values, out) => {
        sampler().fill(rng, out);
        for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + (values[i] as number);
      },
    };
  },
};

interface WholeTruncation {
  readonly scale: number;
  /** Largest |noise|. */
  readonly bound: number;
}

/**
 * Least whole bound A >= D at which the D outermost masses of r^|x| weigh at most delta: with u = r^(A + 1) and D / scale = e they
 * weigh u (e^e - 1) / (1 + r - 2u), so u <= delta (1 + r) / (e^e - 1 + 2 delta).
 */
export function wholeTruncation(epsilon: number, delta: number, sensitivity: number): WholeTruncation {
  const d = Math.ceil(sensitivity);
  const scale = d / epsilon;
  // ln of (e^e - 1 + 2 delta) / (delta (1 + r)), with e^e taken out.
  const target = epsilon + log((-expm1(-epsilon) + 2 * delta * exp(-epsilon)) / (delta * (1 + exp(-1 / scale))));
  // The logarithm may land a hair low: one relative ulp more keeps the bound safe.
  return { scale, bound: Math.max(d, Math.ceil(scale * target * (1 + 1e-14)) - 1) };
}

/** Closed sums of x^m r^x over 1 <= x <= A would cancel for short ranges; both are plain sums where that is cheap. */
function wholeFigures(loss: Loss, { scale: b, bound }: WholeTruncation): Figures {
  const gap = -expm1(-1 / b);
  const r = exp(-1 / b);
  const total = 1 + (2 * r * -expm1(-bound / b)) / gap;
  // From the far end, so that small terms are not lost; beyond 40 scales nothing is left to add.
  const far = Math.min(bound, Math.ceil(60 * b) + 60);
  const isShort = far <= 200000;
  let first = 0;
  let second = 0;
  for (let x = isShort ? far : 0; x >= 1; x -= 1) {
    const mass = exp(-x / b);
    first += x * mass;
    second += x * x * mass;
  }
  return {
    parameters: { scale: b, bound },
    loss,
    law: { kind: 'approximate', ...loss },
    whole: true,
    // On a grid this fine the continuous law is the same to eight digits.
    variance: isShort ? (2 * second) / total : truncatedVariance(b, bound + 0.5),
    meanAbsolute: isShort ? (2 * first) / total : truncatedMeanError(b, bound + 0.5),
    accuracy: (alpha) =>
      smallestWhole(
        (t) => (t <= 0 ? 1 : t > bound ? 0 : (2 * exp(-t / b) * -expm1(-(bound - t + 1) / b)) / gap / total),
        alpha,
      ),
  };
}
