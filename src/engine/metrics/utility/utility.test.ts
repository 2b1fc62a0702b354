import { describe, expect, it } from 'vitest';
import { run as laplaceHistogram, descriptor as laplaceHistogramDescriptor } from '../../dp/laplace-histogram.ts';
import { smallCity } from '../../testing/small-city.ts';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf } from '../../kit/params.ts';
import type { AnswersRelease, Release } from '../../kit/release.ts';
import { seededRng } from '../../rng/rng.ts';
import { takeRows } from '../../table/table.ts';
import { run as releasedBytes } from '../cost/released-bytes.ts';
import { run as aggregate } from './aggregate.ts';
import { cellError, correlation, topShare, totalVariation, volumeError } from './errors.ts';
import { run as individual } from './individual.ts';
import { run as informationLoss } from './information-loss.ts';
import { run as mapDifference } from './map-difference.ts';
import { run as pattern } from './pattern.ts';
import { run as values } from './values.ts';

const context = () => quietContext(seededRng(1));
const rows = 600;
const city = () =>
  smallCity(
    Array.from({ length: rows }, (_, i) => i % 24),
    Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 1 : 0)),
    Array.from({ length: rows }, (_, i) => i % 60),
  );
const noisy = async (epsilon: number): Promise<AnswersRelease> =>
  (await laplaceHistogram(
    city(),
    { ...defaultsOf(laplaceHistogramDescriptor.params), epsilon, allocation: 'location only' },
    context(),
  )) as AnswersRelease;
const half = (): Release => {
  const whole = city();
  const kept = Uint32Array.from({ length: rows / 2 }, (_, i) => i);
  return { ...whole, table: takeRows(whole.table, kept), rowOf: kept };
};

describe('errors', () => {
  it('measures volume, shape, cells, order and profile by their definitions', () => {
    expect(volumeError([10, 10], [8, 14])).toBeCloseTo(0.3, 12);
    expect(totalVariation([1, 1], [3, 1])).toBeCloseTo(0.25, 12);
    expect(totalVariation([1, 0], [0, 0])).toBe(1);
    expect(cellError([100, 0], [90, 1], 2)).toBeCloseTo((0.1 + 0.5) / 2, 12);
    expect(topShare([5, 4, 3, 0], [5, 0, 4, 3], 2)).toBe(0.5);
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
  });
});

describe('utility', () => {
  it('is one for an unchanged table', async () => {
    for (const run of [aggregate, pattern] as const) {
      for (const score of await run(city(), {}, context())) expect(score.value).toBeCloseTo(1, 12);
    }
    for (const score of await individual(city(), { sanity: 0.001 }, context())) expect(score.value).toBe(1);
    const [place] = await mapDifference(city(), { top: 10 }, context());
    expect(place?.value).toBe(0);
  });

  it('halves the totals but keeps the pattern when half of the rows are left out evenly', async () => {
    const [totals] = await aggregate(half(), {}, context());
    const [shape] = await pattern(half(), {}, context());
    expect(totals?.value).toBeCloseTo(0.5, 2);
    expect(shape?.value).toBeGreaterThan(0.95);
  });

  it('rises with epsilon and carries the interval of the noise', async () => {
    const [weak] = await individual(await noisy(0.1), { sanity: 0.001 }, context());
    const [strong] = await individual(await noisy(10), { sanity: 0.001 }, context());
    expect(strong?.value).toBeGreaterThan(weak?.value ?? 1);
    const interval = weak?.interval;
    expect(interval?.kind).toBe('noise');
    expect(interval?.low).toBeLessThanOrEqual(interval?.high ?? 0);
    // The drawn value is one more draw of the same law: it leaves the range of 80 draws by more than its width very rarely.
    const width = (interval?.high ?? 0) - (interval?.low ?? 0);
    expect(weak?.value).toBeGreaterThan((interval?.low ?? 0) - width);
    expect(weak?.value).toBeLessThan((interval?.high ?? 0) + width);
  });

  it('shows what a release without information would score', async () => {
    const [score] = await aggregate(await noisy(1), {}, context());
    expect(score?.baseline).toBeGreaterThan(0);
    expect(score?.baseline).toBeLessThan(1);
  });

  it('loses all of a removed column and nothing of an unchanged one', async () => {
    const base = city();
    const table = { ...base.table, columns: base.table.columns.filter((column) => column.name !== 'zone') };
    const losses = await informationLoss({ ...base, table }, {}, context());
    expect(losses.map((score) => [score.id, score.value])).toEqual([
      ['information-loss', 0.5],
      ['information-loss/zone', 1],
      ['information-loss/when', 0],
    ]);
  });

  it('compares mean values of a sensor by place and hour', async () => {
    const [same, error] = await values(city(), {}, context());
    expect([same?.value, error?.value]).toEqual([1, 0]);
    const answers = (epsilon: number) =>
      laplaceHistogram(city(), { ...defaultsOf(laplaceHistogramDescriptor.params), epsilon }, context());
    const [weak] = await values(await answers(0.5), {}, context());
    const [strong] = await values(await answers(20), {}, context());
    expect(strong?.value).toBeGreaterThan(weak?.value ?? 1);
    await expect(values(await noisy(1), {}, context())).rejects.toMatchObject({ code: 'infeasible' });
  });

  it('counts bytes of what leaves', async () => {
    const [bytes] = await releasedBytes(await noisy(1), {}, context());
    expect(bytes?.value).toBe(3 * 24 * 8);
  });
});
