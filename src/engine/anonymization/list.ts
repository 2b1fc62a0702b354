import type { TechniqueDescriptor } from '../kit/technique.ts';
import { descriptor as fullDomain } from './full-domain.ts';
import { descriptor as cellRecoding } from './cell-recoding.ts';
import { descriptor as generalization } from './generalization.ts';
import { descriptor as greedyRecoding } from './greedy-recoding.ts';
import { descriptor as kmAnonymity } from './k-m-anonymity.ts';
import { descriptor as localSuppression } from './local-suppression.ts';
import { descriptor as mondrian } from './mondrian.ts';
import { descriptor as pseudonyms } from './pseudonyms.ts';
import { descriptor as suppression } from './suppression.ts';
import { descriptor as microaggregation } from './microaggregation.ts';
import { descriptor as pram } from './pram.ts';
import { descriptor as rankSwapping } from './rank-swapping.ts';
import { descriptor as noiseAddition } from './noise-addition.ts';
import { descriptor as topBottomCoding } from './top-bottom-coding.ts';
import { descriptor as spatialCloaking } from './spatial-cloaking.ts';
import { descriptor as timeCoarsening } from './time-coarsening.ts';
import { descriptor as kAnonymousCells } from './k-anonymous-cells.ts';
import { descriptor as planarLaplace } from './planar-laplace.ts';

/** Descriptors of this family, one line each; the twin list is kernels.ts. */
export const descriptors: readonly TechniqueDescriptor[] = [
  pseudonyms,
  suppression,
  generalization,
  fullDomain,
  mondrian,
  greedyRecoding,
  cellRecoding,
  localSuppression,
  kmAnonymity,
  microaggregation,
  pram,
  rankSwapping,
  noiseAddition,
  topBottomCoding,
  spatialCloaking,
  timeCoarsening,
  kAnonymousCells,
  planarLaplace,
];
