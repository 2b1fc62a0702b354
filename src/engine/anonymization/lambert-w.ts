import { exp, log, log1p } from '../kit/portable-math.ts';

/** 1 / e as a double, and what that double is too large by. */
const INVERSE_E = 0.36787944117144233;
const INVERSE_E_ERROR = 1.2428753672788363e-17;

/**
 * The r >= 0 with r - ln(1 + r) = s, to the last few bits for every s >= 0. It is -1 - W_-1(-e^(-1-s)), which the usual
 * form loses to cancellation near the branch point. Newton steps; the function is convex.
 */
export function logExcessInverse(s: number): number {
  if (s <= 0) return 0;
  if (s === Infinity) return Infinity;
  const root = Math.sqrt(2 * s);
  // Two terms of the series at 0, and of the expansion at infinity.
  let r = s < 1 ? root + (root * root) / 3 : s + log1p(s + log1p(s));
  for (let i = 0; i < 12; i += 1) {
    // f = r - ln(1 + r) - s, f' = r / (1 + r).
    const step = ((excess(r) - s) * (1 + r)) / r;
    r -= step;
    if (Math.abs(step) <= 1e-16 * r) break;
  }
  return r;
}

/** r - ln(1 + r) without cancellation for small r. */
function excess(r: number): number {
  if (r > 0.1) return r - log1p(r);
  // r^2/2 - r^3/3 + r^4/4 ...
  let sum = 0;
  for (let n = 20; n >= 2; n -= 1) sum = 1 / n - r * sum;
  return r * r * sum;
}

/**
 * Lower real branch of Lambert's W: w <= -1 with w e^w = x, for -1/e <= x < 0 (Corless et al., 1996). NaN outside.
 */
export function lambertWMinus1(x: number): number {
  if (!(x < 0)) return x === 0 ? -Infinity : Number.NaN;
  // e x + 1 from the two parts of 1/e, exact where the subtraction is.
  const above = x + INVERSE_E - INVERSE_E_ERROR;
  if (above <= 0) return above > -1e-16 ? -1 : Number.NaN;
  const near = above * exp(1);
  const s = near < 0.5 ? -log1p(-near) : -1 - log(-x);
  return -1 - logExcessInverse(s);
}

/** Radius of the planar Laplace law at probability p, in units of 1 / epsilon (Andres et al., 2013, section 6.1). */
export const planarLaplaceRadius = (p: number): number => logExcessInverse(-log1p(-p));

/** Probability that planar Laplace noise is shorter than r (in units of 1 / epsilon): 1 - (1 + r) e^-r. */
export function planarLaplaceCdf(r: number): number {
  if (r > 0.5) return 1 - (1 + r) * exp(-r);
  // e^-r (e^r - 1 - r), all terms positive.
  let sum = 0;
  let term = 1;
  for (let n = 1; n <= 20; n += 1) {
    term *= r / n;
    if (n >= 2) sum += term;
  }
  return exp(-r) * sum;
}
