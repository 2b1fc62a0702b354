import { exp, log } from '../kit/portable-math.ts';
import type { PreviewBank } from '../kit/technique.ts';
import type { Rng } from '../rng/rng.ts';
import { type Calibrated, halfWidthAt } from './mechanism.ts';
import { answer, answeringOf, truthOf } from './statistics-answers.ts';
import { type Part, type StatisticPlan } from './statistics-plan.ts';
import { releaseOf } from './statistics-release.ts';

/** Points of the curve of noise over epsilon. */
const POINTS = 33;

/**
 * Counts or sums, whichever the statistic is made of first, and noise drawn once at today's epsilon. Where noise does not shrink as 1 /
 * epsilon, its spread over the slider comes along; the shape of the law is that of today's epsilon.
 */
export function previewOf(plan: StatisticPlan, rng: Rng, draws: number): PreviewBank {
  const { params } = plan;
  const answering = answeringOf(plan, false);
  const release = releaseOf(
    plan,
    answering,
    answer(plan, answering, false, (part) => rng.fork(part.id)),
    truthOf(plan),
  );
  const [part, sums] = plan.parts as [Part, Part?];
  const [set] = release.answers;
  const picture = release.pictures.find((one) => one.view === 'counts' && one.id === set?.id);
  if (picture?.view !== 'counts') throw new Error('a plan always has a first picture');
  const isCount = part.id === 'count';
  const first = (answering[0] as { calibrated: Calibrated }).calibrated;
  const deviation = Math.sqrt(first.variance) * part.step;
  const bank: PreviewBank = {
    picture,
    base: part.base.map((steps) => steps * part.step),
    param: 'epsilon',
    factor: deviation * params.epsilon,
    unitNoise: noiseOf(first, part, deviation, rng.fork('noise'), draws),
    draws,
    unitHalfWidth95: (halfWidthAt(first, 0.95) * part.step) / deviation,
    rounded: isCount && params.round,
    nonNegative: isCount && params.nonNegative,
    ...(plan.mechanism.id === 'laplace' ? {} : { curve: curveOf(plan, part) }),
  };
  if (sums?.id !== 'centred' || picture.id !== 'location') return bank;
  const sumPicture = release.pictures.find((one) => one.view === 'counts' && one.id === 'measure');
  if (sumPicture?.view !== 'counts') return bank;
  const second = (answering[1] as { calibrated: Calibrated }).calibrated;
  const sumDeviation = Math.sqrt(second.variance) * sums.step;
  return {
    ...bank,
    sums: {
      picture: sumPicture,
      base: sums.base.map((steps) => steps * sums.step),
      factor: sumDeviation * params.epsilon,
      unitNoise: noiseOf(second, sums, sumDeviation, rng.fork('sums'), draws),
    },
  };
}

function noiseOf(calibrated: Calibrated, part: Part, deviation: number, rng: Rng, draws: number): Float32Array {
  const cells = part.base.length;
  const noise = new Float32Array(draws * cells);
  const out = new Float64Array(cells);
  for (let draw = 0; draw < draws; draw += 1) {
    calibrated.simulate(rng, part.base, out);
    for (let i = 0; i < cells; i += 1) {
      noise[draw * cells + i] = (((out[i] as number) - (part.base[i] as number)) * part.step) / deviation;
    }
  }
  return noise;
}

/** Standard deviation of the noise over the slider, in the unit of the part. */
function curveOf(plan: StatisticPlan, part: Part): NonNullable<PreviewBank['curve']> {
  const share = part.loss.epsilon / plan.params.epsilon;
  const at = Float64Array.from({ length: POINTS }, (_, i) => exp(log(0.01) + (i / (POINTS - 1)) * log(2000)));
  const scale = at.map((epsilon) => {
    const { variance } = plan.mechanism.calibrate({ epsilon: epsilon * share, delta: part.loss.delta }, part.change);
    return Math.sqrt(variance) * part.step;
  });
  return { at, scale };
}
