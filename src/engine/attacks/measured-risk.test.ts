import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as generalization from '../anonymization/generalization.ts';
import * as mondrian from '../anonymization/mondrian.ts';
import { rawRelease, someTrips, toyDataset, toyTrips } from '../anonymization/toy-trips.ts';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { seededRng } from '../rng/rng.ts';
import { makeTable } from '../table/table.ts';
import * as inference from './inference.ts';
import * as linkability from './linkability.ts';
import * as singlingOut from './singling-out.ts';
import { isolationChance, singlingOutIntegral, sizeCorrection } from './singling-out-integral.ts';

const ctx = quietContext(seededRng('measured risk'));
const raw = rawRelease(toyTrips(someTrips(120)));
const byId = (scores: readonly Score[]): Readonly<Record<string, Score>> =>
  Object.fromEntries(scores.map((score) => [score.id, score]));
const infer = async (release: Release, options = {}) =>
  byId(await inference.run(release, { ...defaultsOf(inference.descriptor.params), ...options }, ctx));
const link = async (release: Release, options = {}) =>
  byId(await linkability.run(release, { ...defaultsOf(linkability.descriptor.params), ...options }, ctx));
const single = async (release: Release, options = {}) =>
  byId(await singlingOut.run(release, { ...defaultsOf(singlingOut.descriptor.params), ...options }, ctx));
const anonymous = (k: number) => mondrian.run(raw, { ...defaultsOf(mondrian.descriptor.params), k, l: 2 }, ctx);

/** A release drawn afresh from the law of the data, said to be made of its even rows: it holds nothing about any of them. */
function drawnAfresh(seed: number): TableRelease {
  const rng = seededRng(`afresh/${seed}`);
  const draw = (rows: number) => {
    const column = (n: number) => Uint8Array.from({ length: rows }, () => rng.int(n));
    return makeTable([
      { kind: 'integer', name: 'age', values: column(40) },
      { kind: 'integer', name: 'height', values: column(40) },
      { kind: 'category', name: 'job', codes: column(4), levels: ['a', 'b', 'c', 'd'] },
    ]);
  };
  const dataset = toyDataset(draw(600), [
    { name: 'age', type: 'integer', role: 'quasi-identifier' },
    { name: 'height', type: 'integer', role: 'quasi-identifier' },
    { name: 'job', type: 'category', role: 'sensitive' },
  ]);
  return { ...rawRelease(dataset), table: draw(300), rowOf: Uint32Array.from({ length: 300 }, (_, i) => 2 * i) };
}

describe('inference', () => {
  it('reads the secret of every row of a raw table, and no better than the best guess from large groups', async () => {
    const plain = await infer(raw);
    expect(plain['inference']?.value).toBe(1);
    expect(plain['inference']?.baseline).toBeLessThan(0.3);
    // Taken away its own row, a target is no different from anybody: what is left is due to being in the data.
    expect(plain['inference/beyond-control']?.value).toBeGreaterThan(0.7);
    const grouped = await infer(await anonymous(30));
    expect(grouped['inference']?.value).toBeLessThan(0.3);
    expect(grouped['inference/beyond-control']?.value).toBeLessThan(0.2);
  });

  it('judges negative numbers by their size', () => {
    expect(inference.guessIsRight(-100, 3, true, 0.05)).toBe(false);
    expect(inference.guessIsRight(-100, -96, true, 0.05)).toBe(true);
    expect(inference.guessIsRight(2, 2, false, 0.05)).toBe(true);
    expect(inference.guessIsRight(2, 2.01, false, 0.05)).toBe(false);
  });

  it('finds no risk beyond a control group of the same kind of rows', async () => {
    let alarms = 0;
    for (let seed = 0; seed < 8; seed += 1) {
      const risk = await infer(drawnAfresh(seed));
      expect(risk['inference']?.method.en).toContain('of 300 targets');
      if ((risk['inference/beyond-control']?.interval?.low ?? 0) > 0) alarms += 1;
    }
    // One alarm has a chance below 2.5 % by the interval's level: three of eight below 1 in 1,000.
    expect(alarms).toBeLessThan(3);
  });

  it('says which column is missing', async () => {
    await expect(infer(raw, { secret: 'colour' })).rejects.toMatchObject({ code: 'invalid-data' });
    await expect(infer(raw, { known: ['fare'], secret: 'fare' })).rejects.toMatchObject({ code: 'infeasible' });
  });
});

describe('linkability', () => {
  it('joins records of a raw table through their own row, and groups of equal rows hardly ever', async () => {
    const plain = await link(raw, { left: ['when'], right: ['fare', 'zone', 'to'] });
    expect(plain['linkability/own-row']?.value).toBeGreaterThan(0.4);
    const grouped = await link(await anonymous(20), { left: ['when'], right: ['zone', 'to'] });
    expect(grouped['linkability/own-row']?.value).toBeLessThan(0.05);
    expect(grouped['linkability']?.baseline).toBeCloseTo(1 / 120, 9);
  });

  it('takes every second column for each party when none is named', async () => {
    const found = await link(raw, { neighbours: 3 });
    expect(found['linkability']?.method.en).toContain('nearest in zone and when and those nearest in to (k = 3 each)');
    expect(found['linkability']?.interval).toBeDefined();
  });
});

describe('singling out', () => {
  it('isolates originals with descriptions read off the raw table', async () => {
    for (const mode of ['univariate', 'multivariate'] as const) {
      const found = await single(raw, { mode });
      expect(found['singling-out']?.value).toBe(1);
      expect(found['singling-out']?.n).toBeGreaterThan(2);
      expect(found['singling-out']?.baseline).toBeLessThan(0.9);
    }
  });

  it('finds no description of a group of k rows in the columns made alike', async () => {
    const found = await single(await anonymous(10), { known: ['zone', 'to', 'when'] });
    expect(found['singling-out']?.value).toBe(0);
    expect(found['singling-out']?.method.en).toContain('None isolates a released row');
  });

  it('is compared with rows left out, rescaled for their number', async () => {
    const levels = { zone: 0, to: 0, when: 3 };
    const release = await generalization.run(raw, { levels, k: 3, leftOut: 0.05, quasiIdentifiers: [] }, ctx);
    const found = await single(release);
    const control = found['singling-out/control'];
    if (release.kind !== 'table' || release.suppressed.length < 2) throw new Error('nothing was left out');
    expect(control?.method.en).toContain(`${release.suppressed.length} rows that were not released`);
  });
});

describe('the singling-out integral', () => {
  it('has the closed form of the literature', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 400 }),
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        fc.double({ min: 0, max: 0.4, noNaN: true }),
        (n, a, d) => {
          const b = a + d;
          const end = (w: number) => (n * w + 1) * (1 - w) ** n;
          // The closed form cancels; 1e-13 is some ulps of its terms.
          expect(Math.abs(singlingOutIntegral(n, a, b) - (end(a) - end(b)) / (n + 1))).toBeLessThan(1e-13);
        },
      ),
    );
  });

  it('gives the chance that a subsample holds exactly one match', () => {
    // Of 5 rows 2 match; samples of 2: C(2,1) C(3,1) / C(5,2) = 6/10.
    expect(isolationChance(2, 5, 2)).toBeCloseTo(0.6, 12);
    expect(isolationChance(0, 5, 2)).toBe(0);
    expect(isolationChance(5, 5, 2)).toBe(0);
    expect(isolationChance(5, 5, 1)).toBeCloseTo(1, 12);
  });

  it('asks for no correction between groups of one size, and lowers what rare matches would do in a larger one', () => {
    const matches = Uint32Array.from({ length: 100 }, (_, i) => 1 + (i % 4));
    expect(sizeCorrection(matches, 500, 500)).toBe(1);
    expect(sizeCorrection(matches, 500, 5000)).toBeLessThan(1);
  });
});
