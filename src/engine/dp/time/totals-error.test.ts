import { describe, expect, it } from 'vitest';
import { quietContext } from '../../kit/context.ts';
import { EngineError } from '../../kit/errors.ts';
import type { TotalsErrorAnswer, TotalsErrorQuestion } from '../../kit/over-time.ts';
import { seededRng } from '../../rng/rng.ts';
import { answer } from './totals-error.ts';

const question: TotalsErrorQuestion = { steps: 31, noise: 'gaussian', epsilon: 0.7, delta: 1e-6, draws: 400 };
const ask = (overrides: Partial<TotalsErrorQuestion> = {}): Promise<TotalsErrorAnswer> =>
  answer({ ...question, ...overrides }, quietContext(seededRng(3)));
const rmsOf = ({ lanes }: TotalsErrorAnswer): Readonly<Record<string, number>> =>
  Object.fromEntries(lanes.map(({ id, rms }) => [id, rms]));

describe('error of running totals', () => {
  it('is ordered as proven with Gaussian noise: nothing beats the optimum, and the square root comes next', async () => {
    const made = await ask();
    const rms = rmsOf(made);
    expect(made.leastRms).toBeLessThanOrEqual(rms['optimal'] as number);
    expect(rms['optimal']).toBeLessThan(rms['square-root'] as number);
    expect(rms['square-root']).toBeLessThan(rms['honaker'] as number);
    expect(rms['honaker']).toBeLessThan(rms['tree'] as number);
  });

  it('is drawn as the formula says, for every scheme and both laws', async () => {
    // A mean of squares of 31 correlated totals over 400 series of independent draws, of kurtosis at most 6: its relative standard
    // deviation is below sqrt(5 / 400) = 0.112, that of its root half of it; 4.9 of those are a false alarm rate below 1e-6 a lane.
    for (const noise of ['laplace', 'gaussian'] as const) {
      for (const { rms, simulatedRms } of (await ask({ noise })).lanes) {
        expect(Math.abs(simulatedRms / rms - 1)).toBeLessThan(0.275);
      }
    }
  });

  it('grows with the root of the steps where each has noise of its own, and not at all with what is counted', async () => {
    const input = (await ask()).lanes.find(({ id }) => id === 'input');
    expect((input?.exact[24] as number) / (input?.exact[0] as number)).toBeCloseTo(5, 9);
  });

  it('leaves the optimum out where it is not searched for, and draws long series at some of their steps', async () => {
    expect(rmsOf(await ask({ noise: 'laplace' }))['optimal']).toBeUndefined();
    const long = await ask({ steps: 8784, draws: 0 });
    expect(rmsOf(long)['optimal']).toBeUndefined();
    expect([long.steps.length, long.steps.at(-1)]).toEqual([400, 8784]);
  });

  it('says what is wrong with a figure', async () => {
    for (const bad of [{ steps: 0 }, { steps: 2.5 }, { epsilon: 0 }, { delta: 0 }, { draws: -1 }]) {
      await expect(ask(bad)).rejects.toBeInstanceOf(EngineError);
    }
  });
});
