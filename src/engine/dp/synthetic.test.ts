import { describe, expect, it } from 'vitest';
import { loadMeasure, loadTechnique } from '../kernels.ts';
import { quietContext } from '../kit/context.ts';
import { defaultsOf, type ParamRecord } from '../kit/params.ts';
import { isSynthetic, NO_ROW, type Release, type TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { basicComposition } from '../kit/loss.ts';
import { seededRng } from '../rng/rng.ts';
import { tinyDataset, tinyRelease, type TinyShape } from '../testing/tiny-dataset.ts';
import { type Column, columnOf, isValid } from '../table/table.ts';
import { zcdpRhoFor } from './accounting/zcdp.ts';
import { answer as audited } from './audit/audit.ts';
import { descriptor as histogram, run as runHistogram } from './synthetic-histogram.ts';
import { descriptor as mst, run as runMst } from './synthetic-mst.ts';
import { descriptor as mwem, run as runMwem } from './synthetic-mwem.ts';

/** The tiny city with the range of its times declared: January 2019. */
function cityOf(rows: number, shape: TinyShape = 'varied'): TableRelease {
  const dataset = tinyDataset(rows, shape);
  const { descriptor } = dataset;
  const columns = descriptor.columns.map((column) =>
    column.name === 'at' ? { ...column, bounds: [Date.UTC(2019, 0, 1), Date.UTC(2019, 1, 1)] as const } : column,
  );
  return tinyRelease({ ...dataset, descriptor: { ...descriptor, columns } });
}

const ctx = (seed: string | number) => quietContext(seededRng(seed));
const makers = [
  [
    'histogram',
    (input: Release, more: object, seed = 1) =>
      runHistogram(input, { ...defaultsOf(histogram.params), ...more }, ctx(seed)),
  ],
  [
    'MWEM',
    (input: Release, more: object, seed = 1) => runMwem(input, { ...defaultsOf(mwem.params), ...more }, ctx(seed)),
  ],
  ['MST', (input: Release, more: object, seed = 1) => runMst(input, { ...defaultsOf(mst.params), ...more }, ctx(seed))],
] as const;

async function tableBy(
  make: (typeof makers)[number][1],
  rows = 2000,
  more: object = {},
  seed = 1,
): Promise<TableRelease> {
  const release = await make(cityOf(rows), more, seed);
  if (release.kind !== 'table') throw new Error('expected a table');
  return release;
}

const numbersOf = (column: Column): readonly number[] =>
  column.kind === 'category' ? [] : Array.from(column.values).filter((_, i) => isValid(column, i));

describe.each(makers)('a synthetic table by %s', (_name, make) => {
  it('has columns as in the data: places of the data, numbers and times inside their declared ranges', async () => {
    const columns = ['from', 'at', 'age'];
    const release = await tableBy(make, 1500, { columns, epsilon: 5, bands: 6 });
    const source = columnOf(release.dataset.table, 'from');
    const places = columnOf(release.table, 'from');
    expect(release.table.columns.map(({ name }) => name)).toEqual(columns);
    expect(places.kind === 'category' && source.kind === 'category' && places.levels === source.levels).toBe(true);
    const ages = numbersOf(columnOf(release.table, 'age'));
    expect(ages.length).toBeGreaterThan(0);
    expect(ages.every((age) => Number.isInteger(age) && age >= 0 && age <= 100)).toBe(true);
    const times = numbersOf(columnOf(release.table, 'at'));
    expect(times.every((ms) => ms >= Date.UTC(2019, 0, 1) && ms < Date.UTC(2019, 1, 1))).toBe(true);
  });

  it('belongs to nobody, and says which rows it was made without', async () => {
    const release = await tableBy(make, 2000, { heldOut: 0.25 });
    expect(isSynthetic(release) && release.rowOf.every((row) => row === NO_ROW)).toBe(true);
    const aside = release.outside ?? new Uint32Array(0);
    expect(new Set(aside).size).toBe(aside.length);
    // Binomial(2000, 1/4): five standard deviations of 19.4.
    expect(Math.abs(aside.length - 500)).toBeLessThan(97);
    // As many records as if none had been put aside; their noisy number at epsilon 1 is off by Laplace or Gaussian noise.
    expect(Math.abs(release.table.rows - (4 / 3) * (2000 - aside.length))).toBeLessThan(300);
  });

  it('never puts one person on both sides, where persons are hidden', async () => {
    const release = await tableBy(make, 2000, { protects: 'entity', contributionBound: 2, heldOut: 0.3 });
    const aside = new Set(Array.from(release.outside ?? [], (row) => row >> 2));
    // Four rows a person, two of them kept: whoever is not aside left two out.
    expect(release.suppressed.length).toBe(2 * (500 - aside.size));
    expect(release.suppressed.some((row) => aside.has(row >> 2))).toBe(false);
    expect(release.guarantee).toMatchObject({ kind: 'dp', unit: 'trip', neighbours: 'add-remove' });
    for (const event of release.events) expect(event.sensitivity).toBe(2);
  });

  it('reports events that add up to no more than its claim', async () => {
    const release = await tableBy(make, 800, { epsilon: 1.7 });
    if (release.guarantee.kind !== 'dp') throw new Error('expected a claim');
    const { epsilon, delta } = release.guarantee;
    if (delta === 0) {
      expect(basicComposition(release.events)?.epsilon).toBeLessThanOrEqual(epsilon * (1 + 1e-12));
      return;
    }
    const rho = release.events.reduce((sum, { law, count = 1 }) => {
      if (law?.kind === 'gaussian') return sum + (count * law.mu * law.mu) / 2;
      if (law?.kind === 'bounded-range') return sum + (count * law.epsilon * law.epsilon) / 8;
      throw new Error('an event without its law');
    }, 0);
    expect(rho).toBeCloseTo(zcdpRhoFor(epsilon, delta), 9);
  });

  it('claims nothing after a step that chose rows by looking at them', async () => {
    const input = { ...cityOf(300), suppressed: Uint32Array.of(3) };
    expect((await make(input, {})).guarantee.kind).toBe('none');
  });

  it('comes nearer to the data with more epsilon', async () => {
    const error = async (epsilon: number): Promise<number> => {
      const release = await tableBy(make, 3000, { epsilon, columns: ['from', 'payment', 'age'], bands: 20, rounds: 4 });
      return (await scoresOf('marginal-error', release, { columns: ['from', 'payment'] }))[0]?.value as number;
    };
    const near = await error(20);
    expect(near).toBeLessThan(0.04);
    expect(await error(0.1)).toBeGreaterThan(2 * near);
  });

  it('refuses what names people, and columns without declared levels', async () => {
    const input = cityOf(50);
    await expect(make(input, { columns: ['person'] })).rejects.toMatchObject({ code: 'invalid-data' });
    await expect(make(input, { columns: ['nowhere'] })).rejects.toMatchObject({ code: 'invalid-data' });
    const { descriptor } = input.dataset;
    const undeclared = descriptor.columns.map(({ bounds: _bounds, ...rest }) => rest);
    const dataset = { ...input.dataset, descriptor: { ...descriptor, columns: undeclared } };
    await expect(make({ ...input, dataset }, { columns: ['age'] })).rejects.toMatchObject({ code: 'invalid-data' });
  });

  it('can be drawn of an empty table, of which noise is all there is', async () => {
    const release = await tableBy(make, 0);
    expect(release.table.rows).toBeLessThan(200);
  });

  it('does not show which values occur: the same levels for any data', async () => {
    const pictures = async (shape: 'varied' | 'constant') => {
      const release = await make(cityOf(200, shape), { columns: ['from', 'at', 'age'], bands: 6 });
      return release.pictures.map((picture) => (picture.view === 'counts' ? picture.dims : []));
    };
    expect(await pictures('constant')).toEqual(await pictures('varied'));
  });
});

async function scoresOf(id: string, release: Release, more: ParamRecord = {}): Promise<readonly Score[]> {
  const module = await loadMeasure(id);
  return module.run(release, { ...defaultsOf(module.descriptor.params), ...more }, ctx(id));
}

describe('what may be asked of a synthetic table', () => {
  const made = tableBy(makers[2][1], 3000, { epsilon: 3 });

  it.each(['singling-out', 'linkability', 'inference', 'membership-inference'])(
    'the attack %s runs, with a baseline, an interval and rows put aside as control',
    async (id) => {
      const [first, ...rest] = await scoresOf(id, await made);
      expect(first?.baseline).toBeDefined();
      expect(first?.interval).toBeDefined();
      if (id !== 'membership-inference') expect(rest.map((score) => score.id)).toContain(`${id}/control`);
      expect(rest.map((score) => score.id)).not.toContain('linkability/own-row');
    },
  );

  it('membership cannot be told better than its claim allows', async () => {
    const [first] = await scoresOf('membership-inference', await made);
    expect(first?.interval?.low as number).toBeLessThanOrEqual(first?.bound as number);
  });

  it('membership without rows put aside is refused with the remedy', async () => {
    const release = await tableBy(makers[2][1], 500, { heldOut: 0 });
    await expect(scoresOf('membership-inference', release)).rejects.toMatchObject({
      code: 'infeasible',
      remedy: expect.stringContaining('put aside') as string,
    });
    const ids = (await scoresOf('inference', release)).map((score) => score.id);
    expect(ids).not.toContain('inference/control');
  });

  it.each([
    're-identification',
    'intersection',
    'homogeneity',
    'background-knowledge',
    'minimality',
    'prosecutor-risk',
    'journalist-risk',
    'marketer-risk',
    'uniqueness',
    'unicity',
    'ordered-unicity',
    'diversity',
    'syntactic-models',
    'candidates',
    'individual-risk',
    'household-risk',
    'suda2',
    'estimator-check',
    'group-quality',
    'information-loss',
  ])('%s, which is about whose row is whose, answers with a sentence', async (id) => {
    await expect(scoresOf(id, await made)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('nobody’s') as string,
    });
  });

  it.each([
    'utility-aggregate',
    'utility-pattern',
    'utility-individual',
    'map-difference',
    'query-workload',
    'distribution-distance',
    'marginal-error',
    'classification',
    'released-bytes',
  ])('%s compares distributions and answers', async (id) => {
    for (const score of await scoresOf(id, await made)) expect(Number.isFinite(score.value)).toBe(true);
  });

  it('a classifier trained on it is tested on rows it never saw', async () => {
    const release = await made;
    const scores = await scoresOf('classification', release, { target: 'payment', columns: ['from', 'age'] });
    expect(scores.map(({ n }) => n)).toEqual(scores.map(() => release.outside?.length));
    const all = await scoresOf('classification', await tableBy(makers[2][1], 600, { heldOut: 0 }), {
      target: 'payment',
    });
    expect(all[0]?.n).toBe(600);
    expect(all[0]?.method.en).toContain('which the records were made of');
  });

  it('a later step keeps its rows nobody’s', async () => {
    const module = await loadTechnique('time-coarsening');
    const release = await module.run(await made, defaultsOf(module.descriptor.params), ctx(1));
    expect(release.kind === 'table' && isSynthetic(release)).toBe(true);
  });
});

describe('the histogram', () => {
  it('refuses more combinations than it can count, and says what to do', async () => {
    const input = cityOf(50);
    const params = {
      ...defaultsOf(histogram.params),
      columns: ['from', 'to', 'at', 'age', 'fare', 'distance'],
      bands: 90,
    };
    await expect(runHistogram(input, params, ctx(1))).rejects.toMatchObject({
      code: 'infeasible',
      remedy: expect.stringContaining('fewer columns') as string,
    });
  });
});

describe('the audit of a synthesizer', () => {
  it.each(['synthetic-histogram', 'synthetic-mst', 'synthetic-mwem'])(
    'accuses %s of a halved scale and not of nothing (false alarms: 1e-6)',
    { timeout: 60_000 },
    async (technique) => {
      const params = technique === 'synthetic-mwem' ? { epsilon: 2, rounds: 1 } : { epsilon: 2 };
      const question = { technique, params, draws: 10_000, alpha: 1e-6, seed: 11 };
      expect((await audited({ ...question, bug: 'none' }, ctx(1))).accused).toBe(false);
      expect((await audited({ ...question, bug: 'scale halved' }, ctx(1))).accused).toBe(true);
    },
  );
});
