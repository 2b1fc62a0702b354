import { invalidParam } from '../../kit/errors.ts';
import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { ClassValues, Criterion, SensitiveDomain } from './criterion.ts';
import { hierarchicalDistance } from './hierarchical-distance.ts';
import { orderedDistance } from './ordered-distance.ts';
import { atMost, requireWithin } from './ties.ts';

export type TCloseness = Extract<PrivacyModel, { type: 't-closeness' }>;

/**
 * Earth mover's distance between the class's sensitive values and those of the whole table, at most t (Li, Li,
 * Venkatasubramanian 2007). All three ground distances are convex in the class's distribution, so the union of two
 * classes is no farther than the farther one.
 */
export function tCloseness(model: TCloseness, domain: SensitiveDomain): Criterion {
  requireWithin('t', model.t, 0, 1);
  return {
    model,
    measure: distanceOf(model.distance, domain),
    holds: (value) => atMost(value, model.t),
    monotone: true,
    leastRows: 1,
  };
}

function distanceOf(distance: TCloseness['distance'], domain: SensitiveDomain): (cls: ClassValues) => number {
  switch (distance) {
    case 'equal':
      return equalDistance(domain);
    case 'ordered':
      return orderedDistance(domain);
    case 'hierarchical':
      return hierarchicalDistance(domain);
    default:
      throw invalidParam('distance', 'equal, ordered or hierarchical', distance);
  }
}

/**
 * Half the sum of |p - q|. In whole numbers |n N - c O| (n, O rows with the value in class and table, c, N all rows of
 * each) the sum is exact up to 94 million rows; values that the class lacks add p each, which is what is left of 1.
 */
export function equalDistance({ overall, rows }: SensitiveDomain): (cls: ClassValues) => number {
  return ({ size, counts, values, distinct }) => {
    let sum = size * rows;
    for (let i = 0; i < distinct; i += 1) {
      const code = values[i] as number;
      const expected = size * (overall[code] as number);
      sum += Math.abs((counts[code] as number) * rows - expected) - expected;
    }
    return sum / (2 * size * rows);
  };
}
