import { useMemo } from 'react';
import type { CountsPicture } from '../../../engine/kit/picture.ts';
import type { PreviewBank } from '../../../engine/kit/technique.ts';
import type { HourRange } from '../../../store/view-store.ts';
import { byPlace, gridOf, outcomesOf, rescale, type Grid } from '../../explore/grid.layout.ts';
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
  const scale = bank.factor / epsilon;
  return { law: bank.picture.noise?.law ?? 'laplace', scale, halfWidth95: scale * bank.unitHalfWidth95 };
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

/** Share of the places above `least` whose half width is within `share` of their true value. */
export function usableShare(
  grid: Grid,
  halfWidth: number,
  hours: HourRange,
  least: number,
  share: number,
): { readonly usable: number; readonly of: number } {
  let usable = 0;
  let of = 0;
  for (const value of byPlace(grid, grid.picture.truth, hours)) {
    if (value < least) continue;
    of += 1;
    if (halfWidth <= share * value) usable += 1;
  }
  return { usable, of };
}

/** Epsilon at which `share` of error is kept for a value of `value`, when the half width is `halfWidth` at `epsilon`. */
export const epsilonFor = (epsilon: number, halfWidth: number, value: number, share: number): number =>
  (epsilon * halfWidth) / (share * value);

/** A point of the error curve. */
export interface ErrorPoint {
  readonly epsilon: number;
  readonly exact: number;
}

/** Exact mean absolute error of one cell over epsilon, where the law of the noise is known. */
export function exactErrors(bank: PreviewBank, epsilons: readonly number[]): readonly ErrorPoint[] {
  // E|X| of Laplace noise is its scale; of a normal variable sigma sqrt(2 / pi).
  const unit = bank.picture.noise?.law === 'gaussian' ? Math.sqrt(2 / Math.PI) : 1;
  return epsilons.map((epsilon) => ({ epsilon, exact: (unit * bank.factor) / epsilon }));
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
