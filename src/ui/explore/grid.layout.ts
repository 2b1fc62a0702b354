import type { CountsPicture, Picture } from '../../engine/kit/picture.ts';
import type { DatasetParts } from '../../engine/kit/dataset.ts';
import { noiseScale } from '../../engine/kit/preview.ts';
import type { PreviewBank } from '../../engine/kit/technique.ts';
import type { HourRange } from '../../store/view-store.ts';

/** Counts by place and hour, row-major, as the map and the hour strip read them. `hours` is 1 without a clock. */
export interface Grid {
  readonly places: readonly string[];
  readonly hours: number;
  readonly hourLabels: readonly string[];
  readonly picture: CountsPicture;
  /** Strides of place and hour within the picture's cells. */
  readonly placeStride: number;
  readonly hourStride: number;
}

/** The counts to map: the first picture with a place among its dimensions and at most an ordered second one. */
export function gridOf(pictures: readonly Picture[], parts: DatasetParts): Grid | undefined {
  for (const picture of pictures) {
    if (picture.view !== 'counts') continue;
    const place = picture.dims.findIndex((dim) => dim.column === parts.place);
    const other = picture.dims.findIndex((_, at) => at !== place);
    if (place < 0 || picture.dims.length > 2) continue;
    const hourDim = picture.dims[other];
    const hourLabels = hourDim === undefined ? [''] : hourDim.levels;
    const places = picture.dims[place]?.levels ?? [];
    return {
      places,
      hours: hourLabels.length,
      hourLabels,
      picture,
      placeStride: place === 0 ? hourLabels.length : 1,
      hourStride: place === 0 ? 1 : places.length,
    };
  }
  return undefined;
}

/** Bounds of a range of hours within the grid. */
export function rangeOf(grid: Grid, hours: HourRange): readonly [number, number] {
  if (hours === null) return [0, grid.hours - 1];
  return [Math.max(0, Math.min(hours.from, grid.hours - 1)), Math.max(0, Math.min(hours.to, grid.hours - 1))];
}

/** Sum over the chosen hours, per place. */
export function byPlace(grid: Grid, cells: Float64Array, hours: HourRange): Float64Array {
  const [from, to] = rangeOf(grid, hours);
  const out = new Float64Array(grid.places.length);
  for (let p = 0; p < out.length; p += 1) {
    let sum = 0;
    for (let h = from; h <= to; h += 1) sum += cells[p * grid.placeStride + h * grid.hourStride] as number;
    out[p] = sum;
  }
  return out;
}

/** Sum per hour, over one place or all. */
export function byHour(grid: Grid, cells: Float64Array, place: number | null): Float64Array {
  const out = new Float64Array(grid.hours);
  const first = place ?? 0;
  const last = place ?? grid.places.length - 1;
  for (let h = 0; h < out.length; h += 1) {
    let sum = 0;
    for (let p = first; p <= last; p += 1) sum += cells[p * grid.placeStride + h * grid.hourStride] as number;
    out[h] = sum;
  }
  return out;
}

/** 1 where every cell of a place in the chosen hours was held back. */
export function heldBack(grid: Grid, hours: HourRange): Uint8Array | undefined {
  const { suppressed } = grid.picture;
  if (suppressed === undefined) return undefined;
  const [from, to] = rangeOf(grid, hours);
  const out = new Uint8Array(grid.places.length);
  for (let p = 0; p < out.length; p += 1) {
    let all = 1;
    for (let h = from; h <= to; h += 1) if (suppressed[p * grid.placeStride + h * grid.hourStride] !== 1) all = 0;
    out[p] = all;
  }
  return out;
}

/** Index of the highest of the draws' cells, per release: how a cell of one draw is made from its unit noise. */
const settle = (bank: PreviewBank, value: number): number => {
  const rounded = bank.rounded ? Math.round(value) : value;
  return bank.nonNegative && rounded < 0 ? 0 : rounded;
};

/** One possible release under a parameter value: cell = base + factor / value * unit noise. About 6,000 cells: under 1 ms. */
export function rescale(bank: PreviewBank, value: number, draw: number): Float64Array {
  const base = bank.base ?? bank.picture.truth;
  const scale = noiseScale(bank, value);
  const offset = draw * base.length;
  const out = new Float64Array(base.length);
  for (let i = 0; i < out.length; i += 1) {
    out[i] = settle(bank, (base[i] as number) + scale * (bank.unitNoise[offset + i] as number));
  }
  return out;
}

/** What each draw would have released for one place in the chosen hours. */
export function outcomesOf(
  grid: Grid,
  bank: PreviewBank,
  value: number,
  place: number,
  hours: HourRange,
): Float64Array {
  const base = bank.base ?? bank.picture.truth;
  const scale = noiseScale(bank, value);
  const [from, to] = rangeOf(grid, hours);
  const out = new Float64Array(bank.draws);
  for (let d = 0; d < out.length; d += 1) {
    let sum = 0;
    for (let h = from; h <= to; h += 1) {
      const cell = place * grid.placeStride + h * grid.hourStride;
      sum += settle(bank, (base[cell] as number) + scale * (bank.unitNoise[d * base.length + cell] as number));
    }
    out[d] = sum;
  }
  return out;
}

/** Half width of the 95 % interval of a sum of `cells` independent noisy cells (Laplace: variance 2 b^2; normal limit beyond one). */
export function halfWidthOf(noise: CountsPicture['noise'], cells: number): number | undefined {
  if (noise === undefined) return undefined;
  if (cells <= 1) return noise.halfWidth95;
  const sigma = noise.law === 'laplace' ? Math.SQRT2 * noise.scale : noise.scale;
  return 1.96 * sigma * Math.sqrt(cells);
}

/** Share of draws in which a place would have the highest sum of all. */
export function firstRankShare(grid: Grid, bank: PreviewBank, value: number, place: number, hours: HourRange): number {
  let first = 0;
  for (let d = 0; d < bank.draws; d += 1) {
    const sums = byPlace(grid, rescale(bank, value, d), hours);
    let best = 0;
    for (let p = 1; p < sums.length; p += 1) if ((sums[p] as number) > (sums[best] as number)) best = p;
    if (best === place) first += 1;
  }
  return first / bank.draws;
}

/** Mean absolute error per place of the chosen hours. */
export function meanError(truth: Float64Array, released: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i += 1) sum += Math.abs((truth[i] as number) - (released[i] as number));
  return truth.length === 0 ? 0 : sum / truth.length;
}

/**
 * Value of a parameter at which the half width is `wanted`, when it is `half` at `value` and falls as 1 / parameter (or `exact`,
 * where it falls otherwise). Three significant digits, rounded towards the smaller error, inside the parameter's range.
 */
export function dialFor(
  value: number,
  half: number,
  wanted: number,
  range: { readonly min: number; readonly max: number },
  exact: number = (value * half) / wanted,
): number {
  const unit = 10 ** (Math.floor(Math.log10(exact)) - 2);
  return Math.min(range.max, Math.max(range.min, Number((Math.ceil(exact / unit - 1e-9) * unit).toPrecision(3))));
}
