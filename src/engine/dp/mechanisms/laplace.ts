import { text } from '../../kit/text.ts';
import { fillLaplace } from '../../rng/samplers.ts';
import type { AdditiveMechanism, Change } from '../mechanism.ts';
import { laplaceAccuracy, laplaceVariance } from '../noise.ts';
import type { Loss } from '../../kit/loss.ts';
import { checkClaim } from './calibration.ts';
import { discreteFigures, exactDiscrete } from './discrete-laplace.ts';
import { mechanismNames } from './names.ts';

/** Laplace noise of scale l1 / epsilon (Dwork, McSherry, Nissim, Smith, 2006). Its release is the discrete law of the same scale. */
export const laplace: AdditiveMechanism = {
  id: 'laplace',
  label: mechanismNames.laplace,
  summary: text(
    'The classic: noise falls off exponentially on both sides, and the promise never fails.',
    'El clásico: el ruido decae exponencialmente a ambos lados y la promesa no falla nunca.',
  ),
  citations: [
    {
      authors: 'Dwork, McSherry, Nissim, Smith',
      year: 2006,
      title: 'Calibrating noise to sensitivity in private data analysis',
      where: 'TCC',
      doi: '10.1007/11681878_14',
    },
  ],
  limits: [
    text(
      'In floating point its last bits can betray the answer: a release draws whole numbers instead.',
      'En coma flotante sus últimos bits pueden delatar la respuesta: para publicar se sortean números enteros.',
    ),
    text(
      'Noise grows with the number of answers one unit touches, not with its square root.',
      'El ruido crece con el número de respuestas que toca una unidad, no con su raíz cuadrada.',
    ),
  ],
  approximate: false,
  norm: 'l1',
  calibrate(claim: Loss, by: Change) {
    checkClaim(claim, by);
    const { epsilon } = claim;
    const scale = by.l1 / epsilon;
    return {
      parameters: { scale },
      loss: { epsilon, delta: 0 },
      law: { kind: 'laplace', epsilon },
      variance: laplaceVariance(scale),
      meanAbsolute: scale,
      accuracy: (alpha) => laplaceAccuracy(scale, alpha),
      exactly: () => discreteFigures(epsilon, by.l1),
      simulate: (rng, values, out) => {
        fillLaplace(rng, out, scale);
        for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + (values[i] as number);
      },
      release: exactDiscrete(epsilon, by.l1),
    };
  },
};
