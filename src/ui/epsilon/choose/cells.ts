import { useMemo } from 'react';
import type { CountsPicture } from '../../../engine/kit/picture.ts';
import { noiseLaw, noiseScale, valueAtScale } from '../../../engine/kit/preview.ts';
import type { PreviewBank } from '../../../engine/kit/technique.ts';
import type { HourRange } from '../../../store/view-store.ts';
import { byPlace, gridOf, heldBack, outcomesOf, rescale, type Grid } from '../../explore/grid.layout.ts';
import { placely } from '../../pictures/counts.layout.ts';
import type { Epsilon } from '../use-epsilon.ts';

/** The grid the page draws, with the cells released at the epsilon on the slider. */
export interface Cells {
  readonly picture: CountsPicture;
  readonly grid: Grid | undefined;
  readonly released: Float64Array;
  readonly noise: CountsPicture['noise'];
  /** From the preview's draws rather than from the finished release. */
  readonly preview: boolean;
}

/** One possible release at the slider's epsilon; `draw` picks another of the preview's draws. */
export function useCells(page: Epsilon, draw: number): Cells | undefined {
  const { bank, epsilon, result, stale, descriptor } = page;
  const fromResult = result?.pictures.find((picture): picture is CountsPicture => picture.view === 'counts');
  const usesBank =
    bank !== null && bank.param === 'epsilon' && (stale || draw > 0 || fromResult?.id !== bank.picture.id);
  const picture = usesBank ? bank.picture : fromResult;
  const parts = descriptor?.parts;
  const grid = useMemo(
    () => (picture === undefined || parts === undefined ? undefined : gridOf([picture], parts)),
    [picture, parts],
  );
  const released = useMemo(
    () => (usesBank && bank !== null ? rescale(bank, epsilon, draw % bank.draws) : picture?.released),
    [usesBank, bank, epsilon, draw, picture],
  );
  if (picture === undefined || released === undefined) return undefined;
  return { picture, grid, released, noise: noiseAt(bank, epsilon, picture), preview: usesBank };
}

/** Noise of one cell at an epsilon: the bank's law rescaled, or the picture's own. */
export function noiseAt(bank: PreviewBank | null, epsilon: number, picture: CountsPicture): CountsPicture['noise'] {
  if (bank === null || bank.param !== 'epsilon' || bank.picture.id !== picture.id) return picture.noise;
  return noiseLaw(bank, epsilon);
}

/** A row of the outcome bars: a place (or another first level) with what could have been released for it. */
export interface OutcomeRow {
  readonly label: string;
  readonly truth: number;
  readonly released: number;
  readonly outcomes: Float64Array;
}

/** The largest rows by truth, at most `most`, with all draws of the bank; summed over the chosen hours. */
export function outcomeRows(
  grid: Grid,
  bank: PreviewBank,
  epsilon: number,
  released: Float64Array,
  hours: HourRange,
  most: number,
  labelOf: (place: string) => string,
): readonly OutcomeRow[] {
  const truth = byPlace(grid, grid.picture.truth, hours);
  const now = byPlace(grid, released, hours);
  return Array.from(truth.keys())
    .sort((a, b) => (truth[b] as number) - (truth[a] as number) || a - b)
    .slice(0, most)
    .map((place) => ({
      label: labelOf(grid.places[place] ?? ''),
      truth: truth[place] as number,
      released: now[place] as number,
      outcomes: outcomesOf(grid, bank, epsilon, place, hours),
    }));
}

/** Places above `least` by truth: how many there are, and of how many all is published with a half width within `share` of it. */
export function usableShare(
  grid: Grid,
  halfWidth: number,
  hours: HourRange,
  least: number,
  share: number,
): { readonly usable: number; readonly of: number } {
  let usable = 0;
  let of = 0;
  const withheld = heldBack(grid, hours);
  byPlace(grid, grid.picture.truth, hours).forEach((value, place) => {
    if (value < least) return;
    of += 1;
    if (withheld?.[place] !== 1 && halfWidth <= share * value) usable += 1;
  });
  return { usable, of };
}

/**
 * Mean absolute error of what one release says about its places (its values, where it has none), those it is silent about left
 * out; undefined where it answers yes or no, or nothing at all.
 */
export function measuredError({ picture, grid, released }: Cells): number | undefined {
  if (picture.unit === 'yes or no') return undefined;
  const at = (values: Float64Array): Float64Array => (grid === undefined ? values : placely(grid, values, null));
  const withheld = grid === undefined ? picture.suppressed : heldBack(grid, null);
  const [truth, said] = [at(picture.truth), at(released)];
  let sum = 0;
  let of = 0;
  truth.forEach((value, i) => {
    const off = Math.abs((said[i] as number) - value);
    if (withheld?.[i] === 1 || !Number.isFinite(off)) return;
    sum += off;
    of += 1;
  });
  return of === 0 ? undefined : sum / of;
}

/** Epsilon at which the half width is `wanted`, when it is `halfWidth` at `epsilon`; beyond the range where none in it will do. */
export const epsilonFor = (
  bank: PreviewBank,
  epsilon: number,
  halfWidth: number,
  wanted: number,
  range: { readonly min: number; readonly max: number },
): number => valueAtScale(bank, noiseScale(bank, epsilon) * (wanted / halfWidth), range);

/** A point of the error curve. */
export interface ErrorPoint {
  readonly epsilon: number;
  readonly error: number;
}

/**
 * Mean absolute error of one cell over epsilon, by the law of the noise: exact where the law is Laplace or normal, else from the mean
 * of the bank's own draws of it.
 */
export function lawErrors(bank: PreviewBank, epsilons: readonly number[]): readonly ErrorPoint[] {
  const unit = bank.curve === undefined ? meanOfLaw(bank) : meanOfDraws(bank.unitNoise);
  return epsilons.map((epsilon) => ({ epsilon, error: unit * noiseScale(bank, epsilon) }));
}

/** E|X| of Laplace noise is its scale; of a normal variable sigma sqrt(2 / pi). */
const meanOfLaw = (bank: PreviewBank): number => (bank.picture.noise?.law === 'gaussian' ? Math.sqrt(2 / Math.PI) : 1);

function meanOfDraws(noise: Float32Array): number {
  let sum = 0;
  for (const each of noise) sum += Math.abs(each);
  return noise.length === 0 ? 0 : sum / noise.length;
}

/** Mean absolute error of all cells in each of `draws` possible releases, as published (rounded, cut at zero): mean and 95 % range. */
export function simulatedError(
  bank: PreviewBank,
  epsilon: number,
  draws: number,
): { readonly mean: number; readonly low: number; readonly high: number } {
  const { truth } = bank.picture;
  const errors = new Float64Array(draws);
  for (let d = 0; d < draws; d += 1) {
    const released = rescale(bank, epsilon, d);
    let sum = 0;
    for (let i = 0; i < truth.length; i += 1) sum += Math.abs((released[i] as number) - (truth[i] as number));
    errors[d] = truth.length === 0 ? 0 : sum / truth.length;
  }
  errors.sort();
  const at = (share: number): number => errors[Math.min(draws - 1, Math.floor(share * draws))] as number;
  return { mean: errors.reduce((a, b) => a + b, 0) / draws, low: at(0.025), high: at(0.975) };
}
