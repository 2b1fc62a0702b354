import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AllocationPolicy, BudgetedQuestion } from '../../kit/allocation.ts';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf } from '../../kit/params.ts';
import { seededRng } from '../../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../../testing/tiny-dataset.ts';
import { descriptor, run, session } from '../adaptive-allocation.ts';
import { adaptedShares, allocate, baseShares, CLASSES, decayedDemand } from './policies.ts';
import { answer } from './question.ts';
import { waterFilling } from './water-filling.ts';

const policies: readonly AllocationPolicy[] = [
  '30-50-20',
  'equal',
  'frequency',
  'importance',
  'hierarchical',
  'adaptive',
  'optimal',
];

const question = fc.record({
  id: fc.string(),
  sensitivityClass: fc.constantFrom(...CLASSES),
  cells: fc.integer({ min: 1, max: 5000 }),
  sensitivity: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
  importance: fc.double({ min: 0.01, max: 100, noNaN: true }),
});
const questions = fc.array(question, { minLength: 1, maxLength: 8 });
const demandFor = (of: readonly BudgetedQuestion[]) =>
  fc.array(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), { minLength: of.length, maxLength: of.length });
const state = questions.chain((of) =>
  fc.record({ questions: fc.constant(of), demand: demandFor(of), room: fc.double({ min: 0, max: 1, noNaN: true }) }),
);
const budget = fc.double({ min: 1e-3, max: 50, noNaN: true });

describe('dividing a budget', () => {
  it('hands out exactly the budget under every rule, in any order of addition', () => {
    fc.assert(
      fc.property(state, budget, fc.constantFrom(...policies), (given, total, policy) => {
        const parts = [...allocate(policy, total, given)];
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        expect(parts.toReversed().reduce((a, b) => a + b, 0)).toBe(total);
        expect(parts.every((part) => part >= 0)).toBe(true);
      }),
    );
  });

  it('keeps every class at or below its cap whatever the query log says', () => {
    fc.assert(
      fc.property(state, budget, (given, total) => {
        const base = baseShares(given.questions);
        const parts = allocate('adaptive', total, given);
        CLASSES.forEach((name, c) => {
          const share = given.questions.reduce(
            (sum, { sensitivityClass }, i) => (sensitivityClass === name ? sum + (parts[i] as number) : sum),
            0,
          );
          // Shares are shares of one: they round by its last places, however small they are.
          const rounding = 1e-12 * total;
          expect(share).toBeLessThanOrEqual(total * Math.min(1, (base[c] as number) * (1 + given.room)) + rounding);
          expect(share).toBeGreaterThanOrEqual(total * (base[c] as number) * (1 - given.room) - rounding);
        });
      }),
    );
  });

  it('gives every class its base share where all questions are asked alike', () => {
    fc.assert(
      fc.property(questions, (of) => {
        const plain = of.map((one) => ({ ...one, importance: 1 }));
        const shares = adaptedShares({ questions: plain, demand: of.map(() => 7), room: 0.5 });
        baseShares(plain).forEach((share, c) => expect(shares[c]).toBeCloseTo(share, 9));
      }),
    );
  });

  it('does not depend on the order of the questions', () => {
    fc.assert(
      fc.property(state, budget, fc.constantFrom(...policies), (given, total, policy) => {
        const turned = {
          ...given,
          questions: given.questions.toReversed(),
          demand: given.demand.toReversed(),
        };
        const parts = allocate(policy, total, given);
        const back = allocate(policy, total, turned).toReversed();
        parts.forEach((part, i) => expect(Math.abs(part - (back[i] as number))).toBeLessThanOrEqual(total * 1e-9));
      }),
    );
  });

  it('never gives a class less for being asked more', () => {
    fc.assert(
      fc.property(state, fc.nat(), fc.double({ min: 1, max: 1e3, noNaN: true }), (given, pick, more) => {
        const i = pick % given.questions.length;
        const asked = { ...given, demand: given.demand.map((each, at) => (at === i ? each * more : each)) };
        const c = CLASSES.indexOf(given.questions[i]?.sensitivityClass ?? 'low');
        expect(adaptedShares(asked)[c]).toBeGreaterThanOrEqual((adaptedShares(given)[c] as number) - 1e-9);
      }),
    );
  });

  it('fills up to the whole between floors and caps', () => {
    expect(waterFilling([1, 1, 2], [0, 0, 0], [1, 1, 1])).toEqual([0.25, 0.25, 0.5]);
    expect(waterFilling([100, 1, 1], [0, 0, 0], [0.5, 1, 1])[0]).toBeCloseTo(0.5, 12);
    expect(waterFilling([0, 0, 1], [0.1, 0.1, 0], [1, 1, 0.5]).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  it('lets old askings fade', () => {
    const log = [[8], [0], [0]];
    expect(decayedDemand(log, 0, 0.5, 1)).toEqual([1]);
    expect(decayedDemand(log, 1, 0.5, 1)).toEqual([5]);
    expect(decayedDemand(log, 3, 0.5, 1)).toEqual([2]);
  });
});

describe('the same budget under every rule', () => {
  const three: readonly BudgetedQuestion[] = CLASSES.map((name) => ({
    id: name,
    sensitivityClass: name,
    cells: 10,
    sensitivity: 1,
    importance: 1,
  }));
  const ask = (log: readonly (readonly number[])[], room = 0.5) =>
    answer({ questions: three, total: 2.1, log, decay: 0.5, room, policies }, quietContext(seededRng('allocation')));
  const rowOf = async (policy: AllocationPolicy, log: readonly (readonly number[])[]) => {
    const row = (await ask(log)).rows.find((one) => one.policy === policy);
    if (row === undefined) throw new Error(policy);
    return row;
  };

  it("says that the paper's split gives low-sensitivity data the strongest noise", async () => {
    const row = await rowOf('30-50-20', []);
    expect([...row.epsilons].map((each) => each.toFixed(4))).toEqual(['0.6300', '1.0500', '0.4200']);
    expect(row.reversed).toBe(true);
    expect((row.errors[2] as number) > (row.errors[0] as number)).toBe(true);
    expect((await rowOf('equal', [])).reversed).toBe(false);
  });

  it('has no smaller total variance than under the optimal rule', async () => {
    // Sum of variances, 2 sum (D / epsilon)^2 cells: the optimum of it is known in closed form.
    const variance = (epsilons: ArrayLike<number>): number =>
      three.reduce(
        (sum, { cells, sensitivity }, i) => sum + 2 * cells * (sensitivity / (epsilons[i] as number)) ** 2,
        0,
      );
    const { rows } = await ask([]);
    const best = variance((await rowOf('optimal', [])).epsilons);
    for (const { epsilons } of rows) expect(variance(epsilons)).toBeGreaterThanOrEqual(best * (1 - 1e-12));
  });

  it('moves with the log, but an adverse one only to the cap', async () => {
    const adverse = Array.from({ length: 5 }, () => [1e9, 0, 0]);
    const row = await rowOf('adaptive', adverse);
    const last = [...row.epsilons].slice(-3);
    expect((last[0] as number) / (2.1 / 5)).toBeCloseTo(0.45, 9);
    // By askings alone the other questions drown.
    const unlimited = [...(await rowOf('frequency', adverse)).epsilons].slice(-3);
    expect((unlimited[0] as number) / (2.1 / 5)).toBeGreaterThan(0.99999);
  });

  it('refuses a budget, a memory or a log that are none', async () => {
    await expect(ask([[Number.NaN, 1, 1], []])).rejects.toThrow(/log/);
    await expect(ask([], 2)).rejects.toThrow(/room/);
  });
});

describe('counts over periods', () => {
  const input = tinyRelease(tinyDataset(300));
  const params = { ...defaultsOf(descriptor.params), log: 'adverse' as const, periods: 4 };

  it('spends the whole budget and no more, over all periods', async () => {
    const release = await run(input, params, quietContext(seededRng(1)));
    expect(release.events.reduce((sum, event) => sum + event.epsilon, 0)).toBeCloseTo(params.epsilon, 12);
    expect(release.events.every((event) => event.law?.kind === 'laplace')).toBe(true);
  });

  it('divides a period without looking at the data', async () => {
    const other = tinyRelease(tinyDataset(40));
    const epsilonsOf = async (of: typeof input): Promise<readonly number[]> =>
      (await run(of, params, quietContext(seededRng(1)))).events.map((event) => event.epsilon);
    expect(await epsilonsOf(input)).toEqual(await epsilonsOf(other));
  });

  it('lets the rule change between periods and nothing else', async () => {
    const ctx = quietContext(seededRng(1));
    const live = await session(input, params, ctx);
    await live.step(ctx);
    live.set('policy', 'equal');
    const release = await live.step(ctx);
    const epsilons = release.events.slice(-3).map((event) => event.epsilon);
    expect(Math.max(...epsilons) - Math.min(...epsilons)).toBeLessThan(1e-12);
    expect(() => live.set('epsilon', 5)).toThrow(/spent/);
  });
});
