import { invalidParam } from '../kit/errors.ts';
import type { QuestionModule } from '../kit/questions.ts';
import type { Side, TwoSidesAnswer } from '../kit/two-sides.ts';
import { laplaceAccuracy } from '../dp/noise.ts';
import { type Rng, seededRng } from '../rng/rng.ts';
import { fillLaplace } from '../rng/samplers.ts';
import { binomial } from '../rng/samplers-binomial.ts';
import { grr, optimisedUnary, oracleVariance, type Support } from './oracles.ts';

/** E|X| of a standard normal variable. */
const MEAN_ABSOLUTE = 0.7978845608028654;
const QUANTILE_975 = 1.959963984540054;
const MOST_CELLS = 100_000;

/**
 * A histogram of the same rows at the same epsilon twice: Laplace noise on the counts (add/remove of a row), and a frequency
 * oracle that every row's owner runs alone (replacing a report): k-ary randomized response or optimised unary encoding (Wang et
 * al., 2017), whichever varies less for an absent value.
 */
export const answer: QuestionModule<'two-sides'>['answer'] = async ({ counts, epsilon, seed }, ctx) => {
  if (!(epsilon > 0 && epsilon <= 100)) throw invalidParam('epsilon', 'a number above 0 and up to 100', epsilon);
  if (counts.length < 2 || counts.length > MOST_CELLS) {
    throw invalidParam('counts', `2 to ${MOST_CELLS} cells`, counts.length);
  }
  if (counts.some((count) => !(Number.isInteger(count) && count >= 0 && count < 1e12))) {
    throw invalidParam('counts', 'whole numbers of rows, 0 or more', 'others');
  }
  const rng = seededRng(seed).fork('two-sides');
  const rows = counts.reduce((a, b) => a + b, 0);
  const central = curated(counts, 1 / epsilon, rng.fork('central'));
  await ctx.checkpoint(0.3);
  const local = reported(counts, rows, epsilon, rng.fork('local'));
  await ctx.checkpoint(1);
  return { central, local, rowsTimes: rowsTimes(local, central, counts.length) };
};

function curated(counts: Float64Array, scale: number, rng: Rng): Side {
  const released = fillLaplace(rng, new Float64Array(counts.length), scale);
  for (let i = 0; i < released.length; i += 1) released[i] = (released[i] as number) + (counts[i] as number);
  return {
    released,
    expectedError: new Float64Array(counts.length).fill(scale),
    halfWidth95: new Float64Array(counts.length).fill(laplaceAccuracy(scale, 0.05)),
    measuredError: meanGap(counts, released),
  };
}

function reported(counts: Float64Array, rows: number, epsilon: number, rng: Rng): TwoSidesAnswer['local'] {
  const cells = counts.length;
  const direct = grr(epsilon, cells);
  const unary = optimisedUnary(epsilon);
  const useDirect = oracleVariance(direct, 0, 1) <= oracleVariance(unary, 0, 1);
  const support = useDirect ? direct : unary;
  const ones = useDirect ? directSupport(counts, direct, rng) : unarySupport(counts, rows, unary, rng);
  const released = ones.map((one) => (one - rows * support.q) / (support.p - support.q));
  const deviation = counts.map((count) =>
    rows === 0 ? 0 : rows * Math.sqrt(Math.max(0, oracleVariance(support, count / rows, rows))),
  );
  return {
    oracle: useDirect ? 'grr' : 'oue',
    released,
    expectedError: deviation.map((sigma) => MEAN_ABSOLUTE * sigma),
    halfWidth95: deviation.map((sigma) => QUANTILE_975 * sigma),
    measuredError: meanGap(counts, released),
  };
}

/** Every bit of a one-hot report is flipped on its own: supporters of a cell are two binomials. */
function unarySupport(counts: Float64Array, rows: number, { p, q }: Support, rng: Rng): Float64Array {
  return counts.map((count) => binomial(rng, count, p) + binomial(rng, rows - count, q));
}

/** A value is kept, or replaced by any other one, each as likely: a multinomial for each true value. */
function directSupport(counts: Float64Array, { p }: Support, rng: Rng): Float64Array {
  const cells = counts.length;
  const ones = new Float64Array(cells);
  for (let v = 0; v < cells; v += 1) {
    const count = counts[v] as number;
    const kept = binomial(rng, count, p);
    ones[v] = (ones[v] as number) + kept;
    let left = count - kept;
    for (let w = 0, rest = cells - 1; w < cells && left > 0; w += 1) {
      if (w === v) continue;
      const here = rest === 1 ? left : binomial(rng, left, 1 / rest);
      ones[w] = (ones[w] as number) + here;
      left -= here;
      rest -= 1;
    }
  }
  return ones;
}

/** Error relative to the rows falls with 1 / sqrt(rows) locally and with 1 / rows centrally, so the factor is the squared ratio. */
function rowsTimes(local: Side, central: Side, cells: number): number {
  const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / cells;
  const ratio = mean(local.expectedError) / mean(central.expectedError);
  return Math.max(1, ratio * ratio);
}

function meanGap(counts: Float64Array, released: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i += 1) sum += Math.abs((counts[i] as number) - (released[i] as number));
  return sum / counts.length;
}
