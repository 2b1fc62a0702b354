import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { popcount, honakerNodeFactor, honakerPrefixFactor, maxPopcount, meanPopcount, treeLevels } from './tree.ts';

describe('the binary tree of partial sums', () => {
  it('has as many levels as the binary form has digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (steps) => {
        expect(treeLevels(steps)).toBe(steps.toString(2).length);
        expect(popcount(steps)).toBe(steps.toString(2).replaceAll('0', '').length);
      }),
    );
  });

  it('knows the most and the mean nodes of a total, as counting them one by one does', () => {
    let most = 0;
    let sum = 0;
    for (let step = 1; step <= 700; step += 1) {
      most = Math.max(most, popcount(step));
      sum += popcount(step);
      expect(maxPopcount(step)).toBe(most);
      expect(meanPopcount(step)).toBeCloseTo(sum / step, 12);
    }
  });

  it('halves the noise of a high node by all that is below it', () => {
    expect(honakerNodeFactor(0)).toBe(1);
    for (let h = 1; h < 2000; h += 1) {
      const below = 2 * honakerNodeFactor(h - 1);
      expect(honakerNodeFactor(h)).toBeCloseTo(below / (1 + below), 14);
    }
    expect(honakerPrefixFactor(5)).toBeCloseTo(honakerNodeFactor(2) + 1, 14);
  });
});
