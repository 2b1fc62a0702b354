import { describe, expect, it } from 'vitest';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf } from '../../kit/params.ts';
import { seededRng } from '../../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../../testing/tiny-dataset.ts';
import * as check from './estimator-check.ts';
import { populationUniqueness } from './population-uniqueness.ts';
import { estimatesFromSubSamples } from './sub-samples.ts';

const ctx = quietContext(seededRng('estimators'));

/** 600 classes: 200 of one row, 200 of two, 200 of four; 1,400 rows. */
const classOf = Uint32Array.from(
  Array.from({ length: 600 }, (_, c) => Array.from({ length: [1, 2, 4][c % 3] ?? 1 }, () => c)).flat(),
);

describe('sub-samples whose truth is known', () => {
  it('give estimates near the truth when almost everything is sampled', async () => {
    const found = await estimatesFromSubSamples(classOf, 600, 0.9, 10, seededRng('nearly all'), ctx);
    const mean = found.reduce((sum, { dankar }) => sum + dankar, 0) / found.length;
    // Seeded, so no false alarms; the estimate is biased upwards by design.
    expect(Math.abs(mean - 200)).toBeLessThan(40);
  });

  it('estimate nothing when every class has several rows in each sample', async () => {
    const crowds = new Uint32Array(400).map((_, i) => i % 2);
    const found = await estimatesFromSubSamples(crowds, 2, 0.5, 3, seededRng('crowds'), ctx);
    expect(found.map(({ zayatz, dankar }) => [zayatz, dankar])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});

describe('the rule of Dankar', () => {
  const histogram = { size: Uint32Array.of(1, 2, 3, 10, 40), classes: Uint32Array.of(60, 12, 6, 3, 1) };

  it('takes Pitman up to a tenth of the population, and the smaller of the others above', () => {
    const small = populationUniqueness(histogram, 5000);
    expect([small.dankarModel, small.dankar]).toEqual(['pitman', small.pitman]);
    const large = populationUniqueness(histogram, 400);
    expect(large.dankar).toBe(Math.min(large.zayatz, large.snb ?? Infinity));
  });

  it('falls back to Zayatz where the other has no answer', () => {
    // All rows alone: Pitman's likelihood has no maximum.
    const alone = populationUniqueness({ size: Uint32Array.of(1), classes: Uint32Array.of(50) }, 5000);
    expect([alone.pitman, alone.dankarModel]).toEqual([undefined, 'zayatz']);
    expect(alone.dankar).toBe(alone.zayatz);
  });
});

describe('estimator-check', () => {
  it('reports the error of each estimator with an interval and the truth in words', async () => {
    const params = { ...defaultsOf(check.descriptor.params), precision: 'day' as const, sampled: 0.3 };
    const scores = await check.run(tinyRelease(tinyDataset(300)), params, ctx);
    expect(scores[0]?.id).toBe('estimator-check/dankar');
    expect(scores.every(({ interval, of }) => interval !== undefined && of === 'sample')).toBe(true);
    expect(scores[0]?.method.en).toMatch(/% of 300 rows are unique/);
  });

  it('refuses a table too small to sample', async () => {
    const work = check.run(tinyRelease(tinyDataset(5)), defaultsOf(check.descriptor.params), ctx);
    await expect(work).rejects.toMatchObject({ code: 'infeasible' });
  });
});
