import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as mondrian from '../anonymization/mondrian.ts';
import { rawRelease, someTrips, toyDataset, toyTrips } from '../anonymization/toy-trips.ts';
import { quietContext } from '../kit/context.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { defaultsOf } from '../kit/params.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { makeTable } from '../table/table.ts';
import * as background from './background-knowledge.ts';
import * as homogeneity from './homogeneity.ts';

const ctx = quietContext(seededRng('classes'));
const homogeneous = async (release: Release) =>
  homogeneity.run(release, defaultsOf(homogeneity.descriptor.params), ctx);
const knowing = async (release: Release, excluded: number) =>
  background.run(release, { ...defaultsOf(background.descriptor.params), excluded }, ctx);

/** A table of groups (one quasi-identifier) and secrets. */
function grouped(groups: readonly (readonly number[])[], guarantee?: Guarantee): TableRelease {
  const group = groups.flatMap((secrets, g) => secrets.map(() => g));
  const table = makeTable([
    { kind: 'category', name: 'group', codes: Uint8Array.from(group), levels: groups.map((_, g) => `g${g}`) },
    {
      kind: 'category',
      name: 'disease',
      codes: Uint8Array.from(groups.flat()),
      levels: ['flu', 'cold', 'hiv', 'none'],
    },
  ]);
  const dataset = toyDataset(table, [
    { name: 'group', type: 'category', role: 'quasi-identifier' },
    { name: 'disease', type: 'category', role: 'sensitive' },
  ]);
  return { ...rawRelease(dataset), ...(guarantee === undefined ? {} : { guarantee }) };
}

describe('homogeneity', () => {
  it('counts rows of groups with one secret', async () => {
    const [share, nearly] = await homogeneous(
      grouped([
        [0, 0, 0],
        [1, 2, 1, 1],
        [3, 3],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      ]),
    );
    expect(share?.value).toBeCloseTo(5 / 19, 12);
    expect(nearly?.value).toBeCloseTo(15 / 19, 12);
    expect([share?.baseline, share?.bound]).toEqual([0, undefined]);
  });

  it('is nothing where l different secrets are promised, and says so as a bound', async () => {
    const raw = rawRelease(toyTrips(someTrips(120)));
    const release = await mondrian.run(raw, { ...defaultsOf(mondrian.descriptor.params), k: 5, l: 2 }, ctx);
    const [share] = await homogeneous(release);
    expect([share?.value, share?.bound]).toEqual([0, 0]);
  });

  it('is no news where everybody has the same secret', async () => {
    const [share] = await homogeneous(grouped([[1, 1], [1]]));
    expect([share?.value, share?.baseline]).toEqual([1, 1]);
  });
});

describe('background knowledge', () => {
  it('lets the adversary guess the j + 1 most frequent values of a group', async () => {
    const release = grouped([
      [0, 0, 0, 1, 2],
      [1, 1, 2],
    ]);
    const [none, certainNone, worstNone] = await knowing(release, 0);
    expect(none?.value).toBeCloseTo((3 + 2) / 8, 12);
    expect(none?.baseline).toBeCloseTo(3 / 8, 12);
    expect(certainNone?.value).toBe(0);
    expect(worstNone?.value).toBeCloseTo(2 / 3, 12);
    const [one, certainOne, worstOne, gain] = await knowing(release, 1);
    expect(one?.value).toBeCloseTo((4 + 3) / 8, 12);
    expect(certainOne?.value).toBeCloseTo(3 / 8, 12);
    expect(worstOne?.value).toBe(1);
    expect(gain?.value).toBeCloseTo(2 / 3 / (3 / 8), 12);
  });

  it('succeeds as often as an adversary who is tried row by row', () => {
    const groups = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 7 }), {
      minLength: 1,
      maxLength: 5,
    });
    return fc.assert(
      fc.asyncProperty(groups, fc.integer({ min: 0, max: 3 }), async (table, j) => {
        const [share] = await knowing(grouped(table), j);
        const right = table.reduce((sum, secrets) => {
          const counts = [0, 1, 2, 3].map((v) => ({ v, n: secrets.filter((s) => s === v).length }));
          counts.sort((a, b) => b.n - a.n || a.v - b.v);
          const hits = secrets.filter((truth) => {
            const out = counts.filter(({ v }) => v !== truth).slice(0, j);
            return counts.find((each) => !out.includes(each))?.v === truth;
          });
          return sum + hits.length;
        }, 0);
        expect(share?.value).toBeCloseTo(right / table.flat().length, 12);
      }),
    );
  });

  it('is bounded by recursive diversity and by alpha', async () => {
    const groups = [
      [0, 0, 1, 2],
      [1, 2, 0],
    ];
    const [, certain, worst] = await knowing(
      grouped(groups, {
        kind: 'k-anonymity',
        k: 3,
        models: [{ type: 'recursive-cl', column: 'disease', c: 3, l: 3 }],
      }),
      1,
    );
    expect([certain?.value, certain?.bound]).toEqual([0, 0]);
    expect(worst?.bound).toBeCloseTo(0.75, 12);
    expect(worst?.value).toBeLessThan(0.75);
  });
});
