import { exp } from './math/exp.ts';
import { log } from './math/log.ts';
import type { CountsPicture } from './picture.ts';
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
export function sumsNoiseScale(bank: Pick<PreviewBank, 'factor' | 'curve' | 'sums'>, value: number): number {
  if (bank.sums === undefined) return 0;
  if (bank.curve === undefined) return bank.sums.factor / value;
  return noiseScale(bank, value) * (bank.sums.factor / bank.factor);
}

/**
 * Noise of one cell at a value, as pictures carry it. A curve is of standard deviations; where its law counts as Laplace, the scale is
 * that of Laplace noise with the same deviation.
 */
export function noiseLaw(
  bank: PreviewBank,
  value: number,
  factor = noiseScale(bank, value),
): NonNullable<CountsPicture['noise']> {
  const law = bank.picture.noise?.law ?? 'laplace';
  const scale = bank.curve !== undefined && law === 'laplace' ? factor / Math.SQRT2 : factor;
  return { law, scale, halfWidth95: factor * bank.unitHalfWidth95 };
}

/** Value of the parameter at which the noise has that factor: the inverse of `noiseScale`, within the given range. */
export function valueAtScale(
  bank: Pick<PreviewBank, 'factor' | 'curve'>,
  scale: number,
  range: { readonly min: number; readonly max: number },
): number {
  if (bank.curve === undefined) return bank.factor / scale;
  // Noise falls along the curve; bisection on a logarithmic scale, to the last digit a slider shows.
  let low = range.min;
  let high = range.max;
  for (let i = 0; i < 60; i += 1) {
    const middle = Math.sqrt(low * high);
    if (noiseScale(bank, middle) > scale) low = middle;
    else high = middle;
  }
  return high;
}
