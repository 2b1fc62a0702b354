import { noisyMean, trueMean } from '../kit/mean.ts';
import type { Rng } from '../rng/rng.ts';
import { countCells } from './axes.ts';
import { projectNonNegative, reconcile, roundTogether } from './consistency.ts';
import { type Calibrated, type Figures, figuresOf } from './mechanism.ts';
import { isNumber, type Part, type StatisticPlan } from './statistics-plan.ts';

/** Noise and what is done after it: the one way from a plan to numbers that are seen. */

export interface Answering {
  readonly calibrated: Calibrated;
  readonly figures: Figures;
}

/** Noise of every part, fixed by claim and sensitivity alone. @throws what a mechanism throws for a claim it cannot keep. */
export const answeringOf = (plan: StatisticPlan, exact: boolean): readonly Answering[] =>
  plan.parts.map((part) => {
    const calibrated = plan.mechanism.calibrate(part.loss, part.change);
    return { calibrated, figures: figuresOf(calibrated, exact) };
  });

/** Parts with noise, in their own units, and the statistic made of them. */
export interface Answered {
  readonly parts: readonly Float64Array[];
  readonly statistic: Float64Array;
}

/** One run. `rngOf` gives the generator of a part. */
export function answer(
  plan: StatisticPlan,
  answering: readonly Answering[],
  exact: boolean,
  rngOf: (part: Part) => Rng,
): Answered {
  const parts = plan.parts.map((part, i) => {
    const out = new Float64Array(part.base.length);
    const { calibrated } = answering[i] as Answering;
    if (exact) calibrated.release(rngOf(part), part.base, out);
    else calibrated.simulate(rngOf(part), part.base, out);
    for (let cell = 0; cell < out.length; cell += 1) out[cell] = (out[cell] as number) * part.step;
    return out;
  });
  tidy(plan, answering, parts);
  return { parts, statistic: statisticOf(plan, parts) };
}

/** Post-processing in place: agree with the total, cut at zero, round. */
function tidy(plan: StatisticPlan, answering: readonly Answering[], parts: readonly Float64Array[]): void {
  const { params } = plan;
  const [cells, total] = [parts[0] as Float64Array, plan.parts[1]?.id === 'total' ? parts[1] : undefined];
  const isCount = plan.parts[0]?.id === 'count';
  const cut = params.nonNegative && (isCount || (plan.parts[0]?.id === 'sum' && (plan.values?.bounds[0] ?? -1) >= 0));
  if (total !== undefined) {
    const [ofCells, ofTotal] = answering.map(({ figures }) => figures.variance) as [number, number];
    const agreed = reconcile(cells, ofCells, total[0] as number, ofTotal);
    if (cut) projectNonNegative(cells, agreed);
    if (isCount && params.round) roundTogether(cells);
    total[0] = cells.reduce((sum, cell) => sum + cell, 0);
  } else {
    for (let i = 0; i < cells.length; i += 1) {
      let value = cells[i] as number;
      if (isCount && params.round) value = Math.round(value);
      cells[i] = cut && value < 0 ? 0 : value;
    }
  }
  // A negative zero would change the digest and show as "-0".
  for (const part of parts) for (let i = 0; i < part.length; i += 1) part[i] = (part[i] as number) + 0;
}

/** The statistic of each cell from its noisy parts; NaN where the noisy count says nothing. */
function statisticOf({ params, values }: StatisticPlan, parts: readonly Float64Array[]): Float64Array {
  const [first, sums, squares] = parts as [Float64Array, Float64Array?, Float64Array?];
  if (values === undefined || sums === undefined || params.statistic === 'count' || params.statistic === 'sum') {
    return first;
  }
  const { centre, half } = values;
  if (params.statistic === 'mean' || squares === undefined) {
    return first.map((rows, i) => noisyMean(sums[i] as number, rows, { centre, half }));
  }
  const most = half * half;
  return first.map((rows, i) => {
    if (!(rows >= 1)) return Number.NaN;
    const mean = Math.max(-half, Math.min(half, (sums[i] as number) / rows));
    const square = (squares[i] as number) / rows + most / 2;
    return Math.max(0, Math.min(most, square - mean * mean));
  });
}

/** The truth of a part and of the statistic: all rows, nothing clipped. */
export function truthOf(plan: StatisticPlan): Answered {
  const { grid, values, params } = plan;
  const counts = countCells(grid.cells, grid.size);
  if (values === undefined)
    return { parts: plan.parts.map(({ id }) => (id === 'total' ? sumOf(counts) : counts)), statistic: counts };
  const { centre, half } = values;
  const sums = added(plan, (x) => x);
  const centred = added(plan, (x) => x - centre);
  const squares = added(plan, (x) => (x - centre) * (x - centre) - (half * half) / 2);
  const ofPart = (id: Part['id']): Float64Array =>
    id === 'count'
      ? counts
      : id === 'sum'
        ? sums
        : id === 'centred'
          ? centred
          : id === 'squares'
            ? squares
            : sumOf(sums);
  const statistic =
    params.statistic === 'sum'
      ? sums
      : counts.map((rows, i) => {
          const mean = trueMean(centred[i] as number, rows, centre);
          if (params.statistic === 'mean') return mean;
          const square = (squares[i] as number) / rows + (half * half) / 2;
          return Math.max(0, square - (mean - centre) * (mean - centre));
        });
  return { parts: plan.parts.map(({ id }) => ofPart(id)), statistic };
}

const sumOf = (cells: Float64Array): Float64Array => Float64Array.of(cells.reduce((sum, cell) => sum + cell, 0));

function added({ grid, values }: StatisticPlan, term: (x: number) => number): Float64Array {
  const sums = new Float64Array(grid.size);
  if (values === undefined) return sums;
  const { column } = values;
  for (let i = 0; i < grid.cells.length; i += 1) {
    const cell = grid.cells[i] as number;
    const value = column.values[i] as number;
    // An infinite value has no place in a sum that is shown; it is clipped in the one that is released.
    if (cell >= 0 && isNumber(column, i) && Math.abs(value) < Infinity)
      sums[cell] = (sums[cell] as number) + term(value);
  }
  return sums;
}
