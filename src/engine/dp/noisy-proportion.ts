import { invalidParam } from '../kit/errors.ts';
import { exp, gammaln, log, log1p } from '../kit/portable-math.ts';

/**
 * A released share of n rows, read back: sampling error and Laplace noise together, exactly, where ViP (Nanayakkara et al., 2022)
 * bootstraps.
 */

/** Standard deviation of a released share: sqrt(p (1 - p) / n + 2 scale^2). */
export const releasedShareDeviation = (n: number, proportion: number, scale: number): number =>
  Math.sqrt((proportion * (1 - proportion)) / n + 2 * scale * scale);

/**
 * Central interval of that level of clip(Bin(n, release) / n + Laplace(scale), 0, 1), by its exact distribution function.
 * @throws invalid-param for n below 1, a release outside [0, 1], a scale that is not positive or a level outside (0, 1).
 */
export function releasedShareInterval(
  n: number,
  release: number,
  scale: number,
  level: number,
): readonly [number, number] {
  if (!(n >= 1)) throw invalidParam('n', 'a whole number from 1', n);
  if (!(release >= 0 && release <= 1)) throw invalidParam('release', 'a share from 0 to 1', release);
  if (!(scale > 0)) throw invalidParam('scale', 'a positive number', scale);
  if (!(level > 0 && level < 1)) throw invalidParam('level', 'a number between 0 and 1', level);
  const counts = likelyCounts(n, release);
  const below = (x: number): number => {
    let sum = 0;
    for (const { share, mass } of counts) {
      const z = (x - share) / scale;
      sum += mass * (z < 0 ? exp(z) / 2 : 1 - exp(-z) / 2);
    }
    return sum;
  };
  const quantile = (p: number): number => {
    if (below(0) >= p) return 0;
    if (below(1) < p) return 1;
    let [low, high] = [0, 1];
    for (let i = 0; i < 60; i += 1) {
      const middle = (low + high) / 2;
      if (below(middle) < p) low = middle;
      else high = middle;
    }
    return high;
  };
  const tail = (1 - level) / 2;
  return [quantile(tail), quantile(1 - tail)];
}

/** Binomial masses within twelve deviations of the mean: what is left out weighs less than 1e-16. */
function likelyCounts(n: number, p: number): readonly { readonly share: number; readonly mass: number }[] {
  if (p === 0 || p === 1) return [{ share: p, mass: 1 }];
  const reach = 12 * Math.sqrt(n * p * (1 - p)) + 60;
  const from = Math.max(0, Math.floor(n * p - reach));
  const to = Math.min(n, Math.ceil(n * p + reach));
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const k = from + i;
    const logMass = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + k * log(p) + (n - k) * log1p(-p);
    return { share: k / n, mass: exp(logMass) };
  });
}
