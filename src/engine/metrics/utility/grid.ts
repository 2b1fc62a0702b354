import { infeasible } from '../../kit/errors.ts';
import type { AnswersRelease, Release, ReportsRelease, SharesRelease, TableRelease } from '../../kit/release.ts';
import type { Rng } from '../../rng/rng.ts';
import { fillLaplace } from '../../rng/samplers.ts';
import { placeHourCounts } from '../place-hour.ts';

/**
 * True and released counts of any countable release as one matrix, so that utility is the same formula everywhere:
 * places x 24 hours for tables and answers, buckets x 1 for local reports, opened sums x 1 for secure sums.
 */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  /** What rows and columns are, for the sentence that explains the score. */
  readonly rowName: string;
  readonly columnName: string;
  readonly rowLabels: readonly string[];
  /** rows x columns, row-major. */
  readonly truth: Float64Array;
  readonly released: Float64Array;
  readonly unit: string;
  /** Additive noise of known law and the post-processing seen in the release: fresh draws give intervals. */
  readonly noise?: { readonly scale: number; readonly whole: boolean; readonly nonNegative: boolean };
}

export type CountableRelease = TableRelease | AnswersRelease | ReportsRelease | SharesRelease;

const known = new WeakMap<Release, Grid>();

/**
 * Grid of a release, computed once.
 * @throws infeasible when there is nothing to count or the data is empty.
 */
export function gridOf(release: Release): Grid {
  const before = known.get(release);
  if (before !== undefined) return before;
  const grid = build(release);
  if (!grid.truth.some((count) => count !== 0)) {
    throw infeasible(
      'the true counts are all zero, so no error can be put in proportion',
      'use data with rows in some cell',
    );
  }
  known.set(release, grid);
  return grid;
}

function build(release: Release): Grid {
  const { rowUnit } = release.dataset.descriptor;
  switch (release.kind) {
    case 'table': {
      const counts = placeHourCounts(release);
      const { places, truth, released } = counts;
      return matrix(places, 24, 'place', 'hour of day', truth, released, rowUnit);
    }
    case 'answers':
      return ofAnswers(release);
    case 'reports':
      return matrix(release.buckets, 1, 'bucket', '', release.truth, release.estimate, 'answers');
    case 'shares':
      return matrix(release.labels, 1, 'sum', '', release.truth, release.opened, rowUnit);
    default:
      throw infeasible(`a ${release.kind} release has no counts to compare`, 'choose another metric');
  }
}

const matrix = (
  rowLabels: readonly string[],
  columns: number,
  rowName: string,
  columnName: string,
  truth: Float64Array,
  released: Float64Array,
  unit: string,
): Grid => ({ rows: rowLabels.length, columns, rowName, columnName, rowLabels, truth, released, unit });

function ofAnswers(release: AnswersRelease): Grid {
  const answer = release.answers.find(({ id }) => id === 'location') ?? release.answers[0];
  if (answer === undefined) throw infeasible('this release has no answers', 'ask at least one question');
  const [first, ...rest] = answer.dims;
  if (first === undefined) throw infeasible(`answer "${answer.id}" has no dimensions`, 'choose another metric');
  const columns = rest.reduce((size, dim) => size * dim.levels.length, 1);
  const names = rest.map((dim) => dim.label.en.toLowerCase()).join(' x ');
  const grid = matrix(
    first.levels,
    columns,
    first.label.en.toLowerCase(),
    names,
    answer.truth,
    answer.released,
    answer.unit,
  );
  const { guarantee, events } = release;
  // Only Laplace noise of one scale on unbounded counts has the law that is drawn again below.
  const isSimple =
    guarantee.kind === 'dp' &&
    guarantee.delta === 0 &&
    answer.of === 'counts' &&
    answer.sensitivity === 1 &&
    answer.scale > 0 &&
    events.some(({ law }) => law?.kind === 'laplace' || law?.kind === 'discrete-laplace') &&
    events.every(({ scale }) => scale !== undefined);
  return isSimple ? { ...grid, noise: { scale: answer.scale, ...postProcessing(answer.released) } } : grid;
}

function postProcessing(released: Float64Array): { whole: boolean; nonNegative: boolean } {
  let whole = true;
  let nonNegative = true;
  for (const value of released) {
    if (!Number.isInteger(value)) whole = false;
    if (value < 0) nonNegative = false;
  }
  return { whole, nonNegative };
}

/** Sums over the columns of each row. */
export function rowTotals(grid: Grid, values: Float64Array): Float64Array {
  const totals = new Float64Array(grid.rows);
  for (let i = 0; i < values.length; i += 1) {
    const row = Math.floor(i / grid.columns);
    totals[row] = (totals[row] as number) + (values[i] as number);
  }
  return totals;
}

/** Sums over the rows of each column. */
export function columnTotals(grid: Grid, values: Float64Array): Float64Array {
  const totals = new Float64Array(grid.columns);
  for (let i = 0; i < values.length; i += 1) {
    const column = i % grid.columns;
    totals[column] = (totals[column] as number) + (values[i] as number);
  }
  return totals;
}

/** The release that says nothing but the total: every cell the same. The bar each utility is read against. */
export function flat(grid: Grid): Float64Array {
  let total = 0;
  for (const value of grid.truth) total += value;
  return new Float64Array(grid.truth.length).fill(total / grid.truth.length);
}

const DRAWS = 80;

/** 95 % interval of `score` over fresh noise on the same data; `undefined` where the noise has no known law. */
export function noiseInterval(
  grid: Grid,
  rng: Rng,
  score: (released: Float64Array) => number,
): { low: number; high: number; level: number; kind: 'noise' } | undefined {
  const { noise } = grid;
  if (noise === undefined) return undefined;
  const values = new Float64Array(DRAWS);
  const fresh = new Float64Array(grid.truth.length);
  for (let d = 0; d < DRAWS; d += 1) {
    fillLaplace(rng, fresh, noise.scale);
    for (let i = 0; i < fresh.length; i += 1) {
      const value = (grid.truth[i] as number) + (fresh[i] as number);
      const whole = noise.whole ? Math.round(value) : value;
      fresh[i] = noise.nonNegative && whole < 0 ? 0 : whole;
    }
    values[d] = score(fresh);
  }
  values.sort();
  return { low: values[1] as number, high: values[DRAWS - 2] as number, level: 0.95, kind: 'noise' };
}
