import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { AnswerSet, AnswersRelease } from '../kit/release.ts';
import { descriptor as laplaceHistogram, run as laplaceRun } from '../dp/laplace-histogram.ts';
import { seededRng } from '../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { run } from './reconstruction-from-answers.ts';

const quiet = (seed: number) => quietContext(seededRng(seed));

async function published(epsilon: number, seed = 1): Promise<AnswersRelease> {
  const params = {
    ...defaultsOf(laplaceHistogram.params),
    epsilon,
    allocation: 'location only',
    round: false,
  } as const;
  const release = await laplaceRun(tinyRelease(tinyDataset(400)), params, quiet(seed));
  if (release.kind !== 'answers') throw new Error('expected answers');
  return release;
}

/** The same release with counts as they are, or with one grid of the given counts. */
function exact(release: AnswersRelease, truth?: Float64Array): AnswersRelease {
  const answers = release.answers.map((set): AnswerSet => {
    const counts = truth ?? set.truth;
    return { ...set, truth: counts, released: counts, scale: 0, halfWidth95: 0, sensitivity: 1 };
  });
  return { ...release, answers, events: [], guarantee: { kind: 'none', why: 'exact counts' } };
}

describe('rebuilding the missing row from counts', () => {
  it('always succeeds where counts are exact', async () => {
    const [score] = await run(exact(await published(1)), {}, quiet(1));
    expect(score?.value).toBe(1);
    expect(score?.bound).toBeUndefined();
  });

  it('stays within e^epsilon times the best blind guess on average over releases', async () => {
    for (const epsilon of [0.1, 1, 3]) {
      const values: number[] = [];
      let bound = 0;
      for (let seed = 0; seed < 40; seed += 1) {
        const [score] = await run(await published(epsilon, seed), {}, quiet(seed));
        values.push(score?.value ?? Number.NaN);
        bound = score?.bound ?? Number.NaN;
      }
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
      // Five standard errors: a false alarm below 1e-6.
      expect(mean).toBeLessThanOrEqual(bound + 5 * Math.sqrt(squares / values.length / (values.length - 1)));
    }
  });

  it('finds nearly every row at a very large epsilon, and falls to the blind guess at a small one', async () => {
    const [loud] = await run(await published(20), {}, quiet(1));
    expect(loud?.value).toBeGreaterThan(0.9);
    const [calm] = await run(await published(0.05), {}, quiet(1));
    expect(calm?.value).toBeLessThan(0.2);
  });

  it('names the fullest cell as the guess without the release', async () => {
    const [score] = await run(exact(await published(1), Float64Array.of(6, 1, 3, 0)), {}, quiet(1));
    expect(score?.baseline).toBeCloseTo(0.6, 12);
    expect(score?.n).toBe(10);
  });

  it('says so where there is nothing to rebuild', async () => {
    await expect(run(exact(await published(1), new Float64Array(4)), {}, quiet(1))).rejects.toMatchObject({
      code: 'infeasible',
    });
    const alone = exact(await published(1), Float64Array.of(5));
    expect((await run(alone, {}, quiet(1)))[0]?.value).toBe(1);
    const release = await published(1);
    const values = { ...release, answers: release.answers.map((set) => ({ ...set, of: 'values' as const })) };
    await expect(run(values, {}, quiet(1))).rejects.toMatchObject({ code: 'infeasible' });
  });
});
