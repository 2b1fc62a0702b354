import type { Loss } from '../../kit/loss.ts';
import { text } from '../../kit/text.ts';
import { ratio } from '../../rng/ratio.ts';
import { discreteGaussianSampler } from '../../rng/sampler-discrete-gaussian.ts';
import { zcdpRhoFor } from '../accounting/zcdp.ts';
import {
  discreteGaussianAccuracy,
  discreteGaussianDelta,
  discreteGaussianMeanSize,
  discreteGaussianVariance,
} from '../discrete-gaussian.ts';
import { analyticSigma } from '../gaussian.ts';
import type { AdditiveMechanism, Calibrated, Change, Figures } from '../mechanism.ts';
import { checkApproximate, lazily, rootFromAbove } from './calibration.ts';
import { mechanismNames } from './names.ts';

/** Error allowed for the exact sums, so that no rounding makes delta a hair too large. */
const SAFETY = 1 - 1e-11;

/** Discrete Gaussian noise on whole answers (Canonne, Kamath, Steinke, 2020). */
export const discreteGaussian: AdditiveMechanism = {
  id: 'discrete-gaussian',
  label: mechanismNames['discrete-gaussian'],
  summary: text(
    'Bell-shaped noise of whole numbers, drawn exactly: what a release with many answers per person is made with.',
    'Ruido de números enteros en forma de campana, sorteado exactamente: el de las publicaciones con muchas respuestas por persona.',
  ),
  citations: [
    {
      authors: 'Canonne, Kamath, Steinke',
      year: 2020,
      title: 'The discrete Gaussian for differential privacy',
      where: 'NeurIPS',
    },
  ],
  limits: [
    text(
      'Exact for a single answer; where one unit touches several, δ is bounded through concentrated privacy, which costs a little noise.',
      'Exacta para una respuesta; si una unidad toca varias, δ se acota mediante privacidad concentrada, lo que cuesta algo de ruido.',
    ),
  ],
  approximate: true,
  norm: 'l2',
  calibrate(claim: Loss, by: Change): Calibrated {
    const { figures, release } = calibrateDiscrete(claim, by);
    // The exact sampler is as fast as a rounded normal number, so simulation uses it too.
    return { ...figures, simulate: release, release };
  },
};

/** The least variance parameter that keeps the claim, its figures, and exact draws. Also the release of Gaussian noise. */
export function calibrateDiscrete(
  claim: Loss,
  by: Change,
): { readonly figures: Figures; readonly release: Calibrated['release'] } {
  checkApproximate(claim, by);
  const single = by.cells === 1;
  const sensitivity = Math.ceil(by.linf);
  const sigma2 = single
    ? oneAnswer(claim, sensitivity)
    : (by.l2 * by.l2) / (2 * zcdpRhoFor(claim.epsilon, claim.delta));
  const sampler = lazily(() => discreteGaussianSampler(ratio(sigma2)));
  return {
    figures: {
      parameters: { sigma2 },
      loss: claim,
      law: single
        ? { kind: 'discrete-gaussian', sigma2, sensitivity }
        : { kind: 'zcdp', rho: (by.l2 * by.l2) / (2 * sigma2) },
      variance: discreteGaussianVariance(sigma2),
      meanAbsolute: discreteGaussianMeanSize(sigma2),
      accuracy: (alpha) => discreteGaussianAccuracy(sigma2, alpha),
      whole: true,
    },
    release: (rng, values, out) => {
      sampler().fill(rng, out);
      for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + (values[i] as number);
    },
  };
}

/** Variance parameter for one whole answer, by the exact delta. The continuous sigma is where the search starts. */
function oneAnswer({ epsilon, delta }: Loss, sensitivity: number): number {
  const excess = (sigma2: number): number => discreteGaussianDelta(sigma2, epsilon, sensitivity) - delta * SAFETY;
  const sigma = analyticSigma(epsilon, delta, sensitivity);
  let high = sigma * sigma;
  while (excess(high) > 0) high *= 1.1;
  let low = high;
  while (excess(low) <= 0 && low > 1e-9) {
    high = low;
    low /= 1.1;
  }
  return rootFromAbove(low, high, excess);
}
