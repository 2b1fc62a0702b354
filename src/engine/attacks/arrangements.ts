import { exp, gammaln } from '../kit/portable-math.ts';
import type { Rng } from '../rng/rng.ts';

/**
 * A class as a reader sees it who knows everybody's quasi-identifiers: groups of rows that are alike to them, and how
 * many rows of the class have each secret. Any way to hand the secrets to the rows is as likely as any other.
 */
export interface HiddenClass {
  /** Rows of each group. */
  readonly groups: Uint32Array;
  /** Rows with each secret value. */
  readonly counts: Uint32Array;
}

/** Whether an arrangement agrees with what the reader knows. `held`: rows of group g with value v at `g * values + v`. */
export type Consistent = (held: Uint32Array) => boolean;

export interface Arrangements {
  /** Probability that a random arrangement is consistent. */
  readonly consistent: number;
  /** Probability that it is consistent and a given row of group g has value v; groups x values. */
  readonly joint: Float64Array;
  /** All arrangements were counted; otherwise some were drawn. */
  readonly exact: boolean;
}

/** Most steps of the count before some arrangements are drawn instead. */
const MOST_STEPS = 50_000;
const DRAWS = 1000;
/** Factorials beyond this are no doubles. */
const MOST_ROWS = 150;

/**
 * Share of consistent arrangements and, with them, where each secret is. Counted exactly over the matrices "rows of
 * group g with value v" with the given margins, each weighted by its number of arrangements; 1,000 are drawn at
 * random where counting takes more than 50,000 steps.
 */
export function arrangements(cls: HiddenClass, consistent: Consistent, rng: Rng): Arrangements {
  const rows = cls.counts.reduce((sum, count) => sum + count, 0);
  return (rows <= MOST_ROWS ? counted(cls, consistent) : undefined) ?? drawn(cls, consistent, rng);
}

function counted({ groups, counts }: HiddenClass, consistent: Consistent): Arrangements | undefined {
  const values = counts.length;
  const held = new Uint32Array(groups.length * values);
  const left = counts.slice();
  const joint = new Float64Array(held.length);
  let all = 0;
  let good = 0;
  let steps = 0;
  const place = (g: number, v: number, rest: number, logWeight: number): void => {
    steps += 1;
    if (steps > MOST_STEPS) return;
    if (g === groups.length) {
      const weight = exp(logWeight);
      all += weight;
      if (!consistent(held)) return;
      good += weight;
      for (let i = 0; i < held.length; i += 1)
        joint[i] = (joint[i] as number) + (weight * (held[i] as number)) / (groups[Math.floor(i / values)] as number);
      return;
    }
    if (v === values - 1) {
      if (rest > (left[v] as number)) return;
      take(g, v, rest);
      const next = groups[g + 1] ?? 0;
      place(g + 1, 0, next, logWeight - gammaln(rest + 1) + gammaln(next + 1));
      take(g, v, -rest);
      return;
    }
    for (let m = 0; m <= Math.min(rest, left[v] as number); m += 1) {
      take(g, v, m);
      place(g, v + 1, rest - m, logWeight - gammaln(m + 1));
      take(g, v, -m);
    }
  };
  const take = (g: number, v: number, m: number): void => {
    held[g * values + v] = m > 0 ? m : 0;
    left[v] = (left[v] as number) - m;
  };
  place(0, 0, groups[0] ?? 0, gammaln((groups[0] ?? 0) + 1) - shift(groups));
  if (steps > MOST_STEPS) return undefined;
  return { consistent: good / all, joint: joint.map((sum) => sum / all), exact: true };
}

/** Keeps the weights near 1: the logarithm of the rows' factorials, of which only ratios matter. */
const shift = (groups: Uint32Array): number => groups.reduce((sum, n) => sum + gammaln(n + 1), 0) / 2;

function drawn({ groups, counts }: HiddenClass, consistent: Consistent, rng: Rng): Arrangements {
  const values = counts.length;
  const secrets = new Uint32Array(counts.reduce((sum, count) => sum + count, 0));
  let filled = 0;
  counts.forEach((count, v) => {
    secrets.fill(v, filled, filled + count);
    filled += count;
  });
  const held = new Uint32Array(groups.length * values);
  const joint = new Float64Array(held.length);
  let good = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    for (let i = secrets.length - 1; i > 0; i -= 1) {
      const j = rng.int(i + 1);
      const kept = secrets[i] as number;
      secrets[i] = secrets[j] as number;
      secrets[j] = kept;
    }
    held.fill(0);
    let at = 0;
    groups.forEach((rows, g) => {
      for (const end = at + rows; at < end; at += 1) {
        const i = g * values + (secrets[at] as number);
        held[i] = (held[i] as number) + 1;
      }
    });
    if (!consistent(held)) continue;
    good += 1;
    for (let i = 0; i < held.length; i += 1)
      joint[i] = (joint[i] as number) + (held[i] as number) / (groups[Math.floor(i / values)] as number);
  }
  return { consistent: good / DRAWS, joint: joint.map((sum) => sum / DRAWS), exact: false };
}
