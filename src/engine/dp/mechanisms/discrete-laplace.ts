import type { Loss } from '../../kit/loss.ts';
import { text } from '../../kit/text.ts';
import { ratio } from '../../rng/ratio.ts';
import { discreteLaplaceSampler } from '../../rng/sampler-discrete-laplace.ts';
import type { AdditiveMechanism, Calibrated, Change, Figures } from '../mechanism.ts';
import { discreteLaplaceAccuracy, discreteLaplaceMeanSize, discreteLaplaceVariance } from '../noise.ts';
import { checkClaim, lazily } from './calibration.ts';
import { mechanismNames } from './names.ts';

/** Figures of discrete Laplace noise of scale l1 / epsilon. */
export function discreteFigures(epsilon: number, l1: number): Figures {
  const scale = l1 / epsilon;
  return {
    parameters: { scale },
    loss: { epsilon, delta: 0 },
    law: { kind: 'discrete-laplace', scale, sensitivity: l1 },
    variance: discreteLaplaceVariance(scale),
    meanAbsolute: discreteLaplaceMeanSize(scale),
    accuracy: (alpha) => discreteLaplaceAccuracy(scale, alpha),
    whole: true,
  };
}

/** Exact draws of that law, its scale the exact quotient. */
export function exactDiscrete(epsilon: number, l1: number): Calibrated['release'] {
  const sampler = lazily(() => discreteLaplaceSampler(ratio(l1, epsilon)));
  return (rng, values, out) => {
    sampler().fill(rng, out);
    for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + (values[i] as number);
  };
}

/** Two-sided geometric noise on whole answers (Ghosh, Roughgarden, Sundararajan, 2009): P(x) proportional to exp(-|x| / scale). */
export const discreteLaplace: AdditiveMechanism = {
  id: 'discrete-laplace',
  label: mechanismNames['discrete-laplace'],
  summary: text(
    'Whole-number noise for counts: no last bits to read, and the best pure promise for a single count.',
    'Ruido de números enteros para conteos: sin últimos bits que leer, y la mejor promesa pura para un solo conteo.',
  ),
  citations: [
    {
      authors: 'Ghosh, Roughgarden, Sundararajan',
      year: 2009,
      title: 'Universally utility-maximizing privacy mechanisms',
      where: 'STOC',
      doi: '10.1145/1536414.1536464',
    },
    {
      authors: 'Canonne, Kamath, Steinke',
      year: 2020,
      title: 'The discrete Gaussian for differential privacy',
      where: 'NeurIPS',
    },
  ],
  limits: [
    text(
      'Answers must be whole numbers: sums are counted in steps of a grid.',
      'Las respuestas deben ser números enteros: las sumas se cuentan en pasos de una cuadrícula.',
    ),
  ],
  approximate: false,
  norm: 'l1',
  calibrate(claim: Loss, by: Change) {
    checkClaim(claim, by);
    // The exact sampler is faster than two floating-point draws, so simulation uses it too.
    const draw = exactDiscrete(claim.epsilon, by.l1);
    return { ...discreteFigures(claim.epsilon, by.l1), simulate: draw, release: draw };
  },
};
