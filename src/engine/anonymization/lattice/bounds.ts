import { pow } from '../../kit/math/pow.ts';
import { generalizationFactor, type MetricChoice, type MetricContext } from './node-metrics.ts';

/**
 * What a node costs at least, whatever is suppressed: generalization alone, from each column's level. Suppression only
 * adds to it. Columns not decided yet count as exact, so a bound of a prefix holds for all nodes below it.
 */
export type Bound = (levels: ArrayLike<number>, decided: readonly number[]) => number;

/** A lower bound of the measure, or undefined where levels alone say nothing (class sizes, ambiguity, KL). */
export function boundOf(context: MetricContext, choice: MetricChoice): Bound | undefined {
  const perLevel = costs(context, choice);
  if (perLevel === undefined) return undefined;
  const m = context.table.columns.length;
  if (choice.metric === 'loss') {
    return (levels, decided) => {
      let product = 1;
      for (const j of decided) product *= (perLevel[j]?.[levels[j] as number] ?? 0) + 1;
      return pow(product, 1 / m) - 1;
    };
  }
  const mean = choice.metric === 'loss-arithmetic' || choice.metric.startsWith('precision') ? m : 1;
  return (levels, decided) => {
    let sum = 0;
    for (const j of decided) sum += perLevel[j]?.[levels[j] as number] ?? 0;
    return sum / mean;
  };
}

function costs(context: MetricContext, choice: MetricChoice): readonly Float64Array[] | undefined {
  const { columns, rows } = context.table;
  const gF = generalizationFactor(choice.gsFactor);
  switch (choice.metric) {
    case 'loss':
    case 'loss-arithmetic':
      return columns.map((column, j) =>
        Float64Array.from(column.levels, (level) => {
          const least = (gF * rows) / column.size;
          const range = rows - least;
          const loss = range <= 0 ? 0 : Math.max(0, ((gF * level.covered) / column.size - least) / range);
          return loss * (choice.weights[j] as number);
        }),
      );
    case 'precision':
    case 'precision-monotonic':
      return columns.map((column) =>
        Float64Array.from(column.levels, (_, level) => level / Math.max(1, column.levels.length - 1)),
      );
    case 'height':
      return columns.map((column) => Float64Array.from(column.levels, (_, level) => level));
    case 'non-uniform-entropy':
    case 'non-uniform-entropy-monotonic':
      return context.levelEntropy;
    case 'normalized-entropy':
      return context.levelEntropy.map((levels, j) => {
        const most = context.baseEntropy[j] as number;
        return levels.map((value) => (most === 0 ? 0 : value / most));
      });
    default:
      return undefined;
  }
}
