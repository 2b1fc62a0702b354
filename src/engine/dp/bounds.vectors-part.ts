import type { Quantity, VectorRow } from '../kit/vectors.ts';
import { clampedMoments, type Distribution } from './clamping.ts';
import { countReach, type Reach, sumReach } from './contribution.ts';
import { analyticSigma } from './gaussian.ts';
import { releasedShareDeviation, releasedShareInterval } from './noisy-proportion.ts';
import { of } from './vectors-read.ts';

type Read = (name: string) => number;

const capsOf = (p: Read) => ({ cells: p('max_partitions'), rowsPerCell: p('max_contributions_per_partition') });
const counted = (norm: keyof Reach): Quantity => of((p) => countReach(capsOf(p))[norm]);
const summed = (norm: keyof Reach, neighbours: 'add-remove' | 'replace-one' = 'add-remove'): Quantity =>
  of((p) => sumReach(capsOf(p), [p('lower'), p('upper')], neighbours)[norm]);

function lawOf(p: Read, row: VectorRow): Distribution {
  const kind = row.params.distribution;
  if (kind === 'normal') return { kind, mean: p('mean'), sd: p('sd') };
  if (kind === 'lognormal') return { kind, mu: p('mu'), sigma: p('sigma') };
  if (kind === 'exponential') return { kind, rate: p('rate') };
  throw new Error(`no clipped ${String(kind)}`);
}

/** Smallest k for which k unit counts have less variance with analytic Gaussian noise (l2 = sqrt k) than with Laplace (l1 = k). */
function gaussianFrom(epsilon: number, delta: number): number {
  const sigma = analyticSigma(epsilon, delta, 1);
  return Math.floor((sigma * sigma * epsilon * epsilon) / 2) + 1;
}

export const quantities: Readonly<Record<string, Quantity>> = {
  'contribution.count.l1': counted('l1'),
  'contribution.count.l2': counted('l2'),
  'contribution.count.linf': counted('linf'),
  'contribution.sum.l1': summed('l1'),
  'contribution.sum.l2': summed('l2'),
  'contribution.sum.linf': summed('linf'),
  'contribution.sum.l2.replace': summed('l2', 'replace-one'),
  'clamp.mean': of((p, row) => clampedMoments(lawOf(p, row), p('lower'), p('upper')).mean),
  'clamp.variance': of((p, row) => clampedMoments(lawOf(p, row), p('lower'), p('upper')).variance),
  'compare.gaussian_beats_laplace_from': of((p) => gaussianFrom(p('epsilon'), p('delta'))),
  'vip.interval': of((p) => releasedShareInterval(p('n'), p('release'), p('scale'), p('level'))),
  'vip.release_sd': of((p) => releasedShareDeviation(p('n'), p('proportion'), p('scale'))),
};
