import { describe, expect, it } from 'vitest';
import { quietContext } from '../../kit/context.ts';
import type { CardLaw } from '../../kit/mechanism-card.ts';
import { exp, pow } from '../../kit/portable-math.ts';
import { seededRng } from '../../rng/rng.ts';
import { laplace } from '../../rng/samplers.ts';
import { discreteLaplaceMass, laplaceAccuracy } from '../noise.ts';
import { boundedDomainLaplace } from './bounded-domain-laplace.ts';
import { tailOf } from './card-law.ts';
import { differenceTail } from './card-selection.ts';
import { answer } from './card.ts';

const ask = async (epsilon = 0.7, sensitivity = 2, cells = 1) =>
  (await answer({ epsilon, delta: 1e-6, sensitivity, cells }, quietContext(seededRng(1)))).cards;
const named = async (id: string) => (await ask()).find((card) => card.id === id);

/** Area under a drawn law. */
function total({ drawn, x, y }: CardLaw): number {
  const step = drawn === 'density' ? (x[x.length - 1] as number) - (x[x.length - 2] as number) : 1;
  return y.reduce((sum, value) => sum + value * step, 0);
}

describe('mechanism cards', () => {
  it('draw every law: nearly all of it, and never more than all', async () => {
    for (const { id, exact, fast } of await ask()) {
      for (const law of [exact, ...(fast === undefined ? [] : [fast])]) {
        expect(law.x.length, id).toBe(law.y.length);
        if (law.drawn === 'passes') continue;
        expect(total(law), id).toBeGreaterThan(0.985);
        expect(total(law), id).toBeLessThan(1 + 1e-6);
      }
    }
  });

  it('draw discrete Laplace noise as its formula has it, and Laplace noise too', async () => {
    const whole = (await named('discrete-laplace'))?.exact as CardLaw;
    whole.x.forEach((x, i) => expect(whole.y[i]).toBeCloseTo(discreteLaplaceMass(2 / 0.7, x), 9));
    const line = (await named('laplace'))?.fast as CardLaw;
    const b = 2 / 0.7;
    const half = ((line.x[1] as number) - (line.x[0] as number)) / 2;
    const beyond = (t: number) => exp(-t / b) / 2;
    // The mean density of a bin.
    line.x.forEach((x, i) =>
      expect(line.y[i]).toBeCloseTo((beyond(Math.abs(x) - half) - beyond(Math.abs(x) + half)) / (2 * half), 8),
    );
  });

  it('draw noise that stays in its range for a truth at its end: what the sampler draws', async () => {
    const law = (await named('bounded-domain-laplace'))?.exact as CardLaw;
    const calibrated = boundedDomainLaplace.calibrate(
      { epsilon: 0.7, delta: 0 },
      { l1: 2, l2: 2, linf: 2, cells: 1, lower: 0, upper: 2000 },
    );
    const n = 50_000;
    const out = new Float64Array(n);
    calibrated.release(seededRng('end'), new Float64Array(n), out);
    for (let k = 0; k < 8; k += 1) {
      const seen = out.reduce((sum, x) => sum + (x === k ? 1 : 0), 0) / n;
      const p = law.y[k] as number;
      // 6 standard errors each: false alarm below 1e-7 in all.
      expect(Math.abs(seen - p), String(k)).toBeLessThan(6 * Math.sqrt((p * (1 - p)) / n));
    }
  });

  it('tell smaller errors for larger alphas, and none beyond its loss', async () => {
    for (const { id, exact } of await ask(1, 1, 3)) {
      const within = exact.accuracy.map((each) => each.within);
      expect(within, id).toEqual(within.toSorted((a, b) => a - b));
      expect(exact.loss.epsilon, id).toBeLessThanOrEqual(1 + 1e-12);
    }
  });

  it('invert accuracy into a tail', () => {
    const figures = { accuracy: (alpha: number) => laplaceAccuracy(3, alpha) };
    for (const t of [0.01, 1, 7, 40]) expect(tailOf(figures, t) / exp(-t / 3)).toBeCloseTo(1, 9);
    expect(tailOf(figures, 0)).toBe(1);
  });

  it('say how often the sparse vector technique is wrong', () => {
    const rng = seededRng('difference');
    const n = 100_000;
    for (const [a, b] of [
      [1, 3],
      [2, 2],
      [4, 1],
    ] as const) {
      let beyond = 0;
      for (let i = 0; i < n; i += 1) if (laplace(rng, b) - laplace(rng, a) >= 2) beyond += 1;
      const p = differenceTail(2, a, b);
      // 5 standard errors: false alarm below 1e-6.
      expect(Math.abs(beyond / n - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n));
    }
    expect(differenceTail(0, 1, 5)).toBeCloseTo(0.5, 12);
  });

  it('hold for extreme claims', async () => {
    for (const epsilon of [1e-3, 100]) {
      for (const { id, exact } of await ask(epsilon, 1, 1)) {
        for (const y of exact.y) expect(y >= 0 && y <= pow(2, 20), `${id} ${epsilon} ${y}`).toBe(true);
      }
    }
  });

  it('refuse what is no claim', async () => {
    await expect(ask(0)).rejects.toThrow(/epsilon/);
    await expect(ask(1, 0.5)).rejects.toThrow(/sensitivity/);
    await expect(ask(1, 1, 0)).rejects.toThrow(/cells/);
  });
});
