import { describe, expect, it } from 'vitest';
import type { StreamPicture } from '../../engine/kit/picture.ts';
import { beliefInYes, flipOf, yesOdds } from './coin-odds.ts';
import { expectedError, paperMeasure, relativeErrors } from './paper-errors.ts';

const picture = (answers: readonly number[], truth: readonly number[], estimate: readonly number[]): StreamPicture => ({
  view: 'stream',
  buckets: ['a', 'b'],
  epochs: answers.map((n, at) => ({ epoch: at + 1, answers: n, error: 0, runningError: 0 })),
  truth: Float64Array.from(truth),
  estimate: Float64Array.from(estimate),
  halfWidth95: new Float64Array(2),
  owners: 20,
  epsilonPerAnswer: 2.2,
  epsilonSpent: 2.2,
});

describe('the coins of one owner', () => {
  it('say yes 3 times in 4 for a true yes and once in 4 for a true no, at fair coins', () => {
    expect(yesOdds(0.5, 0.5)).toEqual({ ifYes: 0.75, ifNo: 0.25 });
    expect(beliefInYes(yesOdds(0.5, 0.5), 1, 0)).toBeCloseTo(0.75, 12);
    expect(beliefInYes(yesOdds(0.5, 0.5), 5, 5)).toBeCloseTo(0.5, 12);
  });

  it('fall as often as they should, the same way for the same seed', () => {
    let yes = 0;
    for (let n = 0; n < 4000; n += 1) yes += flipOf(1, n, true, 0.5, 0.5).answer ? 1 : 0;
    // Five standard deviations of Bin(4000, 0.75): missed once in two million seeds; the seed is fixed.
    expect(Math.abs(yes - 3000)).toBeLessThan(5 * Math.sqrt(750));
    expect(flipOf(3, 5, false, 0.5, 0.5)).toEqual(flipOf(3, 5, false, 0.5, 0.5));
  });
});

describe('the error of every second', () => {
  // Second 1: 10 answers, 5 true in a, 6 estimated. Second 2: 10 more, 5 true, 5 estimated.
  const frames = [picture([10], [0.5, 0.5], [0.6, 0.4]), picture([10, 10], [0.5, 0.5], [0.55, 0.45])];

  it('comes from its own answers alone', () => {
    expect(relativeErrors(frames, 0)).toEqual([expect.closeTo(0.2, 12), expect.closeTo(0, 12)]);
  });

  it('is averaged with its interval', () => {
    const measure = paperMeasure(frames);
    expect(measure).toMatchObject({ seconds: 2, answersPerSecond: 10, common: { bucket: 'a', share: 0.5 } });
    expect(measure?.common.score.value).toBeCloseTo(10, 9);
    expect(paperMeasure([])).toBeUndefined();
  });

  it('agrees with the published setting: 0.273 % for 80 % of 100,000 answers', () => {
    expect(100 * expectedError(0.5, 0.5, 0.8, 100_000)).toBeCloseTo(0.273, 3);
  });
});
