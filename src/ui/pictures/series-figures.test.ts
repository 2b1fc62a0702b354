import { describe, expect, it } from 'vitest';
import type { SeriesPicture } from '../../engine/kit/picture.ts';
import { text } from '../../engine/kit/text.ts';
import { seriesFigures } from './series-figures.ts';

const picture: SeriesPicture = {
  view: 'series',
  id: 'x',
  label: text('x'),
  unit: 'trip',
  stepUnit: 'day',
  steps: ['a', 'b', 'c', 'd'],
  done: 3,
  truth: Float64Array.of(10, 20, 30, 0),
  released: Float64Array.of(13, 20, 26, 0),
  halfWidth95: Float64Array.of(2, 2, 0, 0),
};

describe('figures of a series', () => {
  it('count the bands that hold the truth among steps that have one, and leave steps to come out', () => {
    expect(seriesFigures(picture)).toEqual({ done: 3, banded: 2, inside: 1, fresh: 3, error: Math.sqrt(25 / 3) });
  });
  it('count fresh answers, and say nothing before the first', () => {
    expect(seriesFigures({ ...picture, fresh: Uint8Array.of(1, 0, 0, 0) }).fresh).toBe(1);
    expect(seriesFigures({ ...picture, done: 0 })).toEqual({ done: 0, banded: 0, inside: 0, fresh: 0, error: 0 });
  });
});
