import { describe, expect, it } from 'vitest';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf, type ParamSchema, type Params } from '../../kit/params.ts';
import { exp, gammainc, log } from '../../kit/portable-math.ts';
import type { AnswersRelease, Release, TableRelease } from '../../kit/release.ts';
import type { TechniqueDescriptor, TechniqueModule } from '../../kit/technique.ts';
import { secureRng, seededRng } from '../../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../../testing/tiny-dataset.ts';
import * as aboveThreshold from '../above-threshold.ts';
import { answer } from '../audit/audit.ts';
import * as heavyKeys from '../heavy-keys.ts';
import * as privateQuantiles from '../private-quantiles.ts';
import * as topKeys from '../top-keys.ts';
import { drawQuantiles, positionProbabilities, quantileGroup, quantilePlan } from './quantile-draw.ts';

const ALPHA = 1e-6;
/** A few units in the last place of a logarithm. */
const rounding = 1e-14;

/** A run on a tiny city, of which most places have very different counts. */
async function released<S extends ParamSchema>(
  module: { descriptor: TechniqueDescriptor<S>; run: TechniqueModule<S>['run'] },
  overrides: Partial<Params<S>>,
  input: Release = tinyRelease(tinyDataset(400)),
  rng = seededRng(1),
): Promise<AnswersRelease> {
  const out = await module.run(input, { ...defaultsOf(module.descriptor.params), ...overrides }, quietContext(rng));
  if (out.kind !== 'answers') throw new Error('no answers');
  return out;
}

/** What events charge together, each as often as it was released. */
const charged = ({ events }: AnswersRelease): { epsilon: number; delta: number } => ({
  epsilon: events.reduce((sum, { epsilon, count = 1 }) => sum + epsilon * count, 0),
  delta: events.reduce((sum, { delta, count = 1 }) => sum + delta * count, 0),
});

/** Uniform words that need not be secret here. */
const secure = () => {
  const rng = seededRng('words of the test');
  return secureRng((buffer) => buffer.forEach((_, i) => (buffer[i] = rng.u32())));
};

describe('the busiest places', () => {
  it('are the true ones where epsilon is large, in order, with their counts', async () => {
    const { answers } = await released(topKeys, { epsilon: 20, winners: 3 });
    const truth = Array.from(answers[0]?.truth ?? []);
    expect(truth).toEqual([...truth].sort((a, b) => b - a));
    expect(answers[0]?.dims[0]?.levels[0]).toBe('p1');
    answers[0]?.released.forEach((count, i) =>
      expect(Math.abs(count - (answers[0]?.truth[i] as number))).toBeLessThan(4),
    );
  });

  it('charge exactly the budget, and say nothing of the others', async () => {
    for (const withCounts of [true, false]) {
      const release = await released(topKeys, { epsilon: 2.1, winners: 4, withCounts });
      expect(charged(release).epsilon).toBeCloseTo(2.1, 12);
      expect(release.events[0]?.law).toEqual({ kind: 'pure', epsilon: release.events[0]?.epsilon });
      const [picture] = release.pictures;
      expect(picture?.view === 'counts' && picture.suppressed?.reduce((sum, hidden) => sum + hidden, 0)).toBe(2);
    }
  });

  it('leave more for each of many choices under concentrated accounting, and claim its delta', async () => {
    const wish = { winners: 6, selector: 'exponential', epsilon: 1, delta: 1e-6, withCounts: false } as const;
    const sum = await released(topKeys, { ...wish, adding: 'sum' });
    expect(sum.guarantee).toMatchObject({ epsilon: 1, delta: 0 });
    const many = { ...wish, winners: 100, adding: 'concentrated' } as const;
    const claim = topKeys.descriptor.guarantee({ ...defaultsOf(topKeys.descriptor.params), ...many }, 'trip');
    expect(claim).toMatchObject({ epsilon: 1, delta: 1e-6 });
    const release = await released(topKeys, many);
    expect(release.events[0]?.epsilon).toBeGreaterThan(1 / 100);
    expect(release.events[0]?.law?.kind).toBe('bounded-range');
  });

  it('count a person once in a place when persons are hidden', async () => {
    const { answers, events } = await released(topKeys, { epsilon: 20, winners: 1, protects: 'entity' });
    expect(answers[0]?.truth[0]).toBeLessThanOrEqual(100);
    expect(events[1]?.sensitivity).toBe(1);
  });
});

describe('where it is busy', () => {
  it('finds the cells above, never more than asked for', async () => {
    const all = await released(aboveThreshold, { epsilon: 20, by: ['from'], threshold: 60, positives: 6 });
    const [said] = all.answers;
    expect(said?.released).toEqual(said?.truth);
    const few = await released(aboveThreshold, { epsilon: 20, by: ['from'], threshold: 1, positives: 2 });
    expect(few.answers[0]?.released).toEqual(Float64Array.of(1, 1));
    expect(few.answers[0]?.dims[0]?.levels).toHaveLength(2);
  });

  it('charges once for any number of comparisons', async () => {
    const release = await released(aboveThreshold, { epsilon: 0.5, threshold: 1_000_000, positives: 1 });
    expect(charged(release).epsilon).toBeCloseTo(0.5, 12);
    expect(release.answers[0]?.released).toHaveLength(6 * 24);
    const counted = await released(aboveThreshold, { epsilon: 0.5, threshold: 1, withCounts: true });
    expect(charged(counted).epsilon).toBeCloseTo(0.5, 12);
  });
});

describe('frequent keys', () => {
  it('are named from the threshold on, with the promised delta for all of them', async () => {
    for (const rule of ['truncated-geometric', 'laplace', 'gaussian'] as const) {
      const release = await released(heavyKeys, { rule, epsilon: 2, delta: 1e-4, by: ['from'] });
      const [keys] = release.answers;
      expect(keys?.dims[0]?.levels[0]).toBe('p1');
      for (const count of keys?.released ?? []) expect(count).toBeGreaterThan(3);
      expect(charged(release)).toEqual({ epsilon: expect.closeTo(2, 12), delta: expect.closeTo(1e-4, 16) });
      const many = await released(heavyKeys, { rule, epsilon: 2, delta: 1e-4, protects: 'entity', keysPerUnit: 4 });
      expect(charged(many).epsilon).toBeCloseTo(2, 12);
      expect(1e-4 / charged(many).delta).toBeGreaterThan(0.999);
    }
  });

  it('stay unnamed where nobody shares them, and where the table is empty', async () => {
    const rows = 300;
    const dataset = tinyDataset(rows);
    const table = {
      ...dataset.table,
      columns: dataset.table.columns.map((one) =>
        one.name === 'distance'
          ? { kind: 'number' as const, name: one.name, values: Float64Array.from({ length: rows }, (_, i) => i) }
          : one,
      ),
    };
    const unique: TableRelease = { ...tinyRelease(dataset), table };
    const { answers } = await released(heavyKeys, { delta: 1e-12, by: ['distance'] }, unique);
    expect(answers[0]?.released).toHaveLength(0);
    expect((await released(heavyKeys, {}, tinyRelease(tinyDataset(0)))).answers[0]?.released).toHaveLength(0);
  });

  it('refuses a key that names people', async () => {
    await expect(released(heavyKeys, { by: ['person'] })).rejects.toMatchObject({ code: 'invalid-data' });
  });

  it('never come in the order of the rows', async () => {
    const { answers } = await released(heavyKeys, { epsilon: 5, delta: 1e-3 });
    const counts = Array.from(answers[0]?.released ?? []);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });
});

describe('private quantiles', () => {
  it('are near the true ones where epsilon is large, in ascending order', async () => {
    const { answers } = await released(privateQuantiles, { epsilon: 20, orders: 'deciles', value: 'distance' });
    const [set] = answers;
    expect(set?.of).toBe('values');
    expect(set?.released).toEqual(set?.released.slice().sort());
    set?.released.forEach((value, i) => expect(Math.abs(value - (set.truth[i] as number))).toBeLessThan(1));
  });

  it('stay in the declared range for any data, and answer for groups', async () => {
    const { answers } = await released(privateQuantiles, { epsilon: 0.01, groups: 'place', value: 'age' });
    expect(answers[0]?.released).toHaveLength(6 * 3);
    for (const value of answers[0]?.released ?? []) expect(value >= 0 && value <= 100).toBe(true);
  });

  it('tell nothing in the picture of a group without rows', async () => {
    const { pictures } = await released(privateQuantiles, { groups: 'hour' }, tinyRelease(tinyDataset(1)));
    for (const picture of pictures) expect(picture.view === 'counts' && picture.suppressed).toBeUndefined();
  });

  it('refuse a value without a declared range', async () => {
    await expect(released(privateQuantiles, { value: 'payment' })).rejects.toMatchObject({ code: 'invalid-data' });
  });

  it('keep epsilon, and bounded range, between all neighbours of small tables', () => {
    for (const [numerator, parts] of [
      [1, 2],
      [1, 4],
      [9, 10],
    ] as const) {
      const order = { numerator, parts };
      const plan = quantilePlan([order], 1, 1);
      const scale = plan.scales[0] as (typeof plan.scales)[number];
      for (const counts of [
        [0, 0, 0, 0],
        [1, 0, 0, 0],
        [0, 3, 0, 1],
        [2, 0, 0, 5],
        [1, 1, 1, 1],
        [0, 0, 7, 0],
      ]) {
        counts.forEach((_, at) => {
          const more = counts.map((count, i) => (i === at ? count + 1 : count));
          const [p, q] = [counts, more].map((each) => positionProbabilities(Uint32Array.from(each), order, scale)) as [
            Float64Array,
            Float64Array,
          ];
          const losses = Array.from(p, (value, i) => log(value / (q[i] as number)));
          expect(Math.max(...losses.map(Math.abs))).toBeLessThanOrEqual(1 + rounding);
          expect(Math.max(...losses) - Math.min(...losses)).toBeLessThanOrEqual(1 + rounding);
        });
      }
    }
  });

  it('are drawn with the exact law (chi-square at 1e-6, fixed seed), from the cryptographic source too', () => {
    const counts = Uint32Array.of(0, 2, 0, 0, 5, 1, 0);
    const order = { numerator: 3, parts: 4 };
    const plan = quantilePlan([order], 0.7, 1);
    const law = positionProbabilities(counts, order, plan.scales[0] as (typeof plan.scales)[number]);
    const n = 100_000;
    for (const rng of [seededRng('quantile'), secure()]) {
      const group = quantileGroup(counts, plan);
      const seen = new Float64Array(law.length);
      for (let i = 0; i < n; i += 1) {
        const at = drawQuantiles(rng, group)[0] as number;
        seen[at] = (seen[at] as number) + 1;
      }
      const statistic = seen.reduce((sum, count, i) => {
        const expected = n * (law[i] as number);
        return sum + ((count - expected) * (count - expected)) / expected;
      }, 0);
      expect(1 - gammainc(statistic / 2, (law.length - 1) / 2)).toBeGreaterThan(ALPHA);
    }
  });

  it('charge half of the textbook for a median: a row moves its rank by one half', () => {
    const [scale] = quantilePlan([{ numerator: 1, parts: 2 }], 1, 1).scales;
    // Scores are in halves of a rank, so a whole rank weighs e^-1 at epsilon 1, not e^-1/2.
    expect(exp((-2 * (scale?.denominator ?? 0)) / (scale?.numerator ?? 1))).toBeCloseTo(exp(-1), 6);
  });
});

describe('audits of selection', () => {
  it.each([
    ['top-keys', { winners: 1, withCounts: false }],
    ['heavy-keys', {}],
    ['above-threshold', {}],
    ['private-quantiles', {}],
  ] as const)(
    'accuse %s of halved noise, and not without (1e-6 a mechanism)',
    { timeout: 60_000 },
    async (technique, params) => {
      const ask = (bug: 'none' | 'scale halved') =>
        answer({ technique, params, bug, draws: 40_000, alpha: ALPHA, seed: 7 }, quietContext(seededRng(1)));
      const honest = await ask('none');
      expect(honest.accused).toBe(false);
      expect(honest.lowerBound).toBeGreaterThan(0.3);
      expect((await ask('scale halved')).accused).toBe(true);
    },
  );
});

describe('every selection', () => {
  it('runs from the cryptographic source, and makes no claim after rows were chosen', async () => {
    for (const module of [topKeys, aboveThreshold, heavyKeys, privateQuantiles]) {
      const real = await released(module as typeof topKeys, {}, undefined, secure());
      expect(real.guarantee.kind).toBe('dp');
      const cut: TableRelease = { ...tinyRelease(tinyDataset(100)), suppressed: Uint32Array.of(3) };
      expect((await released(module as typeof topKeys, {}, cut)).guarantee.kind).toBe('none');
    }
  });

  it('refuses to hide persons in a table without ids', async () => {
    const source = tinyRelease(tinyDataset(50));
    const table = { ...source.table, columns: source.table.columns.filter(({ name }) => name !== 'person') };
    for (const module of [topKeys, aboveThreshold, heavyKeys, privateQuantiles]) {
      const run = released(module as typeof topKeys, { protects: 'entity' }, { ...source, table });
      await expect(run).rejects.toMatchObject({ code: 'unsupported' });
    }
  });
});
