import { invalidData, unsupported } from '../../kit/errors.ts';
import type { PrivacyModel } from '../../kit/privacy-model.ts';
import { alphaK } from './alpha-k.ts';
import { basicBeta } from './basic-beta.ts';
import type { Criterion, SensitiveDomain } from './criterion.ts';
import { deltaDisclosure } from './delta-disclosure.ts';
import { distinctL } from './distinct-l.ts';
import { enhancedBeta } from './enhanced-beta.ts';
import { entropyL } from './entropy-l.ts';
import { kAnonymity } from './k-anonymity.ts';
import { deltaPresence, kMap, type PopulationCriterion } from './population.ts';
import { recursiveCL } from './recursive-cl.ts';
import { tCloseness } from './t-closeness.ts';
import { wholeAtLeast } from './ties.ts';

/**
 * The criterion of one model over the classes of a table.
 * @param domain the model's sensitive column; only k-anonymity does without
 * @throws invalid-param for parameters out of range, invalid-data where the column does not suit the model, unsupported
 * for models that are not about classes of one table (k-map, delta-presence: `makePopulationCriterion`; k^m: k-m.ts)
 */
export function makeCriterion(model: PrivacyModel, domain: SensitiveDomain | undefined): Criterion {
  if (model.type === 'k-anonymity') return kAnonymity(model);
  if (model.type === 'k-map' || model.type === 'delta-presence' || model.type === 'k-m') {
    throw unsupported(`${model.type} is not decided class by class`, 'leave this model out of this question');
  }
  if (domain === undefined) {
    throw invalidData(`${model.type} needs the sensitive column "${model.column}"`, 'choose a column of the table', {
      column: model.column,
    });
  }
  switch (model.type) {
    case 'distinct-l':
      return distinctL(model);
    case 'entropy-l':
      return entropyL(model);
    case 'recursive-cl':
      return recursiveCL(model);
    case 't-closeness':
      return tCloseness(model, domain);
    case 'delta-disclosure':
      return deltaDisclosure(model, domain);
    case 'basic-beta':
      return basicBeta(model, domain);
    case 'enhanced-beta':
      return enhancedBeta(model, domain);
    case 'alpha-k':
      return alphaK(model);
    default: {
      const never: never = model;
      return never;
    }
  }
}

/** The criterion of a model over a sample and its population; undefined for models of one table. */
export function makePopulationCriterion(model: PrivacyModel): PopulationCriterion | undefined {
  if (model.type === 'k-map') return kMap(model);
  if (model.type === 'delta-presence') return deltaPresence(model);
  return undefined;
}

/** Rows below which a class breaks one of the models, whatever is in it. */
export function leastRowsOf(models: readonly PrivacyModel[]): number {
  let least = 1;
  for (const model of models) {
    if (model.type === 'k-anonymity' || model.type === 'alpha-k') least = Math.max(least, model.k);
    if ('l' in model) least = Math.max(least, model.type === 'entropy-l' ? wholeAtLeast(model.l) : Math.ceil(model.l));
  }
  return least;
}
