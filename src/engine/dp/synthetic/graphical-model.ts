import { exp, log } from '../../kit/portable-math.ts';
import { cellsOver, type JunctionTree, junctionTree, projection, summedOnto } from './junction-tree.ts';

/** Noisy counts of a table summed to some attributes. */
export interface Measurement {
  readonly attributes: readonly number[];
  /** Row-major over `attributes` in their order. */
  readonly values: Float64Array;
  /** One over the variance of a cell, in any common unit; of each cell, or of all. */
  readonly weight: number | Float64Array;
}

/** A non-negative table of which only the marginals on the cliques of a tree are held; they agree where they overlap. */
export interface GraphicalModel {
  readonly tree: JunctionTree;
  readonly total: number;
  /** Counts of each clique, row-major over its attributes. */
  readonly marginals: readonly Float64Array[];
}

export interface FitOptions {
  readonly iterations: number;
  /** Ends when no measured cell moves by more than this share of the total in three iterations running. */
  readonly tolerance: number;
  /** Logarithmic potentials to begin with, one table a measurement; zero where absent. */
  readonly start?: readonly (Float64Array | undefined)[];
}
export interface Fit {
  readonly model: GraphicalModel;
  /** Logarithmic potentials of each measurement: where a later fit with more of them may begin. */
  readonly potentials: readonly Float64Array[];
}

/**
 * The table of that total which minimises the weighted squared distance to the measurements, as the exponential family
 * model of their cliques (McKenna, Sheldon, Miklau, 2019, "Graphical-model based estimation and inference for differential
 * privacy", Algorithm 1: entropic mirror descent over the marginal polytope, with belief propagation as the oracle).
 * Measured marginals are unique; the step is halved until it descends by at least half of what the gradient promises.
 * O(iterations x cells of the junction tree). `pause` is called once an iteration with the share of them done.
 */
export async function fitModel(
  shape: readonly number[],
  measurements: readonly Measurement[],
  total: number,
  options: FitOptions & { readonly pause?: (fraction: number) => Promise<void> },
): Promise<Fit> {
  const steps = fitSteps(shape, measurements, total, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await options.pause?.(value);
  }
}

/** The same step by step, each yielding the share of the iterations done: for those who cannot wait. */
export function* fitSteps(
  shape: readonly number[],
  measurements: readonly Measurement[],
  total: number,
  { iterations, tolerance, start }: FitOptions,
): Generator<number, Fit, void> {
  const tree = junctionTree(
    shape,
    measurements.map(({ attributes }) => attributes),
  );
  const engine = new Propagation(tree);
  const seen = measurements.map((measurement) => observed(tree, measurement));
  let potentials: readonly Float64Array[] = seen.map(({ values }, m) => start?.[m] ?? new Float64Array(values.length));
  let marginals = engine.marginals(gathered(tree, seen, potentials), total);
  if (!(total > 0)) return { model: { tree, total: 0, marginals }, potentials };
  let gaps = seen.map((one) => gapOf(one, marginals));
  let step = 1 / (total * seen.reduce((sum, { weights }) => Math.max(sum, largestOf(weights)), 1e-300));
  let calm = 0;
  for (let i = 0; i < iterations && calm < 3; i += 1) {
    let moved = 0;
    for (let tries = 1; ; tries += 1) {
      const tried = potentials.map((potential, m) =>
        stepped(potential, seen[m] as Observed, gaps[m] as Float64Array, step),
      );
      const next = engine.marginals(gathered(tree, seen, tried), total);
      const nextGaps = seen.map((one) => gapOf(one, next));
      const { descent, square, largest } = change(seen, gaps, nextGaps);
      if (square > descent && tries < MOST_HALVINGS) {
        step /= 2;
        continue;
      }
      [potentials, marginals, gaps, moved] = [tried, next, nextGaps, largest];
      step *= square < descent / 4 ? 2 : 1.1;
      break;
    }
    calm = moved <= tolerance * total ? calm + 1 : 0;
    yield (i + 1) / iterations;
  }
  return { model: { tree, total, marginals }, potentials };
}

const MOST_HALVINGS = 60;

/** A measurement beside the clique it is read from. */
interface Observed {
  readonly clique: number;
  readonly onto: Int32Array;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

function observed(tree: JunctionTree, { attributes, values, weight }: Measurement): Observed {
  let at = -1;
  tree.cliques.forEach((clique, c) => {
    const holds = attributes.every((attribute) => clique.includes(attribute));
    const isSmaller = at < 0 || cellsOver(tree.shape, clique) < cellsOver(tree.shape, tree.cliques[at] ?? []);
    if (holds && isSmaller) at = c;
  });
  const weights = typeof weight === 'number' ? new Float64Array(values.length).fill(weight) : weight;
  return { clique: at, onto: projection(tree.shape, tree.cliques[at] ?? [], attributes), values, weights };
}

/** Fitted less measured counts. */
function gapOf({ clique, onto, values }: Observed, marginals: readonly Float64Array[]): Float64Array {
  const out = summedOnto(marginals[clique] as Float64Array, onto, values.length);
  for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) - (values[i] as number);
  return out;
}

/** Potentials of the measurements, added up over the cliques they are read from. */
function gathered(
  tree: JunctionTree,
  seen: readonly Observed[],
  potentials: readonly Float64Array[],
): readonly Float64Array[] {
  const out = tree.cliques.map((clique) => new Float64Array(cellsOver(tree.shape, clique)));
  seen.forEach(({ clique, onto }, m) => {
    const into = out[clique] as Float64Array;
    const potential = potentials[m] as Float64Array;
    for (let i = 0; i < into.length; i += 1) into[i] = (into[i] as number) + (potential[onto[i] as number] as number);
  });
  return out;
}

function stepped(potential: Float64Array, { weights }: Observed, gap: Float64Array, step: number): Float64Array {
  const out = new Float64Array(potential.length);
  for (let i = 0; i < out.length; i += 1) {
    out[i] = (potential[i] as number) - step * (weights[i] as number) * (gap[i] as number);
  }
  return out;
}

const largestOf = (values: Float64Array): number => {
  let top = 0;
  for (let i = 0; i < values.length; i += 1) if ((values[i] as number) > top) top = values[i] as number;
  return top;
};

/** Descent the gradient promises for a move, the squared move (both weighted), and the largest move of a cell. */
function change(
  seen: readonly Observed[],
  before: readonly Float64Array[],
  after: readonly Float64Array[],
): { descent: number; square: number; largest: number } {
  let descent = 0;
  let square = 0;
  let largest = 0;
  seen.forEach(({ weights }, m) => {
    const old = before[m] as Float64Array;
    const fresh = after[m] as Float64Array;
    for (let i = 0; i < old.length; i += 1) {
      const move = (old[i] as number) - (fresh[i] as number);
      const weight = weights[i] as number;
      descent += weight * (old[i] as number) * move;
      square += weight * move * move;
      if (move > largest) largest = move;
      else if (-move > largest) largest = -move;
    }
  });
  return { descent, square, largest };
}

/**
 * Belief propagation on a junction tree. A clique is held as its law given what it shares with its parent, each slice scaled by
 * its own largest exponent: no potential is too far from another for doubles. One exponential a cell.
 */
class Propagation {
  private readonly up: readonly Int32Array[];
  private readonly down: readonly Int32Array[];
  private readonly sizes: readonly number[];

  constructor(private readonly tree: JunctionTree) {
    const { shape, cliques, parent, separator } = tree;
    this.sizes = separator.map((attributes) => cellsOver(shape, attributes));
    this.up = cliques.map((clique, c) => projection(shape, clique, separator[c] ?? []));
    this.down = separator.map((attributes, c) => projection(shape, cliques[parent[c] as number] ?? [], attributes));
  }

  /** Marginals of the table of that total which is proportional to the exponential of the summed potentials. Overwrites these. */
  marginals(potentials: readonly Float64Array[], total: number): Float64Array[] {
    const { order, parent } = this.tree;
    const sums: Float64Array[] = [];
    for (let k = order.length - 1; k >= 0; k -= 1) {
      const c = order[k] as number;
      const own = potentials[c] as Float64Array;
      const message = this.toConditional(own, this.up[c] as Int32Array, this.sizes[c] as number);
      sums[c] = message.sums;
      if (k > 0) add(potentials[parent[c] as number] as Float64Array, message.logs, this.down[c] as Int32Array);
    }
    for (const c of order) {
      const above = potentials[parent[c] as number];
      const size = this.sizes[c] as number;
      const wanted =
        above === undefined ? Float64Array.of(Math.max(0, total)) : summedOnto(above, this.down[c] as Int32Array, size);
      for (let s = 0; s < size; s += 1) wanted[s] = (wanted[s] as number) / (sums[c]?.[s] as number);
      multiply(potentials[c] as Float64Array, wanted, this.up[c] as Int32Array);
    }
    return [...potentials];
  }

  /** Exponentials in place of the potentials, each slice divided by its largest; the slices' sums, and their logarithms undivided. */
  private toConditional(own: Float64Array, onto: Int32Array, size: number): { sums: Float64Array; logs: Float64Array } {
    const logs = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    for (let i = 0; i < own.length; i += 1) {
      const s = onto[i] as number;
      if ((own[i] as number) > (logs[s] as number)) logs[s] = own[i] as number;
    }
    for (let i = 0; i < own.length; i += 1) own[i] = exp((own[i] as number) - (logs[onto[i] as number] as number));
    const sums = summedOnto(own, onto, size);
    for (let s = 0; s < size; s += 1) logs[s] = (logs[s] as number) + log(sums[s] as number);
    return { sums, logs };
  }
}

function multiply(values: Float64Array, by: Float64Array, onto: Int32Array): void {
  for (let i = 0; i < values.length; i += 1) values[i] = (values[i] as number) * (by[onto[i] as number] as number);
}

function add(values: Float64Array, what: Float64Array, onto: Int32Array): void {
  for (let i = 0; i < values.length; i += 1) values[i] = (values[i] as number) + (what[onto[i] as number] as number);
}

/** The model's counts over attributes that lie in one of its cliques. */
export function marginalOf(model: GraphicalModel, attributes: readonly number[]): Float64Array | undefined {
  const { shape, cliques } = model.tree;
  const at = cliques.findIndex((clique) => attributes.every((attribute) => clique.includes(attribute)));
  if (at < 0) return undefined;
  const onto = projection(shape, cliques[at] as readonly number[], attributes);
  return summedOnto(model.marginals[at] as Float64Array, onto, cellsOver(shape, attributes));
}

/**
 * Total of the table by least squares: each measurement's sum has the variance of its cells together
 * (McKenna, Sheldon, Miklau, 2019, section 4).
 */
export function estimatedTotal(measurements: readonly Measurement[]): number {
  let sum = 0;
  let weights = 0;
  for (const { values, weight } of measurements) {
    const variance = typeof weight === 'number' ? values.length / weight : weight.reduce((a, b) => a + 1 / b, 0);
    const own = 1 / variance;
    sum += own * values.reduce((a, b) => a + b, 0);
    weights += own;
  }
  return weights > 0 ? Math.max(0, sum / weights) : 0;
}
