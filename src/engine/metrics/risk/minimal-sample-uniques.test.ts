import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costMeter, quietContext } from '../../kit/context.ts';
import { cancelled } from '../../kit/errors.ts';
import { defaultsOf } from '../../kit/params.ts';
import { seededRng } from '../../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../../testing/tiny-dataset.ts';
import type { KeyColumn } from './frequency-counts.ts';
import { disScores, intruderMatch, minimalSampleUniques } from './minimal-sample-uniques.ts';
import * as suda2 from './suda2.ts';

const ctx = quietContext(seededRng('suda'));
const MISSING = 3;

const keysOf = (rows: readonly (readonly number[])[]): readonly KeyColumn[] =>
  (rows[0] ?? []).map((_, j) => ({
    codes: Uint32Array.from(rows, (row) => row[j] as number),
    count: MISSING + 1,
    missing: MISSING,
  }));

/** By definition: every set of columns of every row, smaller ones first. */
function plainUniques(rows: readonly (readonly number[])[], m: number): readonly (readonly number[])[] {
  const sets = Array.from({ length: 2 ** m - 1 }, (_, i) => i + 1);
  const size = (set: number) => [...set.toString(2)].filter((bit) => bit === '1').length;
  const cells = (row: readonly number[], set: number) => row.filter((_, j) => (set & (1 << j)) !== 0);
  sets.sort((a, b) => size(a) - size(b));
  return rows.map((row) => {
    const found: number[] = [];
    for (const set of sets) {
      const own = cells(row, set);
      const alike = rows.filter((other) => cells(other, set).join() === own.join()).length;
      if (alike !== 1 || own.includes(MISSING) || found.some((part) => (part & set) === part)) continue;
      found.push(set);
    }
    return found.map(size);
  });
}

describe('minimal sample uniques', () => {
  it('are those of the definition, and score (m - k)! each', async () => {
    const tables = fc
      .integer({ min: 1, max: 4 })
      .chain((m) =>
        fc.array(fc.array(fc.nat(MISSING), { minLength: m, maxLength: m }), { minLength: 1, maxLength: 14 }),
      );
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const m = rows[0]?.length ?? 0;
        const found = await minimalSampleUniques(keysOf(rows), rows.length, 'factorial', m, ctx);
        const plain = plainUniques(rows, m);
        expect([...found.uniques]).toEqual(plain.map((sizes) => sizes.length));
        expect([...found.smallest]).toEqual(plain.map((sizes) => sizes[0] ?? 0));
        const factorial = [1, 1, 2, 6];
        expect([...found.score]).toEqual(
          plain.map((sizes) => sizes.reduce((sum, k) => sum + (factorial[m - k] ?? 0), 0)),
        );
      }),
    );
  });

  it('share their score among the columns they need', async () => {
    const rows = [
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 2],
    ];
    const found = await minimalSampleUniques(keysOf(rows), 4, 'factorial', 3, ctx);
    // Row 0 stands out by column 2 (2! points) and by columns 0 and 1 together (1 point).
    expect([found.score[0], found.contribution[2]?.[0], found.contribution[0]?.[0]]).toEqual([3, 2 / 3, 1 / 3]);
    const other = await minimalSampleUniques(keysOf(rows), 4, 'subsets', 3, ctx);
    expect(other.score[0]).toBeCloseTo((2 ** 2 - 1) / 3 + (2 - 1) / 3, 12);
  });

  it('of one column at a time are no more than all of them', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i % 3, i % 2, i < 2 ? i : 2]);
    const all = await minimalSampleUniques(keysOf(rows), 40, 'factorial', 3, ctx);
    const few = await minimalSampleUniques(keysOf(rows), 40, 'factorial', 1, ctx);
    expect(few.score.every((score, i) => score <= (all.score[i] as number))).toBe(true);
  });

  it('can be stopped between two sets of columns', async () => {
    let calls = 0;
    const stopping = {
      rng: ctx.rng,
      cost: costMeter(),
      checkpoint: async () => {
        calls += 1;
        if (calls === 3) throw cancelled();
      },
    };
    const work = minimalSampleUniques(keysOf([[0, 1, 2]]), 1, 'factorial', 3, stopping);
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('DIS scores', () => {
  it('rank rows as their scores do, and are the chance of a match where all scores are equal', () => {
    const match = intruderMatch(10, 20, 0.1) ?? 0;
    expect(match).toBeCloseTo(1 / 19, 12);
    const equal = disScores(
      Float64Array.from({ length: 10 }, () => 3),
      8,
      10,
      match,
    );
    expect(equal[0]).toBeCloseTo(match, 12);
    const ranked = disScores(Float64Array.of(1, 2, 0, 9), 8, 3, match);
    expect([ranked[2], (ranked[0] ?? 1) < (ranked[1] ?? 0), (ranked[1] ?? 1) < (ranked[3] ?? 0)]).toEqual([
      0,
      true,
      true,
    ]);
  });

  it('say nothing where no row is alone or in a pair', () => {
    expect(intruderMatch(0, 0, 0.1)).toBeUndefined();
    expect([...disScores(Float64Array.of(0, 0), 2, 0, undefined)]).toEqual([0, 0]);
  });
});

describe('suda2', () => {
  it('keeps what it counted in the table apart from what it says of the population', async () => {
    const params = { ...defaultsOf(suda2.descriptor.params), precision: 'day' as const };
    const scores = await suda2.run(tinyRelease(tinyDataset(300)), params, ctx);
    const of = (id: string) => scores.find((score) => score.id === id)?.of;
    expect([of('suda2/special'), of('suda2/match'), of('suda2/highest')]).toEqual([
      'sample',
      'population',
      'population',
    ]);
  });

  it('refuses more than twelve columns in a sentence', async () => {
    const source = tinyRelease(tinyDataset(10));
    const names = Array.from({ length: 13 }, (_, i) => `column ${i}`);
    const columns = names.map((name) => ({ kind: 'integer' as const, name, values: new Uint8Array(10) }));
    const wide = { ...source, table: { rows: 10, columns }, quasiIdentifiers: names };
    const params = { ...defaultsOf(suda2.descriptor.params), known: names };
    await expect(suda2.run(wide, params, ctx)).rejects.toMatchObject({ code: 'infeasible' });
  });
});
