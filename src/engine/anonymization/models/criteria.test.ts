import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PrivacyModel } from '../../kit/privacy-model.ts';
import { leastRowsOf, makeCriterion, makePopulationCriterion } from './criteria.ts';
import type { ClassValues, SensitiveDomain } from './criterion.ts';

const column = 's';

/** A domain of `overall.length` values numbered by place, under a tree that halves. */
function domainOf(overall: readonly number[], order: readonly number[] = overall.map((_, i) => i)): SensitiveDomain {
  const size = overall.length;
  const codes = (width: number) => Uint32Array.from({ length: size }, (_, i) => Math.floor(i / width));
  const level = (width: number) => ({
    name: `width ${width}`,
    codes: codes(width),
    labels: Array.from({ length: Math.ceil(size / width) }, (_, i) => `${width}:${i}`),
  });
  const levels = [1, 2, 4].filter((width) => width === 1 || width < size).map(level);
  return {
    column,
    size,
    labels: overall.map((_, i) => String(i)),
    overall: Uint32Array.from(overall),
    rows: overall.reduce((a, b) => a + b, 0),
    order: Float64Array.from(order),
    hierarchy: { column, levels: [...levels, { name: 'all', codes: new Uint32Array(size), labels: ['*'] }] },
  };
}

/** A class by its count of each value. */
function classOf(counts: readonly number[]): ClassValues {
  const values = Array.from(counts.keys()).filter((code) => (counts[code] as number) > 0);
  return {
    size: counts.reduce((a, b) => a + b, 0),
    counts: Uint32Array.from(counts),
    values: Uint32Array.from(values),
    distinct: values.length,
  };
}

const measured = (model: PrivacyModel, overall: readonly number[], counts: readonly number[]): number =>
  makeCriterion(model, domainOf(overall)).measure(classOf(counts));
const t = (distance: 'equal' | 'ordered' | 'hierarchical'): PrivacyModel => ({
  type: 't-closeness',
  column,
  t: 0.1,
  distance,
});

/** Rows of the table by value, and rows of some classes cut from it by value. */
const tables = fc
  .array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 }), { minLength: 2, maxLength: 4 })
  .map((classes) => classes.filter((counts) => counts.some((count) => count > 0)))
  .filter((classes) => classes.length >= 2)
  .map((classes) => ({ classes, overall: classes[0]?.map((_, v) => sum(classes.map((each) => each[v] ?? 0))) ?? [] }));

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const shares = (counts: readonly number[]): readonly number[] => counts.map((count) => count / sum(counts));

const models: readonly PrivacyModel[] = [
  { type: 'k-anonymity', k: 3 },
  { type: 'distinct-l', column, l: 2 },
  { type: 'entropy-l', column, l: 2.5 },
  { type: 'recursive-cl', column, c: 1.5, l: 3 },
  t('equal'),
  t('ordered'),
  t('hierarchical'),
  { type: 'basic-beta', column, beta: 0.7 },
  { type: 'enhanced-beta', column, beta: 0.7 },
  { type: 'alpha-k', column, alpha: 0.4, k: 3 },
];

describe('the criterion of a model', () => {
  it('measures the salaries of Li, Li and Venkatasubramanian (2007) as they do', () => {
    const all = Array.from({ length: 9 }, () => 1);
    expect(measured(t('ordered'), all, [1, 1, 1, 0, 0, 0, 0, 0, 0])).toBeCloseTo(0.375, 12);
    expect(measured(t('ordered'), all, [0, 0, 0, 1, 0, 1, 0, 0, 1])).toBeCloseTo(1 / 6, 12);
  });

  it('measures distances of 0 for a class like the table, and equals the definitions on random classes', () => {
    fc.assert(
      fc.property(tables, ({ classes, overall }) => {
        const p = shares(overall);
        for (const counts of [...classes, overall]) {
          const q = shares(counts);
          const gains = q.map((x, v) => (x > 0 ? (x - (p[v] ?? 0)) / (p[v] ?? 0) : -1));
          const entropy = -sum(q.map((x) => (x > 0 ? x * Math.log(x) : 0)));
          const equal = sum(q.map((x, v) => Math.abs(x - (p[v] ?? 0)))) / 2;
          const delta = Math.max(...q.map((x, v) => (x > 0 ? Math.abs(Math.log2(x / (p[v] ?? 0))) : 0)));
          const sorted = counts.filter((x) => x > 0).sort((a, b) => b - a);
          const tail = sum(sorted.slice(1));
          const want = (model: PrivacyModel, value: number) =>
            expect(measured(model, overall, counts), model.type).toBeCloseTo(value, 10);
          want({ type: 'entropy-l', column, l: 2 }, Math.exp(entropy));
          want(t('equal'), equal);
          want(t('hierarchical'), treeDistance(q, p));
          want(t('ordered'), lineDistance(q, p));
          want({ type: 'basic-beta', column, beta: 1 }, Math.max(...gains));
          want({ type: 'delta-disclosure', column, delta: 1 }, delta);
          want({ type: 'alpha-k', column, alpha: 0.5, k: 1 }, Math.max(...q));
          expect(measured({ type: 'recursive-cl', column, c: 2, l: 2 }, overall, counts)).toBe(
            tail === 0 ? Infinity : (sorted[0] ?? 0) / tail,
          );
          const capped = gains.every((gain, v) => gain <= 0 || gain <= -Math.log(p[v] ?? 1) + 1e-12);
          if (capped) want({ type: 'enhanced-beta', column, beta: 1 }, Math.max(...gains));
          else expect(measured({ type: 'enhanced-beta', column, beta: 1 }, overall, counts)).toBe(Infinity);
        }
        for (const model of [t('equal'), t('ordered'), t('hierarchical')]) {
          expect(measured(model, overall, overall)).toBe(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same ordered distance value by value as rank by rank', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 60, maxLength: 90 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 6 }),
        (overall, held) => {
          const counts = overall.map((count, v) => (held.includes(v) ? count : 0));
          const found = measured(t('ordered'), overall, counts);
          expect(found).toBeCloseTo(lineDistance(shares(counts), shares(overall)), 12);
        },
      ),
    );
  });

  it('holds for the union of two classes for which it holds, where it says so', () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(...models), ({ classes, overall }, model) => {
        const criterion = makeCriterion(model, domainOf(overall));
        expect(criterion.monotone).toBe(true);
        const holds = (counts: readonly number[]): boolean => criterion.holds(criterion.measure(classOf(counts)));
        const [a = [], b = []] = classes;
        const union = a.map((count, v) => count + (b[v] ?? 0));
        if (holds(a) && holds(b)) expect(holds(union)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('is not monotone for delta-disclosure: a value may become too rare in the union', () => {
    const overall = [4, 60, 36];
    const criterion = makeCriterion({ type: 'delta-disclosure', column, delta: 1.2 }, domainOf(overall));
    const holds = (counts: readonly number[]): boolean => criterion.holds(criterion.measure(classOf(counts)));
    expect(criterion.monotone).toBe(false);
    expect([holds([1, 10, 9]), holds([0, 45, 25]), holds([1, 55, 34])]).toEqual([true, true, false]);
  });

  it('counts ties as the model words them: at most and at least hold, below does not', () => {
    const overall = [2, 2, 6];
    const domain = domainOf(overall);
    const holds = (model: PrivacyModel, counts: readonly number[]): boolean => {
      const criterion = makeCriterion(model, domain);
      return criterion.holds(criterion.measure(classOf(counts)));
    };
    expect(holds({ type: 'entropy-l', column, l: 3 }, [1, 1, 1])).toBe(true);
    expect(holds({ type: 'recursive-cl', column, c: 3, l: 2 }, [3, 1, 0])).toBe(false);
    expect(holds({ type: 'recursive-cl', column, c: 3.01, l: 2 }, [3, 1, 0])).toBe(true);
    expect(holds({ type: 'delta-disclosure', column, delta: 1 }, [2, 1, 2])).toBe(false);
    expect(holds({ type: 'basic-beta', column, beta: 1 }, [2, 1, 2])).toBe(true);
    expect(holds({ type: 'alpha-k', column, alpha: 1 / 3, k: 3 }, [1, 1, 1])).toBe(true);
    expect(holds({ type: 'alpha-k', column, alpha: 1, k: 4 }, [1, 1, 1])).toBe(false);
  });

  it('compares with the whole table, values absent from it having no say', () => {
    expect(measured(t('ordered'), [5, 0, 5], [1, 0, 0])).toBeCloseTo(0.5, 12);
    expect(measured(t('equal'), [10], [3])).toBe(0);
    expect(measured(t('ordered'), [10], [3])).toBe(0);
  });

  it('refuses parameters out of range, and columns that do not suit it', () => {
    const domain = domainOf([1, 1]);
    const { order: _order, hierarchy: _hierarchy, ...bare } = domain;
    const refusal = (model: PrivacyModel, given: SensitiveDomain | undefined = domain) => {
      try {
        makeCriterion(model, given);
        return 'none';
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    expect(refusal({ type: 'k-anonymity', k: 0 })).toBe('invalid-param');
    expect(refusal({ type: 'distinct-l', column, l: 0 })).toBe('invalid-param');
    expect(refusal({ type: 'recursive-cl', column, c: 0, l: 2 })).toBe('invalid-param');
    expect(refusal({ type: 't-closeness', column, t: Number.NaN, distance: 'equal' })).toBe('invalid-param');
    expect(refusal(t('ordered'), bare)).toBe('invalid-data');
    expect(refusal(t('hierarchical'), bare)).toBe('invalid-data');
    expect(() => makeCriterion({ type: 'entropy-l', column, l: 2 }, undefined)).toThrow('needs the sensitive column');
    expect(refusal({ type: 'k-map', k: 2 })).toBe('unsupported');
  });

  it('knows the rows without which no class can hold', () => {
    expect(leastRowsOf([])).toBe(1);
    expect(leastRowsOf([...models, { type: 'entropy-l', column, l: 3.2 }])).toBe(4);
    // A last place above 1 is 1 by the same ties as the model's own.
    expect(leastRowsOf([{ type: 'entropy-l', column, l: 1 + Number.EPSILON }])).toBe(1);
  });
});

describe('models of a sample and its population', () => {
  it('ask for population rows (k-map) and for a share of them (delta-presence)', () => {
    const map = makePopulationCriterion({ type: 'k-map', k: 5 });
    expect([map?.holds(map.measure(1, 5)), map?.holds(map.measure(4, 4)), map?.emptyCellsHold]).toEqual([
      true,
      false,
      true,
    ]);
    const presence = makePopulationCriterion({ type: 'delta-presence', min: 0.1, max: 0.3 });
    expect(presence?.holds(presence.measure(3, 10))).toBe(true);
    expect(presence?.holds(presence.measure(4, 10))).toBe(false);
    expect(presence?.holds(presence.measure(0, 10))).toBe(false);
    expect(presence?.emptyCellsHold).toBe(false);
    expect(makePopulationCriterion({ type: 'k-anonymity', k: 2 })).toBeUndefined();
  });
});

/** Optimal transport on the halving tree, edge by edge: every edge is 1 / (2 h) long. */
function treeDistance(q: readonly number[], p: readonly number[]): number {
  const { hierarchy } = domainOf(q.map(() => 1));
  const levels = hierarchy?.levels ?? [];
  let total = 0;
  for (const level of levels.slice(0, -1)) {
    const extra = level.labels.map((_, node) => sum(q.map((x, v) => (level.codes[v] === node ? x - (p[v] ?? 0) : 0))));
    total += sum(extra.map(Math.abs));
  }
  return total / (2 * (levels.length - 1));
}

function lineDistance(q: readonly number[], p: readonly number[]): number {
  const present = p.map((x, v) => [x, q[v] ?? 0] as const).filter(([x]) => x > 0);
  let carried = 0;
  let total = 0;
  for (const [x, y] of present) {
    carried += y - x;
    total += Math.abs(carried);
  }
  return present.length === 1 ? 0 : total / (present.length - 1);
}
