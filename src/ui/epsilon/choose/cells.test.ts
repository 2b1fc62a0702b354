import { describe, expect, it } from 'vitest';
import type { PreviewBank } from '../../../engine/kit/technique.ts';
import { text } from '../../../engine/kit/text.ts';
import { epsilonFor, lawErrors, noiseAt, simulatedError, usableShare } from './cells.ts';

const truth = Float64Array.of(400, 120, 90, 0);
const picture = {
  view: 'counts',
  id: 'location',
  label: text('Rows', 'Filas'),
  unit: 'trip',
  dims: [{ column: 'place', label: text('Place', 'Lugar'), levels: ['a', 'b', 'c', 'd'] }],
  truth,
  released: truth,
  noise: { law: 'laplace', scale: 1, halfWidth95: 3 },
} as const;
const bank: PreviewBank = {
  picture,
  param: 'epsilon',
  factor: 1,
  unitNoise: Float32Array.of(1, -1, 2, -2, -1, 1, -2, 2),
  draws: 2,
  unitHalfWidth95: 3,
  rounded: false,
  nonNegative: false,
};
const range = { min: 0.01, max: 20 };
/** Noise that falls with the square root of epsilon, as points of a curve. */
const curved: PreviewBank = {
  ...bank,
  curve: { at: Float64Array.of(0.01, 1, 20), scale: Float64Array.of(10, 1, 0.2236068) },
};

describe('cells of a possible release', () => {
  it('have noise that falls with epsilon by the law of the bank', () => {
    expect(noiseAt(bank, 2, picture)).toEqual({ law: 'laplace', scale: 0.5, halfWidth95: 1.5 });
    expect(noiseAt(curved, 0.01, picture)?.halfWidth95).toBeCloseTo(30, 9);
    expect(noiseAt(null, 2, picture)).toBe(picture.noise);
  });

  it('take the epsilon that an error asks for, for either form of bank', () => {
    expect(epsilonFor(bank, 1, 3, 6, range)).toBeCloseTo(0.5, 12);
    const epsilon = epsilonFor(curved, 1, 3, 6, range);
    expect(noiseAt(curved, epsilon, picture)?.halfWidth95).toBeCloseTo(6, 6);
  });

  it('err by the law, and as drawn', () => {
    expect(lawErrors(bank, [0.5, 2]).map(({ error }) => error)).toEqual([2, 0.5]);
    expect(lawErrors(curved, [1])[0]?.error).toBeCloseTo(1.5, 6);
    expect(simulatedError(bank, 1, 2)).toEqual({ mean: 1.5, low: 1.5, high: 1.5 });
  });

  it('count the places that are right to within a share', () => {
    const grid = { places: ['a', 'b', 'c', 'd'], hours: 1, hourLabels: [''], picture, placeStride: 1, hourStride: 1 };
    expect(usableShare(grid, 6, null, 100, 0.05)).toEqual({ usable: 2, of: 2 });
    expect(usableShare(grid, 7, null, 100, 0.05)).toEqual({ usable: 1, of: 2 });
  });
});
