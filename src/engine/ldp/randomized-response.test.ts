import { describe, expect, it } from 'vitest';
import { smallCity } from '../testing/small-city.ts';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { ReportsRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { descriptor, probe, run, session } from './randomized-response.ts';
import { epsilonOfBit, epsilonOfOneHot, estimateCount, likelihoods, varianceOfCount } from './two-coin.ts';

const defaults = defaultsOf(descriptor.params);
const context = (seed: number | string = 1) => quietContext(seededRng(seed));
/** 3000 trips: two thirds cost 10, one third costs 40. */
const rows = 3000;
const city = () =>
  smallCity(
    Array.from({ length: rows }, (_, i) => i % 48),
    Array.from({ length: rows }, () => 0),
    Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 40 : 10)),
  );
const streamed = async (overrides: Partial<typeof defaults>, seed: number | string = 1): Promise<ReportsRelease> =>
  (await run(
    city(),
    { ...defaults, buckets: 6, answerEvery: 1, absent: 0, ...overrides },
    context(seed),
  )) as ReportsRelease;

describe('two coins', () => {
  it('gives ln 3 for a bit and twice that for a one-hot answer at fair coins', () => {
    const fair = { p: 0.5, q: 0.5 };
    expect(epsilonOfBit(fair)).toBeCloseTo(1.0986123, 6);
    expect(epsilonOfOneHot(fair)).toBeCloseTo(2.1972246, 6);
  });

  it('estimates without bias: expected reports are mapped back to the truth', () => {
    const coins = { p: 0.3, q: 0.8 };
    const { yesYes, yesNo } = likelihoods(coins);
    expect(estimateCount(coins, 20 * yesYes + 80 * yesNo, 100)).toBeCloseTo(20, 10);
  });
});

describe('randomized response stream', () => {
  it('lands within its own interval around the truth', async () => {
    const { estimate, truth, halfWidth95, n } = await streamed({ epochs: 10 });
    expect(n).toBe(30000);
    expect([...truth]).toEqual([0, 20000, 0, 0, 10000, 0]);
    // 2.6 half widths are 5.1 standard deviations: false alarm below 1e-6 for each of six buckets.
    estimate.forEach((value, b) => {
      expect(Math.abs(value - (truth[b] as number))).toBeLessThan(2.6 * (halfWidth95[b] as number));
    });
  });

  it('has the variance of its formula over many seeds', async () => {
    const coins = { p: 0.5, q: 0.5 };
    const runs = 334;
    let squares = 0;
    for (let i = 0; i < runs; i += 1) {
      const { estimate, truth } = await streamed({ epochs: 1, ...coins }, i);
      estimate.forEach((value, b) => {
        const count = truth[b] as number;
        squares += (value - count) ** 2 / varianceOfCount(coins, count, rows);
      });
    }
    // Each of the six bits has its own coins. The mean of 2004 squared normals is within 5 sqrt(2 / 2004) = 16 % of its
    // expectation, but for one run in a million.
    expect(Math.abs(squares / (6 * runs) - 1)).toBeLessThan(0.16);
  });

  it('adds epsilon over rounds with fresh coins and once with remembered ones', async () => {
    const each = epsilonOfOneHot({ p: 0.5, q: 0.5 });
    const fresh = await streamed({ epochs: 12, answerEvery: 3 });
    expect(fresh.guarantee).toMatchObject({ epsilon: expect.closeTo(4 * each, 9), model: 'local' });
    const remembered = await streamed({ epochs: 12, answerEvery: 3, memory: 'memoised' });
    expect(remembered.guarantee).toMatchObject({ epsilon: expect.closeTo(each, 9) });
  });

  it('claims before running what it has spent at the end', async () => {
    for (const memory of ['fresh', 'memoised'] as const) {
      const params = { ...defaults, memory, epochs: 7, answerEvery: 3 };
      const claimed = descriptor.guarantee(params, 'traveller');
      const { guarantee } = (await run(city(), params, context())) as ReportsRelease;
      expect(claimed).toMatchObject({ epsilon: guarantee.kind === 'dp' ? expect.closeTo(guarantee.epsilon, 9) : 0 });
    }
  });

  it('does not get more accurate by repeating remembered answers, and says so', async () => {
    const remembered = await streamed({ epochs: 9, memory: 'memoised' });
    const fresh = await streamed({ epochs: 9 });
    const ratio = (remembered.halfWidth95[1] as number) / (fresh.halfWidth95[1] as number);
    expect(ratio).toBeCloseTo(3, 1);
  });

  it('replays the same frames from the same seed and changes', async () => {
    const play = async (): Promise<number[]> => {
      const live = await session(city(), { ...defaults, epochs: 6 }, context());
      const seen: number[] = [];
      for (let i = 0; i < 6; i += 1) {
        if (i === 3) live.set('p', 0.9);
        const frame = (await live.step(context())) as ReportsRelease;
        seen.push(...frame.estimate);
      }
      return seen;
    };
    expect(await play()).toEqual(await play());
  });

  it('says what averaging answers achieves: 19 fresh ones are enough, remembered ones never', async () => {
    const averagingOf = async (memory: 'fresh' | 'memoised'): Promise<unknown> => {
      const { pictures } = await streamed({ epochs: 1, p: 0.5, q: 0.5, memory });
      const [picture] = pictures;
      return picture?.view === 'stream' ? picture.averaging : undefined;
    };
    expect(await averagingOf('fresh')).toEqual({ accuracy: 0.99, answers: 19 });
    expect(await averagingOf('memoised')).toEqual({ accuracy: expect.closeTo(0.75, 12), answers: null });
  });

  it('refuses to change what cannot change in flight', async () => {
    const live = await session(city(), defaults, context());
    expect(() => live.set('buckets', 5)).toThrow(/only p, q, absent/);
    expect(() => live.set('p', 2)).toThrow(/0.01 to 0.99/);
  });

  it('lets persons answer once each with their last value', async () => {
    const { n, truth } = await streamed({ owner: 'entity', epochs: 1 });
    expect(n).toBe(2);
    expect(truth.reduce((a, b) => a + b, 0)).toBe(2);
  });

  it('gives one answer per probe', async () => {
    const one = await probe(city(), defaults, context());
    expect(() => one.once()).not.toThrow();
  });
});
