import { assert, asyncProperty, constantFrom } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import { noiseScale } from '../kit/preview.ts';
import type { AnswersRelease, TableRelease } from '../kit/release.ts';
import { secureRng, seededRng } from '../rng/rng.ts';
import { smallCity } from '../testing/small-city.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { mechanisms } from './mechanisms/list.ts';
import { APPROXIMATE, mechanismNames } from './mechanisms/names.ts';
import { audit, descriptor, preview, run } from './noisy-statistics.ts';

const defaults = defaultsOf(descriptor.params);
type Overrides = Partial<typeof defaults>;
const ask = async (input: TableRelease, overrides: Overrides = {}, seed = 1): Promise<AnswersRelease> =>
  (await run(input, { ...defaults, ...overrides }, quietContext(seededRng(seed)))) as AnswersRelease;
const city = () => smallCity([0, 1, 25, 25, 30, 47], [0, 0, 1, 1, 2, 1], [5, 10, 20, 30, 90, Number.NaN]);
/** Noise far below anything seen. */
const quiet = { epsilon: 1e7, round: false } as const;

describe('asking for a statistic', () => {
  it('counts rows by place and hour unless other columns are chosen', async () => {
    const { answers } = await ask(city());
    expect(answers).toHaveLength(1);
    expect(answers[0]?.dims.map((dim) => dim.levels.length)).toEqual([3, 24]);
    expect(answers[0]?.truth[24 + 1]).toBe(2);
    const bands = await ask(tinyRelease(tinyDataset(50)), { by: ['age', 'payment'] });
    expect(bands.answers[0]?.dims.map((dim) => dim.levels.length)).toEqual([12, 4]);
  });

  it('gives sum, mean and variance of clipped values when noise is as good as none', async () => {
    // Fares 5, 10 | 20, 30 at A and B, one of 90 outside the declared 0..60, one missing.
    const whole = { ...quiet, grouping: 'whole table' } as const;
    const sum = await ask(city(), { ...whole, statistic: 'sum' });
    expect(sum.answers[0]?.released[0]).toBeCloseTo(5 + 10 + 20 + 30 + 60, 1);
    expect(sum.answers[0]?.truth[0]).toBe(155);
    const mean = await ask(city(), { ...whole, statistic: 'mean' });
    const picture = mean.pictures[0];
    expect(picture?.view === 'counts' && picture.released[0]).toBeCloseTo(25, 1);
    const variance = await ask(city(), { ...whole, statistic: 'variance' });
    const spread = variance.pictures[0];
    const squares = [5, 10, 20, 30, 60].map((x) => (x - 25) * (x - 25));
    expect(spread?.view === 'counts' && spread.released[0]).toBeCloseTo(squares.reduce((a, b) => a + b, 0) / 5, 0);
  });

  it('charges every part its share, and the shares add up to the claim exactly', async () => {
    for (const mechanism of mechanisms) {
      for (const statistic of ['count', 'sum', 'mean', 'variance'] as const) {
        const { events, guarantee } = await ask(city(), {
          statistic,
          mechanism: mechanism.id as 'laplace',
          epsilon: 2.1,
          consistent: true,
        });
        expect(events.reduce((sum, { epsilon }) => sum + epsilon, 0)).toBe(2.1);
        const delta = events.reduce((sum, event) => sum + event.delta, 0);
        expect(delta).toBe(mechanism.approximate ? 1e-5 : 0);
        expect(guarantee).toMatchObject({ kind: 'dp', epsilon: 2.1, delta });
        for (const event of events) expect(event.law, mechanism.id).toBeDefined();
      }
    }
  });

  it('multiplies Laplace noise by the rows and groups kept of a person, Gaussian noise by the root of the groups', async () => {
    const caps = { protects: 'entity', rowsPerCell: 3, cellsPerUnit: 4 } as const;
    expect((await ask(city(), caps)).answers[0]?.scale).toBe(12);
    const normal = await ask(city(), { ...caps, mechanism: 'gaussian' });
    const one = await ask(city(), { mechanism: 'gaussian' });
    expect(normal.answers[0]?.scale).toBeCloseTo((one.answers[0]?.scale as number) * 3 * 2, 9);
  });

  it('doubles what a replaced row may change, but in a single cell there is nowhere else to go', async () => {
    expect((await ask(city(), { neighbours: 'replace-one' })).answers[0]?.scale).toBe(2);
    expect((await ask(city(), { neighbours: 'replace-one', grouping: 'whole table' })).answers[0]?.scale).toBe(1);
  });

  it('reports how many rows were left out', async () => {
    const { notes, guarantee } = await ask(city(), { protects: 'entity', rowsPerCell: 1, cellsPerUnit: 1 });
    expect(notes.some((note) => note.en.includes('3 rows were left out'))).toBe(true);
    expect(guarantee).toMatchObject({ unit: 'traveller' });
  });

  it('makes groups add up to the released total when asked, whole and not negative', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const { answers } = await ask(tinyRelease(tinyDataset(300)), { epsilon: 0.2, consistent: true }, seed);
      const [cells, total] = answers;
      const sum = cells?.released.reduce((a, b) => a + b, 0);
      expect(sum).toBe(total?.released[0]);
      expect(cells?.released.every((value) => value >= 0 && Number.isInteger(value))).toBe(true);
    }
  });

  it('draws whole numbers of steps from the exact samplers, and always from the cryptographic source', async () => {
    const source = secureRng((buffer) => {
      const rng = seededRng('not so secret');
      for (let i = 0; i < buffer.length; i += 1) buffer[i] = rng.u32();
    });
    for (const mechanism of mechanisms) {
      const params = { ...defaults, mechanism: mechanism.id as 'laplace', round: false, nonNegative: false };
      const release = (await run(city(), params, quietContext(source))) as AnswersRelease;
      // Snapping rounds to a grid of its own.
      if (mechanism.id !== 'snapping')
        expect(release.answers[0]?.released.every(Number.isInteger), mechanism.id).toBe(true);
      expect(release.events[0]?.law?.kind, mechanism.id).not.toBe('laplace');
    }
  });

  it('refuses a number without a declared range, people as groups, and missing columns, with a remedy', async () => {
    const input = city();
    const problems: readonly [Overrides, RegExp][] = [
      [{ statistic: 'sum', value: 'who' }, /no declared range/],
      [{ statistic: 'sum', value: 'zone' }, /no numbers/],
      [{ by: ['who'] }, /names people/],
      [{ by: ['nowhere'] }, /no column/],
    ];
    for (const [overrides, message] of problems) {
      await expect(ask(input, overrides)).rejects.toMatchObject({
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(/./),
      });
    }
  });

  it('offers exactly the mechanisms of the list, and knows which may fail', () => {
    expect(mechanisms.map(({ id, label }) => [id, label])).toEqual(Object.entries(mechanismNames));
    for (const { id, approximate } of mechanisms) expect(APPROXIMATE.has(id), id).toBe(approximate);
  });

  it('previews noise of the size that is released, for any mechanism', async () => {
    for (const mechanism of mechanisms) {
      const bank = await preview(
        tinyRelease(tinyDataset(100)),
        { ...defaults, mechanism: mechanism.id as 'laplace' },
        quietContext(seededRng(3)),
        40,
      );
      const scale = noiseScale(bank, defaults.epsilon);
      let squares = 0;
      for (const unit of bank.unitNoise) squares += (unit * scale) ** 2;
      const figures = mechanism.calibrate(
        { epsilon: 1, delta: mechanism.approximate ? 1e-5 : 0 },
        { l1: 1, l2: 1, linf: 1, cells: 1, lower: 0, upper: 1048576 },
      );
      // Truths at an end of the range have the largest noise; most cells here are at one.
      expect(squares / bank.unitNoise.length / figures.variance, mechanism.id).toBeGreaterThan(0.5);
      expect(squares / bank.unitNoise.length / figures.variance, mechanism.id).toBeLessThan(1.2);
    }
  });
});

describe('its audit', () => {
  it('draws from both worlds of every pair, for any parameters', async () => {
    await assert(
      asyncProperty(
        constantFrom('count', 'sum', 'mean', 'variance' as const),
        constantFrom(...mechanisms.map(({ id }) => id as 'laplace')),
        constantFrom('row', 'entity', 'entity-day' as const),
        constantFrom('add-remove', 'replace-one' as const),
        constantFrom('columns', 'whole table' as const),
        async (statistic, mechanism, protects, neighbours, grouping) => {
          const params = { ...defaults, statistic, mechanism, protects, neighbours, grouping } as typeof defaults;
          const audited = await audit(params, quietContext(seededRng(1)));
          const out = new Float64Array(5);
          for (const pair of audited.pairs) {
            for (const world of [0, 1] as const) {
              pair.draw(world, seededRng('draw'), out);
              expect(out.every(Number.isFinite)).toBe(true);
            }
          }
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  /**
   * A half line is e^epsilon times likelier in one world at most. 20,000 draws a world; the bound of each side is five deviations
   * wide, so a right mechanism is accused with a probability below 1e-6 a comparison.
   */
  it('finds no half line that breaks the claim, and most of the claim where a count changes by one', async () => {
    const draws = 20000;
    for (const mechanism of ['laplace', 'discrete-laplace', 'staircase'] as const) {
      const params = { ...defaults, mechanism, round: false, nonNegative: false, noise: 'exact' } as const;
      const audited = await audit(params, quietContext(seededRng(1)));
      let most = 0;
      for (const [at, pair] of audited.pairs.entries()) {
        const worlds = [0, 1].map((world) => {
          const out = new Float64Array(draws);
          pair.draw(world as 0 | 1, seededRng(`${mechanism} ${at} ${world}`), out);
          return out;
        });
        for (let threshold = -2; threshold <= 5; threshold += 1) {
          const [p, q] = worlds.map((out) => out.reduce((hits, x) => hits + (x >= threshold ? 1 : 0), 0)) as [
            number,
            number,
          ];
          const low =
            (Math.max(p, q) - 5 * Math.sqrt(Math.max(p, q))) / (Math.min(p, q) + 5 * Math.sqrt(Math.min(p, q)) + 25);
          most = Math.max(most, low);
          expect(low).toBeLessThanOrEqual(Math.E);
        }
      }
      expect(most, mechanism).toBeGreaterThan(1.8);
    }
  });
});
