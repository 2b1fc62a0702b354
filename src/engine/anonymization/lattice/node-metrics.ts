import type { LatticeMetric } from '../../kit/lattice.ts';
import { log10 } from '../../kit/math/log10.ts';
import { log2 } from '../../kit/math/log2.ts';
import { pow } from '../../kit/math/pow.ts';
import { type LatticeTable, once } from './lattice-columns.ts';

/**
 * Utility measures of a node from a handful of sums over its kept classes (Kohlmayer, Prasser, Kuhn 2015 and the ARX
 * manual; exact definitions: reference/anonymization.md). Lower is better for all of them.
 */

/** Sums over the kept classes c of one node; sizes are released rows. */
export interface NodeSums {
  readonly rows: number;
  readonly classes: number;
  /** Sum of |c|^2. */
  readonly squares: number;
  /** Sum of |c|^2 over all classes of the node, kept or not. */
  readonly allSquares: number;
  /** Sum of |c| times the product over columns of base values covered. */
  readonly ambiguity: number;
  /** Sum of |c| log10(product of shares). */
  readonly logShare: number;
  /** Sums of F_c log2 o_c and of F_c, F_c = sum over rows of the cell frequency / n (KL divergence). */
  readonly kl: number;
  readonly klMass: number;
  /** Per column: sum of |c| times base values covered. */
  readonly covered: ArrayLike<number>;
  /** Per column: sum over labels u of s(u) log2 s(u), s = suppressed rows with label u. */
  readonly entropy: ArrayLike<number>;
}

/** What is fixed for a table: totals that do not depend on the node's classes. */
export interface MetricContext {
  readonly table: LatticeTable;
  /** Per column and level: -sum over rows log2(f(v) / f(g(v))), cut to 10 decimals; and the same at the top. */
  readonly levelEntropy: readonly Float64Array[];
  readonly baseEntropy: Float64Array;
  /** Per column and level: sum over labels u of n(u) log2 n(u), n = rows: `NodeSums.entropy` where all is suppressed. */
  readonly labelEntropy: readonly Float64Array[];
  /** Sum over all tuples of w f log2 f, and of w f. */
  readonly kl: () => { readonly total: number; readonly mass: number };
  readonly logDomain: number;
  readonly domain: number;
}

export interface MetricChoice {
  readonly metric: LatticeMetric;
  readonly gsFactor: number;
  /** Attribute weights, already divided by their maximum. */
  readonly weights: readonly number[];
}

const floor10 = (value: number): number => Math.floor(value * 1e10) / 1e10;

/** Factors of the generalization/suppression trade-off: 0.5 = both 1. */
export const suppressionFactor = (gs: number): number => (gs < 0.5 ? 2 * gs : 1);
export const generalizationFactor = (gs: number): number => (gs <= 0.5 ? 1 : 1 - 2 * (gs - 0.5));

export function metricContext(table: LatticeTable): MetricContext {
  const { rows } = table;
  const levelEntropy = table.columns.map((column) => {
    const base = column.levels[0];
    return Float64Array.from(column.levels, (level) => {
      let sum = 0;
      if (base === undefined) return 0;
      for (let v = 0; v < base.count; v += 1) {
        const own = base.rows[v] as number;
        if (own > 0) sum += own * log2(own / (level.rows[level.nodeOf[v] as number] as number));
      }
      return -sum;
    });
  });
  const baseEntropy = Float64Array.from(table.columns, (column) => {
    let sum = 0;
    const base = column.levels[0];
    for (let v = 0; v < (base?.count ?? 0); v += 1) {
      const own = base?.rows[v] as number;
      if (own > 0) sum += own * log2(own / rows);
    }
    return floor10(-sum);
  });
  const labelEntropy = table.columns.map((column) =>
    Float64Array.from(column.levels, (level) =>
      level.rows.reduce((sum, count) => (count > 1 ? sum + count * log2(count) : sum), 0),
    ),
  );
  const domain = table.columns.reduce((product, column) => product * column.size, 1);
  return {
    table,
    levelEntropy,
    baseEntropy,
    labelEntropy,
    kl: once(() => klTotals(table)),
    domain,
    logDomain: log10(domain),
  };
}

function klTotals(table: LatticeTable): { readonly total: number; readonly mass: number } {
  const cells = table.cellRows();
  let total = 0;
  let sum = 0;
  for (let t = 0; t < table.tuples; t += 1) {
    const frequency = (cells[t] as number) / table.rows;
    const mass = (table.weight[t] as number) * frequency;
    if (mass === 0) continue;
    sum += mass;
    total += mass * log2(frequency);
  }
  return { total, mass: sum };
}

/** Loss of each column: ARX's L_i, 0 = exact, 1 = everything "*" or suppressed. */
export function columnLosses(
  context: MetricContext,
  levels: ArrayLike<number>,
  sums: NodeSums,
  gsFactor: number,
  out: Float64Array,
): Float64Array {
  const { columns, rows } = context.table;
  const sF = suppressionFactor(gsFactor);
  const gF = generalizationFactor(gsFactor);
  const suppressed = rows - sums.rows;
  for (let i = 0; i < columns.length; i += 1) {
    const column = columns[i];
    const size = column?.size ?? 1;
    const kept = (gF * (sums.covered[i] as number)) / size;
    const all = column?.levels[levels[i] as number]?.covered ?? 0;
    const share = (all - (sums.covered[i] as number)) / size;
    const lost = sF === 1 ? suppressed : share + sF * (suppressed - share);
    const least = (gF * rows) / size;
    const range = rows - least;
    out[i] = range <= 0 ? 0 : floor10(Math.max(0, (kept + lost - least) / range));
  }
  return out;
}

/** Value of a measure at a node. `scratch` holds one number per column. */
export function nodeMetric(
  context: MetricContext,
  levels: ArrayLike<number>,
  sums: NodeSums,
  choice: MetricChoice,
  scratch: Float64Array,
): number {
  const { table } = context;
  const { columns, rows } = table;
  const m = columns.length;
  const suppressed = rows - sums.rows;
  switch (choice.metric) {
    case 'loss': {
      columnLosses(context, levels, sums, choice.gsFactor, scratch);
      let product = 1;
      for (let i = 0; i < m; i += 1) product *= (scratch[i] as number) * (choice.weights[i] as number) + 1;
      return pow(product, 1 / m) - 1;
    }
    case 'loss-arithmetic': {
      columnLosses(context, levels, sums, choice.gsFactor, scratch);
      let sum = 0;
      for (let i = 0; i < m; i += 1) sum += (scratch[i] as number) * (choice.weights[i] as number);
      return sum / m;
    }
    case 'discernibility':
      return sums.squares + rows * suppressed;
    case 'discernibility-monotonic':
      return sums.allSquares;
    case 'class-size': {
      const sF = suppressionFactor(choice.gsFactor);
      const gF = generalizationFactor(choice.gsFactor);
      return rows / (sums.classes * sF + (suppressed > 0 ? gF : 0));
    }
    case 'non-uniform-entropy':
    case 'non-uniform-entropy-monotonic':
    case 'normalized-entropy':
      return entropyMetric(context, levels, sums, suppressed, choice.metric);
    case 'precision': {
      let sum = 0;
      for (let i = 0; i < m; i += 1) sum += (sums.rows * relativeLevel(context, levels, i) + suppressed) / rows;
      return sum / m;
    }
    case 'precision-monotonic': {
      let sum = 0;
      for (let i = 0; i < m; i += 1) sum += relativeLevel(context, levels, i);
      return sum / m;
    }
    case 'height': {
      let sum = 0;
      for (let i = 0; i < m; i += 1) sum += levels[i] as number;
      return sum;
    }
    case 'ambiguity':
      return sums.ambiguity + suppressed * context.domain;
    case 'entropy-loss':
      return (context.logDomain === 0 ? 0 : sums.logShare / context.logDomain + sums.rows) + suppressed;
    case 'kl': {
      const { total, mass } = context.kl();
      const lost = mass - sums.klMass;
      const spread = suppressed > 0 ? lost * log2(suppressed / rows / context.domain) : 0;
      return total - sums.kl - spread;
    }
  }
}

const relativeLevel = (context: MetricContext, levels: ArrayLike<number>, i: number): number => {
  const height = context.table.columns[i]?.levels.length ?? 1;
  return height < 2 ? 0 : (levels[i] as number) / (height - 1);
};

function entropyMetric(
  context: MetricContext,
  levels: ArrayLike<number>,
  sums: NodeSums,
  suppressed: number,
  metric: LatticeMetric,
): number {
  let total = 0;
  for (let i = 0; i < context.table.columns.length; i += 1) {
    total += columnEntropy(context, levels, sums, suppressed, metric, i);
  }
  return total;
}

function columnEntropy(
  context: MetricContext,
  levels: ArrayLike<number>,
  sums: NodeSums,
  suppressed: number,
  metric: LatticeMetric,
  i: number,
): number {
  let own = context.levelEntropy[i]?.[levels[i] as number] ?? 0;
  if (metric !== 'non-uniform-entropy-monotonic' && suppressed > 0) {
    // -sum s log2(s / S) = S log2 S - sum s log2 s
    own += suppressed * log2(suppressed) - (sums.entropy[i] as number);
  }
  own = floor10(own);
  if (metric !== 'normalized-entropy') return own;
  const most = context.baseEntropy[i] as number;
  return most === 0 ? 0 : own / most;
}

/** What each column adds to a measure that is a sum or mean over columns; empty for measures of whole classes. */
export function columnMeasures(
  context: MetricContext,
  levels: ArrayLike<number>,
  sums: NodeSums,
  choice: MetricChoice,
): readonly number[] {
  const { columns, rows } = context.table;
  const suppressed = rows - sums.rows;
  const each = (of: (i: number) => number): readonly number[] => columns.map((_, i) => of(i));
  switch (choice.metric) {
    case 'loss':
    case 'loss-arithmetic': {
      const losses = columnLosses(context, levels, sums, choice.gsFactor, new Float64Array(columns.length));
      return each((i) => (losses[i] as number) * (choice.weights[i] as number));
    }
    case 'non-uniform-entropy':
    case 'non-uniform-entropy-monotonic':
    case 'normalized-entropy':
      return each((i) => columnEntropy(context, levels, sums, suppressed, choice.metric, i));
    case 'precision':
      return each((i) => (sums.rows * relativeLevel(context, levels, i) + suppressed) / rows);
    case 'precision-monotonic':
      return each((i) => relativeLevel(context, levels, i));
    case 'height':
      return each((i) => levels[i] as number);
    default:
      return [];
  }
}
