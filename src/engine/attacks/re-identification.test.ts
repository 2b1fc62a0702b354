import { describe, expect, it } from 'vitest';
import * as generalization from '../anonymization/generalization.ts';
import * as mondrian from '../anonymization/mondrian.ts';
import * as pseudonyms from '../anonymization/pseudonyms.ts';
import { rawRelease, someTrips, toyTrips } from '../anonymization/toy-trips.ts';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { Release } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { descriptor, run } from './re-identification.ts';

const ctx = quietContext(seededRng('attack'));
const raw = rawRelease(toyTrips(someTrips(120)));
const attack = async (release: Release, options: Partial<ReturnType<typeof settings>> = {}) => {
  const scores = await run(release, { ...settings(), ...options }, ctx);
  return Object.fromEntries(scores.map((score) => [score.id.slice('re-identification/'.length), score]));
};
const settings = () => ({ ...defaultsOf(descriptor.params), targets: 120 });

describe('re-identification', () => {
  it('finds nearly every trip of a raw table, with or without names', async () => {
    const plain = await attack(raw, { precision: 'minute' });
    const coded = await attack(await pseudonyms.run(raw, { method: 'token', columns: [] }, ctx), {
      precision: 'minute',
    });
    expect(plain.expected?.value).toBe(1);
    expect(coded.expected?.value).toBe(1);
    expect(plain['singled-out']?.value).toBe(1);
    expect(plain.success?.interval?.low).toBeGreaterThan(0.95);
    expect(plain.success?.baseline).toBeCloseTo(1 / 120, 12);
  });

  it('stays below 1/k against a k-anonymous release, whatever the precision', async () => {
    for (const precision of ['minute', 'hour', 'day'] as const) {
      const release = await mondrian.run(raw, { ...defaultsOf(mondrian.descriptor.params), k: 5, l: 2 }, ctx);
      const { expected } = await attack(release, { precision });
      expect(expected?.bound).toBe(0.2);
      expect(expected?.value).toBeLessThanOrEqual(0.2);
      expect(expected?.value).toBeGreaterThan(0);
    }
  });

  it('counts suppressed targets as not found, and equals the mean of 1 / matching rows', async () => {
    const release = await generalization.run(
      raw,
      { levels: { zone: 1, to: 1, when: 3 }, k: 4, leftOut: 0.05, quasiIdentifiers: [] },
      ctx,
    );
    if (release.kind !== 'table' || release.classOf === undefined) throw new Error('no table');
    const sizes = new Map<number, number>();
    for (const c of release.classOf) sizes.set(c, (sizes.get(c) ?? 0) + 1);
    const { expected, population } = await attack(release, { precision: 'minute', fraction: 0.1 });
    // Each class of s kept rows adds s * 1/s, so the mean over all 120 targets is classes / 120.
    expect(expected?.value).toBeCloseTo(sizes.size / 120, 12);
    expect(population?.value).toBeCloseTo(sizes.size / 1200, 12);
    expect(population?.of).toBe('population');
  });

  it('guesses the secret from the group, and never reads the row it was not given', async () => {
    const alone = await attack(raw, { precision: 'minute' });
    expect(alone.secret?.value).toBe(1);
    const grouped = await attack(
      await mondrian.run(raw, { ...defaultsOf(mondrian.descriptor.params), k: 30, l: 3 }, ctx),
    );
    expect(grouped.secret?.value).toBeLessThan(0.6);
    const known = await attack(raw, { known: ['zone'] });
    expect(known.expected?.value).toBeCloseTo(5 / 120, 12);
  });
});
