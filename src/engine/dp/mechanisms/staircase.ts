import type { Loss } from '../../kit/loss.ts';
import { type Text, text } from '../../kit/text.ts';
import { exponential } from '../../rng/samplers.ts';
import { ratio } from '../../rng/ratio.ts';
import { staircaseSampler } from '../../rng/sampler-staircase.ts';
import type { AdditiveMechanism, Calibrated, Change, Figures } from '../mechanism.ts';
import { exp } from '../../kit/portable-math.ts';
import { checkClaim, lazily, perAnswer, smallestWhole } from './calibration.ts';
import { mechanismNames } from './names.ts';
import {
  bestRise,
  gammaForMeanError,
  gammaForVariance,
  staircaseAccuracy,
  staircaseMeanError,
  staircaseVariance,
  wholeStaircase,
} from './staircase-law.ts';

type Aim = 'meanAbsolute' | 'variance';

const limits: readonly Text[] = [
  text(
    'Best for a single answer only: where one unit touches several answers, each gets its part of ε, and Laplace noise is as good or better.',
    'Solo es óptimo para una respuesta: si una unidad toca varias, cada una recibe su parte de ε, y el ruido de Laplace es igual de bueno o mejor.',
  ),
  text(
    'Published as whole numbers it is the discrete staircase, which for single rows is discrete Laplace noise.',
    'Publicado en números enteros es la escalera discreta, que para filas sueltas es el ruido de Laplace discreto.',
  ),
];

/** Staircase noise answer by answer, with the step that makes `aim` least. */
const staircaseFor = (id: string, label: Text, summary: Text, aim: Aim): AdditiveMechanism => ({
  id,
  label,
  summary,
  citations: [
    {
      authors: 'Geng, Viswanath',
      year: 2014,
      title: 'The optimal mechanism in differential privacy',
      where: 'ISIT',
      doi: '10.1109/ISIT.2014.6875258',
    },
  ],
  limits,
  approximate: false,
  norm: 'linf',
  calibrate: (claim, by) => calibrate(claim, by, aim),
});

export const staircase = staircaseFor(
  'staircase',
  mechanismNames.staircase,
  text(
    'The pure promise with the least mean error for one answer: noise falls in steps, not along a curve. At large ε far better than Laplace.',
    'La promesa pura con el menor error medio para una respuesta: el ruido cae en escalones, no en curva. Con ε grande es mucho mejor que Laplace.',
  ),
  'meanAbsolute',
);

export const staircaseLeastSquares = staircaseFor(
  'staircase-least-squares',
  mechanismNames['staircase-least-squares'],
  text(
    'The same steps, set for the least mean squared error.',
    'Los mismos escalones, ajustados para el menor error cuadrático medio.',
  ),
  'variance',
);

function calibrate(claim: Loss, by: Change, aim: Aim): Calibrated {
  checkClaim(claim, by);
  const { epsilon } = perAnswer(claim, by);
  const d = by.linf;
  const gamma = aim === 'variance' ? gammaForVariance(epsilon) : gammaForMeanError(epsilon);
  const loss = { epsilon: claim.epsilon, delta: 0 };
  // The sensitivity of whole answers is whole; a fraction is rounded up.
  const whole = lazily((): Steps => {
    const step = Math.ceil(d);
    return { step, rise: bestRise(epsilon, step, gamma, aim) };
  });
  const sampler = lazily(() => staircaseSampler(ratio(claim.epsilon, by.cells), whole().step, whole().rise));
  return {
    parameters: { gamma, step: d },
    loss,
    law: { kind: 'pure', epsilon: claim.epsilon },
    variance: d * d * staircaseVariance(epsilon, gamma),
    meanAbsolute: d * staircaseMeanError(epsilon, gamma),
    accuracy: (alpha) => d * staircaseAccuracy(epsilon, gamma, alpha),
    exactly: () => wholeFigures(loss, epsilon, whole()),
    simulate: (rng, values, out) => {
      const first = gamma / (gamma + (1 - gamma) * exp(-epsilon));
      for (let i = 0; i < out.length; i += 1) {
        const level = Math.floor(exponential(rng) / epsilon);
        const place = rng.uniform() < first ? gamma * rng.uniform() : gamma + (1 - gamma) * rng.uniform();
        const size = d * (level + place);
        out[i] = (values[i] as number) + ((rng.u32() & 1) === 0 ? size : -size);
      }
    },
    release: (rng, values, out) => {
      sampler().fill(rng, out);
      for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + (values[i] as number);
    },
  };
}

interface Steps {
  readonly step: number;
  readonly rise: number;
}

function wholeFigures(loss: Loss, epsilon: number, { step, rise }: Steps): Figures {
  const { meanAbsolute, variance, tail } = wholeStaircase({ epsilon, sensitivity: step, rise });
  return {
    parameters: { rise, step },
    loss,
    law: { kind: 'pure', epsilon: loss.epsilon },
    variance,
    meanAbsolute,
    accuracy: (alpha) => smallestWhole(tail, alpha),
    whole: true,
  };
}
