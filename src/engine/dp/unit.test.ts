import { array, assert, asyncProperty, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTechnique } from '../kernels.ts';
import type { AuditAnswer, PlantedBug } from '../kit/audit.ts';
import { quietContext } from '../kit/context.ts';
import { defaultsOf, type ParamRecord } from '../kit/params.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { makeTable, type TimeColumn } from '../table/table.ts';
import { answer } from './audit/audit.ts';
import { boundCells, daysOf, hiddenIn } from './contribution.ts';
import { descriptors } from './list.ts';
import { TINY_PLACES, type TinyRow, tinyTable } from './neighbour-tables.ts';
import { descriptor as noisyStatistics } from './noisy-statistics.ts';
import { askedOf, planOfAsked, type StatisticParams, type StatisticPlan } from './statistics-plan.ts';
import { hiddenUnit } from './unit.ts';

const daily = descriptors.filter(
  ({ params }) =>
    params['protects']?.kind === 'choice' && params['protects'].options.some(({ value }) => value === 'entity-day'),
);
const ask = async (id: string, input: TableRelease, changes: ParamRecord): Promise<Release> => {
  const module = await loadTechnique(id);
  return module.run(input, { ...defaultsOf(module.descriptor.params), ...changes }, quietContext(seededRng(1)));
};

/** Rows of strangers, few enough that no bound touches them, and of one person-day, as many as may be. */
const rowOf = (who: number, day: number, mostHours: number) =>
  record({
    place: constantFrom(...TINY_PLACES),
    hour: integer({ min: 0, max: mostHours }),
    value: integer({ min: -50, max: 150 }),
  }).map((row): TinyRow => ({ ...row, who, day }));
const strangers = array(
  record({ who: integer({ min: 1, max: 9 }), day: integer({ min: 0, max: 3 }) }).chain(({ who, day }) =>
    rowOf(who, day, 23),
  ),
  { maxLength: 25 },
).map((rows) => {
  // One row a person-day: what is kept of it cannot depend on chance.
  const seen = new Set<string>();
  return rows.filter(({ who, day }) => !seen.has(`${who} ${day}`) && seen.add(`${who} ${day}`) !== undefined);
});
/** Other days of the same person, one row each: they are in both tables. */
const otherDays = array(integer({ min: 1, max: 6 }), { maxLength: 6 })
  .map((days) => [...new Set(days)])
  .map((days) => days.map((day): TinyRow => ({ place: 'a', hour: day, value: 70, who: 99, day })));
const oneDay = array(rowOf(99, 0, 23), { maxLength: 40 });

const asked = (changes: Partial<StatisticParams>): StatisticParams => ({
  ...defaultsOf(noisyStatistics.params),
  protects: 'entity-day',
  by: ['place', 'time'],
  value: 'value',
  ...changes,
});
const planned = (rows: readonly TinyRow[], params: StatisticParams): StatisticPlan => {
  const input = tinyTable(rows);
  return planOfAsked(input, params, askedOf(input, params), seededRng('bound'));
};
/** Norms of the difference of two vectors. */
function apart(a: Float64Array, b: Float64Array) {
  const gaps = a.map((value, i) => Math.abs(value - (b[i] as number)));
  return {
    l1: gaps.reduce((sum, gap) => sum + gap, 0),
    l2: Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0)),
    linf: gaps.reduce((most, gap) => Math.max(most, gap), 0),
    cells: gaps.reduce((sum, gap) => sum + (gap > 0 ? 1 : 0), 0),
  };
}

describe('one day of a person as the unit of privacy', () => {
  it('is one id for every person and calendar day on the clock of the city, before 1970 too', () => {
    const hour = 3_600_000;
    const times: TimeColumn = {
      kind: 'time',
      name: 'at',
      zone: 'local',
      values: Float64Array.of(0, 23.99 * hour, 24 * hour, -1, -24 * hour, Number.NaN, 5 * hour, Infinity),
      valid: Uint8Array.of(0b1011_1111),
    };
    const who = { kind: 'integer', name: 'who', values: Uint32Array.of(1, 1, 1, 1, 1, 1, 2, 2) } as const;
    const { values, valid } = daysOf(who, times);
    expect(Array.from(values.slice(0, 5))).toEqual([0, 0, 1, 2, 2]);
    // No time, a time marked as missing, an infinite one: on no day.
    expect(valid).toEqual(Uint8Array.of(0b0001_1111));
  });

  it('keeps of each person-day no more cells and rows than the caps allow', () => {
    assert(
      property(
        array(
          record({ who: integer({ min: 1, max: 3 }), day: integer({ min: 0, max: 2 }) }).chain(({ who, day }) =>
            rowOf(who, day, 3),
          ),
          { maxLength: 80 },
        ),
        integer({ min: 1, max: 4 }),
        integer({ min: 1, max: 3 }),
        (rows, cells, rowsPerCell) => {
          const input = tinyTable(rows);
          const { ids } = hiddenIn(input, 'entity-day');
          const cellOf = Int32Array.from(rows, ({ place, hour = 0 }) => TINY_PLACES.indexOf(place) * 4 + hour);
          const { keep } = boundCells(ids ?? columnless(), cellOf, { cells, rowsPerCell }, seededRng('order'));
          const kept = new Map<string, Map<number, number>>();
          rows.forEach(({ who, day = 0 }, i) => {
            if (keep[i] !== 1) return;
            const own = kept.get(`${who} ${day}`) ?? new Map<number, number>();
            kept.set(`${who} ${day}`, own.set(cellOf[i] as number, (own.get(cellOf[i] as number) ?? 0) + 1));
          });
          for (const own of kept.values()) {
            expect(own.size).toBeLessThanOrEqual(cells);
            for (const count of own.values()) expect(count).toBeLessThanOrEqual(rowsPerCell);
          }
          // Nothing is left out that fits.
          if (cells === 4 && rows.length <= rowsPerCell) expect(keep.every((one) => one === 1)).toBe(true);
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  it('changes no answer by more than the sensitivity its noise is made for, when one comes, goes or is replaced', () => {
    assert(
      property(
        strangers,
        otherDays,
        oneDay,
        oneDay,
        constantFrom('count', 'sum', 'mean', 'variance' as const),
        constantFrom('columns', 'whole table' as const),
        integer({ min: 1, max: 5 }),
        integer({ min: 1, max: 4 }),
        (others, elsewhere, before, after, statistic, grouping, cellsPerUnit, rowsPerCell) => {
          for (const neighbours of ['add-remove', 'replace-one'] as const) {
            const params = asked({ statistic, grouping, cellsPerUnit, rowsPerCell, neighbours, consistent: true });
            const common = [...others, ...elsewhere];
            const zero = planned(neighbours === 'add-remove' ? common : [...common, ...before], params);
            const one = planned([...common, ...after], params);
            zero.parts.forEach(({ base, change }, i) => {
              const gap = apart(base, one.parts[i]?.base ?? new Float64Array(0));
              expect(gap.l1).toBeLessThanOrEqual(change.l1);
              expect(gap.l2).toBeLessThanOrEqual(change.l2 * (1 + 1e-12));
              expect(gap.linf).toBeLessThanOrEqual(change.linf);
              expect(gap.cells).toBeLessThanOrEqual(change.cells);
            });
          }
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });

  it('keeps more of a busy person than hiding it whole does, day by day', () => {
    const rows = Array.from({ length: 30 }, (_, i): TinyRow => ({ place: 'a', day: i % 10, who: 1, value: 1 }));
    const total = (protects: 'entity' | 'entity-day'): number =>
      planned(rows, asked({ protects, by: ['place'], cellsPerUnit: 1, rowsPerCell: 2 })).parts[0]?.base[0] ?? -1;
    expect(total('entity')).toBe(2);
    expect(total('entity-day')).toBe(20);
  });

  it('is offered by every method that can hide a person, but where time is divided in windows already', () => {
    const hiding = descriptors.filter(({ params }) => params['protects'] !== undefined).map(({ id }) => id);
    expect(hiding.filter((id) => !daily.some((one) => one.id === id))).toEqual(['w-event']);
  });

  it.each(daily.map(({ id }) => [id]))('%s claims and charges it, and says what it leaves open', async (id) => {
    const rows = Array.from(
      { length: 40 },
      (_, i): TinyRow => ({ place: 'a', hour: i % 24, day: i % 3, who: i % 5, value: i }),
    );
    const release = await ask(id, tinyTable(rows), { protects: 'entity-day' });
    expect(release.guarantee).toMatchObject({ kind: 'dp', unit: 'person-day' });
    expect([...new Set(release.events.map(({ unit }) => unit))]).toEqual(['person-day']);
    expect(release.notes.filter(({ en }) => /active on d days is protected with d times/.test(en))).toHaveLength(1);
    const asPerson = await ask(id, tinyTable(rows), { protects: 'entity' });
    expect(asPerson.guarantee).toMatchObject({ unit: 'person' });
    expect(asPerson.notes.some(({ en }) => /d days/.test(en))).toBe(false);
  });

  it.each(daily.map(({ id }) => [id]))('%s refuses it without a time or an id, and says what to do', async (id) => {
    const input = tinyTable([{ place: 'a', who: 1, value: 3 }]);
    // With every value kept but the one in question; methods over time want a time in any case.
    for (const [gone, message] of [
      ['who', /whose rows belong together/],
      ['time', /on which day a row was|no time/],
    ] as const) {
      const table = makeTable(input.table.columns.filter(({ name }) => name !== gone));
      await expect(ask(id, { ...input, table }, { protects: 'entity-day' })).rejects.toMatchObject({
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(/./),
      });
    }
    const hours = makeTable(
      input.table.columns.map((column) =>
        column.name === 'time'
          ? { kind: 'category', name: 'time', levels: ['morning'], codes: new Uint8Array(1) }
          : column,
      ),
    );
    await expect(ask(id, { ...input, table: hours }, { protects: 'entity-day' })).rejects.toMatchObject({
      code: expect.stringMatching(/unsupported|invalid-data/),
      remedy: expect.stringMatching(/./),
    });
  });

  it('gives no release a number that is not one, for any table of person-days', async () => {
    await assert(
      asyncProperty(strangers, oneDay, constantFrom(...daily.map(({ id }) => id)), async (others, day, id) => {
        const release = await ask(id, tinyTable([...others, ...day]), { protects: 'entity-day' });
        if (release.kind !== 'answers') return;
        for (const { released } of release.answers) expect(released.every(Number.isFinite), id).toBe(true);
      }),
      { seed: 3, numRuns: 25 },
    );
  });

  it('is named after what a dataset protects', () => {
    expect(hiddenUnit('entity-day', 'vehicle')).toBe('vehicle-day');
    expect(hiddenUnit('row', 'vehicle')).toBe('row');
    expect(hiddenUnit('row', 'vehicle', 'trip')).toBe('trip');
  });
});

describe('its audit', () => {
  const audited = (id: string, bug: PlantedBug, params: ParamRecord, draws: number): Promise<AuditAnswer> =>
    answer({ technique: id, params, bug, draws, alpha: 1e-6, seed: 7 }, quietContext(seededRng(1)));
  const paramsOf = (id: string): ParamRecord => ({
    ...defaultsOf(descriptors.find((one) => one.id === id)?.params ?? {}),
    protects: 'entity-day',
  });

  it.each(daily.map(({ id }) => [id]))('does not accuse %s (once in 1e6 audits)', async (id) => {
    expect((await audited(id, 'none', paramsOf(id), 500)).accused).toBe(false);
  });

  // One number is seen: a sum over cells tells all only where noise is normal, and then it takes more draws.
  it.each([
    { statistic: 'count', mechanism: 'laplace', cellsPerUnit: 1, draws: 5000 },
    { statistic: 'sum', mechanism: 'laplace', cellsPerUnit: 1, draws: 5000 },
    { statistic: 'count', mechanism: 'gaussian', cellsPerUnit: 3, draws: 30_000 },
  ])('catches half the $mechanism noise in a $statistic of person-days', async ({ draws, ...changes }) => {
    const params = { ...paramsOf('noisy-statistics'), ...changes, rowsPerCell: 2, nonNegative: false, round: false };
    expect((await audited('noisy-statistics', 'scale halved', params, draws)).accused).toBe(true);
  });
});

function columnless(): never {
  throw new Error('the tiny table has ids');
}
