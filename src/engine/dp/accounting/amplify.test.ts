import { describe, expect, it } from 'vitest';
import { quietContext } from '../../kit/context.ts';
import type { LossLaw } from '../../kit/loss-law.ts';
import { seededRng } from '../../rng/rng.ts';
import { answer } from './amplify.ts';

const ask = (law: LossLaw, more: Partial<{ delta: number; rate: number; reports: number; group: number }> = {}) =>
  answer({ law, delta: 1e-6, rate: 0.01, reports: 1000, group: 3, ...more }, quietContext(seededRng(1)));

describe('sampling, shuffling and groups', () => {
  it('gives the textbook figures for a pure release', async () => {
    const read = await ask({ kind: 'pure', epsilon: 1 });
    expect(read.plain).toMatchObject({ status: 'ok', epsilon: 1 });
    // ln(1 + q (e - 1))
    expect(read.sampled.status === 'ok' && read.sampled.epsilon).toBeCloseTo(0.0170368632, 9);
    expect(read.group).toMatchObject({ status: 'ok', epsilon: 3 });
    // Feldman, McMillan, Talwar: numerical bound of the clone reduction for n = 1000, epsilon0 = 1, delta = 1e-6.
    expect(read.shuffled.status === 'ok' && read.shuffled.epsilon).toBeCloseTo(0.1824123475, 6);
  });

  it('never says less than nothing, or more than the release itself', async () => {
    for (const epsilon of [0.01, 0.5, 2, 8]) {
      const read = await ask({ kind: 'laplace', epsilon });
      for (const one of [read.sampled, read.sampledReplace, read.shuffled]) {
        expect(one.status === 'ok' && one.epsilon >= 0 && one.epsilon <= epsilon * (1 + 1e-12)).toBe(true);
      }
    }
  });

  it('has no number where no theorem is known', async () => {
    const read = await ask({ kind: 'poisson-gaussian', sigma: 1, rate: 0.1 });
    expect([read.sampled.status, read.shuffled.status, read.group.status]).toEqual([
      'unsupported',
      'unsupported',
      'unsupported',
    ]);
  });

  it('refuses shares, numbers of reports and groups that are none', async () => {
    await expect(ask({ kind: 'pure', epsilon: 1 }, { rate: 0 })).rejects.toThrow(/rate/);
    await expect(ask({ kind: 'pure', epsilon: 1 }, { reports: 0.5 })).rejects.toThrow(/reports/);
    await expect(ask({ kind: 'pure', epsilon: 1 }, { group: 0 })).rejects.toThrow(/group/);
  });
});
