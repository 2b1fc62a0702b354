import { invalidParam } from '../../kit/errors.ts';
import { log, log1p } from '../../kit/portable-math.ts';
import { zcdpRho } from '../composition.ts';

/**
 * Logarithm of the least delta at which rho-zero-concentrated privacy implies epsilon: the infimum over alpha > 1 of
 * (alpha - 1)(alpha rho - epsilon) + alpha ln(1 - 1/alpha) - ln(alpha - 1) (Canonne, Kamath, Steinke, 2020, Corollary 13).
 */
export function zcdpLogDelta(rho: number, epsilon: number): number {
  // The derivative in a = alpha - 1 is increasing: (2 a + 1) rho - epsilon - ln(1 + 1/a).
  let low = 0;
  let high = 1;
  const slope = (a: number): number => (2 * a + 1) * rho - epsilon - log1p(1 / a);
  while (slope(high) < 0 && high < 1e300) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-15 * high; i += 1) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  const a = high;
  return Math.min(0, a * ((a + 1) * rho - epsilon) - (a + 1) * log1p(1 / a) - log(a));
}

/**
 * Largest rho whose release is (epsilon, delta)-private, to 1e-12 relative and never above it.
 * @throws invalid-param for epsilon <= 0 or delta outside (0, 1)
 */
export function rhoFor(epsilon: number, delta: number): number {
  if (!(epsilon > 0)) throw invalidParam('epsilon', 'a number above 0', epsilon);
  if (!(delta > 0 && delta < 1)) throw invalidParam('delta', 'a number between 0 and 1', delta);
  const target = log(delta);
  let low = zcdpRho(epsilon, delta);
  let high = 2 * low;
  while (zcdpLogDelta(high, epsilon) <= target) [low, high] = [high, 2 * high];
  for (let i = 0; i < 200 && high - low > 1e-13 * high; i += 1) {
    const middle = (low + high) / 2;
    if (zcdpLogDelta(middle, epsilon) <= target) low = middle;
    else high = middle;
  }
  return low;
}
