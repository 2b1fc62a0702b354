import type { Quantity, VectorRow } from '../kit/vectors.ts';
import { gaussianThreshold, laplaceKeep, laplaceThreshold, optimalSelection, perKey } from './selection/partition.ts';
import {
  expectedGap,
  exponentialProbabilities,
  noisyMaxProbabilities,
  permuteAndFlipProbabilities,
  rateOf,
} from './selection/probabilities.ts';
import { expectedRelease, intervalProbabilities } from './selection/quantile.ts';
import { patternProbabilities, type SparseVectorScales, sparseVectorScales } from './selection/sparse-vector.ts';
import { list, of } from './vectors-read.ts';

/** Selection, sparse vector, quantiles and keys of an unknown domain (sections 6 and 8 of the reference's dp.md). */

type Law = (scores: ArrayLike<number>, rate: number) => Float64Array;
const chosenBy = (law: Law, monotone = false): Quantity =>
  of((p, row) => law(list(row, 'scores'), rateOf(p('epsilon'), p('sensitivity'), monotone)));
const gapOf = (law: Law): Quantity =>
  of((p, row) => {
    const scores = list(row, 'scores');
    return expectedGap(scores, law(scores, rateOf(p('epsilon'), p('sensitivity'), false)));
  });

const scales = (pick: (scales: SparseVectorScales) => number): Quantity =>
  of((p, row: VectorRow) =>
    pick(sparseVectorScales(p('epsilon'), p('max_positives'), p('sensitivity'), row.params['monotonic'] === true)),
  );

type QuantileOf<T> = (data: readonly number[], lower: number, upper: number, epsilon: number, quantile: number) => T;
const quantile = <T>(compute: QuantileOf<T>): Quantity =>
  of((p, row) => compute(list(row, 'data'), p('lower'), p('upper'), p('epsilon'), p('quantile')));

export const quantities: Readonly<Record<string, Quantity>> = {
  'exponential.probabilities': chosenBy(exponentialProbabilities),
  'exponential.probabilities.monotone': chosenBy(exponentialProbabilities, true),
  'exponential.expected_gap': gapOf(exponentialProbabilities),
  'permute_and_flip.probabilities': chosenBy(permuteAndFlipProbabilities),
  'permute_and_flip.expected_gap': gapOf(permuteAndFlipProbabilities),
  'noisy_max.laplace.probabilities': chosenBy(noisyMaxProbabilities),
  'svt.pattern_probabilities': of((p, row) =>
    patternProbabilities(
      {
        threshold: p('threshold'),
        answers: list(row, 'answers'),
        thresholdScale: p('threshold_scale'),
        queryScale: p('query_scale'),
      },
      row.params['patterns'] as readonly string[],
    ),
  ),
  'svt.optimal_epsilon1': scales(({ epsilon1 }) => epsilon1),
  'svt.threshold_scale': scales(({ thresholdScale }) => thresholdScale),
  'svt.query_scale': scales(({ queryScale }) => queryScale),
  'quantile.interval_probabilities': quantile(intervalProbabilities),
  'quantile.expected_release': quantile(expectedRelease),
  'partition.truncated_geometric.keep_probability': of((p) =>
    optimalSelection(perKey(p('epsilon'), p('delta'), p('max_partitions'))).keep(p('users')),
  ),
  'partition.truncated_geometric.certain_from': of(
    (p) => optimalSelection(perKey(p('epsilon'), p('delta'), p('max_partitions'))).certainFrom,
  ),
  'partition.laplace.threshold': of((p) => laplaceThreshold(p('epsilon'), p('delta'), p('max_partitions'))),
  'partition.laplace.keep_probability': of((p) =>
    laplaceKeep(
      p('users'),
      p('max_partitions') / p('epsilon'),
      laplaceThreshold(p('epsilon'), p('delta'), p('max_partitions')),
    ),
  ),
  'partition.gaussian.sigma': of((p) => gaussianThreshold(p('epsilon'), p('delta'), p('max_partitions')).sigma),
  'partition.gaussian.threshold': of((p) => gaussianThreshold(p('epsilon'), p('delta'), p('max_partitions')).threshold),
};
