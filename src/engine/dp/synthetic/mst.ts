import { log } from '../../kit/portable-math.ts';
import type { Rng } from '../../rng/rng.ts';
import { zcdpRhoFor } from '../accounting/zcdp.ts';
import { type CodedTable, countsOver, pairsOf } from './coded-table.ts';
import { type Compression, compressed, compressionOf, merged } from './compression.ts';
import { estimatedTotal, type Measurement } from './graphical-model.ts';
import { cellsOver } from './junction-tree.ts';
import { chosenByScore, distanceScore, SCORE_STEPS, withGaussianNoise } from './private-noise.ts';
import { projectedOnto } from './simplex.ts';

/**
 * MST (McKenna, Miklau, Sheldon, 2021, "Winning the NIST contest: a scalable and general approach to differentially private
 * synthetic data", Algorithm 2): every column is measured, then the pairs of a spanning tree that is chosen privately.
 */

export interface MstBudget {
  /** Zero-concentrated privacy of the whole: a third each for columns, choice of pairs, and pairs. */
  readonly rho: number;
  /** Standard deviation for one third, to be multiplied by the square root of the number of tables measured with it. */
  readonly sigma: number;
  /** Epsilon of each choice of a pair. */
  readonly edgeEpsilon: number;
}

/** Budget for that many columns; one column alone has nothing to choose. */
export function mstBudget(epsilon: number, delta: number, attributes: number): MstBudget {
  const rho = zcdpRhoFor(epsilon, delta);
  return {
    rho,
    sigma: Math.sqrt(3 / (2 * rho)),
    edgeEpsilon: attributes > 1 ? Math.sqrt((8 * (rho / 3)) / (attributes - 1)) : 0,
  };
}

/** What was measured, in the codes that are left after rare values were merged. */
export interface MstMeasured {
  readonly compressions: readonly Compression[];
  readonly shape: readonly number[];
  readonly total: number;
  readonly measurements: readonly Measurement[];
  /** Logarithmic potentials to begin the fit with: columns as if independent. */
  readonly start: readonly Float64Array[];
  readonly edges: readonly (readonly [number, number])[];
  /** Standard deviation of one count of a column, and of a pair. */
  readonly columnSigma: number;
  readonly pairSigma: number;
}

/** Pairs with more cells than this are never measured: the fit would not end in a tab. */
export const MOST_PAIR_CELLS = 1 << 20;

/**
 * All noise of one run, step by step (each yields how much is done).
 * @param sensitivity rows one hidden unit may add or remove
 */
export function* measureMst(
  data: CodedTable,
  budget: MstBudget,
  sensitivity: number,
  rng: Rng,
): Generator<number, MstMeasured, void> {
  const attributes = data.shape.length;
  const columnSigma = budget.sigma * sensitivity * Math.sqrt(attributes) * (attributes > 1 ? 1 : ALONE);
  const noisy = data.shape.map((_, a) =>
    withGaussianNoise(rng.fork(`column ${a}`), countsOver(data, [a]), columnSigma),
  );
  const compressions = noisy.map((values) => compressionOf(values, 3 * columnSigma));
  const small = compressed(data, compressions);
  const singles = noisy.map((values, a) => merged(values, compressions[a] as Compression, columnSigma, a));
  const total = estimatedTotal(singles);
  const expected = singles.map(({ values, weight }) => projectedOnto(values, weight, total));
  yield 0.2;
  const edges = yield* chosenTree(small, expected, total, budget.edgeEpsilon, sensitivity, rng.fork('tree'));
  const pairSigma = budget.sigma * sensitivity * Math.sqrt(Math.max(1, attributes - 1));
  const pairs: Measurement[] = [];
  for (const pair of edges) {
    yield 0.7 + (0.3 * pairs.length) / edges.length;
    pairs.push({
      attributes: pair,
      values: withGaussianNoise(rng.fork(`pair ${pair.join('-')}`), countsOver(small, pair), pairSigma),
      weight: 1 / (pairSigma * pairSigma),
    });
  }
  return {
    compressions,
    shape: small.shape,
    total,
    measurements: [...singles, ...pairs],
    start: [...expected.map(logarithms), ...pairs.map(({ values }) => new Float64Array(values.length))],
    edges,
    columnSigma,
    pairSigma,
  };
}

/** A single column is measured with the whole budget: its noise is smaller by the square root of three. */
const ALONE = 1 / Math.sqrt(3);

/** Counts that were cut to zero begin at a hundredth of a row: a measured pair may bring them back. */
const logarithms = (counts: Float64Array): Float64Array => counts.map((count) => log(Math.max(count, 0.01)));

/**
 * Kruskal's algorithm with each edge drawn by the exponential mechanism: scores are how far a pair is from what its columns
 * would be if independent, which one row moves by at most one.
 */
function* chosenTree(
  data: CodedTable,
  expected: readonly Float64Array[],
  total: number,
  epsilon: number,
  sensitivity: number,
  rng: Rng,
): Generator<number, readonly (readonly [number, number])[], void> {
  const pairs = pairsOf(data.shape.length).filter((pair) => cellsOver(data.shape, pair) <= MOST_PAIR_CELLS);
  const scores: number[] = [];
  for (const [a, b] of pairs) {
    const alone = ifIndependent(expected[a] as Float64Array, expected[b] as Float64Array, total);
    scores.push(distanceScore(countsOver(data, [a, b]), alone));
    yield 0.2 + (0.5 * scores.length) / pairs.length;
  }
  const component = Array.from(data.shape.keys());
  const edges: (readonly [number, number])[] = [];
  for (;;) {
    const open = Array.from(pairs.keys()).filter((p) => {
      const [a, b] = pairs[p] as readonly [number, number];
      return component[a] !== component[b];
    });
    if (open.length === 0) return edges;
    const drawn = chosenByScore(
      rng,
      open.map((p) => scores[p] as number),
      SCORE_STEPS * sensitivity,
      epsilon,
    );
    const [a, b] = pairs[open[drawn] as number] as readonly [number, number];
    edges.push([a, b]);
    const [from, to] = [component[b], component[a] as number];
    component.forEach((c, i) => {
      if (c === from) component[i] = to;
    });
  }
}

function ifIndependent(a: Float64Array, b: Float64Array, total: number): Float64Array {
  const out = new Float64Array(a.length * b.length);
  if (!(total > 0)) return out;
  for (let i = 0; i < a.length; i += 1) {
    for (let j = 0; j < b.length; j += 1) out[i * b.length + j] = ((a[i] as number) * (b[j] as number)) / total;
  }
  return out;
}
