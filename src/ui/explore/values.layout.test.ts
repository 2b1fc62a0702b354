import { describe, expect, it } from 'vitest';
import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import type { CountsPicture } from '../../engine/kit/picture.ts';
import type { PreviewBank } from '../../engine/kit/technique.ts';
import { text } from '../../engine/kit/text.ts';
import { byPlace } from './grid.layout.ts';
import {
  bankNoise,
  highest,
  meanOutcomes,
  releasedMeans,
  rescaleSums,
  trueMeans,
  valueDomain,
  valuesOf,
  type Values,
} from './values.layout.ts';

const dims = [
  { column: 'site', label: text('Site'), levels: ['a', 'b', 'c'] },
  { column: 'time', label: text('Hour'), levels: ['00', '12'] },
];
const rows: CountsPicture = {
  view: 'counts',
  id: 'location',
  label: text('Site and hour'),
  unit: 'reading',
  dims,
  truth: Float64Array.of(1, 3, 2, 2, 0, 0),
  released: Float64Array.of(2, 3, 2, 2, 0, 0),
  noise: { law: 'laplace', scale: 0.1, halfWidth95: 0.3 },
};
/** Sums about 50: site a holds 40 once and 60 three times. */
const sums: CountsPicture = {
  ...rows,
  id: 'measure',
  unit: 'µg/m³',
  truth: Float64Array.of(-10, 30, 100, 100, 0, 0),
  released: Float64Array.of(-10, 35, 100, 100, 3, 2),
  noise: { law: 'laplace', scale: 2, halfWidth95: 6 },
};
// Only what the layout reads.
const descriptor = {
  parts: { place: 'site', time: 'time', measure: 'no2' },
  columns: [{ name: 'no2', label: text('NO2'), type: 'number', unit: 'µg/m³', bounds: [0, 100] }],
} as unknown as DatasetDescriptor;
const values = valuesOf([rows, sums], descriptor) as Values;
const noise = { sums: sums.noise, rows: rows.noise };
const place = (cells: Float64Array) => byPlace(values.grid, cells, null);

describe('measured values', () => {
  it('are there only with sums over the cells of the counts', () => {
    expect(values.unit).toBe('µg/m³');
    expect(valuesOf([rows], descriptor)).toBeUndefined();
    expect(valuesOf([rows, { ...sums, truth: new Float64Array(4) }], descriptor)).toBeUndefined();
  });

  it('weigh hours by their rows: sum over count, not mean of means', () => {
    expect(trueMeans(values, place(sums.truth), place(rows.truth))[0]).toBe(50 + 20 / 4);
    const { mean } = releasedMeans(values, place(sums.released), place(rows.released), noise, 2);
    expect(mean[0]).toBe(50 + 25 / 5);
  });

  it('stay inside the declared range, while the truth may leave it', () => {
    const outside = Float64Array.of(400);
    const count = Float64Array.of(4);
    expect(trueMeans(values, outside, count)[0]).toBe(150);
    expect(releasedMeans(values, outside, count, noise, 1).mean[0]).toBe(100);
  });

  it('hold back what has no rows, and what noise covers wholly', () => {
    const { mean, suppressed } = releasedMeans(values, place(sums.released), place(rows.released), noise, 2);
    expect([...suppressed]).toEqual([0, 0, 1]);
    expect(mean[2]).toBeNaN();
    const loud = { ...noise, sums: { law: 'laplace', scale: 1000, halfWidth95: 3000 } as const };
    expect(releasedMeans(values, place(sums.released), place(rows.released), loud, 2).suppressed[0]).toBe(1);
  });

  it('have an interval of the sum and the count together, over the count', () => {
    const { half } = releasedMeans(values, Float64Array.of(100), Float64Array.of(10), noise, 1);
    expect(half?.[0]).toBeCloseTo(Math.hypot(6, 10 * 0.3) / 10, 12);
  });

  it('show shares in per cent', () => {
    const share = { ...values, range: { centre: 0.5, half: 0.5 }, times: 100 };
    expect(trueMeans(share, Float64Array.of(1), Float64Array.of(4))[0]).toBe(75);
  });
});

describe('preview of values', () => {
  const bank: PreviewBank = {
    picture: rows,
    param: 'epsilon',
    factor: 0.1,
    unitNoise: new Float32Array(12),
    draws: 2,
    unitHalfWidth95: 3,
    rounded: true,
    nonNegative: true,
    sums: {
      picture: sums,
      base: sums.truth,
      factor: 2,
      unitNoise: Float32Array.of(0, 0, 0, 0, 0, 0, 10, 0, -80, 0, 0, 0),
    },
  };

  it('adds the factor over the parameter times unit noise to the sums', () => {
    expect([...(rescaleSums(bank, 2, 1) ?? [])]).toEqual([0, 30, 20, 100, 0, 0]);
    expect(bankNoise(bank, 2).sums).toEqual({ law: 'laplace', scale: 1, halfWidth95: 3 });
  });

  it('tells what every draw would have said of a place, and how often it comes first', () => {
    const { outcomes, first } = meanOutcomes(values, bank, 2, 1, null);
    expect([...outcomes]).toEqual([100, 80]);
    expect(first).toBe(1);
    expect([...meanOutcomes(values, bank, 2, 2, null).outcomes]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('scale and focus', () => {
  it('keeps broken sensors from flattening the colours', () => {
    const city = Float64Array.from({ length: 60 }, (_, i) => 14 + (i % 7));
    city[3] = -50;
    city[4] = 98;
    expect(valueDomain(city)).toEqual([14, 20]);
    expect(valueDomain(city, 6)).toEqual([10, 25]);
    expect(valueDomain(new Float64Array())).toEqual([0, 1]);
    expect(valueDomain(Float64Array.of(5, Number.NaN))).toEqual([4, 6]);
  });

  it('finds the highest number up to a limit', () => {
    expect(highest(Float64Array.of(Number.NaN, 3, 9, 4))).toBe(2);
    expect(highest(Float64Array.of(Number.NaN, 3, 9, 4), 5)).toBe(3);
    expect(highest(Float64Array.of(Number.NaN))).toBe(-1);
  });
});
