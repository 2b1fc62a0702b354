import type { MetricDescriptor } from '../kit/measure.ts';
import { descriptor as candidates } from './risk/candidates.ts';
import { descriptor as releasedBytes } from './cost/released-bytes.ts';
import { descriptor as diversity } from './risk/diversity.ts';
import { descriptor as journalistRisk } from './risk/journalist-risk.ts';
import { descriptor as marketerRisk } from './risk/marketer-risk.ts';
import { descriptor as prosecutorRisk } from './risk/prosecutor-risk.ts';
import { descriptor as estimatorCheck } from './risk/estimator-check.ts';
import { descriptor as householdRisk } from './risk/household-risk.ts';
import { descriptor as individualRisk } from './risk/individual-risk.ts';
import { descriptor as orderedUnicity } from './risk/ordered-unicity.ts';
import { descriptor as suda2 } from './risk/suda2.ts';
import { descriptor as syntacticModels } from './risk/syntactic-models.ts';
import { descriptor as unicity } from './risk/unicity.ts';
import { descriptor as uniqueness } from './risk/uniqueness.ts';
import { descriptor as classification } from './utility/classification.ts';
import { descriptor as distributionDistance } from './utility/distribution-distance.ts';
import { descriptor as marginalError } from './utility/marginal-error.ts';
import { descriptor as queryWorkload } from './utility/query-workload.ts';
import { descriptor as groupQuality } from './utility/group-quality.ts';
import { descriptor as utilityAggregate } from './utility/aggregate.ts';
import { descriptor as utilityIndividual } from './utility/individual.ts';
import { descriptor as informationLoss } from './utility/information-loss.ts';
import { descriptor as mapDifference } from './utility/map-difference.ts';
import { descriptor as utilityPattern } from './utility/pattern.ts';
import { descriptor as utilityValues } from './utility/values.ts';

/** Descriptors, one line each; the twin list is kernels.ts. */
export const descriptors: readonly MetricDescriptor[] = [
  utilityAggregate,
  utilityPattern,
  utilityIndividual,
  utilityValues,
  mapDifference,
  informationLoss,
  groupQuality,
  releasedBytes,
  prosecutorRisk,
  journalistRisk,
  marketerRisk,
  uniqueness,
  unicity,
  diversity,
  syntacticModels,
  candidates,
  individualRisk,
  householdRisk,
  suda2,
  estimatorCheck,
  orderedUnicity,
  queryWorkload,
  classification,
  distributionDistance,
  marginalError,
];
