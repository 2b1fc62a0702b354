import { describe, expect, it } from 'vitest';
import { text } from '../../engine/kit/text.ts';
import type { CountsPicture } from '../../engine/kit/picture.ts';
import { gridOf } from '../explore/grid.layout.ts';
import { hourly, placely } from './counts.layout.ts';

const picture = (id: string): CountsPicture => ({
  view: 'counts',
  id,
  label: text('x', 'x'),
  unit: '°C',
  dims: [
    { column: 'node', label: text('Node', 'Nodo'), levels: ['a', 'b'] },
    { column: 'time', label: text('Hour', 'Hora'), levels: ['0', '12'] },
  ],
  truth: Float64Array.of(10, 20, Number.NaN, 8),
  released: Float64Array.of(12, 22, 99, 6),
  suppressed: Uint8Array.of(0, 0, 1, 0),
});
const gridFor = (id: string) => {
  const grid = gridOf([picture(id)], { place: 'node', time: 'time' });
  if (grid === undefined) throw new Error('no grid');
  return grid;
};

describe('means on a map', () => {
  it('are averaged over the hours and places that are known, counts are added up', () => {
    const grid = gridFor('mean');
    expect([...placely(grid, grid.picture.truth, null)]).toEqual([15, 8]);
    expect([...placely(grid, grid.picture.released, null)]).toEqual([17, 6]);
    expect([...placely(grid, grid.picture.truth, { from: 0, to: 0 })]).toEqual([10, Number.NaN]);
    expect([...hourly(grid, grid.picture.released, null)]).toEqual([12, 14]);
    expect([...hourly(grid, grid.picture.truth, 1)]).toEqual([0, 8]);
    const counts = gridFor('location');
    expect([...placely(counts, counts.picture.released, null)]).toEqual([34, 105]);
  });
});
