import { exp } from './math/exp.ts';
import { log } from './math/log.ts';
import type { PreviewBank } from './technique.ts';

/**
 * Factor of the unit noise of a bank's counts at a value of its parameter: factor / value, or off the curve where there is one
 * (straight lines between points on logarithmic scales; beyond the ends as at the ends).
 */
export function noiseScale({ factor, curve }: Pick<PreviewBank, 'factor' | 'curve'>, value: number): number {
  if (curve === undefined) return factor / value;
  const { at, scale } = curve;
  const last = at.length - 1;
  let high = 1;
  while (high < last && (at[high] as number) < value) high += 1;
  const [x0, x1] = [at[high - 1] as number, at[high] as number];
  const [y0, y1] = [scale[high - 1] as number, scale[high] as number];
  const share = Math.max(0, Math.min(1, log(value / x0) / log(x1 / x0)));
  return y0 * exp(share * log(y1 / y0));
}

/** The same for its sums, whose noise follows that of the counts. */
export const sumsNoiseScale = (bank: Pick<PreviewBank, 'factor' | 'curve' | 'sums'>, value: number): number =>
  bank.sums === undefined ? 0 : noiseScale(bank, value) * (bank.sums.factor / bank.factor);
