import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf } from '../../kit/params.ts';
import { seededRng } from '../../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../../testing/tiny-dataset.ts';
import * as ordered from './ordered-unicity.ts';
import { isSubsequence, OrderedTraces, sequenceRisks } from './sequences.ts';
import * as unordered from './unicity.ts';

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

describe('an index of traces', () => {
  it('finds the people a plain search finds', () => {
    const traces = fc.array(fc.array(fc.nat(4), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(traces, fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }), (people, known) => {
        const visits = people.flatMap((trace, t) => trace.map((place) => [t, place] as const));
        const order = Uint32Array.from(visits.keys());
        const index = new OrderedTraces(
          visits.map(([t]) => t),
          visits.map(([, place]) => place),
          order,
          people.length,
          5,
        );
        expect(index.matching(known)).toBe(people.filter((trace) => isSubsequence(known, trace)).length);
        expect(people.map((_, t) => [...index.trace(t)])).toEqual(people);
      }),
    );
  });
});

describe('ordered unicity', () => {
  it('is at least the unicity of the same places without their order', async () => {
    const release = tinyRelease(tinyDataset(400));
    const ctx = quietContext(seededRng('order'));
    // Fewer people than are tried: both try everybody. One place has no order, and no repetition either.
    const [one] = await ordered.run(release, { ...defaultsOf(ordered.descriptor.params), points: 1 }, ctx);
    const params = { ...defaultsOf(unordered.descriptor.params), points: 1, precision: 'none' as const };
    const [plain] = await unordered.run(release, params, ctx);
    expect([one?.value, one?.n]).toEqual([plain?.value, plain?.n]);
    const [three] = await ordered.run(release, { ...defaultsOf(ordered.descriptor.params), points: 3 }, ctx);
    expect(three?.value).toBeGreaterThan(one?.value ?? 1);
  });
});
