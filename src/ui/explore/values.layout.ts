import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import { measuredValue, type MeanRange, noisyMean, trueMean } from '../../engine/kit/mean.ts';
import type { CountsPicture, Picture } from '../../engine/kit/picture.ts';
import { noiseLaw, sumsNoiseScale } from '../../engine/kit/preview.ts';
import type { PreviewBank } from '../../engine/kit/technique.ts';
import type { Text } from '../../engine/kit/text.ts';
import type { HourRange } from '../../store/view-store.ts';
import { byPlace, gridOf, halfWidthOf, rangeOf, rescale, type Grid } from './grid.layout.ts';

/** What sensors measured, as sums and counts over the same cells: a mean over any of them is sum over count. */
export interface Values {
  readonly grid: Grid;
  /** Sums of the value about the middle of its declared range. */
  readonly sums: CountsPicture;
  readonly range: MeanRange;
  /** Shares are shown in per cent. */
  readonly times: number;
  readonly unit: string;
  readonly label: Text;
}

/** Means with what is known of them: NaN where `suppressed`, half widths of 95 % intervals. */
export interface Means {
  readonly mean: Float64Array;
  readonly half: Float64Array | undefined;
  readonly suppressed: Uint8Array;
}

type Noise = CountsPicture['noise'];

/** The measured value of a release, if it has sums of it over the very cells of its counts by place. */
export function valuesOf(pictures: readonly Picture[], descriptor: DatasetDescriptor): Values | undefined {
  const measured = measuredValue(descriptor);
  const grid = gridOf(pictures, descriptor.parts);
  if (measured === undefined || grid === undefined) return undefined;
  const sums = pictures.find(
    (picture): picture is CountsPicture =>
      picture.view === 'counts' && picture !== grid.picture && picture.id === 'measure',
  );
  if (sums === undefined || sums.truth.length !== grid.picture.truth.length) return undefined;
  const share = measured.column.unit === 'share';
  return {
    grid,
    sums,
    range: measured.range,
    times: share ? 100 : 1,
    unit: share ? '%' : (measured.column.unit ?? ''),
    label: measured.column.label,
  };
}

/** True means of groups of cells; nothing is clipped. */
export const trueMeans = ({ range, times }: Values, sums: Float64Array, rows: Float64Array): Float64Array =>
  sums.map((sum, i) => times * trueMean(sum, rows[i] as number, range.centre));

/**
 * Released means of groups of `cells` cells. Interval of a ratio to first order: the noise of the sum and that of the
 * count, weighed by the mean's distance from the middle of the range, over the released count. Held back where the
 * count is below one row, or the interval is as wide as the declared range: such a mean says nothing.
 */
export function releasedMeans(
  { range, times }: Values,
  sums: Float64Array,
  rows: Float64Array,
  noise: { readonly sums: Noise; readonly rows: Noise },
  cells: number,
): Means {
  const sumHalf = halfWidthOf(noise.sums, cells);
  const rowHalf = halfWidthOf(noise.rows, cells) ?? 0;
  const mean = new Float64Array(sums.length);
  const half = new Float64Array(sums.length);
  const suppressed = new Uint8Array(sums.length);
  for (let i = 0; i < mean.length; i += 1) {
    const count = rows[i] as number;
    const value = noisyMean(sums[i] as number, count, range);
    const reach = sumHalf === undefined ? 0 : Math.hypot(sumHalf, (value - range.centre) * rowHalf) / count;
    const silent = !(count >= 1) || reach >= range.half;
    suppressed[i] = silent ? 1 : 0;
    mean[i] = silent ? Number.NaN : times * value;
    half[i] = silent ? Number.NaN : times * reach;
  }
  return { mean, half: sumHalf === undefined ? undefined : half, suppressed };
}

/** Possible sums under a parameter value, as `rescale` gives possible counts. */
export function rescaleSums(bank: PreviewBank, value: number, draw: number): Float64Array | undefined {
  const { sums } = bank;
  if (sums === undefined) return undefined;
  const offset = draw * sums.base.length;
  const scale = sumsNoiseScale(bank, value);
  return sums.base.map((base, i) => base + scale * (sums.unitNoise[offset + i] as number));
}

/** Noise laws of the preview's counts and sums at a parameter value. */
export function bankNoise(bank: PreviewBank, value: number): { readonly sums: Noise; readonly rows: Noise } {
  const sums = bank.sums === undefined ? undefined : noiseLaw(bank, value, sumsNoiseScale(bank, value));
  return { rows: noiseLaw(bank, value), sums };
}

/** Mean of a place in every draw of the bank, NaN where it would be held back; and how often it comes first. */
export function meanOutcomes(
  values: Values,
  bank: PreviewBank,
  value: number,
  place: number,
  hours: HourRange,
): { readonly outcomes: Float64Array; readonly first: number } {
  const outcomes = new Float64Array(bank.draws);
  const noise = bankNoise(bank, value);
  const [from, to] = rangeOf(values.grid, hours);
  const cells = to - from + 1;
  let first = 0;
  for (let draw = 0; draw < bank.draws; draw += 1) {
    const sums = rescaleSums(bank, value, draw);
    if (sums === undefined) return { outcomes: new Float64Array(), first: 0 };
    const rows = rescale(bank, value, draw);
    const { mean } = releasedMeans(
      values,
      byPlace(values.grid, sums, hours),
      byPlace(values.grid, rows, hours),
      noise,
      cells,
    );
    outcomes[draw] = mean[place] as number;
    if (highest(mean) === place) first += 1;
  }
  return { outcomes, first: first / bank.draws };
}

/** Index of the highest number, of those up to `most` if any; -1 where there is none. */
export function highest(values: Float64Array, most = Infinity): number {
  let best = -1;
  for (let i = 0; i < values.length; i += 1) {
    if ((values[i] as number) <= most && (best < 0 || (values[i] as number) > (values[best] as number))) best = i;
  }
  return best;
}

/**
 * Round ends of a colour scale: all but Tukey's outliers, so that a broken sensor does not flatten all others; and at
 * least the usual half width `half` on both sides, so that noise alone does not look like a pattern.
 */
export function valueDomain(truth: Float64Array, half = 0): readonly [number, number] {
  const sorted = truth.filter((value) => Number.isFinite(value)).sort();
  if (sorted.length === 0) return [0, 1];
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
  const reach = 1.5 * (at(0.75) - at(0.25));
  const first = Math.max(at(0.02), at(0.25) - reach);
  const last = Math.min(at(0.98), at(0.75) + reach);
  const widen = Math.max(0, half - (last - first) / 2);
  const low = first >= 0 ? Math.max(0, first - widen) : first - widen;
  const high = last + widen;
  const spread = high - low || Math.abs(high) || 1;
  const rough = spread / 4;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * unit >= rough) ?? 10) * unit;
  const tidy = (value: number): number => Number(value.toPrecision(12));
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.ceil(high / step - 1e-9) * step;
  return [tidy(from), tidy(to > from ? to : from + step)];
}

/** The usual half width: the median of those known; 0 where none is. */
export function usualHalf({ half }: Means): number {
  const known = (half ?? new Float64Array()).filter((one) => Number.isFinite(one)).sort();
  return known[Math.floor(known.length / 2)] ?? 0;
}
