import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { Text } from '../kit/text.ts';

/** One model as the checker found it on a released table. */
export interface ModelCheck {
  readonly model: PrivacyModel;
  readonly holds: boolean;
  /** Number of the class that comes off worst, in the model's own measure; absent where there is nothing to measure. */
  readonly worst?: number;
  /** Classes looked at (combinations of items for k^m), and those that break the model. */
  readonly classes: number;
  readonly broken: number;
  /** Why the model could not be re-proved, where that is so. */
  readonly unproved?: Text;
}

export const unproved = (model: PrivacyModel, why: Text): ModelCheck => ({
  model,
  holds: false,
  classes: 0,
  broken: 0,
  unproved: why,
});

/** Models that are decided in a class of released rows by its sensitive values. */
export type SensitiveModel = Exclude<PrivacyModel, { type: 'k-map' | 'delta-presence' | 'k-m' | 'k-anonymity' }>;
