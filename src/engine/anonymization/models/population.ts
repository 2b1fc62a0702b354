import type { PrivacyModel } from '../../kit/privacy-model.ts';
import { atLeast, atMost, requireWhole, requireWithin } from './ties.ts';

/**
 * A model that compares a class of the released sample with the cell of the population it comes from: rows that share
 * its generalized quasi-identifiers in the whole table (`populationSize` counts the sample's rows too).
 */
export interface PopulationCriterion {
  readonly model: PrivacyModel;
  /** The class's number: population size, or share of the population cell that is in the sample. */
  measure(classSize: number, populationSize: number): number;
  holds(value: number): boolean;
  readonly monotone: boolean;
  readonly leastRows: number;
  /**
   * Whether population cells without a sample row satisfy the model. Where they do not, one such cell makes a node
   * inadmissible: nothing of it is in the sample, so it cannot be suppressed.
   */
  readonly emptyCellsHold: boolean;
}

/** Rows of the population that look alike, at least k (Sweeney 2002; El Emam, Dankar 2008). */
export function kMap(model: Extract<PrivacyModel, { type: 'k-map' }>): PopulationCriterion {
  requireWhole('k', model.k);
  return {
    model,
    measure: (_classSize, populationSize) => populationSize,
    holds: (size) => size >= model.k,
    monotone: true,
    leastRows: 1,
    emptyCellsHold: true,
  };
}

/**
 * Share of the population cell that is in the sample, in [min, max] (Nergiz, Atzori, Clifton 2007). The union of two
 * cells has a share between theirs.
 */
export function deltaPresence(model: Extract<PrivacyModel, { type: 'delta-presence' }>): PopulationCriterion {
  requireWithin('min', model.min, 0, 1);
  requireWithin('max', model.max, model.min, 1);
  return {
    model,
    measure: (classSize, populationSize) => (populationSize === 0 ? 0 : classSize / populationSize),
    holds: (share) => atLeast(share, model.min) && atMost(share, model.max),
    monotone: true,
    leastRows: 1,
    emptyCellsHold: model.min === 0,
  };
}
