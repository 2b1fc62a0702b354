import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import type { EngineError } from '../kit/errors.ts';
import { defaultsOf } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { groupRows } from '../table/group.ts';
import { cellText } from '../table/table.ts';
import { makeCriterion } from './models/criteria.ts';
import { descriptor, run, verify } from './mondrian.ts';
import { mondrianPartition } from './mondrian-partition.ts';
import { rawRelease, someTrips, toyDataset, toyTrips } from './toy-trips.ts';
import { achievedClasses } from './verify.ts';

const ctx = quietContext(seededRng('mondrian'));
const settings = { ...defaultsOf(descriptor.params), k: 2, l: 1 };

const cases = fc
  .record({
    rows: fc.integer({ min: 2, max: 120 }),
    sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
    values: fc.integer({ min: 1, max: 6 }),
    k: fc.integer({ min: 1, max: 12 }),
    l: fc.integer({ min: 1, max: 4 }),
    relaxed: fc.boolean(),
    seed: fc.nat(),
  })
  .map((given) => {
    const rng = seededRng(given.seed);
    const draw = (size: number): Uint32Array => Uint32Array.from({ length: given.rows }, () => rng.int(size));
    return { ...given, columns: given.sizes.map(draw), secret: draw(given.values) };
  })
  .filter((given) => given.k <= given.rows && new Set(given.secret).size >= given.l);

/** t-closeness with equal distances, as a criterion and as a plain check of some rows. */
function closeness(secret: Uint32Array, size: number, t: number) {
  const shares = (rows: readonly number[]): number[] =>
    Array.from({ length: size }, (_, v) => rows.filter((row) => secret[row] === v).length / rows.length);
  const all = shares(Array.from(secret.keys()));
  const overall = Uint32Array.from(all, (share) => Math.round(share * secret.length));
  const column = { column: 's', size, labels: all.map(String), overall, rows: secret.length };
  return {
    domain: makeCriterion({ type: 't-closeness', column: 's', t, distance: 'equal' }, column),
    holds: (rows: readonly number[]): boolean =>
      shares(rows).reduce((sum, share, v) => sum + Math.abs(share - (all[v] as number)), 0) / 2 <= t + 1e-9,
  };
}

describe('mondrianPartition', () => {
  it('gives classes of at least k rows with at least l values whose boxes hold their rows, on random tables', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const sensitive = { codes: given.secret, size: given.values };
        const out = await mondrianPartition({ ...given, sensitive }, ctx);
        for (let c = 0; c < out.count; c += 1) {
          const rows = Array.from(out.classOf.keys()).filter((row) => out.classOf[row] === c);
          expect(rows.length).toBe(out.sizes[c]);
          expect(rows.length).toBeGreaterThanOrEqual(given.k);
          expect(new Set(rows.map((row) => given.secret[row])).size).toBeGreaterThanOrEqual(given.l);
          given.columns.forEach((codes, j) => {
            const inside = rows.map((row) => codes[row] as number);
            expect(out.low[c * given.columns.length + j]).toBe(Math.min(...inside));
            expect(out.high[c * given.columns.length + j]).toBe(Math.max(...inside));
          });
        }
      }),
      { numRuns: 400 },
    );
  });

  it('leaves no class that a strict cut could still divide', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const out = await mondrianPartition(
          { ...given, relaxed: false, sensitive: { codes: given.secret, size: given.values } },
          ctx,
        );
        for (let c = 0; c < out.count; c += 1) {
          const rows = Array.from(out.classOf.keys()).filter((row) => out.classOf[row] === c);
          for (const codes of given.columns) {
            for (const cut of new Set(rows.map((row) => codes[row] as number))) {
              const left = rows.filter((row) => (codes[row] as number) <= cut);
              const right = rows.filter((row) => (codes[row] as number) > cut);
              const good = (part: number[]): boolean =>
                part.length >= Math.max(1, given.k) && new Set(part.map((row) => given.secret[row])).size >= given.l;
              expect(good(left) && good(right)).toBe(false);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is idempotent: cutting its own classes again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const input = { ...given, relaxed: false, sensitive: { codes: given.secret, size: given.values } };
        const once = await mondrianPartition(input, ctx);
        const width = given.columns.length;
        const blurred = given.columns.map((_, j) =>
          Uint32Array.from(once.classOf, (c) => once.low[c * width + j] as number),
        );
        const twice = await mondrianPartition({ ...input, columns: blurred }, ctx);
        // Blurred rows of one class are equal, so a second pass can only keep or join classes.
        const pairs = groupRows([once.classOf, twice.classOf], [once.count, twice.count]);
        expect(pairs.count).toBe(once.count);
      }),
      { numRuns: 150 },
    );
  });
});

describe('mondrian', () => {
  it('releases readable labels that prove k and l again', async () => {
    const dataset = toyTrips(someTrips(60));
    const out = (await run(rawRelease(dataset), { ...settings, k: 5, l: 2 }, ctx)) as TableRelease;
    expect(out.guarantee).toEqual({ kind: 'k-anonymity', k: 5, l: { value: 2, column: 'fare' } });
    expect(verify(out, out.guarantee)).toEqual([]);
    expect(achievedClasses(out, 'fare').k).toBeGreaterThanOrEqual(5);
    expect(out.table.columns.map((column) => column.name)).toEqual(['zone', 'to', 'when', 'fare']);
    const zone = out.table.columns[0];
    expect(zone === undefined ? '' : String(cellText(zone, 0))).toMatch(/Manhattan|Queens|\*|^\d$/);
    const counts = out.pictures.find((picture) => picture.view === 'counts');
    const total = counts?.view === 'counts' ? counts.released.reduce((a, b) => a + b, 0) : 0;
    expect(total).toBeCloseTo(60, 9);
  });

  it('keeps every further model, for two sensitive columns and both kinds of cuts, as the checker sees it', async () => {
    for (const further of descriptor.params.further.options.map((option) => option.value)) {
      for (const mode of ['strict', 'relaxed'] as const) {
        const params = {
          ...settings,
          k: 3,
          l: 2,
          mode,
          further,
          t: 0.25,
          gain: 1.5,
          alpha: 0.6,
          alsoSensitive: ['to'],
        };
        const attempt = run(rawRelease(toyTrips(someTrips(240))), params, ctx);
        const out = await attempt.catch((error: EngineError) => error);
        if (out instanceof Error) expect((out as EngineError).code, further).toMatch(/infeasible|invalid-data/);
        else expect(verify(out, out.guarantee), `${further} ${mode}`).toEqual([]);
      }
    }
  });

  it('leaves no class that a strict cut under closeness could still divide', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.double({ min: 0.05, max: 0.6, noNaN: true }), async (given, t) => {
        const { domain, holds } = closeness(given.secret, given.values, t);
        const further = [{ codes: given.secret, size: given.values, criteria: [domain] }];
        const out = await mondrianPartition({ ...given, l: 1, relaxed: false, further }, ctx);
        for (let c = 0; c < out.count; c += 1) {
          const rows = Array.from(out.classOf.keys()).filter((row) => out.classOf[row] === c);
          expect(rows.length >= given.k && holds(rows)).toBe(true);
          for (const codes of given.columns) {
            for (const cut of new Set(rows.map((row) => codes[row] as number))) {
              const left = rows.filter((row) => (codes[row] as number) <= cut);
              const right = rows.filter((row) => (codes[row] as number) > cut);
              const good = (part: number[]): boolean => part.length >= Math.max(1, given.k) && holds(part);
              expect(good(left) && good(right)).toBe(false);
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is refused by the verifier when a row is moved to a class of its own', async () => {
    const dataset = toyTrips(someTrips(60));
    const out = (await run(rawRelease(dataset), { ...settings, k: 5, l: 2 }, ctx)) as TableRelease;
    const columns = out.table.columns.map((column) => {
      if (column.kind !== 'category' || column.name !== 'zone') return column;
      const codes = Uint32Array.from(column.codes);
      codes[7] = column.levels.length;
      return { ...column, codes, levels: [...column.levels, 'planted'] };
    });
    expect(verify({ ...out, table: { ...out.table, columns } }, out.guarantee).length).toBeGreaterThan(0);
    const flat = out.table.columns.map((column) =>
      column.name === 'fare' && column.kind === 'category' ? { ...column, codes: column.codes.map(() => 0) } : column,
    );
    expect(verify({ ...out, table: { ...out.table, columns: flat } }, out.guarantee).length).toBeGreaterThan(0);
    const dropped = { ...out, rowOf: out.rowOf.slice(1) };
    expect(verify(dropped, out.guarantee).length).toBeGreaterThan(0);
  });

  it('names k, l or the column when there is no answer', async () => {
    const attempt = async (work: Promise<unknown>): Promise<{ code: string; message: string; remedy: string }> =>
      work
        .then(() => ({ code: 'none', message: '', remedy: '' }))
        .catch((error: { code: string; message: string; remedy: string }) => error);
    const one = await attempt(run(rawRelease(toyTrips(someTrips(1))), settings, ctx));
    expect([one.code, one.message]).toEqual(['infeasible', 'k = 2 needs at least 2 rows, the table has 1']);
    const wide = await attempt(run(rawRelease(toyTrips(someTrips(40))), { ...settings, l: 20 }, ctx));
    expect(wide.message).toBe('l = 20, but fare has only 6 different values');
    const empty = toyDataset(
      {
        rows: 3,
        columns: [{ kind: 'category', name: 'zone', codes: new Uint8Array(3), levels: [], valid: new Uint8Array(1) }],
      },
      [{ name: 'zone', type: 'category', role: 'quasi-identifier', ladder: { kind: 'place' } }],
    );
    const none = await attempt(run(rawRelease(empty), settings, ctx));
    expect([none.code, none.message]).toEqual(['invalid-data', 'column "zone" has no value in any row']);
  });
});
