import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf } from '../../kit/params.ts';
import { seededRng } from '../../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../../testing/tiny-dataset.ts';
import { withColumns } from '../../table/table.ts';
import { householdRisks, individualRisk } from './benedetti-franconi.ts';
import * as household from './household-risk.ts';
import * as individual from './individual-risk.ts';

const ctx = quietContext(seededRng('individual risk'));

describe('individual risk', () => {
  it('is the closed form for one and two rows', () => {
    expect(individualRisk(1, 17)).toBeCloseTo(0.177075834003514, 12);
    expect(individualRisk(2, 84.5)).toBeCloseTo(0.0220423261832562, 12);
    expect(individualRisk(2, 84.5, 'exact')).toBeCloseTo(0.0220423261832562, 12);
  });

  it('is 1 / fk where the sample is the population', () => {
    expect([individualRisk(4, 4), individualRisk(4, 3)]).toEqual([0.25, 0.25]);
  });

  it('is, in its exact form, the mean of 1 / F under the negative binomial law', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (f, p) => {
        // P(F = f + j) = C(f + j - 1, j) p^f (1 - p)^j, summed until nothing is left.
        let chance = p ** f;
        let mean = 0;
        for (let j = 0; j < 20_000; j += 1) {
          mean += chance / (f + j);
          chance *= ((f + j) / (j + 1)) * (1 - p);
        }
        const exact = individualRisk(f, f / p, 'exact');
        expect(Math.abs(exact - mean)).toBeLessThan(1e-9 * mean + 1e-300);
      }),
      { numRuns: 60 },
    );
  });

  it('joins its two ways of computing without a step', () => {
    for (const f of [3, 20, 40, 41]) {
      const [below, above] = [individualRisk(f, f / 0.4999999999, 'exact'), individualRisk(f, f / 0.5, 'exact')];
      expect(Math.abs(above - below) / above).toBeLessThan(1e-9);
    }
  });

  it('falls as more rows of the sample look alike, and grows with the part that was sampled', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 1.05, max: 500, noNaN: true }), (f, weight) => {
        const risk = individualRisk(f, f * weight, 'exact');
        expect(individualRisk(f + 1, (f + 1) * weight, 'exact')).toBeLessThan(risk);
        expect(individualRisk(f, f * weight * 1.01, 'exact')).toBeLessThan(risk);
        expect(risk).toBeLessThanOrEqual(1 / f);
      }),
    );
  });
});

describe('household risk', () => {
  it('is one minus the chance that nobody of the household is found', () => {
    const joint = householdRisks(Float64Array.of(0.5, 0.1, 0.2), [0, 1, 0], 2);
    expect([...joint].map((risk) => Number(risk.toFixed(12)))).toEqual([0.6, 0.1, 0.6]);
  });

  it('is at least the individual risk, and both speak of the population', async () => {
    const release = tinyRelease(tinyDataset(200));
    const rows = await individual.run(release, { ...defaultsOf(individual.descriptor.params), precision: 'day' }, ctx);
    const homes = await household.run(release, { ...defaultsOf(household.descriptor.params), precision: 'day' }, ctx);
    expect(homes[0]?.value).toBeGreaterThanOrEqual(rows[0]?.value ?? 1);
    expect([...rows, ...homes].every(({ of, provenance }) => of === 'population' && provenance === 'modelled')).toBe(
      true,
    );
  });

  it('names the column, and the row, of a sampling weight that is none', async () => {
    const release = tinyRelease(tinyDataset(50));
    const at = (weight: string) =>
      individual.run(release, { ...defaultsOf(individual.descriptor.params), weight }, ctx);
    await expect(at('payment')).rejects.toMatchObject({ code: 'invalid-data', place: { column: 'payment' } });
    const weights = { kind: 'number' as const, name: 'w', values: new Float64Array(50).fill(2) };
    weights.values[6] = 0.5;
    const dataset = { ...release.dataset, table: withColumns(release.dataset.table, [weights]) };
    const params = { ...defaultsOf(individual.descriptor.params), weight: 'w' };
    await expect(individual.run({ ...release, dataset }, params, ctx)).rejects.toThrow(/weight "w" of row 7 is 0.5/);
  });
});
