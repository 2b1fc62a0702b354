import { gammaln, log, log1p, pow } from '../kit/portable-math.ts';
import type { Rng } from './rng.ts';

/**
 * Binomial(n, p): number of successes in n independent trials. Inversion for small n p, else BTRS, transformed
 * rejection with squeeze (Hormann, 1993); about the same cost for any n. 0 <= p <= 1, n whole.
 */
export function binomial(rng: Rng, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(rng, n, 1 - p);
  return n * p < 10 ? byInversion(rng, n, p) : byRejection(rng, n, p);
}

function byInversion(rng: Rng, n: number, p: number): number {
  const odds = p / (1 - p);
  const first = pow(1 - p, n);
  for (;;) {
    let mass = first;
    let u = rng.uniform();
    for (let k = 0; k <= n; k += 1) {
      if (u < mass) return k;
      u -= mass;
      mass *= (odds * (n - k)) / (k + 1);
      // Rounding left u above the whole mass: draw again.
      if (mass < 1e-300) break;
    }
  }
}

function byRejection(rng: Rng, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const vr = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  const logOdds = log(p) - log1p(-p);
  const atMode = gammaln(mode + 1) + gammaln(n - mode + 1);
  for (;;) {
    const u = rng.uniform() - 0.5;
    const v = 1 - rng.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || k > n) continue;
    const bound = atMode - gammaln(k + 1) - gammaln(n - k + 1) + (k - mode) * logOdds;
    if (log((v * alpha) / (a / (us * us) + b)) <= bound) return k;
  }
}
