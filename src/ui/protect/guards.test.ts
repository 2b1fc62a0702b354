import { describe, expect, it } from 'vitest';
import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import type { Guarantee } from '../../engine/kit/guarantee.ts';
import { guardsOf } from './guards.ts';

const trips = {
  rowUnit: 'trip',
  parts: { entity: 'traveller' },
  columns: [{ name: 'fare', role: 'sensitive' }],
} as unknown as DatasetDescriptor; // only what the guards read

const dp = (over: Partial<Extract<Guarantee, { readonly kind: 'dp' }>>): Guarantee => ({
  kind: 'dp',
  epsilon: 1,
  delta: 0,
  neighbours: 'add-remove',
  unit: 'traveller',
  model: 'central',
  ...over,
});
const kinds = (guarantee: Guarantee, branches = 1): readonly string[] =>
  guardsOf(guarantee, trips, {}, 1000, branches).map(({ kind }) => kind);

describe('misuse guards', () => {
  it('are silent on a sound promise per person', () => expect(kinds(dp({}))).toEqual([]));
  it('warn when a trip is hidden, not a person', () => expect(kinds(dp({ unit: 'trip' }))).toEqual(['unit']));
  it('warn above epsilon 8 and above delta 1 / n', () => {
    expect(kinds(dp({ epsilon: 8 }))).toEqual([]);
    expect(kinds(dp({ epsilon: 8.1, delta: 0.002 }))).toEqual(['epsilon', 'delta']);
  });
  it('warn of groups without diversity, as long as a column is sensitive', () => {
    expect(kinds({ kind: 'k-anonymity', k: 5 })).toEqual(['diversity']);
    expect(kinds({ kind: 'k-anonymity', k: 5, l: { value: 3, column: 'fare' } })).toEqual([]);
    const entropy = { type: 'entropy-l', column: 'fare', l: 2 } as const;
    expect(kinds({ kind: 'k-anonymity', k: 5, models: [entropy] })).toEqual([]);
    expect(kinds({ kind: 'k-anonymity', k: 5, models: [{ type: 'k-map', k: 9 }] })).toEqual(['diversity']);
    const harmless = guardsOf({ kind: 'k-anonymity', k: 5 }, trips, { fare: { role: 'other' } }, 1000, 1);
    expect(harmless).toEqual([]);
  });
  it('warn when several branches release with noise', () => expect(kinds(dp({}), 2)).toEqual(['repeated']));
  it('say when nothing is promised', () => expect(kinds({ kind: 'none', why: 'x' })).toEqual(['none']));
});
