import type { Problem } from '../engine/kit/errors.ts';
import type { BranchSpec, JobOutcome, JobResult } from '../engine/kit/job.ts';
import type { Interval, Score } from '../engine/kit/score.ts';
import type { Text } from '../engine/kit/text.ts';
import { planJob } from './plan.ts';
import type { ScenarioSpec } from './spec.ts';

/** One score of a branch over its repeats. With a single run, `interval` is the run's own (noise or sampling). */
export interface ScoreSummary {
  readonly id: string;
  /** The score of the first repetition: label, unit, method, baseline, bound. */
  readonly score: Score;
  /** Value per repetition that has it. */
  readonly values: readonly number[];
  readonly mean: number;
  /** Standard deviation between repetitions (n - 1); absent for a single run. */
  readonly sd?: number;
  readonly interval?: Interval;
}

export interface BranchSummary {
  readonly branch: BranchSpec;
  /** `pending` while no repetition is in; `partial` while some are. */
  readonly status: 'pending' | 'partial' | 'ok' | 'failed' | 'cancelled';
  readonly done: number;
  readonly planned: number;
  /** The first repetition: what pictures are drawn from. */
  readonly first?: JobResult;
  readonly scores: readonly ScoreSummary[];
  readonly problem?: Problem;
}

/** Per branch, what is known so far: `outcomes` maps job keys to outcomes, in any order. */
export function collate(spec: ScenarioSpec, outcomes: ReadonlyMap<string, JobOutcome>): readonly BranchSummary[] {
  return spec.branches.map((branch) => {
    const known = Array.from({ length: spec.repeats }, (_, repetition) =>
      outcomes.get(planJob(spec, branch, repetition).key),
    ).filter((outcome) => outcome !== undefined);
    return summarizeBranch(branch, known, spec.repeats);
  });
}

function summarizeBranch(branch: BranchSpec, known: readonly JobOutcome[], planned: number): BranchSummary {
  const results = known.filter((outcome) => outcome.status === 'ok');
  const failed = known.find((outcome) => outcome.status === 'failed');
  const first = results[0];
  const base = { branch, done: known.length, planned, scores: summarizeScores(results) };
  if (failed !== undefined) {
    return { ...base, status: 'failed', problem: failed.problem, ...(first === undefined ? {} : { first }) };
  }
  if (first === undefined) return { ...base, status: known.length > 0 ? 'cancelled' : 'pending' };
  return { ...base, status: results.length < planned ? 'partial' : 'ok', first };
}

/** Scores of several repetitions by id, in the order of the first that has them. */
export function summarizeScores(results: readonly JobResult[]): readonly ScoreSummary[] {
  const byId = new Map<string, Score[]>();
  for (const { scores } of results) {
    for (const score of scores) {
      const list = byId.get(score.id);
      if (list === undefined) byId.set(score.id, [score]);
      else list.push(score);
    }
  }
  return [...byId].map(([id, scores]) => summarizeScore(id, scores));
}

function summarizeScore(id: string, scores: readonly Score[]): ScoreSummary {
  const score = scores[0] as Score; // never empty: made with its first element
  const values = scores.map(({ value }) => value);
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) {
    return { id, score, values, mean, ...(score.interval === undefined ? {} : { interval: score.interval }) };
  }
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (n - 1));
  const half = (studentT975(n - 1) * sd) / Math.sqrt(n);
  return {
    id,
    score,
    values,
    mean,
    sd,
    interval: { low: mean - half, high: mean + half, level: 0.95, kind: 'repeats' },
  };
}

const smallT = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622] as const;

/**
 * 97.5 % quantile of Student's t. Table to 9 degrees of freedom, above that the expansion of Cornish and Fisher in 1/df
 * (Abramowitz, Stegun 1964, 26.7.5), within 1e-4.
 */
export function studentT975(degrees: number): number {
  const exact = smallT[degrees - 1];
  if (exact !== undefined) return exact;
  const z = 1.959963984540054;
  const z3 = z * z * z;
  const z5 = z3 * z * z;
  const z7 = z5 * z * z;
  return (
    z +
    (z3 + z) / (4 * degrees) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees * degrees) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * degrees * degrees * degrees)
  );
}

/** One line of a side-by-side comparison: the same score in every column that has it. */
export interface ComparisonRow {
  readonly id: string;
  readonly label: Text;
  readonly unit: string;
  readonly direction: Score['direction'];
  readonly meaning: Score['meaning'];
  readonly cells: readonly (ScoreSummary | undefined)[];
  /** Columns whose interval excludes every other column's mean on the better side; empty when none stands out. */
  readonly best: readonly number[];
  /** Common range of all cells with their intervals, for locked scales. */
  readonly range: readonly [number, number];
}

/** Rows of scores by columns of branches (of one scenario or of several). */
export function comparisonRows(columns: readonly BranchSummary[]): readonly ComparisonRow[] {
  const ids = new Map<string, Score>();
  for (const { scores } of columns) for (const { id, score } of scores) if (!ids.has(id)) ids.set(id, score);
  return [...ids].map(([id, score]) => {
    const cells = columns.map((column) => column.scores.find((summary) => summary.id === id));
    const { label, unit, direction, meaning } = score;
    return { id, label, unit, direction, meaning, cells, best: bestOf(cells, direction), range: rangeOf(cells) };
  });
}

function bestOf(cells: readonly (ScoreSummary | undefined)[], direction: Score['direction']): readonly number[] {
  if (direction === 'neutral') return [];
  const sign = direction === 'higher-is-better' ? 1 : -1;
  const present = cells.flatMap((cell, at) => (cell === undefined ? [] : [{ at, cell }]));
  if (present.length < 2) return [];
  const worstEnd = (cell: ScoreSummary): number =>
    cell.interval === undefined ? cell.mean : sign > 0 ? cell.interval.low : cell.interval.high;
  return present
    .filter(({ at, cell }) =>
      present.every((other) => other.at === at || sign * worstEnd(cell) > sign * other.cell.mean),
    )
    .map(({ at }) => at);
}

function rangeOf(cells: readonly (ScoreSummary | undefined)[]): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const cell of cells) {
    if (cell === undefined) continue;
    low = Math.min(low, cell.mean, cell.interval?.low ?? cell.mean);
    high = Math.max(high, cell.mean, cell.interval?.high ?? cell.mean);
  }
  return [low, high];
}
