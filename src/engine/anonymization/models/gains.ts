import type { ClassValues, SensitiveDomain } from './criterion.ts';

/**
 * Largest q / p over the values of a class: how much likelier the class makes a value than the table does. A quotient of
 * whole numbers, correctly rounded up to 94 million rows.
 */
export function largestRatio({ overall, rows }: SensitiveDomain): (cls: ClassValues) => number {
  return ({ size, counts, values, distinct }) => {
    let most = 0;
    for (let i = 0; i < distinct; i += 1) {
      const code = values[i] as number;
      const ratio = ((counts[code] as number) * rows) / (size * (overall[code] as number));
      if (ratio > most) most = ratio;
    }
    return most;
  };
}
