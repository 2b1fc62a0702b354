import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { ClassValues, Criterion } from './criterion.ts';
import { below, requireWhole, requireWithin } from './ties.ts';

/**
 * Recursive (c, l)-diversity: r_1 < c (r_l + ... + r_m), counts r of the class in descending order (Machanavajjhala et
 * al. 2007, definition 4.2). The class's number is r_1 / (r_l + ... + r_m): the model holds for every larger c;
 * infinite where the class has fewer than l values.
 */
export function recursiveCL(model: Extract<PrivacyModel, { type: 'recursive-cl' }>): Criterion {
  requireWhole('l', model.l);
  requireWithin('c', model.c, Number.MIN_VALUE);
  const measure = recursiveRatio(model.l);
  return { model, measure, holds: (value) => below(value, model.c), monotone: true, leastRows: model.l };
}

/** r_1 / (r_l + ... + r_m) of a class. The largest l - 1 counts are kept sorted while its values are read. */
export function recursiveRatio(l: number): (cls: ClassValues) => number {
  const top = new Uint32Array(l - 1);
  return ({ size, counts, values, distinct }) => {
    if (distinct < l) return Infinity;
    if (l === 1) {
      let most = 0;
      for (let i = 0; i < distinct; i += 1) most = Math.max(most, counts[values[i] as number] as number);
      return most / size;
    }
    top.fill(0);
    for (let i = 0; i < distinct; i += 1) {
      const count = counts[values[i] as number] as number;
      let at = l - 2;
      if (count <= (top[at] as number)) continue;
      for (; at > 0 && (top[at - 1] as number) < count; at -= 1) top[at] = top[at - 1] as number;
      top[at] = count;
    }
    let tail = size;
    for (let i = 0; i < l - 1; i += 1) tail -= top[i] as number;
    return (top[0] as number) / tail;
  };
}
