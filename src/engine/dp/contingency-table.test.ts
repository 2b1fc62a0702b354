import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { AnswersRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { audit, descriptor, run } from './contingency-table.ts';

const defaults = defaultsOf(descriptor.params);
const tabulate = async (overrides: Partial<typeof defaults> = {}, seed = 1): Promise<AnswersRelease> =>
  (await run(
    tinyRelease(tinyDataset(400)),
    { ...defaults, ...overrides },
    quietContext(seededRng(seed)),
  )) as AnswersRelease;

describe('a contingency table', () => {
  it('counts every combination of the chosen columns', async () => {
    const { answers } = await tabulate({ by: ['from', 'payment', 'age'], bands: 5 });
    expect(answers[0]?.dims.map((dim) => dim.levels.length)).toEqual([6, 4, 5]);
    expect(answers[0]?.truth.reduce((a, b) => a + b, 0)).toBe(400);
  });

  it('has whole cells that are not negative and whose margins agree, and is charged once', async () => {
    for (const seed of [1, 2, 3]) {
      const { answers, pictures, events } = await tabulate({ by: ['from', 'payment', 'age'], epsilon: 0.2 }, seed);
      const cells = answers[0]?.released ?? new Float64Array();
      expect(cells.every((cell) => cell >= 0 && Number.isInteger(cell))).toBe(true);
      const total = cells.reduce((a, b) => a + b, 0);
      const margins = pictures.filter((picture) => picture.view === 'counts' && picture.id.startsWith('by-'));
      expect(margins).toHaveLength(3);
      for (const margin of margins) {
        if (margin.view === 'counts') expect(margin.released.reduce((a, b) => a + b, 0)).toBe(total);
      }
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({ epsilon: 0.2, law: { kind: 'laplace', epsilon: 0.2 } });
    }
  });

  /** Mean of 200 totals, each with standard deviation sqrt(2 x 24 cells) / epsilon; six deviations: false alarm below 1e-8. */
  it('does not lift the total by cutting at zero', async () => {
    let sum = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const { answers } = await tabulate({ by: ['from', 'payment'], epsilon: 0.5 }, seed);
      sum += answers[0]?.released.reduce((a, b) => a + b, 0) ?? 0;
    }
    expect(Math.abs(sum / 200 - 400)).toBeLessThan((6 * Math.sqrt(2 * 24)) / 0.5 / Math.sqrt(200));
  });

  it('refuses more cells than can be laid out, with a remedy', async () => {
    await expect(tabulate({ by: ['age', 'distance', 'fare', 'from'], bands: 100 })).rejects.toMatchObject({
      code: 'infeasible',
      remedy: expect.stringMatching(/fewer columns/),
    });
  });

  it('lets its claim be tested on the finished table', async () => {
    const { pairs, claim } = await audit(defaults, quietContext(seededRng(1)));
    expect(claim).toEqual({ epsilon: 1, delta: 0 });
    const out = new Float64Array(50);
    pairs[0]?.draw(1, seededRng('draw'), out);
    expect(out.every((seen) => Number.isInteger(seen) && seen >= 0)).toBe(true);
  });
});
