import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as generalization from '../anonymization/generalization.ts';
import * as mondrian from '../anonymization/mondrian.ts';
import { rawRelease, someTrips, toyDataset, toyTrips } from '../anonymization/toy-trips.ts';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { seededRng } from '../rng/rng.ts';
import { makeTable } from '../table/table.ts';
import { arrangements } from './arrangements.ts';
import type { KnownClass, Rule } from './minimality-class.ts';
import { descriptor, run } from './minimality.ts';
import { beliefAfterCutting, beliefAfterLevels } from './minimality-posterior.ts';

const ctx = quietContext(seededRng('minimality'));
const rng = seededRng('arrangements');
const attack = async (release: Release): Promise<readonly Score[]> => run(release, defaultsOf(descriptor.params), ctx);

/** A class of groups in one column, by rows of each group with each secret. */
function classOf(truth: readonly (readonly number[])[]): KnownClass {
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const values = truth[0]?.length ?? 0;
  return {
    groups: Uint32Array.from(truth, sum),
    counts: Uint32Array.from({ length: values }, (_, v) => sum(truth.map((row) => row[v] ?? 0))),
    codes: [Uint32Array.from(truth.keys())],
    truth: Uint32Array.from(truth.flat()),
    size: sum(truth.flat()),
  };
}

/** At most half of a part may have the sensitive value, which is value 0: the simplified 2-diversity of Wong et al. */
const halfSensitive: Rule = { k: 1, diverse: (counts) => 2 * (counts[0] ?? 0) <= counts.reduce((a, b) => a + b, 0) };
const twoValues: Rule = { k: 2, diverse: (counts) => counts.filter((count) => count > 0).length >= 2 };

describe('the example of Wong, Fu, Wang and Pei (2007)', () => {
  it('tells that both people of q1 have the disease', async () => {
    // Table 1 (b): q1 HIV, q1 HIV, and five q2 without. Published: seven Q, two of them with HIV.
    const cls = classOf([
      [2, 0],
      [0, 5],
    ]);
    const beliefs = await beliefAfterLevels([{ cls, parts: Uint32Array.of(0, 1) }], halfSensitive, rng, async () => {});
    // With none or one HIV in q1, q1 and q2 would have been published as they are.
    expect(Array.from(beliefs?.[0]?.probability ?? [])).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(0, 12),
      expect.closeTo(0, 12),
      expect.closeTo(1, 12),
    ]);
    const cut = beliefAfterCutting(cls, halfSensitive, rng);
    expect(cut?.probability[0]).toBeCloseTo(1, 12);
    expect(cut?.exact).toBe(true);
  });

  it('tells less of one class where another may have been the reason', async () => {
    const one = classOf([
      [2, 0],
      [0, 5],
    ]);
    const parts = Uint32Array.of(0, 1);
    const beliefs = await beliefAfterLevels(
      [
        { cls: one, parts },
        { cls: one, parts },
      ],
      halfSensitive,
      rng,
      async () => {},
    );
    // a = 20/21 without a violation, of which 1/2 put one of two HIV... P = (2/7 - J a) / (1 - a^2), J = (10 * 1/2) / 21.
    const a = 20 / 21;
    expect(beliefs?.[0]?.probability[0]).toBeCloseTo((2 / 7 - (5 / 21) * a) / (1 - a * a), 12);
  });
});

describe('arrangements', () => {
  it('counted and drawn are those a list of all permutations gives', () => {
    const matrices = fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        matrices.filter((m) => m.every((row) => row.some((x) => x > 0))),
        (truth) => {
          const cls = classOf(truth);
          const few = (held: Uint32Array): boolean => (held[0] ?? 0) <= 1;
          const found = arrangements(cls, few, rng);
          const groupOf = [...cls.groups].flatMap((n, g) => Array.from({ length: n }, () => g));
          const all = permutations([...cls.counts].flatMap((n, v) => Array.from({ length: n }, () => v)));
          const inFirst = (secrets: readonly number[]) => secrets.filter((v, i) => v === 0 && groupOf[i] === 0).length;
          const good = all.filter((secrets) => inFirst(secrets) <= 1);
          expect(found.exact).toBe(true);
          expect(found.consistent).toBeCloseTo(good.length / all.length, 10);
          const firstHasZero = good.filter((secrets) => secrets[0] === 0).length;
          expect(found.joint[0]).toBeCloseTo(firstHasZero / all.length, 10);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are drawn for a large class, close to what counting would give', () => {
    const truth = Array.from({ length: 40 }, (_, g) => [1, 1, 1, 1, 1, g % 2]);
    const found = arrangements(classOf(truth), () => true, rng);
    expect(found.exact).toBe(false);
    // Mean of 1,000 draws of a share near 0.18: standard deviation 0.005.
    expect(found.joint[0]).toBeCloseTo(40 / 220, 1);
  });
});

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

describe('minimality', () => {
  it('never guesses worse than the class alone in an uncut group, on average over all arrangements', () => {
    // Groups of 2, 2 and 3 rows with secrets a a a a b b c: summed over the true arrangements that stay uncut.
    const groups = [2, 2, 3];
    const all = permutations([0, 0, 0, 0, 1, 1, 2]);
    let right = 0;
    let tries = 0;
    const seen = new Set<string>();
    for (const secrets of all) {
      const truth = groups.map(() => [0, 0, 0]);
      groups
        .flatMap((n, g) => Array.from({ length: n }, () => g))
        .forEach((g, i) => {
          const row = truth[g] as number[];
          const v = secrets[i] as number;
          row[v] = (row[v] ?? 0) + 1;
        });
      const key = truth.flat().join();
      if (seen.has(key)) continue;
      seen.add(key);
      const cls = classOf(truth);
      const belief = beliefAfterCutting(cls, twoValues, rng);
      if (belief === undefined) continue;
      const best = Array.from({ length: 3 }, (_, v) => belief.probability[v] ?? 0);
      right += (truth[0]?.[best.indexOf(Math.max(...best))] ?? 0) / 2;
      tries += 1;
    }
    expect(tries).toBeGreaterThan(1);
    expect(right / tries).toBeGreaterThan(0.3);
  });

  it('reads a Mondrian release, and gains on it', async () => {
    const raw = rawRelease(toyTrips(someTrips(150).map((trip, i) => ({ ...trip, fare: i % 9 < 7 ? 5 : 15 }))));
    const release = await mondrian.run(raw, { ...defaultsOf(mondrian.descriptor.params), k: 2, l: 2 }, ctx);
    const [guess, certain] = await attack(release);
    expect(guess?.method.en).toContain('No group could be cut further');
    expect(guess?.value).toBeGreaterThanOrEqual((guess?.baseline ?? 1) - 1e-9);
    expect(certain?.baseline).toBe(0);
  });

  it('reads a full-domain release of one class as Wong et al. do', async () => {
    const table = makeTable([
      { kind: 'category', name: 'q', codes: Uint8Array.of(0, 0, 1, 1, 1, 1, 1), levels: ['q1', 'q2'] },
      { kind: 'category', name: 'disease', codes: Uint8Array.of(0, 0, 1, 1, 1, 1, 1), levels: ['HIV', 'none'] },
    ]);
    const dataset = toyDataset(table, [
      { name: 'q', type: 'category', role: 'quasi-identifier' },
      { name: 'disease', type: 'category', role: 'sensitive' },
    ]);
    const plain = (await generalization.run(
      rawRelease(dataset),
      { levels: { q: 1 }, k: 2, leftOut: 0, quasiIdentifiers: [] },
      ctx,
    )) as TableRelease;
    const release: TableRelease = {
      ...plain,
      guarantee: { kind: 'k-anonymity', k: 2, l: { value: 2, column: 'disease' } },
    };
    const [guess] = await attack(release);
    // Distinct 2 is also broken when q1 has no HIV at all (10 arrangements) beside both (1): nobody in q1 is surely ill.
    expect(guess?.method.en).toContain('q was not released one level lower');
    expect(guess?.value).toBeCloseTo(5 / 7, 12);
  });

  it('refuses to reason where nothing was promised, or the release is coarser than needed', async () => {
    const raw = rawRelease(toyTrips(someTrips(60)));
    const [plain] = await attack(raw);
    expect(plain?.value).toBe(plain?.baseline);
    const alone = await mondrian.run(raw, { ...defaultsOf(mondrian.descriptor.params), k: 5, l: 1 }, ctx);
    await expect(attack(alone)).rejects.toMatchObject({ code: 'unsupported' });
    const release = await mondrian.run(raw, { ...defaultsOf(mondrian.descriptor.params), k: 10, l: 2 }, ctx);
    const coarse: Release = { ...release, guarantee: { kind: 'k-anonymity', k: 3, l: { value: 2, column: 'fare' } } };
    await expect(attack(coarse)).rejects.toMatchObject({ code: 'unsupported' });
  });
});
