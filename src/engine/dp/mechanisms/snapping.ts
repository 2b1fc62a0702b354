import { infeasible } from '../../kit/errors.ts';
import type { Loss } from '../../kit/loss.ts';
import { exp } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import { laplace as drawLaplace } from '../../rng/samplers.ts';
import { ratio } from '../../rng/ratio.ts';
import { discreteLaplaceSampler } from '../../rng/sampler-discrete-laplace.ts';
import type { AdditiveMechanism, Change, Figures } from '../mechanism.ts';
import { laplaceAccuracy } from '../noise.ts';
import { checkClaim, declaredRange, lazily, perAnswer } from './calibration.ts';
import { mechanismNames } from './names.ts';

/**
 * Snapping (Mironov, 2012): clamp, add Laplace noise, round to a grid of a power of two, clamp again. The rounding hides the last
 * bits of floating-point noise at a small cost in epsilon.
 */

/** 2^-53: relative error of a double. */
const HALF_ULP = 1.1102230246251565e-16;

/**
 * Epsilon the noise is drawn with so that the whole costs `epsilon`: (epsilon - 2h) / (1 + 12 B h), h = 2^-53, B = half the range in
 * units of the sensitivity.
 */
export function snappingEpsilon(epsilon: number, sensitivity: number, lower: number, upper: number): number {
  const reach = (upper - lower) / (2 * sensitivity);
  return (epsilon - 2 * HALF_ULP) / (1 + 12 * reach * HALF_ULP);
}

/** Width of the grid in units of the sensitivity: the smallest power of two at or above 1 / that epsilon. */
export function snappingGrid(effective: number): number {
  const least = 1 / effective;
  let grid = 1;
  while (grid < least) grid *= 2;
  while (grid / 2 >= least) grid /= 2;
  return grid;
}

export const snapping: AdditiveMechanism = {
  id: 'snapping',
  label: mechanismNames.snapping,
  summary: text(
    'Laplace noise in floating point made safe: the noisy answer is rounded to a coarse grid, so its last bits say nothing.',
    'Ruido de Laplace en coma flotante hecho seguro: la respuesta con ruido se redondea a una rejilla gruesa y sus últimos bits no dicen nada.',
  ),
  citations: [
    {
      authors: 'Mironov',
      year: 2012,
      title: 'On significance of the least significant bits for differential privacy',
      where: 'CCS',
      doi: '10.1145/2382196.2382264',
    },
  ],
  limits: [
    text(
      'Its rounding adds up to half a grid step of error; exact whole-number noise is safe without it.',
      'El redondeo añade hasta medio paso de rejilla de error; el ruido entero exacto es seguro sin él.',
    ),
    text(
      'The proof assumes a correctly rounded logarithm; a release draws exact whole-number noise and rounds that.',
      'La demostración supone un logaritmo bien redondeado; para publicar se sortea ruido entero exacto y se redondea ese.',
    ),
  ],
  approximate: false,
  norm: 'linf',
  calibrate(claim: Loss, by: Change) {
    checkClaim(claim, by);
    const { lower, upper } = declaredRange(by);
    const { epsilon } = perAnswer(claim, by);
    const d = by.linf;
    const effective = snappingEpsilon(epsilon, d, lower, upper);
    if (!(effective > 0)) {
      throw infeasible(
        `epsilon ${epsilon} for one answer is lost in the rounding of doubles`,
        'ask with a larger epsilon, or choose exact whole-number noise',
      );
    }
    const scale = d / effective;
    const grid = d * snappingGrid(effective);
    const snap = (value: number): number =>
      Math.max(lower, Math.min(upper, grid * Math.floor(Math.max(lower, Math.min(upper, value)) / grid + 0.5)));
    const sampler = lazily(() => discreteLaplaceSampler(ratio(scale)));
    const inside = (value: number): number => Math.max(lower, Math.min(upper, value));
    return {
      ...figures(scale, grid),
      loss: { epsilon: claim.epsilon, delta: 0 },
      law: { kind: 'pure', epsilon: claim.epsilon },
      simulate: (rng, values, out) => {
        for (let i = 0; i < out.length; i += 1) out[i] = snap(inside(values[i] as number) + drawLaplace(rng, scale));
      },
      release: (rng, values, out) => {
        // Clamped and rounded afterwards: post-processing of an exact draw.
        sampler().fill(rng, out);
        for (let i = 0; i < out.length; i += 1) out[i] = snap(inside(values[i] as number) + (out[i] as number));
      },
    };
  },
};

/** Laplace noise and half a grid step on top; the mean squared error is that of the worst place between two grid points. */
function figures(scale: number, grid: number): Omit<Figures, 'loss' | 'law'> {
  let variance = 0;
  let meanAbsolute = 0;
  for (let eighth = 0; eighth <= 4; eighth += 1) {
    const moments = snappedMoments(scale, grid, (eighth / 8) * grid);
    variance = Math.max(variance, moments.second);
    meanAbsolute = Math.max(meanAbsolute, moments.first);
  }
  return {
    parameters: { scale, grid },
    variance,
    meanAbsolute,
    accuracy: (alpha) => (alpha >= 1 ? 0 : laplaceAccuracy(scale, alpha) + grid / 2),
  };
}

/** E|Y - x| and E(Y - x)^2 for a truth `x` above a grid point: each grid point times the Laplace mass that rounds to it. */
function snappedMoments(scale: number, grid: number, x: number): { readonly first: number; readonly second: number } {
  const below = (z: number): number => (z < 0 ? exp(z / scale) / 2 : 1 - exp(-z / scale) / 2);
  const reach = Math.ceil((60 * scale) / grid) + 2;
  let first = 0;
  let second = 0;
  for (let k = -reach; k <= reach; k += 1) {
    const error = k * grid - x;
    const mass = below(error + grid / 2) - below(error - grid / 2);
    first += Math.abs(error) * mass;
    second += error * error * mass;
  }
  return { first, second };
}
