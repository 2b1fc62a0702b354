import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { EngineError } from '../kit/errors.ts';
import { defaultsOf } from '../kit/params.ts';
import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import { releasedClasses } from '../metrics/risk/released-classes.ts';
import { seededRng } from '../rng/rng.ts';
import type { CategoryColumn } from '../table/table.ts';
import * as generalization from './generalization.ts';
import { eachClass } from './models/class-values.ts';
import { makeCriterion } from './models/criteria.ts';
import { sensitiveOfRelease } from './models/sensitive-domain.ts';
import * as mondrian from './mondrian.ts';
import * as suppression from './suppression.ts';
import { rawRelease, toyTrips } from './toy-trips.ts';
import { verifyClasses } from './verify.ts';
import { checkModels } from './verify-models.ts';

/** Releases of the methods themselves, on random trips: 60 in every run, 1,000 in the nightly one. */
const runs = process.env['EPSILON_FULL'] === '1' ? 1000 : 60;
const column = 'fare';

const models: readonly PrivacyModel[] = [
  { type: 'k-anonymity', k: 4 },
  { type: 'distinct-l', column, l: 3 },
  { type: 'entropy-l', column, l: 2.5 },
  { type: 'recursive-cl', column, c: 2, l: 2 },
  { type: 't-closeness', column, t: 0.3, distance: 'equal' },
  { type: 't-closeness', column, t: 0.2, distance: 'ordered' },
  { type: 't-closeness', column, t: 0.3, distance: 'hierarchical' },
  { type: 'delta-disclosure', column, delta: 1.5 },
  { type: 'basic-beta', column, beta: 1.5 },
  { type: 'enhanced-beta', column, beta: 1.5 },
  { type: 'alpha-k', column, alpha: 0.6, k: 3 },
];

const releases = fc.record({
  seed: fc.nat(),
  rows: fc.integer({ min: 12, max: 80 }),
  k: fc.integer({ min: 2, max: 5 }),
  method: fc.constantFrom('mondrian', 'generalization', 'suppression then mondrian'),
});

async function releaseOf({ seed, rows, k, method }: { seed: number; rows: number; k: number; method: string }) {
  const rng = seededRng(seed);
  const trips = Array.from({ length: rows }, () => ({
    zone: String(1 + rng.int(5)),
    to: String(1 + rng.int(3)),
    minute: 60 * rng.int(48),
    fare: Math.min(rng.int(60), rng.int(60)),
    person: `p${rng.int(9)}`,
  }));
  const ctx = quietContext(rng);
  let release: Release = rawRelease(toyTrips(trips));
  if (method === 'suppression then mondrian') {
    const cut = { ...defaultsOf(suppression.descriptor.params), k: 2, quasiIdentifiers: ['zone', 'to'] };
    release = await suppression.run(release, cut, ctx);
  }
  const split = { ...defaultsOf(mondrian.descriptor.params), k, l: 1 };
  const level = { ...defaultsOf(generalization.descriptor.params), k };
  release =
    method === 'generalization'
      ? await generalization.run(release, level, ctx)
      : await mondrian.run(release, split, ctx);
  if (release.kind !== 'table') throw new Error('a table was expected');
  return { release, rng };
}

/** The criteria's verdict on the classes of the released labels. */
function holds(release: TableRelease, model: PrivacyModel): boolean {
  const { domain, codes } = sensitiveOfRelease(release, column);
  const criterion = makeCriterion(model, domain);
  let good = true;
  eachClass(releasedClasses(release, release.quasiIdentifiers), codes, domain.size, (cls) => {
    good &&= criterion.holds(criterion.measure(cls));
  });
  return good;
}

/** Row `to` takes over the quasi-identifiers of row `from`: one row moves to another class. */
const moved = (release: TableRelease, from: number, to: number): TableRelease => ({
  ...release,
  table: {
    ...release.table,
    columns: release.table.columns.map((each) => {
      if (!release.quasiIdentifiers.includes(each.name)) return each;
      const cells = each as CategoryColumn;
      return { ...cells, codes: cells.codes.map((code, i) => (i === to ? (cells.codes[from] as number) : code)) };
    }),
  },
});

describe('the checker on releases of the methods', () => {
  it(`proves their claims, and agrees with the criteria on every model, before and after a row moved (${runs} tables)`, async () => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(releases, async (given) => {
        const made = await releaseOf(given).catch((error: unknown) => {
          if (error instanceof EngineError && error.code === 'infeasible') return undefined;
          throw error;
        });
        if (made === undefined || made.release.table.rows === 0) return;
        tried += 1;
        const { release, rng } = made;
        expect(verifyClasses(release, release.guarantee)).toEqual([]);
        const other = moved(release, rng.int(release.table.rows), rng.int(release.table.rows));
        for (const one of [release, other]) {
          const checks = checkModels(one, models);
          expect(checks.every((check) => check.unproved === undefined)).toBe(true);
          expect(checks.map((check) => check.holds)).toEqual(models.map((model) => holds(one, model)));
        }
      }),
      { numRuns: runs },
    );
    expect(tried).toBeGreaterThan(runs / 2);
  }, 300_000);
});
