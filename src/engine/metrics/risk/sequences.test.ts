import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSubsequence, sequenceRisks } from './sequences.ts';

describe('traces matched in order', () => {
  it('hold points that come in this order, whatever lies between', () => {
    expect(isSubsequence([1, 3], [1, 2, 3])).toBe(true);
    expect(isSubsequence([3, 1], [1, 2, 3])).toBe(false);
    expect(isSubsequence([1, 1], [1, 2])).toBe(false);
    expect(isSubsequence([], [])).toBe(true);
  });

  it('contain every subsequence of themselves', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), fc.boolean()), { maxLength: 12 }), (steps) => {
        const known = steps.filter(([, kept]) => kept).map(([point]) => point);
        expect(
          isSubsequence(
            known,
            steps.map(([point]) => point),
          ),
        ).toBe(true);
      }),
    );
  });

  it('single people out by order where the places alone do not', () => {
    // Both were in 0 and 1; only the order differs.
    expect([
      ...sequenceRisks(
        [
          [0, 1],
          [1, 0],
        ],
        2,
      ),
    ]).toEqual([1, 1]);
    expect([
      ...sequenceRisks(
        [
          [0, 1],
          [0, 2, 1],
        ],
        2,
      ),
    ]).toEqual([0.5, 1]);
  });

  it('are known by all their points when they have fewer, and by nothing when they have none', () => {
    expect([...sequenceRisks([[0], [0, 1], []], 5)]).toEqual([1 / 2, 1, 1 / 3]);
  });
});
