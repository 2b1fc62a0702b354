import type { Bench, BenchRow } from '../bench-kit.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import { fillLaplace, fillNormal } from '../../src/engine/rng/samplers.ts';
import { binomial } from '../../src/engine/rng/samplers-binomial.ts';
import { discreteLaplace, rationalScale } from '../../src/engine/rng/samplers-exact.ts';

const DRAWS = 4_000_000;

/** Draws per second of the seeded samplers, beside the one-line Laplace of the usual JavaScript code (Math.random and Math.log). */
export const bench: Bench = async () => {
  const out = new Float64Array(DRAWS);
  const naive = best(5, () => {
    for (let i = 0; i < DRAWS; i += 1) {
      const u = Math.random() - 0.5;
      out[i] = -Math.sign(u) * Math.log(1 - 2 * Math.abs(u));
    }
  });
  const peer = (draws: number) => ({ name: 'one-line Laplace of Math.random', ms: (naive * draws) / DRAWS });
  const row = (name: string, draws: number, ms: number): BenchRow => ({
    name: `${name} (${(draws / ms / 1000).toFixed(1)} M/s)`,
    ours: { ms },
    peer: peer(draws),
    ratio: peer(draws).ms / ms,
  });
  const rng = seededRng('bench/noise');
  const rows = [
    row(
      'fast Laplace, 4M',
      DRAWS,
      best(5, () => void fillLaplace(rng, out)),
    ),
    row(
      'fast normal, 4M',
      DRAWS,
      best(5, () => void fillNormal(rng, out)),
    ),
  ];
  for (const scale of [1, 10, 1000]) {
    const rational = rationalScale(scale);
    const draws = 500_000;
    const ms = best(3, () => {
      for (let i = 0; i < draws; i += 1) out[i] = discreteLaplace(rng, rational);
    });
    rows.push(row(`exact discrete Laplace, scale ${scale}, 500k`, draws, ms));
  }
  const draws = 500_000;
  const ms = best(3, () => {
    for (let i = 0; i < draws; i += 1) out[i] = binomial(rng, 100_000, 0.3);
  });
  rows.push(row('binomial(100000, 0.3), 500k', draws, ms));
  return rows;
};

function best(repeats: number, work: () => void): number {
  let least = Infinity;
  for (let i = 0; i < repeats; i += 1) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
