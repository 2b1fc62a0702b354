import { exp } from '../../kit/portable-math.ts';
import type { Rng } from '../../rng/rng.ts';
import { type CodedTable, countsOver, pairsOf } from './coded-table.ts';
import { type Fit, fitSteps, type GraphicalModel, type Measurement } from './graphical-model.ts';
import { cellsOver, junctionTree } from './junction-tree.ts';
import { marginalsOf } from './model-marginals.ts';
import { chosenByScore, distanceScore, SCORE_STEPS, withLaplaceNoise } from './private-noise.ts';

/**
 * MWEM (Hardt, Ligett, McSherry, 2012, "A simple and practical algorithm for differentially private data release") over whole
 * marginals, with the graphical model in place of the table of all combinations (McKenna, Sheldon, Miklau, 2019, section 5): in each
 * round the marginal the model is most wrong about is chosen privately, counted with noise, and the model fitted anew.
 */

/** The update of one linear query: weights times exp(query (measurement - answer) / (2 total)), made to add up to 1 again. */
export function multiplicativeUpdate(
  weights: ArrayLike<number>,
  query: ArrayLike<number>,
  measurement: number,
  total: number,
): Float64Array {
  const out = Float64Array.from(weights);
  const answer = out.reduce((sum, weight, i) => sum + weight * (query[i] as number), 0) * total;
  const rate = (measurement - answer) / (2 * total);
  // The largest exponent is taken out, so that far measurements do not overflow.
  const top = out.reduce((most, _, i) => Math.max(most, rate * (query[i] as number)), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let i = 0; i < out.length; i += 1) {
    out[i] = (out[i] as number) * exp(rate * (query[i] as number) - top);
    sum += out[i] as number;
  }
  return out.map((weight) => weight / sum);
}

/** Pure epsilons that add up to the whole. */
export interface MwemBudget {
  readonly rounds: number;
  readonly total: number;
  /** Of each round's choice, and of its counts. */
  readonly choice: number;
  readonly counts: number;
}

const TOTAL_SHARE = 0.05;

/** A twentieth for the number of rows; half of each round for its choice and half for its counts. */
export function mwemBudget(epsilon: number, rounds: number): MwemBudget {
  const total = TOTAL_SHARE * epsilon;
  const each = (epsilon - total) / (2 * rounds);
  return { rounds, total, choice: each, counts: each };
}

export interface MwemMeasured {
  readonly model: GraphicalModel;
  /** Noisy number of rows as it was drawn, and at least 0. */
  readonly noisyRows: number;
  readonly total: number;
  readonly measurements: readonly Measurement[];
  readonly totalScale: number;
  readonly scale: number;
}

/** Cells the model may have: more would not be fitted in seconds. */
const MOST_MODEL_CELLS = 1 << 16;
/** Iterations of the fit after each round, and after the last. */
const USUAL = { round: 30, last: 250 };

/**
 * All noise of one run, step by step (each yields how much is done).
 * @param sensitivity rows one hidden unit may add or remove
 * @param iterations of the fits; an audit, which looks at the noisy counts alone, does without
 */
export function* mwemSteps(
  data: CodedTable,
  budget: MwemBudget,
  sensitivity: number,
  rng: Rng,
  iterations: { readonly round: number; readonly last: number } = USUAL,
): Generator<number, MwemMeasured, void> {
  const { shape, rows } = data;
  const [drawn] = withLaplaceNoise(rng.fork('total'), Float64Array.of(rows), sensitivity, budget.total);
  const noisyRows = drawn as number;
  const total = Math.max(0, noisyRows);
  const scale = sensitivity / budget.counts;
  const candidates = candidatesOf(shape, total, scale);
  const counts = new Map<number, Float64Array>();
  const measurements: Measurement[] = [];
  let fit = yield* finished(fitSteps(shape, [], total, { iterations: 0, tolerance: 0 }), 0, 0);
  let expected: { readonly of: Fit; readonly tables: readonly Float64Array[] } | undefined;
  for (let round = 0; round < budget.rounds; round += 1) {
    const from = (0.8 * round) / budget.rounds;
    const allowed = candidates.filter((attributes) => fits(shape, measurements, attributes));
    const before = expected;
    expected =
      before?.of === fit ? before : { of: fit, tables: yield* resting(marginalsOf(fit.model, candidates), from) };
    const scores: number[] = [];
    for (const attributes of allowed) {
      const at = candidates.indexOf(attributes);
      const own = counts.get(at) ?? countsOver(data, attributes);
      counts.set(at, own);
      // What is gained by measuring is the error there is now, less that of the noise.
      const noise = Math.ceil(SCORE_STEPS * scale * own.length);
      scores.push(distanceScore(own, expected.tables[at] as Float64Array) - noise);
      yield from;
    }
    const lots = rng.fork(`round ${round}`);
    const chosen = allowed[chosenByScore(lots.fork('choice'), scores, SCORE_STEPS * sensitivity, budget.choice)];
    if (chosen === undefined) break;
    const own = counts.get(candidates.indexOf(chosen)) as Float64Array;
    measurements.push({
      attributes: chosen,
      values: withLaplaceNoise(lots.fork('counts'), own, sensitivity, budget.counts),
      weight: 1,
    });
    const isLast = round === budget.rounds - 1;
    if (iterations.last === 0) continue;
    const options = {
      iterations: isLast ? iterations.last : iterations.round,
      tolerance: 1e-5,
      start: fit.potentials,
    };
    fit = yield* finished(fitSteps(shape, measurements, total, options), from, isLast ? 1 : from + 0.8 / budget.rounds);
  }
  return { model: fit.model, noisyRows, total, measurements, totalScale: sensitivity / budget.total, scale };
}

/** Yields of `steps` as no progress. */
function* resting<R>(steps: Generator<void, R, void>, at: number): Generator<number, R, void> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield at;
  }
}

/** Yields of `steps` as shares between `from` and `to`. */
function* finished<R>(steps: Generator<number, R, void>, from: number, to: number): Generator<number, R, void> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield from + (to - from) * value;
  }
}

/**
 * Columns, and pairs of them whose noise would not drown twice all rows: no count of them could be worth it. Looks at the shape
 * and the noisy number of rows only. All columns stay, so that there is always something to choose.
 */
function candidatesOf(shape: readonly number[], total: number, scale: number): readonly (readonly number[])[] {
  const pairs = pairsOf(shape.length).filter((pair) => {
    const cells = cellsOver(shape, pair);
    return cells <= MOST_MODEL_CELLS && cells * scale <= 2 * total;
  });
  return [...Array.from(shape.keys(), (a) => [a]), ...pairs];
}

const fits = (shape: readonly number[], measured: readonly Measurement[], next: readonly number[]): boolean =>
  next.length === 1 ||
  junctionTree(shape, [...measured.map(({ attributes }) => attributes), next]).cells <= MOST_MODEL_CELLS;
