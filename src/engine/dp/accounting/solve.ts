import { log } from '../../kit/portable-math.ts';
import type { LensTarget } from '../../kit/accounting.ts';
import { infeasible, invalidParam } from '../../kit/errors.ts';
import { withNoiseTimes, type CountedLaw } from '../../kit/loss-law.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import { composedPld, type Composed } from './pld.ts';
import { accuracyAtPrior, posteriorAt, tradeoffAt } from './tradeoff.ts';

/** The inverse of the lens: how much noise a wish takes. */

/** Width of the first, rough search, and how near it comes. */
const ROUGH_GRID = 1e-3;
const ROUGH = 1e-3;
/** The answer is this near to the least factor (relative), from above. */
const NEAR = 1e-6;
const LEAST = 1e-9;
const MOST = 1e9;

export const answer: QuestionModule<'solve'>['answer'] = async ({ laws, target, grid }, ctx) => {
  await ctx.checkpoint(0);
  const search = searchFactor(laws, target, grid);
  let asked = 0;
  for (let step = search.next(); ; step = search.next()) {
    if (step.done) {
      await ctx.checkpoint(1);
      return { factor: step.value };
    }
    asked += 1;
    await ctx.checkpoint(Math.min(0.95, asked / 40));
  }
};

/**
 * Least factor for all noise of the laws that meets the target by proven bounds.
 * @throws infeasible where no noise does, invalid-param for a target that is none.
 */
export function leastFactor(laws: readonly CountedLaw[], target: LensTarget, grid: number): number {
  const search = searchFactor(laws, target, grid);
  for (let step = search.next(); ; step = search.next()) if (step.done) return step.value;
}

/** The search, giving way after each composition. */
function* searchFactor(laws: readonly CountedLaw[], target: LensTarget, grid: number): Generator<void, number> {
  checkTarget(target);
  const limit = wish(target);
  /** ln of what is proven over what is wished: at most 0 where the wish is met. */
  const excess = (factor: number, width: number): number => {
    const noisier = laws.map(({ law, count }) => ({ law: withNoiseTimes(law, factor), count }));
    return log(proven(composedPld(noisier, width), target) / limit);
  };
  const rough = Math.max(grid, ROUGH_GRID);
  let low = 1;
  let high = 1;
  let atLow = excess(1, rough);
  let atHigh = atLow;
  yield;
  while (atHigh > 0) {
    low = high;
    atLow = atHigh;
    high *= high < 64 ? 2 : 8;
    if (high > MOST) throw none(target);
    atHigh = excess(high, rough);
    yield;
  }
  while (atLow <= 0) {
    high = low;
    atHigh = atLow;
    low /= low > 1 / 64 ? 2 : 8;
    if (low < LEAST) return low;
    atLow = excess(low, rough);
    yield;
  }
  const found = yield* narrow(
    (factor) => excess(factor, rough),
    [low, atLow],
    [high, atHigh],
    rough > grid ? ROUGH : NEAR,
  );
  if (rough === grid) return found;
  return yield* settle((factor) => excess(factor, grid), found);
}

type Reading = readonly [factor: number, excess: number];

/** From a factor near the answer to the answer on the grid asked for. */
function* settle(excess: (factor: number) => number, near: number): Generator<void, number> {
  let high: Reading = [near, excess(near)];
  yield;
  let low = high;
  for (let width = ROUGH; high[1] > 0; width *= 4) {
    low = high;
    const factor = high[0] * (1 + width);
    high = [factor, excess(factor)];
    yield;
  }
  for (let width = ROUGH; low[1] <= 0; width *= 4) {
    high = low;
    const factor = low[0] / (1 + width);
    low = [factor, excess(factor)];
    yield;
  }
  return yield* narrow(excess, low, high, NEAR);
}

/** Regula falsi with the Illinois rule; returns the end that meets the wish. */
function* narrow(
  excess: (factor: number) => number,
  from: Reading,
  to: Reading,
  near: number,
): Generator<void, number> {
  let [low, atLow] = from;
  let [high, atHigh] = to;
  let side = 0;
  for (let i = 0; i < 100 && high > low * (1 + near); i += 1) {
    const share = atLow / (atLow - atHigh);
    const usable = Number.isFinite(share) && i % 4 !== 3;
    // A step inward keeps both ends moving once the secant sits on the answer.
    const inner = Math.min(1 - 0.3 * near, Math.max(0, share));
    const pad = (near * low * 0.4) / (high - low);
    const middle = low + (high - low) * (usable ? Math.min(1 - pad, Math.max(pad, inner)) : 0.5);
    if (!(middle > low && middle < high)) break;
    const at = excess(middle);
    yield;
    if (at <= 0) {
      high = middle;
      atHigh = at;
      if (side === 1) atLow /= 2;
      side = 1;
    } else {
      low = middle;
      atLow = at;
      if (side === -1) atHigh /= 2;
      side = -1;
    }
  }
  return high;
}

/** What is held on to, as a number that falls with noise. Gains over guessing, where guessing alone is most of it. */
function proven(composed: Composed, target: LensTarget): number {
  switch (target.kind) {
    case 'epsilon':
      return composed.epsilonUpper(target.delta);
    case 'delta':
      return composed.deltaUpper(target.epsilon);
    case 'advantage':
    case 'accuracy':
      return composed.deltaUpper(0);
    case 'accuracy-at-prior':
      return accuracyAtPrior(target.prior, (e) => composed.deltaUpper(e));
    case 'posterior':
      return posteriorAt(target.prior, composed.epsilonUpper(target.delta));
    case 'true-positive-rate':
      return 1 - tradeoffAt(composed, target.falsePositiveRate).lower;
  }
}

const wish = (target: LensTarget): number => (target.kind === 'accuracy' ? 2 * target.value - 1 : target.value);

function checkTarget(target: LensTarget): void {
  const { kind, value } = target;
  const positive = (name: string, x: number): void => {
    if (!(x > 0 && x < 1)) throw invalidParam(name, 'a probability above 0 and below 1', x);
  };
  if (!(value > 0)) throw invalidParam(kind, 'a value above 0', value);
  if ('delta' in target) positive('delta', target.delta);
  if ('prior' in target) positive('prior', target.prior);
  if (target.kind === 'true-positive-rate') positive('falsePositiveRate', target.falsePositiveRate);
  if (target.kind === 'delta' && !(target.epsilon >= 0)) throw invalidParam('epsilon', 'at least 0', target.epsilon);
  const least = guessing(target);
  if (value > least) return;
  throw infeasible(
    `${kind} ${value} is no more than what guessing without any release gives (${least})`,
    `ask for more than ${least}`,
  );
}

/** What an attacker has without the release. */
function guessing(target: LensTarget): number {
  switch (target.kind) {
    case 'accuracy':
      return 0.5;
    case 'accuracy-at-prior':
      return Math.max(target.prior, 1 - target.prior);
    case 'posterior':
      return target.prior;
    case 'true-positive-rate':
      return target.falsePositiveRate;
    default:
      return 0;
  }
}

const none = ({ kind, value }: LensTarget) =>
  infeasible(
    `no amount of noise brings ${kind} to ${value}`,
    'ask for a larger value, or leave out the releases whose loss noise does not lower',
  );
