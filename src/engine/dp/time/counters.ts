import { invalidParam } from '../../kit/errors.ts';
import { squareRootCoefficients } from '../ranges/square-root.ts';
import { hierarchyOf, consistent, rangeVariances } from '../ranges/hierarchy.ts';
import { honakerNodeFactor, treeLevels } from './tree.ts';

/**
 * Running totals under continual observation, one step at a time. Every scheme measures whole numbers with noise and forms its
 * totals from the noisy numbers alone, so that nothing else of the counts gets out.
 */
export type SchemeId = 'input' | 'tree' | 'honaker' | 'square-root';

/** How one appearance of one row (in one step) changes everything a scheme measures, in its own steps. */
export interface SchemeReach {
  readonly l1: number;
  readonly l2: number;
  readonly linf: number;
  readonly cells: number;
  /** Rows in one step of what is measured; 1 when absent. */
  readonly step?: number;
}

/** Second and fourth power sums of the weights with which independent draws enter one total. */
export interface Spread {
  readonly variance: number;
  readonly quartic: number;
}

export interface Counter {
  /** Takes the count of the next step, gives the running total. */
  push(count: number): number;
  /** Totals of all steps so far, each from everything measured by now; absent where later steps say nothing of earlier ones. */
  revised?(): Float64Array;
}

export interface Scheme {
  readonly id: SchemeId;
  readonly steps: number;
  readonly reach: SchemeReach;
  /** `noise` measures one whole number. */
  counter(noise: (value: number) => number): Counter;
  /** Spread of the total at each step, in units of one draw. */
  spreads(): readonly Spread[];
  /** Spread of the same totals once all steps are known. */
  revisedSpreads?(): readonly Spread[];
}

/** @throws invalid-param for no steps, or more than a binary tree of whole steps holds. */
export function schemeOf(id: SchemeId, steps: number): Scheme {
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= 1 << 30)) {
    throw invalidParam('steps', 'a whole number from 1 to 2^30', steps);
  }
  switch (id) {
    case 'input':
      return inputScheme(steps);
    case 'tree':
      return treeScheme(steps);
    case 'honaker':
      return honakerScheme(steps);
    case 'square-root':
      return squareRootScheme(steps);
  }
}

function inputScheme(steps: number): Scheme {
  return {
    id: 'input',
    steps,
    reach: { l1: 1, l2: 1, linf: 1, cells: 1 },
    counter: (noise) => {
      let total = 0;
      return {
        push: (count) => {
          total += noise(count);
          return total;
        },
      };
    },
    spreads: () => Array.from({ length: steps }, (_, i) => ({ variance: i + 1, quartic: i + 1 })),
  };
}

const treeReach = (steps: number): SchemeReach => {
  const levels = treeLevels(steps);
  return { l1: levels, l2: Math.sqrt(levels), linf: 1, cells: levels };
};

/** Trailing zeros of a whole number from 1 to 2^30: height of the largest node that ends at that step. */
const heightAt = (step: number): number => 31 - Math.clz32(step & -step);

/** Chan, Shi, Song (2011): the total is the sum of the nodes of the step's binary form. */
function treeScheme(steps: number): Scheme {
  return {
    id: 'tree',
    steps,
    reach: treeReach(steps),
    counter: (noise) => {
      const levels = treeLevels(steps);
      const sums = new Float64Array(levels);
      const noisy = new Float64Array(levels);
      let step = 0;
      return {
        push: (count) => {
          step += 1;
          const height = heightAt(step);
          let sum = count;
          for (let h = 0; h < height; h += 1) {
            sum += sums[h] as number;
            sums[h] = 0;
            noisy[h] = 0;
          }
          sums[height] = sum;
          noisy[height] = noise(sum);
          let total = 0;
          for (let h = 0; h < levels; h += 1) total += noisy[h] as number;
          return total;
        },
      };
    },
    spreads: () =>
      Array.from({ length: steps }, (_, i) => {
        let ones = 0;
        for (let rest = i + 1; rest > 0; rest &= rest - 1) ones += 1;
        return { variance: ones, quartic: ones };
      }),
  };
}

const fourth = (x: number): number => x * x * x * x;

/** Spread of a Honaker node: its own draw with weight f, its two children with weight 1 - f. */
function honakerSpreads(levels: number): readonly Spread[] {
  const out: Spread[] = [{ variance: 1, quartic: 1 }];
  for (let h = 1; h < levels; h += 1) {
    const own = honakerNodeFactor(h);
    const rest = 1 - own;
    const below = out[h - 1] as Spread;
    out.push({ variance: own, quartic: fourth(own) + 2 * fourth(rest) * below.quartic });
  }
  return out;
}

/** Honaker (2015): every node below a total's helps; with `revised`, every node above and after it too. */
function honakerScheme(steps: number): Scheme {
  const levels = treeLevels(steps);
  return {
    id: 'honaker',
    steps,
    reach: treeReach(steps),
    counter: (noise) => {
      const sums = new Float64Array(levels);
      const best = new Float64Array(levels);
      const nodes: number[][] = Array.from({ length: levels }, () => []);
      let step = 0;
      return {
        push: (count) => {
          step += 1;
          const height = heightAt(step);
          let sum = count;
          let estimate = noise(count);
          nodes[0]?.push(estimate);
          for (let h = 0; h < height; h += 1) {
            sum += sums[h] as number;
            const own = noise(sum);
            nodes[h + 1]?.push(own);
            const weight = honakerNodeFactor(h + 1);
            estimate = weight * own + (1 - weight) * (estimate + (best[h] as number));
            sums[h] = 0;
            best[h] = 0;
          }
          sums[height] = sum;
          best[height] = estimate;
          let total = 0;
          for (let h = 0; h < levels; h += 1) total += best[h] as number;
          return total;
        },
        revised: () => revisedTotals(nodes, step),
      };
    },
    spreads: () => {
      const node = honakerSpreads(levels);
      return Array.from({ length: steps }, (_, i) => sumOver(i + 1, node));
    },
    revisedSpreads: () => revisedSpreads(steps),
  };
}

function sumOver(step: number, node: readonly Spread[]): Spread {
  let variance = 0;
  let quartic = 0;
  for (let h = 0; step >> h > 0; h += 1) {
    if (((step >> h) & 1) === 0) continue;
    variance += (node[h] as Spread).variance;
    quartic += (node[h] as Spread).quartic;
  }
  return { variance, quartic };
}

/** Blocks of the binary form of `steps`, largest first: perfect trees whose noise is independent. */
function blocksOf(steps: number): readonly { readonly start: number; readonly height: number }[] {
  const blocks: { start: number; height: number }[] = [];
  let start = 0;
  for (let height = 30; height >= 0; height -= 1) {
    if (((steps >> height) & 1) === 0) continue;
    blocks.push({ start, height });
    start += 1 << height;
  }
  return blocks;
}

/** Generalised least squares over all nodes of every block. */
function revisedTotals(nodes: readonly (readonly number[])[], steps: number): Float64Array {
  const totals = new Float64Array(steps);
  let before = 0;
  for (const { start, height } of blocksOf(steps)) {
    const tree = hierarchyOf(1 << height, 2);
    const noisy = new Float64Array(tree.nodes);
    for (let h = 0; h <= height; h += 1) {
      const level = nodes[h] as readonly number[];
      const first = start >> h;
      for (let i = 0; i < 1 << (height - h); i += 1) {
        noisy[(tree.starts[h] as number) + i] = level[first + i] as number;
      }
    }
    const leaves = consistent(tree, noisy);
    for (let i = 0; i < 1 << height; i += 1) {
      before += leaves[i] as number;
      totals[start + i] = before;
    }
  }
  return totals;
}

function revisedSpreads(steps: number): readonly Spread[] {
  const online = honakerSpreads(treeLevels(steps));
  const out: Spread[] = [];
  let before = 0;
  for (const { height } of blocksOf(steps)) {
    const read = rangeVariances(hierarchyOf(1 << height, 2));
    for (let i = 1; i <= 1 << height; i += 1) {
      const variance = before + read(0, i);
      // More draws with smaller weights: tails no heavier than those of the total as it was given first.
      const first = sumOver(out.length + 1, online);
      out.push({ variance, quartic: (first.quartic * variance * variance) / (first.variance * first.variance) });
    }
    before += honakerNodeFactor(height);
  }
  return out;
}

/** Parts of a row that the square-root scheme counts in: its matrix is rounded to this grid, and undone exactly. */
const GRID = 1048576;
/** Beyond this many steps the exact sums, whose cost is the square of the steps, would keep one waiting. */
const MOST_ROOT_STEPS = 20_000;

/**
 * Square-root factorisation: C x is measured, where C is A^(1/2) rounded up to a grid, and totals are A C^-1 of it.
 * @throws invalid-param beyond 20,000 steps.
 */
function squareRootScheme(steps: number): Scheme {
  if (steps > MOST_ROOT_STEPS) throw invalidParam('steps', `at most ${MOST_ROOT_STEPS} for exact square roots`, steps);
  const measure = squareRootCoefficients(steps).map((c) => Math.ceil(c * GRID));
  let l1 = 0;
  let l2 = 0;
  for (const c of measure) {
    l1 += c;
    l2 += c * c;
  }
  let decoded: Float64Array | undefined;
  const decode = (): Float64Array => {
    decoded ??= totalsOf(measure);
    return decoded;
  };
  return {
    id: 'square-root',
    steps,
    reach: { l1, l2: Math.sqrt(l2), linf: GRID, cells: steps, step: 1 / GRID },
    counter: (noise) => {
      const b = decode();
      const counts = new Float64Array(steps);
      const noisy = new Float64Array(steps);
      let step = 0;
      return {
        push: (count) => {
          counts[step] = count;
          noisy[step] = noise(convolved(measure, counts, step));
          const total = convolved(b, noisy, step);
          step += 1;
          return total;
        },
      };
    },
    spreads: () => {
      let variance = 0;
      let quartic = 0;
      return Array.from(decode(), (b) => {
        variance += b * b;
        quartic += fourth(b);
        return { variance, quartic };
      });
    },
  };
}

/** Entry `at` of the convolution of coefficients with a series. */
function convolved(coefficients: Float64Array, series: Float64Array, at: number): number {
  let sum = 0;
  for (let k = 0; k <= at; k += 1) sum += (coefficients[k] as number) * (series[at - k] as number);
  return sum;
}

/** Coefficients of A C^-1 for a lower triangular Toeplitz C: the power series 1 / ((1 - x) C(x)). */
function totalsOf(c: Float64Array): Float64Array {
  const n = c.length;
  const out = new Float64Array(n);
  const first = c[0] as number;
  for (let t = 0; t < n; t += 1) {
    let rest = 1;
    for (let k = 1; k <= t; k += 1) rest -= (c[k] as number) * (out[t - k] as number);
    out[t] = rest / first;
  }
  return out;
}

/** Normal quantile of a two-sided 5 %. */
const Z = 1.959963984540054;

/**
 * Half width that a weighted sum of independent draws stays within in 95 % of cases. Exact for normal noise; for Laplace noise by
 * Cornish and Fisher's (1938) correction for its heavier tails, at most 2.5 % too wide and never too narrow by more than 0.5 %.
 */
export function halfWidthOf({ variance, quartic }: Spread, law: 'laplace' | 'gaussian', drawVariance: number): number {
  const deviation = Math.sqrt(variance * drawVariance);
  if (law === 'gaussian' || variance === 0) return Z * deviation;
  const excess = (3 * quartic) / (variance * variance);
  return deviation * (Z + ((Z * Z * Z - 3 * Z) * excess) / 24);
}
