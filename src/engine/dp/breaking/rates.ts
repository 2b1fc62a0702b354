import type { Rate } from '../../kit/breaking.ts';
import { betainc } from '../../kit/portable-math.ts';
import { clopperPearson } from '../audit/binomial.ts';

/** Level of every interval of this folder. */
const ALPHA = 0.05;

/** Successes of independent trials, with the exact interval. */
export function rateOf(hits: number, n: number, baseline: number): Rate {
  const [low, high] = clopperPearson(hits, n, ALPHA);
  return { value: hits / n, low, high, n, baseline };
}

/**
 * Mean of shares measured in independent worlds, each over `bits` guesses that share their noise: Student's interval over worlds,
 * and never narrower than if all guesses had been independent (a spread of 0 between few worlds would claim too much).
 */
export function rateOverWorlds(shares: readonly number[], bits: number, baseline: number): Rate {
  const n = shares.length;
  const value = shares.reduce((sum, share) => sum + share, 0) / n;
  const squares = shares.reduce((sum, share) => sum + (share - value) * (share - value), 0);
  const half = n < 2 ? 1 : studentQuantile(n - 1) * Math.sqrt(squares / (n - 1) / n);
  const [low, high] = clopperPearson(Math.round(value * n * bits), n * bits, ALPHA);
  return {
    value,
    low: Math.max(0, Math.min(low, value - half)),
    high: Math.min(1, Math.max(high, value + half)),
    n,
    baseline,
  };
}

/** The t that |T| exceeds with probability 5 %, T Student's with `df` degrees of freedom. */
function studentQuantile(df: number): number {
  let low = 0;
  let high = 1e3;
  for (let i = 0; i < 60; i += 1) {
    const t = (low + high) / 2;
    if (betainc(df / (df + t * t), df / 2, 0.5) > ALPHA) low = t;
    else high = t;
  }
  return high;
}
