import { describe, expect, it } from 'vitest';
import type { CountsPicture } from '../../engine/kit/picture.ts';
import type { PreviewBank } from '../../engine/kit/technique.ts';
import { text } from '../../engine/kit/text.ts';
import {
  byHour,
  byPlace,
  dialFor,
  firstRankShare,
  gridOf,
  halfWidthOf,
  outcomesOf,
  rescale,
  type Grid,
} from './grid.layout.ts';

const picture: CountsPicture = {
  view: 'counts',
  id: 'location',
  label: text('Zone and hour'),
  unit: 'trip',
  dims: [
    { column: 'zone', label: text('Zone'), levels: ['a', 'b'] },
    { column: 'time', label: text('Hour'), levels: ['00', '01', '02'] },
  ],
  truth: Float64Array.of(1, 2, 3, 10, 20, 30),
  released: Float64Array.of(1, 2, 3, 10, 20, 30),
  noise: { law: 'laplace', scale: 2, halfWidth95: 6 },
};
const bank: PreviewBank = {
  picture,
  param: 'epsilon',
  factor: 1,
  unitNoise: Float32Array.of(1, 1, 1, 1, 1, 1, -4, 0, 0, 0, 0, 0.4),
  draws: 2,
  unitHalfWidth95: 3,
  rounded: true,
  nonNegative: true,
};

describe('grid', () => {
  const grid = gridOf([picture], { place: 'zone', time: 'time' }) as Grid;
  it('sums the chosen hours per place and the chosen place per hour', () => {
    expect([...byPlace(grid, picture.truth, { from: 1, to: 2 })]).toEqual([5, 50]);
    expect([...byHour(grid, picture.truth, 1)]).toEqual([10, 20, 30]);
    expect([...byHour(grid, picture.truth, null)]).toEqual([11, 22, 33]);
  });
  it('rescales unit noise by the parameter, rounds, and cuts at zero', () => {
    expect([...rescale(bank, 1, 0)]).toEqual([2, 3, 4, 11, 21, 31]);
    expect([...rescale(bank, 2, 1)]).toEqual([0, 2, 3, 10, 20, 30]);
  });
  it('gives one possible outcome per draw', () => {
    expect([...outcomesOf(grid, bank, 1, 0, null)]).toEqual([9, 5]);
    expect(firstRankShare(grid, bank, 1, 1, null)).toBe(1);
  });
  it('widens with the number of cells summed', () => {
    expect(halfWidthOf(picture.noise, 1)).toBe(6);
    expect(halfWidthOf(picture.noise, 4)).toBeCloseTo(1.96 * Math.SQRT2 * 2 * 2, 10);
  });
});

describe('solving for the parameter', () => {
  const range = { min: 0.01, max: 20 };

  it('halves the error by doubling epsilon', () => {
    expect(dialFor(1, 14, 7, range)).toBe(2);
  });

  it('rounds towards the smaller error and keeps three digits', () => {
    expect(dialFor(1, 14, 13, range)).toBe(1.08);
  });

  it('stays in the range of the parameter', () => {
    expect(dialFor(1, 14, 0.001, range)).toBe(20);
    expect(dialFor(1, 14, 1e9, range)).toBe(0.01);
  });
});
