import type { TechniqueDescriptor } from '../kit/technique.ts';
import { descriptor as aboveThreshold } from './above-threshold.ts';
import { descriptor as adaptiveAllocation } from './adaptive-allocation.ts';
import { descriptor as contingencyTable } from './contingency-table.ts';
import { descriptor as gaussianHistogram } from './gaussian-histogram.ts';
import { descriptor as heavyKeys } from './heavy-keys.ts';
import { descriptor as laplaceHistogram } from './laplace-histogram.ts';
import { descriptor as noisyStatistics } from './noisy-statistics.ts';
import { descriptor as privateQuantiles } from './private-quantiles.ts';
import { descriptor as syntheticHistogram } from './synthetic-histogram.ts';
import { descriptor as syntheticMst } from './synthetic-mst.ts';
import { descriptor as syntheticMwem } from './synthetic-mwem.ts';
import { descriptor as topKeys } from './top-keys.ts';
import { descriptor as continualCounts } from './continual-counts.ts';
import { descriptor as rangeTree } from './range-tree.ts';
import { descriptor as matrixWorkload } from './matrix-workload.ts';
import { descriptor as wEvent } from './w-event.ts';

/** Descriptors of this family, one line each; the twin list is kernels.ts. */
export const descriptors: readonly TechniqueDescriptor[] = [
  laplaceHistogram,
  gaussianHistogram,
  noisyStatistics,
  contingencyTable,
  adaptiveAllocation,
  topKeys,
  aboveThreshold,
  heavyKeys,
  privateQuantiles,
  syntheticHistogram,
  syntheticMwem,
  syntheticMst,
  continualCounts,
  rangeTree,
  matrixWorkload,
  wEvent,
];
