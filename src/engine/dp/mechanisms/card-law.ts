import type { CardLaw } from '../../kit/mechanism-card.ts';
import { exp, expm1 } from '../../kit/portable-math.ts';
import type { Figures } from '../mechanism.ts';

/** Levels at which errors are told. */
export const ALPHAS = [0.5, 0.1, 0.05, 0.01] as const;

/** Points of a drawn density on each side of 0; whole errors up to that many are drawn one by one. */
const POINTS = 60;
/** The picture ends where an error is this rare. */
const RARE = 0.004;
const LOWEST = 1e-30;

/**
 * P(|error| >= t) from the figures' own accuracy, its inverse: the least alpha whose accuracy is at most t. To ten digits, and 0 below 1e-30.
 * `atMost`: what the tail is known not to exceed.
 */
export function tailOf({ accuracy }: Pick<Figures, 'accuracy'>, t: number, atMost = 1): number {
  if (!(t > 0)) return 1;
  if (!(atMost > LOWEST)) return 0;
  let low = LOWEST;
  let high = atMost;
  // Next to the last tail most often; a wrong guess only costs a step.
  if (high / 4 > LOWEST && accuracy(high / 4) > t) low = high / 4;
  else if (accuracy(LOWEST) <= t) return 0;
  for (let i = 0; i < 200 && high - low > 1e-10 * high; i += 1) {
    // Between far ends halve the exponent, between near ones the value.
    const middle = high > 4 * low ? Math.sqrt(low * high) : low + (high - low) / 2;
    if (accuracy(middle) <= t) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Both sides of a symmetric law of the error; or the one side for a truth at the lower end of a range of that width, where noise that stays inside can
 * only go up. (Accuracy there is that of the worst truth for each alpha, so no law.)
 */
export type Sides = 'both' | { readonly width: number };

/** The law drawn, and its errors, from what the mechanism says of itself. */
export function lawFrom(figures: Figures, sides: Sides): CardLaw {
  const { grid, scale } = figures.parameters;
  const isGridded = grid !== undefined && scale !== undefined;
  const isWhole = figures.whole === true;
  const drawn = isGridded ? gridded(scale, grid) : isWhole ? masses(figures, sides) : density(figures, sides);
  return {
    ...drawn,
    drawn: isGridded || isWhole ? 'mass' : 'density',
    parameters: figures.parameters,
    loss: figures.loss,
    meanAbsolute: figures.meanAbsolute,
    rootMeanSquare: Math.sqrt(figures.variance),
    accuracy: ALPHAS.map((alpha) => ({ alpha, within: figures.accuracy(alpha) })),
  };
}

interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The law of sizes on both sides of 0, or above it alone. */
function mirrored(sizes: Float64Array, weights: Float64Array, sides: Sides): Curve {
  if (sides !== 'both') return { x: sizes, y: weights };
  const own = Array.from(sizes, (x, i) => [x, (weights[i] as number) / (x === 0 ? 1 : 2)] as const);
  const left = own.filter(([x]) => x > 0).map(([x, y]) => [-x, y] as const);
  const all = [...left.reverse(), ...own];
  return { x: Float64Array.from(all, ([x]) => x), y: Float64Array.from(all, ([, y]) => y) };
}

/** Probability of each whole size; of every n-th only, where they are too many to draw. */
function masses(figures: Figures, sides: Sides): Curve {
  if (sides !== 'both') return wholeInside(figures.parameters.scale ?? Number.NaN, sides.width);
  const reach = Math.max(3, Math.ceil(figures.accuracy(RARE)));
  const stride = Math.ceil(reach / POINTS);
  const sizes = Float64Array.from({ length: Math.floor(reach / stride) + 1 }, (_, i) => i * stride);
  let last = 1;
  const weights = sizes.map((size) => {
    // Without gaps the tail beyond one size is the tail from the next.
    const from = stride === 1 ? last : tailOf(figures, size, last);
    last = tailOf(figures, size + 1, from);
    return from - last;
  });
  return mirrored(sizes, weights, sides);
}

/** Mean density of narrow bins. */
function density(figures: Figures, sides: Sides): Curve {
  const reach = figures.accuracy(RARE);
  const width = reach / POINTS;
  const sizes = Float64Array.from({ length: POINTS }, (_, i) => (i + 0.5) * width);
  const tails = new Float64Array(POINTS + 1).fill(1);
  for (let i = 1; i <= POINTS; i += 1) tails[i] = tailOf(figures, i * width, tails[i - 1]);
  const weights = sizes.map((_, i) => ((tails[i] as number) - (tails[i + 1] as number)) / width);
  return mirrored(sizes, weights, sides);
}

/** Whole Laplace noise conditioned on staying within `width` above the truth. */
function wholeInside(scale: number, width: number): Curve {
  const all = -expm1(-(Math.floor(width) + 1) / scale);
  const reach = Math.max(3, Math.min(Math.floor(width), Math.ceil(6 * scale)));
  const stride = Math.ceil(reach / POINTS);
  const x = Float64Array.from({ length: Math.floor(reach / stride) + 1 }, (_, i) => i * stride);
  return { x, y: x.map((size) => (exp(-size / scale) * -expm1(-1 / scale)) / all) };
}

/** Laplace noise rounded to a grid, for a truth on it. */
function gridded(scale: number, grid: number): Curve {
  const beyond = (t: number): number => (t <= 0 ? 1 : exp(-t / scale));
  const most = Math.max(2, Math.min(POINTS, Math.ceil((6 * scale) / grid)));
  const sizes = Float64Array.from({ length: most + 1 }, (_, i) => i * grid);
  const weights = sizes.map((size) => beyond(size - grid / 2) - beyond(size + grid / 2));
  return mirrored(sizes, weights, 'both');
}
