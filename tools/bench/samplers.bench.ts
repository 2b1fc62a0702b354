import type { Bench, BenchRow } from '../bench-kit.ts';
import { ratio } from '../../src/engine/rng/ratio.ts';
import { secureRng, seededRng } from '../../src/engine/rng/rng.ts';
import { discreteGaussianSampler } from '../../src/engine/rng/sampler-discrete-gaussian.ts';
import { discreteLaplaceSampler } from '../../src/engine/rng/sampler-discrete-laplace.ts';
import { fillLaplace } from '../../src/engine/rng/samplers.ts';

/**
 * Exact samplers, all on cryptographic words, beside a straight port of the published algorithms (Canonne, Kamath, Steinke, 2020) that
 * works in BigInt on the same words; fast Laplace on seeded words beside the usual one-liner. Best of several runs.
 */
export const bench: Bench = async () => {
  const rng = secureRng((buffer) => crypto.getRandomValues(buffer as Uint32Array<ArrayBuffer>));
  const peer = publishedSamplers(() => rng.u32());
  const out = new Float64Array(DRAWS);
  const rows: BenchRow[] = [];
  for (const scale of [1, 10, 1000, 1e6]) {
    const sampler = discreteLaplaceSampler(ratio(scale));
    const ours = perDraw(DRAWS, () => void sampler.fill(rng, out));
    const theirs = perDraw(PEER_DRAWS, () => repeat(() => peer.laplace(BigInt(scale), 1n)));
    rows.push(row(`exact discrete Laplace, scale ${scale}`, ours, 'CKS in BigInt', theirs));
  }
  for (const variance of [1, 100, 1e6]) {
    const sampler = discreteGaussianSampler(ratio(variance));
    const ours = perDraw(DRAWS, () => void sampler.fill(rng, out));
    const theirs = perDraw(PEER_DRAWS, () => repeat(() => peer.gaussian(BigInt(variance))));
    rows.push(row(`exact discrete Gaussian, variance ${variance}`, ours, 'CKS in BigInt', theirs));
  }
  const seeded = seededRng('bench/samplers');
  const fast = perDraw(DRAWS, () => void fillLaplace(seeded, out));
  const naive = perDraw(DRAWS, () => {
    for (let i = 0; i < DRAWS; i += 1) {
      const u = Math.random() - 0.5;
      out[i] = -Math.sign(u) * Math.log(1 - 2 * Math.abs(u));
    }
  });
  rows.push(row('fast seeded Laplace', fast, 'one line of Math.random', naive));
  let made = 0;
  const setup = perDraw(20, () => {
    // A scale not met before: nothing is remembered of it.
    for (let i = 0; i < 20; i += 1) discreteLaplaceSampler(ratio(1000 + (made += 1)));
  });
  rows.push({ name: 'tables of a new scale', ours: { ms: setup } });
  return rows;
};

const DRAWS = 1_000_000;
const PEER_DRAWS = 20_000;

function repeat(draw: () => unknown): void {
  for (let i = 0; i < PEER_DRAWS; i += 1) draw();
}

/** Milliseconds a draw, the best of five runs. */
function perDraw(draws: number, work: () => void): number {
  let least = Infinity;
  for (let i = 0; i < 5; i += 1) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least / draws;
}

/** Shown as milliseconds for a million draws. */
const row = (name: string, ours: number, peer: string, theirs: number): BenchRow => ({
  name: `${name}, 1M (${(1e-3 / ours).toFixed(1)} M/s)`,
  ours: { ms: ours * 1e6 },
  peer: { name: peer, ms: theirs * 1e6 },
  ratio: theirs / ours,
});

/** Algorithms 1 to 3 of the paper as written, over rationals of BigInt. */
function publishedSamplers(u32: () => number) {
  const below = (n: bigint): bigint => {
    const bits = (n - 1n).toString(2).length;
    for (;;) {
      let value = 0n;
      for (let i = 0; i < bits; i += 32) value = (value << 32n) | BigInt(u32());
      value &= (1n << BigInt(bits)) - 1n;
      if (value < n) return value;
    }
  };
  const coin = (numerator: bigint, denominator: bigint): boolean => below(denominator) < numerator;
  const expSmall = (numerator: bigint, denominator: bigint): boolean => {
    let k = 1n;
    while (coin(numerator, denominator * k)) k += 1n;
    return (k & 1n) === 1n;
  };
  const exp = (numerator: bigint, denominator: bigint): boolean => {
    let rest = numerator;
    for (; rest > denominator; rest -= denominator) if (!expSmall(1n, 1n)) return false;
    return expSmall(rest, denominator);
  };
  const laplace = (numerator: bigint, denominator: bigint): bigint => {
    for (;;) {
      const u = below(numerator);
      if (!expSmall(u, numerator)) continue;
      let v = 0n;
      while (expSmall(1n, 1n)) v += 1n;
      const size = (u + numerator * v) / denominator;
      const negative = coin(1n, 2n);
      if (!negative || size !== 0n) return negative ? -size : size;
    }
  };
  const gaussian = (variance: bigint): bigint => {
    const t = BigInt(Math.floor(Math.sqrt(Number(variance)))) + 1n;
    for (;;) {
      const y = laplace(t, 1n);
      const gap = (y < 0n ? -y : y) * t - variance;
      if (exp(gap * gap, 2n * variance * t * t)) return y;
    }
  };
  return { laplace, gaussian };
}
