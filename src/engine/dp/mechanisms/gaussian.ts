import type { Loss } from '../../kit/loss.ts';
import { text } from '../../kit/text.ts';
import { fillNormal } from '../../rng/samplers.ts';
import { analyticSigma, gaussianAccuracy } from '../gaussian.ts';
import type { AdditiveMechanism, Change } from '../mechanism.ts';
import { checkApproximate, lazily } from './calibration.ts';
import { calibrateDiscrete } from './discrete-gaussian.ts';
import { mechanismNames } from './names.ts';

/** E|X| of a standard normal, sqrt(2 / pi). */
const MEAN_SIZE = 0.7978845608028654;

/** Gaussian noise as small as the exact formula allows (Balle, Wang, 2018). Its release is the discrete Gaussian. */
export const gaussian: AdditiveMechanism = {
  id: 'gaussian',
  label: mechanismNames.gaussian,
  summary: text(
    'Bell-shaped noise set by the exact formula. It grows with the square root of the answers one unit touches.',
    'Ruido en forma de campana fijado con la fórmula exacta. Crece con la raíz cuadrada de las respuestas que toca una unidad.',
  ),
  citations: [
    {
      authors: 'Balle, Wang',
      year: 2018,
      title: 'Improving the Gaussian mechanism for differential privacy: analytical calibration and optimal denoising',
      where: 'ICML',
    },
  ],
  limits: [
    text(
      'The promise may fail with probability δ. For one answer Laplace noise is usually smaller; from about seven on, this is.',
      'La promesa puede fallar con probabilidad δ. Para una respuesta el ruido de Laplace suele ser menor; desde unas siete, este.',
    ),
    text(
      'Floating point is for simulation: a release draws the discrete Gaussian.',
      'La coma flotante es para simular: para publicar se sortea la gaussiana discreta.',
    ),
  ],
  approximate: true,
  norm: 'l2',
  calibrate(claim: Loss, by: Change) {
    checkApproximate(claim, by);
    const exact = lazily(() => calibrateDiscrete(claim, by));
    const sigma = analyticSigma(claim.epsilon, claim.delta, by.l2);
    return {
      parameters: { sigma },
      loss: claim,
      law: { kind: 'gaussian', mu: by.l2 / sigma },
      variance: sigma * sigma,
      meanAbsolute: sigma * MEAN_SIZE,
      accuracy: (alpha) => (alpha >= 1 ? 0 : gaussianAccuracy(sigma, alpha)),
      exactly: () => exact().figures,
      simulate: (rng, values, out) => {
        fillNormal(rng, out, sigma);
        for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + (values[i] as number);
      },
      release: (rng, values, out) => exact().release(rng, values, out),
    };
  },
};
