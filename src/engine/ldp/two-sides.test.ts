import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { seededRng } from '../rng/rng.ts';
import { answer } from './two-sides.ts';

const ask = (counts: Float64Array, epsilon: number, seed = 1) =>
  answer({ counts, epsilon, seed }, quietContext(seededRng(0)));

describe('the same histogram by a curator and by reports', () => {
  it('is right on average, with the stated error, on both sides', async () => {
    // 400 runs of 6 cells; means within 5.5 standard errors: false alarm below 1e-6 over all checks.
    for (const [cells, epsilon] of [
      [6, 3],
      [60, 1],
    ] as const) {
      const counts = Float64Array.from({ length: cells }, (_, i) => 100 + 37 * i);
      const runs = 400;
      const sums = { central: new Float64Array(cells), local: new Float64Array(cells) };
      let measured = 0;
      let expected = 0;
      for (let run = 0; run < runs; run += 1) {
        const { central, local } = await ask(counts, epsilon, run);
        for (let i = 0; i < cells; i += 1) {
          sums.central[i] = (sums.central[i] as number) + (central.released[i] as number);
          sums.local[i] = (sums.local[i] as number) + (local.released[i] as number);
        }
        measured += local.measuredError;
        expected += local.expectedError.reduce((a, b) => a + b, 0) / cells;
        if (run > 0) continue;
        expect(local.oracle).toBe(cells === 6 ? 'grr' : 'oue');
      }
      const { central, local } = await ask(counts, epsilon);
      for (let i = 0; i < cells; i += 1) {
        const spread = (side: typeof central): number =>
          (5.5 * 1.4 * (side.expectedError[i] as number)) / Math.sqrt(runs);
        expect(Math.abs((sums.central[i] as number) / runs - (counts[i] as number))).toBeLessThan(spread(central));
        expect(Math.abs((sums.local[i] as number) / runs - (counts[i] as number))).toBeLessThan(spread(local));
      }
      expect(Math.abs(measured / expected - 1)).toBeLessThan(0.1);
    }
  });

  it('needs many more rows where everyone adds their own noise', async () => {
    const few = await ask(
      Float64Array.from({ length: 50 }, () => 20),
      1,
    );
    const many = await ask(
      Float64Array.from({ length: 50 }, () => 20_000),
      1,
    );
    expect(few.rowsTimes).toBeGreaterThan(100);
    // With a thousand times the rows the reports' error has grown thirtyfold while the curator's stayed.
    expect(many.rowsTimes / few.rowsTimes).toBeGreaterThan(900);
  });

  it('refuses what is no histogram', async () => {
    await expect(ask(Float64Array.of(1), 1)).rejects.toThrow(/cells/);
    await expect(ask(Float64Array.of(1, Number.NaN), 1)).rejects.toThrow(/whole/);
    await expect(ask(Float64Array.of(1, 2), 0)).rejects.toThrow(/epsilon/);
  });
});
