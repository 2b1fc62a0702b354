import { describe, expect, it } from 'vitest';
import type { BreakAnswer, BreakQuestion } from '../../kit/breaking.ts';
import { contentDigest } from '../../kit/canonical.ts';
import { quietContext } from '../../kit/context.ts';
import { EngineError } from '../../kit/errors.ts';
import { seededRng } from '../../rng/rng.ts';
import { answer } from './breaking.ts';
import { couldBeNaive, naiveLaplace } from './floating-point.ts';
import { guessBits } from './least-squares.ts';

async function ask<A extends BreakQuestion['attack']>(
  question: Extract<BreakQuestion, { attack: A }>,
): Promise<Extract<BreakAnswer, { attack: A }>> {
  const found = await answer(question, quietContext(seededRng(1)));
  if (found.attack !== question.attack) throw new Error('another attack answered');
  return found as Extract<BreakAnswer, { attack: A }>;
}

describe('the attack on floating-point noise', () => {
  it('proves the answer from one release, most of the time by search and often by its last bits alone', async () => {
    // Shares of 10,000 releases; five standard deviations (0.025) keep a false alarm below 1e-6.
    for (const [scale, lastBits, search] of [
      [0.5, 0.42, 0.83],
      [1, 0.253, 0.79],
      [10, 0.029, 0.81],
    ] as const) {
      const { naive, byLastBits } = await ask({ attack: 'floating-point', scale, releases: 10_000, seed: 3 });
      expect(Math.abs(byLastBits[0].value - lastBits)).toBeLessThan(0.025);
      expect(Math.abs(naive[0].value - search)).toBeLessThan(0.025);
      expect(naive[1].value).toBeGreaterThan(0.7);
      expect(naive[0].low).toBeLessThan(naive[0].value);
    }
  });

  it('proves nothing about whole-number noise', async () => {
    const { exact } = await ask({ attack: 'floating-point', scale: 1, releases: 10_000, seed: 3 });
    expect(exact.map(({ value }) => value)).toEqual([0, 0]);
    expect(exact[0].high).toBeLessThan(5e-4);
  });

  it('never calls a release impossible under the answer it came from', () => {
    const rng = seededRng('own answer');
    for (const scale of [0.004, 0.1, 0.5, 1, 3, 10, 1e4]) {
      for (let i = 0; i < 4000; i += 1) {
        for (const own of [0, 1]) expect(couldBeNaive(own + naiveLaplace(rng.uniform(), scale), own, scale)).toBe(true);
      }
    }
  });

  it('knows the ends of the uniform numbers', () => {
    const last = 1 - 1 / 9007199254740992;
    for (const u of [1 / 9007199254740992, 0.5, last]) expect(couldBeNaive(1 + naiveLaplace(u, 1), 1, 1)).toBe(true);
    expect(couldBeNaive(1 + naiveLaplace(0, 1), 1, 1)).toBe(true);
    // Farther out than any noise reaches.
    expect(couldBeNaive(50, 0, 1)).toBe(false);
  });
});

describe('averaging', () => {
  it('finds the count in time, and is stopped by the ledger long before', async () => {
    const found = await ask({ attack: 'averaging', epsilon: 0.5, budget: 2.1, trials: 1000, seed: 1 });
    const errors = found.points.map(({ error }) => error);
    expect(errors[errors.length - 1] as number).toBeLessThan(0.2 * (errors[0] as number));
    // The average of n answers has deviation sqrt(2 / n) / epsilon or so: within 1/2 in 95 % of cases near n = 118.
    expect(found.knownAfter).toBeGreaterThanOrEqual(64);
    expect(found.knownAfter).toBeLessThanOrEqual(256);
    expect(found.allowed).toBe(4);
    expect(found.knownAtRefusal.value).toBeLessThan(0.5);
  });

  it('loses no answer of the budget to rounding', async () => {
    expect((await ask({ attack: 'averaging', epsilon: 0.1, budget: 0.3, trials: 10, seed: 1 })).allowed).toBe(3);
    expect((await ask({ attack: 'averaging', epsilon: 0.7, budget: 0.7, trials: 10, seed: 1 })).allowed).toBe(1);
  });

  it('says where a budget is more than can be simulated', async () => {
    const asked = ask({ attack: 'averaging', epsilon: 1e-4, budget: 1e6, trials: 1000, seed: 1 });
    await expect(asked).rejects.toMatchObject({ code: 'infeasible' });
  });
});

describe('reconstruction', () => {
  it('finds nearly every bit from too many accurate answers, and hardly any within a budget', async () => {
    const base = { attack: 'reconstruction', people: 64, queries: [16, 128, 512], trials: 12, seed: 5 } as const;
    const loose = await ask({ ...base, epsilon: 1, spending: 'per answer' });
    expect(loose.points.map(({ recovered }) => recovered.value > 0.95)).toEqual([false, true, true]);
    const kept = await ask({ ...base, epsilon: 1, spending: 'in all' });
    for (const { recovered, epsilonSpent, bound } of kept.points) {
      expect(epsilonSpent).toBeCloseTo(1, 12);
      expect(recovered.low).toBeLessThan(bound);
      expect(recovered.value).toBeLessThan(0.62);
      expect(recovered.baseline).toBe(0.5);
    }
  });

  it('solves for the bits exactly where there is no noise and enough counts', async () => {
    const rng = seededRng('least squares');
    const people = 40;
    const secret = Float64Array.from({ length: people }, () => rng.int(2));
    const isIn = Uint8Array.from({ length: people * 60 }, () => rng.int(2));
    const counts = Float64Array.from({ length: 60 }, (_, q) =>
      secret.reduce((sum, bit, i) => sum + bit * (isIn[q * people + i] as number), 0),
    );
    const guess = await guessBits({ rows: 60, people, isIn }, counts, 0, async () => {});
    guess.forEach((lean, i) => {
      expect(lean + 0.5).toBeCloseTo(secret[i] as number, 4);
    });
  });
});

describe('differencing', () => {
  it('always succeeds with exact counts and stays within the proven limit with noisy ones', async () => {
    for (const epsilon of [0.1, 1, 4]) {
      const { exactCounts, noisyCounts, bound } = await ask({
        attack: 'differencing',
        epsilon,
        trials: 20_000,
        seed: 2,
      });
      expect(exactCounts.value).toBe(1);
      expect(noisyCounts.low).toBeLessThanOrEqual(bound);
    }
  });
});

describe('the question', () => {
  it('gives the same answer to the same question', async () => {
    const question = {
      attack: 'reconstruction',
      people: 16,
      epsilon: 1,
      spending: 'in all',
      trials: 2,
      seed: 1,
    } as const;
    expect(contentDigest(await ask(question))).toBe(contentDigest(await ask(question)));
    expect(contentDigest(await ask({ ...question, seed: 2 }))).not.toBe(contentDigest(await ask(question)));
  });

  it('names what each adversary knows in both languages', async () => {
    const questions: readonly BreakQuestion[] = [
      { attack: 'floating-point', scale: 1, releases: 10, seed: 1 },
      { attack: 'averaging', epsilon: 1, budget: 1, trials: 10, seed: 1 },
      { attack: 'reconstruction', people: 4, epsilon: 1, spending: 'in all', trials: 1, seed: 1 },
      { attack: 'differencing', epsilon: 1, trials: 10, seed: 1 },
    ];
    for (const question of questions) {
      const { adversary, method } = await answer(question, quietContext(seededRng(1)));
      for (const words of [adversary.who, adversary.wants, method, ...adversary.knows]) {
        expect(words.en).not.toBe('');
        expect(words.es).toBeTruthy();
      }
    }
  });

  it('stops when it is cancelled', async () => {
    let polls = 0;
    const ctx = quietContext(seededRng(1), () => (polls += 1) > 2);
    const asked = answer({ attack: 'floating-point', scale: 1, releases: 1e6, seed: 1 }, ctx);
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    expect(polls).toBe(3);
  });

  it('says what is wrong with it', async () => {
    const wrong: readonly BreakQuestion[] = [
      { attack: 'floating-point', scale: 0, releases: 100, seed: 1 },
      { attack: 'floating-point', scale: 1, releases: 1.5, seed: 1 },
      { attack: 'floating-point', scale: 1, releases: 100, seed: Number.NaN },
      { attack: 'averaging', epsilon: 1, budget: 0.5, trials: 100, seed: 1 },
      { attack: 'reconstruction', people: 1, epsilon: 1, spending: 'in all', trials: 1, seed: 1 },
      { attack: 'reconstruction', people: 9, epsilon: -1, spending: 'in all', trials: 1, seed: 1 },
      { attack: 'reconstruction', people: 9, epsilon: 1, spending: 'in all', queries: [], trials: 1, seed: 1 },
      { attack: 'differencing', epsilon: Number.NaN, trials: 100, seed: 1 },
    ];
    for (const question of wrong) {
      await expect(answer(question, quietContext(seededRng(1)))).rejects.toBeInstanceOf(EngineError);
    }
  });
});
