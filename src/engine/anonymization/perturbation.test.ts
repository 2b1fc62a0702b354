import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import type { TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import type { Column } from '../table/table.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { covariance } from './matrices.ts';
import * as noise from './noise-addition.ts';
import { correlationOf } from './numeric-columns.ts';
import * as pram from './pram.ts';
import { drawPram, fullMatrix, pramMatrix, unbiasedCounts } from './pram-matrix.ts';
import * as swapping from './rank-swapping.ts';
import * as coding from './top-bottom-coding.ts';

const ctx = quietContext(seededRng('perturbation'));
const source = tinyRelease(tinyDataset(400));
const numbers = (release: TableRelease, name: string): number[] => {
  const column: Column | undefined = release.table.columns.find((each) => each.name === name);
  return column === undefined || column.kind === 'category' ? [] : Array.from(column.values);
};

describe('pram', () => {
  const laws = fc.tuple(
    fc.constantFrom('uniform', 'invariant'),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.array(fc.nat(50), { minLength: 1, maxLength: 8 }),
  );

  it('has probabilities that sum to one, and leaves the shares alone where it is invariant', () => {
    fc.assert(
      fc.property(laws, ([method, keep, counts]) => {
        const law = pramMatrix(method as 'uniform' | 'invariant', keep, Float64Array.from(counts));
        const matrix = fullMatrix(law);
        const m = law.size;
        for (let k = 0; k < m; k += 1) {
          const row = matrix.subarray(k * m, (k + 1) * m);
          expect(row.every((x) => x >= 0)).toBe(true);
          expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        }
        if (method !== 'invariant') return;
        for (let j = 0; j < m; j += 1) {
          const after = law.share.reduce((sum, share, k) => sum + share * (matrix[k * m + j] as number), 0);
          expect(after).toBeCloseTo(law.share[j] as number, 9);
        }
      }),
    );
  });

  it('draws by its matrix', () => {
    // Each of 2 x 9 frequencies of 40,000 draws within 6 standard deviations: false alarm below 1e-7.
    for (const method of ['uniform', 'invariant'] as const) {
      const law = pramMatrix(method, 0.6, Float64Array.of(70, 25, 5));
      const matrix = fullMatrix(law);
      const rng = seededRng(`pram ${method}`);
      const n = 40_000;
      for (let k = 0; k < 3; k += 1) {
        const counts = [0, 0, 0];
        for (let i = 0; i < n; i += 1) {
          const j = drawPram(law, k, rng);
          counts[j] = (counts[j] as number) + 1;
        }
        counts.forEach((count, j) => {
          const p = matrix[k * 3 + j] as number;
          expect(Math.abs(count - n * p)).toBeLessThan(6 * Math.sqrt(n * p * (1 - p)) + 1);
        });
      }
    }
  });

  it('corrects counts without bias', () => {
    const truth = Float64Array.of(700, 250, 50);
    const matrix = fullMatrix(pramMatrix('uniform', 0.7, truth));
    const expected = truth.map((_, j) => truth.reduce((sum, t, k) => sum + t * (matrix[k * 3 + j] as number), 0));
    const corrected = unbiasedCounts(expected, 0.7);
    truth.forEach((t, j) => expect(corrected?.counts[j]).toBeCloseTo(t, 9));
    expect(unbiasedCounts(truth, 1 / 3)).toBeUndefined();
  });

  it('keeps everything at probability one, and reports its matrix', async () => {
    const settings = { keep: 1, method: 'uniform', columns: [] } as const;
    const out = (await pram.run(source, settings, ctx)) as TableRelease;
    expect(out.table.columns).toEqual(source.table.columns);
    const noisy = await pram.run(source, { ...settings, keep: 0.5 }, ctx);
    expect(noisy.guarantee.kind).toBe('none');
    expect(noisy.notes.some((note) => note.en.includes('P(same) = 0.5'))).toBe(true);
    await expect(pram.run(source, { ...settings, columns: ['age'] }, ctx)).rejects.toMatchObject({
      code: 'invalid-data',
    });
  });
});

describe('rank swapping', () => {
  it('permutes the values, none by more ranks than allowed', () => {
    const cases = fc.tuple(fc.array(fc.nat(60), { minLength: 1, maxLength: 120 }), fc.nat(40), fc.nat());
    fc.assert(
      fc.property(cases, ([values, reach, seed]) => {
        const rows = Uint32Array.from(values.keys());
        const partner = swapping.swapPartners(values, rows, reach, seededRng(seed));
        expect(Array.from(partner).sort((a, b) => a - b)).toEqual(Array.from(rows));
        const order = Array.from(rows).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
        order.forEach((row, rank) => {
          expect(Math.abs(order.indexOf(partner[row] as number) - rank)).toBeLessThanOrEqual(reach);
          expect(partner[partner[row] as number]).toBe(row);
        });
      }),
    );
  });

  it('keeps every column’s values', async () => {
    const out = (await swapping.run(source, { window: 10, columns: ['fare', 'at'] }, ctx)) as TableRelease;
    for (const name of ['fare', 'at']) {
      expect(numbers(out, name)).not.toEqual(numbers(source, name));
      expect(numbers(out, name).sort()).toEqual(numbers(source, name).sort());
    }
  });
});

describe('noise addition', () => {
  const width = 2;
  const rows = 20_000;
  const rng = seededRng('noise data');
  const values = new Float64Array(rows * width);
  for (let i = 0; i < rows; i += 1) {
    values[i * 2] = rng.uniform();
    values[i * 2 + 1] = 3 * (values[i * 2] as number) + rng.uniform();
  }
  const table = { rows, width, values };

  it('draws noise with the covariance it says', () => {
    // Relative deviation of a sample covariance of normals is at most sqrt(2 / n) = 0.01; six of them: below 1e-7.
    const wanted = covariance(table);
    for (const method of ['correlated', 'independent'] as const) {
      const drawn = covariance({ ...table, values: noise.drawNoise(table, rows, method, 0.5, seededRng(method)) });
      expect(Math.abs((drawn[0] as number) / (0.25 * (wanted[0] as number)) - 1)).toBeLessThan(0.06);
      expect(Math.abs((drawn[3] as number) / (0.25 * (wanted[3] as number)) - 1)).toBeLessThan(0.06);
      const cross = method === 'correlated' ? 0.25 * (wanted[1] as number) : 0;
      const scale = 0.25 * Math.sqrt((wanted[0] as number) * (wanted[3] as number));
      expect(Math.abs((drawn[1] as number) - cross) / scale).toBeLessThan(0.06);
    }
  });

  it('keeps correlations when asked to, and keeps the data when there is no noise', async () => {
    const settings = { ratio: 0.5, method: 'correlated', keepSpread: true, columns: ['distance', 'fare'] } as const;
    const out = (await noise.run(source, settings, ctx)) as TableRelease;
    const all = Uint32Array.from({ length: 400 }, (_, i) => i);
    const before = correlationOf(numbers(source, 'distance'), numbers(source, 'fare'), all);
    const after = correlationOf(numbers(out, 'distance'), numbers(out, 'fare'), all);
    expect(after).toBeGreaterThan(before - 0.05);
    const still = (await noise.run(source, { ...settings, ratio: 0, keepSpread: false }, ctx)) as TableRelease;
    expect(numbers(still, 'fare').every((x, i) => Math.abs(x - (numbers(source, 'fare')[i] as number)) < 1e-12)).toBe(
      true,
    );
  });
});

describe('top and bottom coding', () => {
  const settings = {
    by: 'share',
    top: 10,
    bottom: 5,
    upper: 100,
    lower: 0,
    release: 'mean',
    columns: ['fare'],
  } as const;

  it('codes at most the asked shares, and keeps totals where the mean is released', async () => {
    const out = (await coding.run(source, settings, ctx)) as TableRelease;
    const sum = (release: TableRelease): number => numbers(release, 'fare').reduce((a, b) => a + b, 0);
    expect(sum(out)).toBeCloseTo(sum(source), 6);
    const changed = numbers(out, 'fare').filter((x, i) => x !== numbers(source, 'fare')[i]).length;
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThanOrEqual(60);
  });

  it('leaves nothing beyond the bounds, and is idempotent', async () => {
    const by = { ...settings, by: 'value', upper: 20, lower: 8, release: 'bound' } as const;
    const out = (await coding.run(source, by, ctx)) as TableRelease;
    expect(numbers(out, 'fare').every((x) => x >= 8 && x <= 20)).toBe(true);
    expect(numbers((await coding.run(out, by, ctx)) as TableRelease, 'fare')).toEqual(numbers(out, 'fare'));
    await expect(coding.run(source, { ...by, lower: 30 }, ctx)).rejects.toMatchObject({ code: 'infeasible' });
  });
});
