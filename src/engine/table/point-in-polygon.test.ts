import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { polygonIndex } from './point-in-polygon.ts';

const square = (id: string, west: number, south: number, size: number, hole?: number): unknown => ({
  id,
  geometry: {
    type: 'Polygon',
    coordinates: [
      ring(west, south, size),
      ...(hole === undefined ? [] : [ring(west + (size - hole) / 2, south + (size - hole) / 2, hole)]),
    ],
  },
});
const ring = (west: number, south: number, size: number): number[][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const features = [square('a', 0, 0, 1, 0.5), square('b', 1, 0, 1), square('a', 3, 3, 1)] as never;

describe('polygonIndex', () => {
  const index = polygonIndex(features);

  it('knows inside, outside, holes and repeated ids', () => {
    expect(index.ids).toEqual(['a', 'b']);
    expect(index.locate(0.1, 0.1)).toBe(0);
    expect(index.locate(0.5, 0.5)).toBe(-1);
    expect(index.locate(1.5, 0.5)).toBe(1);
    expect(index.locate(3.5, 3.5)).toBe(0);
    expect(index.locate(2.5, 2.5)).toBe(-1);
    expect(index.locate(Number.NaN, 0)).toBe(-1);
    expect(index.locate(-10, 99)).toBe(-1);
  });

  it('the grid answers as the plain definition does', () => {
    const plain = (x: number, y: number): number => {
      const inA =
        (x > 0 && x < 1 && y > 0 && y < 1 && !(x > 0.25 && x < 0.75 && y > 0.25 && y < 0.75)) ||
        (x > 3 && x < 4 && y > 3 && y < 4);
      return inA ? 0 : x > 1 && x < 2 && y > 0 && y < 1 ? 1 : -1;
    };
    // Off the edges, where both answers are right.
    const coordinate = fc.integer({ min: -500, max: 4500 }).map((k) => k / 1000 + 0.0003);
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        expect(index.locate(x, y)).toBe(plain(x, y));
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('finds the nearest outline within a distance', () => {
    expect(index.nearest(2.001, 0.5, 150)).toBe(1);
    expect(index.nearest(2.001, 0.5, 50)).toBe(-1);
  });

  it('leaves out what is no polygon', () => {
    const odd = polygonIndex([{ id: 'p', geometry: { type: 'Point', coordinates: [0, 0] } }, { geometry: null }]);
    expect(odd.ids).toEqual([]);
    expect(odd.locate(0, 0)).toBe(-1);
  });
});
