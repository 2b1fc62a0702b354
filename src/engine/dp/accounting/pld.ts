import { exp, expm1, log } from '../../kit/portable-math.ts';
import { invalidParam, unsupported } from '../../kit/errors.ts';
import type { CountedLaw, LossLaw } from '../../kit/loss-law.ts';
import { text, type Text } from '../../kit/text.ts';
import { epsilonOfMu, logDeltaOfMu } from '../gaussian.ts';
import { certainLoss, Engine, MOST_DOTS, type CountedPair } from './pld-engine.ts';
import { dotCount } from './pld-grid.ts';
import { isOneSided, pairOf, type Direction } from './pld-pairs.ts';

/** Proven bounds of everything `laws` tell together, from their composed privacy-loss distribution. */
export interface Composed {
  /** Width of a cell of loss in use, wider than asked only where losses are many units large; 0 for a closed form. */
  readonly grid: number;
  /** Probability of an event that only one of two neighbouring tables can cause: delta never falls below it. */
  readonly certain: number;
  /** Least epsilon >= 0 proven for that delta; infinite where an event of certain loss is likelier than delta. */
  epsilonUpper(delta: number): number;
  /** No smaller epsilon is true for that delta. */
  epsilonLower(delta: number): number;
  /**
   * Bounds of delta at any real epsilon, the worse of adding and removing a row. A value at or below `enough` (0 if left
   * out) is not made any tighter.
   */
  deltaUpper(epsilon: number, enough?: number): number;
  deltaLower(epsilon: number, enough?: number): number;
}

/** Why these laws have no privacy-loss distribution, or undefined where they do. */
export function pldUnsupported(laws: readonly CountedLaw[]): Text | undefined {
  if (!laws.some(({ law, count }) => law.kind === 'zcdp' && count > 0 && law.rho > 0)) return undefined;
  return text(
    'A release known by its zero-concentrated privacy alone has no distribution of privacy loss.',
    'De una publicación de la que solo se conoce su privacidad concentrada no hay distribución de la pérdida de privacidad.',
  );
}

/**
 * The laws composed on a grid of that width (units of loss).
 * @throws unsupported for laws without a privacy-loss distribution (see `pldUnsupported`); invalid-param for bad laws.
 */
export function composedPld(laws: readonly CountedLaw[], grid: number): Composed {
  if (!(grid > 0 && grid <= 1)) throw invalidParam('grid', 'a width of loss above 0 and up to 1', grid);
  const why = pldUnsupported(laws);
  if (why) throw unsupported(why.en, 'ask the zero-concentrated or Renyi accountant');
  const merged = mergedLaws(laws);
  const only = merged[0];
  if (!only)
    return closed(
      () => Number.NEGATIVE_INFINITY,
      () => 0,
    );
  if (merged.length === 1 && only.law.kind === 'gaussian') {
    const { mu } = only.law;
    return closed(
      (epsilon) => logDeltaOfMu(mu, epsilon),
      (delta) => epsilonOfMu(mu, delta),
    );
  }
  return new GridComposition(merged, grid);
}

/** Checked, without what loses nothing, equal laws counted together and all Gaussians as one (their mu add in squares). */
function mergedLaws(laws: readonly CountedLaw[]): CountedLaw[] {
  const counts = new Map<string, { law: LossLaw; count: number }>();
  let square = 0;
  for (const { law, count } of laws) {
    if (!(Number.isInteger(count) && count >= 0)) throw invalidParam('count', 'a whole number of releases', count);
    const plain = simplified(law);
    if (count === 0 || !plain) continue;
    if (plain.kind === 'gaussian') square += count * plain.mu * plain.mu;
    else {
      const key = JSON.stringify(plain);
      const entry = counts.get(key) ?? { law: plain, count: 0 };
      entry.count += count;
      counts.set(key, entry);
    }
  }
  // In one order, so that the order of the releases does not matter to the last bit.
  const keys = [...counts.keys()].sort();
  const merged: CountedLaw[] = keys.flatMap((key) => counts.get(key) ?? []);
  if (square > 0) merged.push({ law: { kind: 'gaussian', mu: Math.sqrt(square) }, count: 1 });
  return merged;
}

const CERTAIN: LossLaw = { kind: 'approximate', epsilon: 0, delta: 1 };

/** The law in its plainest form; undefined where nothing is lost. */
function simplified(law: LossLaw): LossLaw | undefined {
  const need = (ok: boolean, expected: string): void => {
    if (!ok) throw invalidParam('law', expected, law);
  };
  switch (law.kind) {
    case 'pure':
    case 'laplace':
    case 'bounded-range':
      need(law.epsilon >= 0, 'an epsilon of at least 0');
      if (law.epsilon === Number.POSITIVE_INFINITY) return CERTAIN;
      return law.epsilon > 0 ? law : undefined;
    case 'approximate':
      need(law.epsilon >= 0 && law.delta >= 0 && law.delta <= 1, 'an epsilon of at least 0 and a delta from 0 to 1');
      if (law.epsilon === Number.POSITIVE_INFINITY) return CERTAIN;
      if (law.delta > 0) return law;
      return law.epsilon > 0 ? { kind: 'pure', epsilon: law.epsilon } : undefined;
    case 'discrete-laplace':
      need(
        law.scale > 0 && Number.isInteger(law.sensitivity) && law.sensitivity >= 0,
        'a scale above 0, a whole sensitivity',
      );
      return law.sensitivity > 0 ? law : undefined;
    case 'gaussian':
      need(law.mu >= 0, 'a mu of at least 0');
      if (law.mu > 1e6) return CERTAIN;
      return law.mu > 0 ? law : undefined;
    case 'discrete-gaussian':
      need(
        law.sigma2 > 0 && Number.isInteger(law.sensitivity) && law.sensitivity >= 0,
        'a variance above 0, a whole sensitivity',
      );
      return law.sensitivity > 0 ? law : undefined;
    case 'randomized-response':
      need(law.truth >= 0 && law.truth <= 1, 'a probability of truth from 0 to 1');
      if (law.truth === 0 || law.truth === 1) return CERTAIN;
      return law.truth === 0.5 ? undefined : { kind: 'pure', epsilon: Math.abs(log(law.truth / (1 - law.truth))) };
    case 'poisson-gaussian':
      need(law.sigma > 0 && law.rate >= 0 && law.rate <= 1, 'noise above 0 and a rate from 0 to 1');
      if (law.rate === 1) return simplified({ kind: 'gaussian', mu: 1 / law.sigma });
      return law.rate > 0 ? law : undefined;
    case 'zcdp':
      return undefined;
  }
}

function closed(logDelta: (epsilon: number) => number, epsilon: (delta: number) => number): Composed {
  const delta = (e: number): number => (e >= 0 ? exp(logDelta(e)) : -expm1(e) + exp(e + logDelta(-e)));
  const least = (d: number): number => (checked(d) >= 1 ? 0 : epsilon(d));
  return { grid: 0, certain: 0, epsilonUpper: least, epsilonLower: least, deltaUpper: delta, deltaLower: delta };
}

function checked(delta: number): number {
  if (!(delta > 0)) throw invalidParam('delta', 'a probability above 0', delta);
  return delta;
}

/** How much coarser the first look at the direction that rarely matters is. */
const COARSER = 3;

class GridComposition implements Composed {
  readonly grid: number;
  readonly certain: number;
  private readonly oneSided: boolean;
  private readonly lowerGrid: number;
  private readonly precision: number;
  private readonly engines = new Map<string, Engine>();

  constructor(
    private readonly laws: readonly CountedLaw[],
    grid: number,
  ) {
    this.oneSided = laws.some(({ law }) => isOneSided(law));
    const pairs = this.pairs('remove', 'upper');
    this.grid = gridWidth(pairs, grid);
    this.certain = certainLoss(pairs);
    const lattice = commonStep(pairs) === this.grid;
    this.precision = lattice ? 1e-9 : 1e-6;
    // Tangents lose more than chords on a coarse grid; half the width costs little there.
    this.lowerGrid = !lattice && (24 * spreadOf(pairs)) / this.grid < 65_536 ? this.grid / 2 : this.grid;
  }

  epsilonUpper(delta: number): number {
    if (checked(delta) >= 1) return 0;
    const remove = this.engine('remove', 'upper').epsilon(delta);
    if (!this.oneSided || remove === Number.POSITIVE_INFINITY) return remove;
    if (this.addMattersNot(remove, delta)) return remove;
    return Math.max(remove, this.engine('add', 'upper').epsilon(delta));
  }

  epsilonLower(delta: number): number {
    if (checked(delta) >= 1) return 0;
    const remove = this.engine('remove', 'lower').epsilon(delta);
    if (!this.oneSided || remove === Number.POSITIVE_INFINITY) return remove;
    if (this.addMattersNot(remove, delta)) return remove;
    return Math.max(remove, this.engine('add', 'lower').epsilon(delta));
  }

  deltaUpper(epsilon: number, enough = 0): number {
    if (epsilon < 0) return mirrored(epsilon, this.deltaUpper(-epsilon, enough));
    const remove = this.engine('remove', 'upper').delta(epsilon, enough);
    if (!this.oneSided || this.addMattersNot(epsilon, Math.max(enough, remove))) return remove;
    return Math.max(remove, this.engine('add', 'upper').delta(epsilon, remove));
  }

  deltaLower(epsilon: number, enough = 0): number {
    if (epsilon < 0) return mirrored(epsilon, this.deltaLower(-epsilon, enough));
    const remove = this.engine('remove', 'lower').delta(epsilon, enough);
    if (!this.oneSided || this.addMattersNot(epsilon, Math.max(enough, remove))) return remove;
    return Math.max(remove, this.engine('add', 'lower').delta(epsilon, remove));
  }

  /** Whether the cheap bound of the other direction is no larger than that delta. */
  private addMattersNot(epsilon: number, delta: number): boolean {
    return this.engine('add', 'upper', COARSER).delta(epsilon, delta) <= delta;
  }

  private engine(direction: Direction, side: 'upper' | 'lower', coarser = 1): Engine {
    const key = `${direction} ${side} ${coarser}`;
    let engine = this.engines.get(key);
    if (!engine) {
      const width = side === 'upper' ? this.grid * coarser : this.lowerGrid;
      engine = new Engine(this.pairs(direction, side), width, side, this.precision);
      this.engines.set(key, engine);
    }
    return engine;
  }

  private pairs(direction: Direction, side: 'upper' | 'lower'): CountedPair[] {
    return this.laws.map(({ law, count }) => {
      const pair = pairOf(law, direction, side);
      if (!pair) throw unsupported(`${law.kind} has no privacy-loss distribution`);
      return { pair, count };
    });
  }
}

/** delta(-e) of a pair from delta(e) of the pair turned around: 1 - e^-e + e^-e delta(e). */
const mirrored = (epsilon: number, delta: number): number => -expm1(epsilon) + exp(epsilon) * delta;

/**
 * The width in use. Finer than asked where that costs little: a thousandth of the whole spread, less for many releases
 * that each lose little; up to four times wider where the spread is many units of loss.
 * Losses that lie on a lattice are met exactly. Still coarser only where 2 million dots would not do.
 */
function gridWidth(pairs: readonly CountedPair[], asked: number): number {
  const spread = spreadOf(pairs);
  const total = pairs.reduce((sum, { count }) => sum + count, 0);
  let width = asked * Math.min(4, Math.max(1, spread / 2));
  if (spread > 0) {
    const most = 1024 * Math.min(16, Math.max(1, Math.sqrt(total) / 100));
    let finer = Math.max(spread / most, Math.min(spread / 1000, (0.02 * spread) / Math.sqrt(total)));
    while (finer < width && !pairs.every(({ pair }) => dotCount(pair, finer, 1e-12) <= 16_384)) finer *= 2;
    width = Math.min(width, finer);
  }
  const step = commonStep(pairs);
  if (step !== undefined && fits(pairs, step, spread, 524_288)) return step;
  let stepped: CountedPair | undefined;
  for (const one of pairs) {
    if (one.pair.step !== undefined && one.pair.step >= width && one.count > (stepped?.count ?? 0)) stepped = one;
  }
  const unit = stepped?.pair.step;
  if (unit !== undefined) width = unit / Math.ceil(unit / width);
  while (!fits(pairs, width, spread, MOST_DOTS)) width *= 2;
  return width;
}

/** Root of the mean square loss of all releases, roughly. */
const spreadOf = (pairs: readonly CountedPair[]): number =>
  Math.sqrt(pairs.reduce((sum, { pair, count }) => sum + count * pair.square, 0));

/** The step of a lattice all losses of all releases lie on, if it is the same. */
function commonStep(pairs: readonly CountedPair[]): number | undefined {
  const step = pairs[0]?.pair.step;
  return pairs.every(({ pair }) => pair.lattice === true && pair.step === step) ? step : undefined;
}

function fits(pairs: readonly CountedPair[], width: number, spread: number, most: number): boolean {
  if (!((24 * spread) / width <= most)) return false;
  return pairs.every(({ pair }) => dotCount(pair, width, 1e-20) <= most / 2);
}
