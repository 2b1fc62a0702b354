import { optimalFactorisation, workloadOf } from '../../src/engine/dp/ranges/factorisation.ts';
import { squareRootCoefficients } from '../../src/engine/dp/ranges/square-root.ts';
import { symmetricEigen } from '../../src/engine/dp/ranges/symmetric-eigen.ts';
import { noisePath } from '../../src/engine/dp/time/noise-paths.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import { fillNormal } from '../../src/engine/rng/samplers.ts';
import type { Bench, BenchRow } from '../bench-kit.ts';

const STEPS = 1_000_000;
const SHORT = 10_000;

/** Running totals over a million steps and optimal strategies, beside the same work written plainly. */
export const bench: Bench = async () => {
  const rng = seededRng('bench/ranges');
  const counts = Float64Array.from({ length: STEPS }, (_, i) => i % 7);
  const total = (noise: Float64Array): Float64Array => {
    let sum = 0;
    for (let t = 0; t < noise.length; t += 1) {
      sum += counts[t] as number;
      noise[t] = (noise[t] as number) + sum;
    }
    return noise;
  };
  const tree = await best(5, () => total(noisePath('tree', rng, 'laplace', 20, STEPS)));
  const plain = await best(3, () => plainTree(counts, 20));
  const rows: BenchRow[] = [
    {
      name: 'binary tree, Laplace, 1M steps',
      ours: { ms: tree },
      peer: { name: 'textbook tree (Chan, Shi, Song) with Math.log', ms: plain },
      ratio: plain / tree,
      budgetMs: 100,
    },
    {
      name: "Honaker's tree, Laplace, 1M steps",
      ours: { ms: await best(3, () => total(noisePath('honaker', rng, 'laplace', 20, STEPS))) },
    },
    {
      name: 'square root, normal, 1M steps',
      ours: { ms: await best(3, () => total(noisePath('square-root', rng, 'gaussian', 3, STEPS))) },
    },
  ];
  const short = await best(3, () => noisePath('square-root', rng, 'gaussian', 3, SHORT));
  const convolved = await best(3, () => plainConvolution(fillNormal(rng, new Float64Array(SHORT), 3)));
  rows.push({
    name: 'square root, normal, 10k steps',
    ours: { ms: short },
    peer: { name: 'direct convolution', ms: convolved },
    ratio: convolved / short,
  });
  for (const n of [100, 168]) {
    const workload = workloadOf('prefixes', n);
    const solved = await best(3, () => optimalFactorisation(workload, 1e-6));
    const iterated = await best(1, () => plainFixedPoint(workload.gram, n));
    rows.push({
      name: `optimal strategy of running totals, n = ${n}, gap 1e-6`,
      ours: { ms: solved },
      peer: { name: 'plain fixed point to the same gap', ms: iterated },
      ratio: iterated / solved,
    });
  }
  return rows;
};

async function best(repeats: number, work: () => unknown): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < repeats; i += 1) {
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** The algorithm as printed: one partial sum and one noisy one for each level, all of them added up at each step. */
function plainTree(counts: Float64Array, scale: number): number[] {
  const levels = Math.floor(Math.log2(counts.length)) + 1;
  const alpha: number[] = Array.from({ length: levels }, () => 0);
  const noisy: number[] = Array.from({ length: levels }, () => 0);
  const out: number[] = [];
  for (let t = 1; t <= counts.length; t += 1) {
    let i = 0;
    while (((t >> i) & 1) === 0) i += 1;
    let sum = counts[t - 1] as number;
    for (let j = 0; j < i; j += 1) {
      sum += alpha[j] as number;
      alpha[j] = 0;
      noisy[j] = 0;
    }
    alpha[i] = sum;
    const u = Math.random() - 0.5;
    noisy[i] = sum - scale * Math.sign(u) * Math.log(1 - 2 * Math.abs(u));
    let total = 0;
    for (let j = 0; j < levels; j += 1) if (((t >> j) & 1) === 1) total += noisy[j] as number;
    out.push(total);
  }
  return out;
}

function plainConvolution(noise: Float64Array): Float64Array {
  const c = squareRootCoefficients(noise.length);
  return noise.map((_, t) => {
    let sum = 0;
    for (let k = 0; k <= t; k += 1) sum += (c[k] as number) * (noise[t - k] as number);
    return sum;
  });
}

/** v <- diag(root of v^1/2 A'A v^1/2) from ones, until the largest entry proves the gap. */
async function plainFixedPoint(gram: Float64Array, n: number): Promise<Float64Array> {
  let v: Float64Array = new Float64Array(n).fill(1);
  for (;;) {
    const scaled = gram.map(
      (value, at) => value * Math.sqrt((v[Math.floor(at / n)] as number) * (v[at % n] as number)),
    );
    const { values, vectors } = await symmetricEigen(scaled, n);
    const next = new Float64Array(n);
    let trace = 0;
    for (let j = 0; j < n; j += 1) {
      const root = Math.sqrt(values[j] as number);
      trace += root;
      for (let i = 0; i < n; i += 1) {
        const q = vectors[j * n + i] as number;
        next[i] = (next[i] as number) + root * q * q;
      }
    }
    let most = 0;
    let sum = 0;
    for (let i = 0; i < n; i += 1) {
      most = Math.max(most, (next[i] as number) / (v[i] as number));
      sum += v[i] as number;
    }
    if (trace * most <= ((trace * trace) / sum) * (1 + 1e-6)) return v;
    v = next;
  }
}
