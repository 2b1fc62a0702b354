import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { cancelled, type EngineError } from '../kit/errors.ts';
import { defaultsOf } from '../kit/params.ts';
import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { coversCode } from '../table/hierarchy.ts';
import { referenceRoot, referenceTable, YARDSTICKS } from '../../../tools/testing/reference-table.ts';
import { allMonotone, type Secret } from './class-rules.ts';
import { descriptor, greedyRecoding, run, verify } from './greedy-recoding.ts';
import { greedySplit, type RecodingInput, type RowClasses } from './greedy-split.ts';
import { makeCriterion } from './models/criteria.ts';
import type { SensitiveDomain } from './models/criterion.ts';
import { granularity } from './recoding-classes.ts';
import { refineClasses } from './recoding-refine.ts';
import { recoded } from './recoding.vectors-part.ts';
import { rawRelease, someTrips, toyDataset, toyTrips } from './toy-trips.ts';

const ctx = quietContext(seededRng('greedy'));
const defaults = defaultsOf(descriptor.params);

const MODELS: readonly ((at: number) => PrivacyModel)[] = [
  (l) => ({ type: 'distinct-l', column: 's', l: 1 + Math.floor(l * 3) }),
  (l) => ({ type: 'entropy-l', column: 's', l: 1 + l * 2 }),
  (c) => ({ type: 'recursive-cl', column: 's', c: 1 + c * 5, l: 2 }),
  (t) => ({ type: 't-closeness', column: 's', t, distance: 'equal' }),
  (t) => ({ type: 't-closeness', column: 's', t, distance: 'ordered' }),
  (b) => ({ type: 'basic-beta', column: 's', beta: 0.05 + b * 3 }),
  (b) => ({ type: 'enhanced-beta', column: 's', beta: 0.05 + b * 3 }),
  (d) => ({ type: 'delta-disclosure', column: 's', delta: 0.05 + d * 3 }),
  (a) => ({ type: 'alpha-k', column: 's', alpha: 0.3 + 0.7 * a, k: 2 }),
];

const domainOf = (codes: Uint32Array, size: number): SensitiveDomain => {
  const overall = new Uint32Array(size);
  for (const code of codes) overall[code] = (overall[code] as number) + 1;
  const order = Float64Array.from({ length: size }, (_, i) => i);
  return { column: 's', size, labels: Array.from(order, String), overall, rows: codes.length, order };
};

/** Random tables, cell shapes and models that the whole table satisfies. */
const cases = fc
  .record({
    rows: fc.integer({ min: 2, max: 400 }),
    sizes: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 }),
    values: fc.integer({ min: 1, max: 6 }),
    k: fc.integer({ min: 1, max: 12 }),
    models: fc.array(fc.tuple(fc.nat({ max: MODELS.length - 1 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      maxLength: 2,
    }),
    seed: fc.nat(),
  })
  .map((given): RecodingInput => {
    const rng = seededRng(given.seed);
    const skewed = (size: number): Uint32Array =>
      Uint32Array.from({ length: given.rows }, () => Math.floor(size * rng.uniform() * rng.uniform()));
    const secretOf = (): Secret => {
      const codes = skewed(given.values);
      const domain = domainOf(codes, given.values);
      const criteria = given.models.map(([which, at]) =>
        makeCriterion((MODELS[which] as (typeof MODELS)[0])(at), domain),
      );
      return { codes, size: given.values, criteria };
    };
    const secrets = given.models.length === 0 ? [] : [secretOf(), secretOf()];
    return {
      columns: given.sizes.map(skewed),
      sizes: given.sizes,
      asSet: given.sizes.map(() => rng.int(2) === 1),
      k: Math.min(given.k, given.rows),
      secrets,
      relaxed: allMonotone(secrets),
    };
  })
  .filter((input) => holds(input, whole(input)));

const whole = (input: RecodingInput): readonly number[] => Array.from(input.columns[0]?.keys() ?? []);
const listsOf = ({ rows, start }: RowClasses): readonly (readonly number[])[] =>
  Array.from({ length: start.length - 1 }, (_, c) => Array.from(rows.slice(start[c], start[c + 1])));

/** The plain check, from the rows of one class. */
function holds(input: RecodingInput, rows: readonly number[]): boolean {
  return (
    rows.length >= input.k &&
    input.secrets.every(({ codes, size, criteria }) => {
      const counts = new Uint32Array(size);
      for (const row of rows) counts[codes[row] as number] = (counts[codes[row] as number] as number) + 1;
      const values = Uint32Array.from(Array.from(counts.keys()).filter((code) => (counts[code] as number) > 0));
      const cls = { size: rows.length, counts, values, distinct: values.length };
      return criteria.every((one) => one.holds(one.measure(cls)));
    })
  );
}

function cellsOf(input: RecodingInput, rows: readonly number[]): readonly string[] {
  return input.columns.map((codes, j) => {
    const values = [...new Set(rows.map((row) => codes[row] as number))].sort((a, b) => a - b);
    return (input.asSet[j] === true ? values : [values[0], values.at(-1)]).join(',');
  });
}

function lossOf(input: RecodingInput, classes: RowClasses): number {
  let sum = 0;
  for (const rows of listsOf(classes)) {
    input.columns.forEach((codes, j) => {
      const values = rows.map((row) => codes[row] as number);
      const covered = input.asSet[j] === true ? new Set(values).size : Math.max(...values) - Math.min(...values) + 1;
      sum += (rows.length * covered) / (input.sizes[j] as number);
    });
  }
  return sum;
}

describe('greedyRecoding', () => {
  it('puts every row into one class, and every class of equal cells satisfies k and all models, on random tables', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.integer({ min: 0, max: 2 }), async (input, passes) => {
        const lists = listsOf(await greedyRecoding(input, passes, ctx));
        expect(lists.flat().sort((a, b) => a - b)).toEqual(whole(input));
        const joined = new Map<string, number[]>();
        for (const rows of lists) {
          expect(holds(input, rows)).toBe(true);
          const key = cellsOf(input, rows).join(';');
          joined.set(key, [...(joined.get(key) ?? []), ...rows]);
        }
        for (const rows of joined.values()) expect(holds(input, rows)).toBe(true);
      }),
      { numRuns: 250 },
    );
  });

  it('never loses more after a round of moves, nor after cutting again', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (input) => {
        const first = await greedySplit(input, ctx);
        const moved = await refineClasses(input, first, ctx, [0, 1]);
        const again = await greedySplit(input, ctx, [0, 1], moved);
        expect(lossOf(input, moved)).toBeLessThanOrEqual(lossOf(input, first) + 1e-6);
        expect(lossOf(input, again)).toBeLessThanOrEqual(lossOf(input, moved) + 1e-6);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves no class that an allowed strict cut in order of values could divide', async () => {
    await fc.assert(
      fc.asyncProperty(
        cases.filter((input) => whole(input).length < 120),
        async (input) => {
          for (const rows of listsOf(await greedySplit({ ...input, relaxed: false }, ctx))) {
            for (const codes of input.columns) {
              for (const cut of new Set(rows.map((row) => codes[row] as number))) {
                const left = rows.filter((row) => (codes[row] as number) <= cut);
                const right = rows.filter((row) => (codes[row] as number) > cut);
                expect(holds(input, left) && holds(input, right)).toBe(false);
              }
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('stops at the next checkpoint after a cancel', async () => {
    const rng = seededRng('cancel');
    const columns = [300, 300, 50].map((size) => Uint32Array.from({ length: 90_000 }, () => rng.int(size)));
    let left = 3;
    const stopping = {
      ...ctx,
      checkpoint: async (): Promise<void> => {
        left -= 1;
        if (left <= 0) throw cancelled();
      },
    };
    const input = { columns, sizes: [300, 300, 50], asSet: [true, false, false], k: 5, secrets: [], relaxed: true };
    await expect(greedyRecoding(input, 1, stopping)).rejects.toMatchObject({ code: 'cancelled' });
    expect(left).toBe(0);
  });
});

describe('granularity', () => {
  it('is 1 for exact cells, 0 for cells that cover everything, and weighs columns as the quality view does', () => {
    expect(granularity([0, 0], [10, 4])).toBe(1);
    expect(granularity([1, 1], [10, 4])).toBe(0);
    // A = 5.5 / 10 of column one, exact in column two: 1 - (mean(.55, .25) - mean(.1, .25)) / (1 - mean(.1, .25)).
    expect(granularity([0.5, 0], [10, 4])).toBeCloseTo(1 - (0.4 - 0.175) / (1 - 0.175), 12);
  });
});

describe('greedy-recoding', () => {
  it('releases sets of values by name and ranges of times, each covering its rows', async () => {
    const dataset = toyTrips(someTrips(200));
    const out = (await run(rawRelease(dataset), { ...defaults, k: 5, l: 2 }, ctx)) as TableRelease;
    expect(verify(out, out.guarantee)).toEqual([]);
    expect(out.table.columns.map((column) => column.name)).toEqual(['zone', 'to', 'when', 'fare']);
    for (const name of ['zone', 'to', 'when']) {
      const column = out.table.columns.find((each) => each.name === name);
      const cells = out.generalized?.[name];
      if (column?.kind !== 'category' || cells === undefined) throw new Error(`${name} is not generalized`);
      expect(new Set(column.levels).size).toBe(column.levels.length);
      for (let row = 0; row < out.table.rows; row += 1) {
        expect(coversCode(cells, column.codes[row] as number, cells.column.codes[row] as number)).toBe(true);
      }
      expect(cells.members === undefined).toBe(name === 'when');
    }
  });

  it('keeps every further model, for two sensitive columns, as the independent checker sees it', async () => {
    for (const further of descriptor.params.further.options.map((option) => option.value)) {
      for (const [k, l, seed] of [
        [2, 1, 0],
        [3, 2, 1],
        [7, 3, 2],
      ] as const) {
        const dataset = toyTrips(someTrips(150 + seed * 40));
        const params = { ...defaults, k, l, further, t: 0.25, gain: 1.5, alpha: 0.6, c: 3, alsoSensitive: ['to'] };
        const attempt = run(rawRelease(dataset), { ...params, further }, ctx);
        const out = await attempt.catch((error: EngineError) => error);
        if (out instanceof Error) expect((out as EngineError).code, further).toMatch(/infeasible|invalid-data/);
        else {
          expect(verify(out, out.guarantee), `${further} k=${k} l=${l}`).toEqual([]);
          expect(out.guarantee.kind === 'k-anonymity' && (out.guarantee.models ?? []).length > 0).toBe(
            l > 1 || further !== 'none',
          );
        }
      }
    }
  });

  it('names column, value and remedy where there is no answer', async () => {
    const attempt = async (params: Partial<typeof defaults>, rows = 40): Promise<string> =>
      run(rawRelease(toyTrips(someTrips(rows))), { ...defaults, ...params }, ctx)
        .then(() => 'released')
        .catch((error: EngineError) => `${error.message}; ${error.remedy}`);
    expect(await attempt({ k: 50 })).toMatch(/k = 50 needs at least 50 rows, the table has 40; set k to at most 40/);
    expect(await attempt({ k: 2 }, 1)).toMatch(/one row cannot hide/);
    expect(await attempt({ l: 20 })).toMatch(/l = 20, but fare has only 6 different values; set l to at most 6/);
    expect(await attempt({ l: 6, further: 'entropy-l' })).toMatch(/entropy l = 6.*fare|released/);
    expect(await attempt({ l: 1, further: 'alpha-k', alpha: 0.05 })).toMatch(
      /alpha = 0.05.*fare.*set alpha to at least/,
    );
    expect(await attempt({ l: 1, further: 'recursive-cl', c: 0.1 })).toMatch(/c above.*fare/);
    expect(await attempt({ l: 2, quasiIdentifiers: ['fare'] })).toMatch(/fare cannot be made equal/);
  });

  it('refuses a column without values and more columns than can be hidden', async () => {
    const empty = {
      kind: 'category',
      name: 'zone',
      codes: new Uint8Array(9),
      levels: [],
      valid: new Uint8Array(2),
    } as const;
    const none = toyDataset({ rows: 9, columns: [empty] }, [
      { name: 'zone', type: 'category', role: 'quasi-identifier' },
    ]);
    await expect(run(rawRelease(none), { ...defaults, l: 1 }, ctx)).rejects.toThrow('column "zone" has no value');
    const names = Array.from({ length: 50 }, (_, i) => `q${i}`);
    const wide = toyDataset(
      { rows: 9, columns: names.map((name) => ({ ...empty, name, levels: ['a'], valid: new Uint8Array([255, 1]) })) },
      names.map((name) => ({ name, type: 'category', role: 'quasi-identifier' })),
    );
    await expect(run(rawRelease(wide), { ...defaults, l: 1 }, ctx)).rejects.toThrow('50 quasi-identifiers');
  });
});

describe.runIf(referenceRoot !== undefined)('greedy-recoding on the reference tables', () => {
  it.each([
    ['adult 5', 0.9925],
    ['adult 9', 0.9717],
    ['adult 9, k = 25', 0.9006],
    ['fars 8', 0.9645],
  ] as const)('keeps at least the granularity of plain greedy splits: %s', { timeout: 60_000 }, async (which, bar) => {
    const { name, columns, k } = YARDSTICKS[which];
    const found = await recoded(referenceTable(name, columns), columns, [{ type: 'k-anonymity', k }], 1);
    expect(found.violations).toBe(0);
    expect(found.granularity).toBeGreaterThanOrEqual(bar);
  });
});
