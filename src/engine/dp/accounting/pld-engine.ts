import { exp, expm1, log, log1p } from '../../kit/portable-math.ts';
import { dotCount, lowerGrid, upperGrid } from './pld-grid.ts';
import type { Pair } from './pld-pairs.ts';
import { allMoments, composeTilted, logFinite, type CountedGrid, type Moments, type Tilted } from './pld-tilt.ts';

/** A pair, released `count` times. */
export interface CountedPair {
  readonly pair: Pair;
  readonly count: number;
}

/** Dots a window may have before the grid is made coarser. */
export const MOST_DOTS = 2_097_152;
/** A cut at which every grid has at most `MOST_DOTS`: what its width was chosen for. */
const LEAST_CUT = 1e-20;
/** Part of delta that cutting off the ends of one release may cost. */
const CUT = 1e-7;
/** Dots of a window beyond which Chernoff's bound answers alone: only deltas of no practical use need so many. */
const WIDEST = 2_097_152;
/** Grids are cut for deltas down to 10 to the power of minus 3 times these. */
const LEVELS = [2, 3, 5, 10, 30, 101] as const;
/** ... or below this, where more digits of delta are of no use. */
const NOTHING = 1e-290;

/** The releases on a grid whose cut-off ends suit deltas down to 10^(-3 level), and the tilts they were composed under. */
interface Level {
  readonly level: number;
  readonly grids: readonly CountedGrid[];
  readonly infinity: number;
  readonly plain: Moments;
  readonly largest: number;
  readonly slack: number;
  readonly relative: number;
  readonly tilts: Tilted[];
  /** The tilts by the order asked for, which is not theirs where the window was too wide. */
  readonly asked: { readonly order: number; readonly tilt: Tilted }[];
  /** Moments by order: searches for an order start alike and halve alike, and a grid may have a million dots. */
  readonly moments: Map<number, Moments>;
}

/**
 * Bounds from one side (`upper` or `lower`) of one direction of a composition. Discretization, cut-off ends and the window
 * are charged by proof. Rounding is charged by budget: of the transform to delta, of the grid's masses (first order, as a
 * shift of the mean loss) to epsilon, of logarithms and sums as `relative`.
 */
export class Engine {
  private readonly levels: Level[] = [];
  /** Largest finite loss of all releases together, and the chance that the loss is infinite. */
  private readonly limit: number;
  private readonly certain: number;

  constructor(
    private readonly pairs: readonly CountedPair[],
    readonly width: number,
    private readonly side: 'upper' | 'lower',
    /** A tilt is good at an epsilon where its error is below this part of delta. */
    private readonly precision: number,
  ) {
    this.limit = pairs.reduce((sum, { pair, count }) => sum + count * pair.high, 0);
    this.certain = certainLoss(pairs);
  }

  /**
   * delta(epsilon) for epsilon >= 0: at least (upper) or at most (lower) the truth. A value at or below `enough` is not
   * looked at more closely.
   */
  delta(epsilon: number, enough = 0): number {
    for (let level = this.levels[0] ?? this.at(5); ; ) {
      const value = this.deltaAt(level, epsilon);
      const deepest = level.level === LEVELS.at(-1);
      if (value >= power10(-3 * level.level) || value <= enough || deepest) return value;
      // The cut itself may be most of the value: go deeper step by step, from a grid that is there already if possible.
      const next = this.levels.find((other) => other.level > level.level);
      level = next ?? this.at(LEVELS.find((l) => l > level.level && l >= 5) ?? 101);
    }
  }

  /** Least epsilon >= 0 whose delta is at most that, by this side's delta; infinite where there is none. */
  epsilon(delta: number): number {
    if (this.certain > delta) return Number.POSITIVE_INFINITY;
    const reaches = (level: number): boolean => power10(-3 * level) <= delta;
    const level = this.levels.find((l) => reaches(l.level)) ?? this.at(LEVELS.find(reaches) ?? 101);
    if (level.infinity >= delta) return this.side === 'upper' ? this.limit : 0;
    const end = Math.max(0, Math.min(this.limit, level.largest + level.slack));
    const tilt = this.tiltNear(level, this.orderForDelta(level, delta - level.infinity));
    // Where the tilt's own value, errors left out, is delta; then on to where the errors are paid for.
    const [, centre] = bisect(0, end, (e) => valueAt(tilt, e) > delta - level.infinity);
    const sign = this.side === 'upper' ? 1 : -1;
    const above = (e: number): boolean => (e >= end ? sign < 0 : this.read(level, tilt, e) > delta);
    let far = centre;
    for (let step = 1e-13 * centre + 1e-300; far > 0 && far < end && above(far) === sign > 0; step *= 4) {
      far = centre + sign * step;
    }
    if (far > 0 && far < end) {
      const [low, high] = bisect(Math.min(centre, far), Math.max(centre, far), above);
      const found = sign > 0 ? high : low;
      if (this.good(tilt, level, found, delta)) return found;
    }
    // Not under one tilt: ask the best one at every step.
    const meets = (e: number): boolean => this.deltaAt(level, e) <= delta;
    if (meets(0)) return 0;
    let low = 0;
    let high = end;
    for (let i = 0; i < 60 && high - low > 1e-12 * high; i += 1) {
      const middle = low + (high - low) / 2;
      if (meets(middle)) high = middle;
      else low = middle;
    }
    return sign > 0 ? high : low;
  }

  private deltaAt(level: Level, epsilon: number): number {
    if (epsilon >= this.limit) return this.certain;
    let value = this.side === 'upper' ? Number.POSITIVE_INFINITY : 0;
    for (const tilt of level.tilts) {
      const read = this.read(level, tilt, epsilon);
      value = this.side === 'upper' ? Math.min(value, read) : Math.max(value, read);
      if (this.good(tilt, level, epsilon, read)) return value;
    }
    const tilt = this.tiltNear(level, this.orderForEpsilon(level, epsilon));
    const read = this.read(level, tilt, epsilon);
    if (this.side === 'upper') return Math.min(value, read);
    value = Math.max(value, read);
    if (this.good(tilt, level, epsilon, read)) return value;
    // delta falls with epsilon: what is proven further up the window is proven here.
    for (let i = 0; i < 8; i += 1) {
      const further = tilt.start + (i / 8) * tilt.gain.length * tilt.width;
      if (further > epsilon) value = Math.max(value, this.read(level, tilt, further));
    }
    return value;
  }

  /** What one tilt says of delta(epsilon), its errors charged. */
  private read(level: Level, tilt: Tilted, epsilon: number): number {
    const upper = this.side === 'upper';
    const at = upper ? epsilon - level.slack : epsilon + level.slack;
    const { start, width, order, gain } = tilt;
    const height = tilt.log - order * at;
    if (height > 600) return upper ? 1 : level.infinity;
    const last = gain.length - 1;
    if (last < 0) return upper ? Math.min(1, level.infinity + tilt.error * exp(height)) : level.infinity;
    const outside = tilt.error * exp(height);
    if (at >= start + last * width) return upper ? Math.min(1, level.infinity + outside) : level.infinity;
    const value = valueAt(tilt, at);
    const error = outside + level.relative * value;
    if (!upper) return Math.max(level.infinity, level.infinity + value - error);
    return Math.min(1, level.infinity + value + error + (at < start ? tilt.below : 0));
  }

  private at(level: number): Level {
    const found = this.levels.find((other) => other.level === level);
    if (found) return found;
    let total = 0;
    for (const { count } of this.pairs) total += count;
    let share = (CUT * power10(-3 * level)) / total;
    // The farthest ends of a law that nobody would release by may be too far for any grid: cut there, they are called certain loss.
    while (share < LEAST_CUT && this.pairs.some(({ pair }) => dotCount(pair, this.width, share) > 2 * MOST_DOTS)) {
      share = Math.min(LEAST_CUT, share * 1e3);
    }
    const make = this.side === 'upper' ? upperGrid : lowerGrid;
    const grids = this.pairs.map(({ pair, count }) => ({
      law: make(pair, this.width, pair.origin ?? 0, share),
      count,
    }));
    let [largest, slack] = [0, 0];
    for (const { law, count } of grids) {
      largest += count * (law.origin + (law.first + law.masses.length - 1) * this.width);
      slack += count * law.slack;
    }
    const made: Level = {
      level,
      grids,
      infinity: -expm1(logFinite(grids)),
      plain: allMoments(grids, this.width, 0),
      largest,
      slack: slack + 1e-15 * Math.min(1e6, Math.abs(largest)),
      relative: 1e-12 + total * 3.552713678800501e-15,
      tilts: [],
      asked: [],
      moments: new Map(),
    };
    this.levels.push(made);
    this.levels.sort((a, b) => a.level - b.level);
    return made;
  }

  private tiltNear(level: Level, order: number): Tilted {
    const near = level.asked.find((one) => Math.max(one.order, order) <= 1.25 * Math.min(one.order, order));
    if (near) return near.tilt;
    // What lies outside costs e^(K - order epsilon) times that, some hundreds of times delta.
    const outside = 1e-4 * this.precision;
    let tilt = composeTilted(level.grids, this.width, order, outside, WIDEST);
    // Heavy tails: a tilt that dwells on single large losses needs a wide window, a weaker one a narrow one.
    for (let weaker = order / 2, i = 0; tilt.gain.length === 0 && i < 3; weaker /= 2, i += 1) {
      const other = composeTilted(level.grids, this.width, weaker, outside, WIDEST);
      if (other.gain.length > 0) tilt = other;
    }
    level.asked.push({ order, tilt });
    level.tilts.push(tilt);
    return tilt;
  }

  /** Whether rounding and the window cost nothing worth mentioning at that epsilon. */
  private good(tilt: Tilted, level: Level, epsilon: number, delta: number): boolean {
    if (tilt.gain.length === 0) return true;
    const error = tilt.error * exp(tilt.log - tilt.order * epsilon);
    const least = Math.max(1e-3 * level.infinity, power10(-3 * level.level));
    return error <= this.precision * Math.max(delta - level.infinity, least) || error < NOTHING;
  }

  private momentsAt(level: Level, order: number): Moments {
    let known = level.moments.get(order);
    if (known === undefined) {
      known = allMoments(level.grids, this.width, order);
      level.moments.set(order, known);
    }
    return known;
  }

  private leastOrder(level: Level): number {
    return 0.02 / (Math.sqrt(level.plain.variance) + this.width);
  }

  /** Order whose tilted mean is epsilon, so that what lies above it is the middle of the window. */
  private orderForEpsilon(level: Level, epsilon: number): number {
    return this.rising(level, (m) => m.mean, epsilon);
  }

  /** Order of the least Chernoff bound at delta: order K' - K = ln(1 / delta). */
  private orderForDelta(level: Level, delta: number): number {
    const target = -log(delta);
    return this.rising(level, (m, order) => order * m.mean - m.log, target);
  }

  /** Solves value(order) = target for a rising value, to a tenth; the least order where it is already larger. */
  private rising(level: Level, value: (m: Moments, order: number) => number, target: number): number {
    const least = this.leastOrder(level);
    const at = (order: number): number => value(this.momentsAt(level, order), order) - target;
    let low = least;
    if (at(low) >= 0) return low;
    let high = low * 4;
    // Beyond 50 per dot nothing but the topmost dot is left.
    const most = Math.max(8 * least, 50 / this.width);
    while (high < most && at(high) < 0) {
      low = high;
      high *= 4;
    }
    while (high > low * 1.1) {
      const middle = Math.sqrt(low * high);
      if (at(middle) < 0) low = middle;
      else high = middle;
    }
    return high;
  }
}

const power10 = (exponent: number): number => exp(exponent * Math.LN10);

/** Probability that at least one release has infinite loss. */
export const certainLoss = (pairs: readonly CountedPair[]): number =>
  -expm1(pairs.reduce((sum, { pair, count }) => sum + (pair.infinity > 0 ? count * log1p(-pair.infinity) : 0), 0));

/** The tilt's delta(epsilon) of finite losses, nothing charged for its errors. */
function valueAt({ start, width, order, gain, tail, log }: Tilted, epsilon: number): number {
  const k = Math.max(0, Math.ceil((epsilon - start) / width));
  if (k >= gain.length) return 0;
  const dot = start + k * width;
  const core = (gain[k] as number) - (tail[k] as number) * expm1(Math.min(0, epsilon - dot));
  return exp(log - order * dot) * core;
}

/** The last place where `holds` (true before, false after) and the first where it does not. */
function bisect(from: number, to: number, holds: (x: number) => boolean): readonly [number, number] {
  let low = from;
  let high = to;
  if (!holds(low)) return [low, low];
  for (let i = 0; i < 200; i += 1) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return [low, high];
}
