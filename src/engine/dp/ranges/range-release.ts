import type { Audited } from '../../kit/audit.ts';
import type { Ctx } from '../../kit/context.ts';
import { invalidParam } from '../../kit/errors.ts';
import type { CountsPicture } from '../../kit/picture.ts';
import type { AnswerSet, AnswersRelease } from '../../kit/release.ts';
import type { Study } from '../../kit/technique.ts';
import { type Text, text } from '../../kit/text.ts';
import type { Axis } from '../axes.ts';
import { claimFor, type Subject } from '../selection/subject.ts';
import { halfWidthOf } from '../time/counters.ts';
import type { AxisCounts } from '../time/step-counts.ts';
import { eventOf, type NoisePlan, vectorAudit } from './noise-plan.ts';
import type { Strategy } from './strategy.ts';

/** A histogram measured by a strategy: cells that add up to ranges, each with its exact error. */
export interface RangePlan {
  readonly subject: Subject;
  readonly axis: Axis;
  readonly counts: AxisCounts;
  readonly strategy: Strategy;
  readonly noise: NoisePlan;
}

/** The estimated cells of one run. */
export const estimated = ({ strategy, noise, counts }: RangePlan, ctx: Ctx): Float64Array =>
  strategy.estimate(noise.measure(ctx.rng.fork('noise'), strategy.measured(counts.kept))).map((value) => value + 0);

/** Deviation and 95 % half width of the sum of cells [start, end). */
export function rangeError({ strategy, noise }: RangePlan, start: number, end: number) {
  const variance = strategy.variance(start, end);
  return {
    deviation: Math.sqrt(variance * noise.figures.variance),
    // No weighted sum of Laplace draws has heavier tails than one draw: the half width is never too narrow.
    halfWidth95: halfWidthOf({ variance, quartic: variance * variance }, noise.law, noise.figures.variance),
  };
}

export async function rangeRelease(
  plan: RangePlan,
  released: Float64Array,
  id: string,
  notes: readonly Text[],
  ctx: Ctx,
): Promise<AnswersRelease> {
  const { subject, axis, counts, noise, strategy } = plan;
  const { descriptor } = subject.input.dataset;
  let halfWidth95 = 0;
  for (let cell = 0; cell < strategy.cells; cell += 1) {
    halfWidth95 = Math.max(halfWidth95, rangeError(plan, cell, cell + 1).halfWidth95);
    if (cell % 64 === 0) await ctx.checkpoint(0.9 + (0.1 * cell) / strategy.cells);
  }
  const answer: AnswerSet = {
    id,
    of: 'counts',
    label: axis.label,
    unit: descriptor.rowUnit,
    dims: [{ column: axis.column, label: axis.label, levels: axis.levels }],
    truth: counts.truth.slice(),
    released,
    halfWidth95,
    sensitivity: noise.sensitivity,
    scale: noise.scale,
    sensitivityClass: 'medium',
  };
  const picture: CountsPicture = {
    view: 'counts',
    id,
    label: answer.label,
    unit: answer.unit,
    dims: answer.dims,
    truth: answer.truth,
    released,
    noise: { law: noise.law, scale: noise.scale, halfWidth95 },
  };
  const what = `${strategy.measured(counts.kept).length} measurements of ${strategy.cells} cells`;
  await ctx.checkpoint(1);
  return {
    kind: 'answers',
    dataset: subject.input.dataset,
    guarantee: claimFor(subject, noise.loss),
    events: [...subject.input.events, eventOf(noise, strategy.reach, { what, on: axis.column, unit: subject.unit })],
    answers: [answer],
    pictures: [picture],
    notes,
  };
}

/** A range asked of one release: cells `from` (included) to `to` (not included). */
export interface RangeQuestion {
  readonly from: number;
  readonly to: number;
}
export interface RangeAnswer {
  readonly truth: number;
  readonly released: number;
  /** Exact standard deviation of the noise of this very range. */
  readonly deviation: number;
  readonly halfWidth95: number;
}

/** Any number of ranges read off one release: post-processing, costs nothing. */
export function rangeStudy(plan: RangePlan, released: Float64Array): Study {
  const truth = sums(plan.counts.truth);
  const noisy = sums(released);
  const cells = released.length;
  return {
    shape: { levels: plan.axis.levels, label: plan.axis.label, unit: plan.subject.input.dataset.descriptor.rowUnit },
    ask: async (question, ctx): Promise<RangeAnswer> => {
      const { from, to } = (question ?? {}) as Partial<RangeQuestion>;
      if (
        from === undefined ||
        to === undefined ||
        !(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from < to && to <= cells)
      ) {
        throw invalidParam('range', `two whole numbers 0 <= from < to <= ${cells}`, question);
      }
      await ctx.checkpoint(0);
      return {
        truth: (truth[to] as number) - (truth[from] as number),
        released: (noisy[to] as number) - (noisy[from] as number),
        ...rangeError(plan, from, to),
      };
    },
  };
}

function sums(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i += 1) out[i + 1] = (out[i] as number) + (values[i] as number);
  return out;
}

/** A unit more in the first cell of an empty histogram, and in a middle cell of a full one. */
export function rangeAudit(strategy: Strategy, noise: NoisePlan, rows: number): Audited {
  const cells = strategy.cells;
  const empty = new Float64Array(cells);
  const full = new Float64Array(cells).fill(300);
  const withUnit = (counts: Float64Array, at: number): Float64Array => {
    const more = counts.slice();
    more[at] = (more[at] as number) + rows;
    return more;
  };
  const middle = cells >> 1;
  return vectorAudit(noise, [
    {
      label: text('an empty table, and one unit', 'una tabla vacía, y una unidad'),
      worlds: [strategy.measured(empty), strategy.measured(withUnit(empty, 0))],
    },
    {
      label: text('a full table, and one unit more', 'una tabla llena, y una unidad más'),
      worlds: [strategy.measured(full), strategy.measured(withUnit(full, middle))],
    },
  ]);
}
