import type { Rng } from '../rng/rng.ts';

/**
 * Transition matrices of PRAM over m categories, in closed form: P keeps a value with probability `keep` and makes each
 * other one equally likely. The invariant matrix is R = P Q, Q the reversed chain of P from the counts t (Gouweleeuw et
 * al., 1998, "two-stage PRAM"): t R = t.
 */
export interface PramLaw {
  readonly method: 'uniform' | 'invariant';
  readonly size: number;
  readonly keep: number;
  /** P(other) for each other category. */
  readonly other: number;
  /** Share of each category in the data; cumulative shares for drawing. */
  readonly share: Float64Array;
  readonly cumulative: Float64Array;
}

export function pramMatrix(method: PramLaw['method'], keep: number, counts: Float64Array): PramLaw {
  const size = counts.length;
  const total = counts.reduce((a, b) => a + b, 0);
  const share = counts.map((count) => (total > 0 ? count / total : 1 / size));
  const cumulative = new Float64Array(size);
  let sum = 0;
  for (let i = 0; i < size; i += 1) {
    sum += share[i] as number;
    cumulative[i] = sum;
  }
  return { method, size, keep: size > 1 ? keep : 1, other: size > 1 ? (1 - keep) / (size - 1) : 0, share, cumulative };
}

/** Draws the released category of one row. */
export function drawPram(law: PramLaw, code: number, rng: Rng): number {
  const first = drawUniform(law, code, rng);
  return law.method === 'uniform' ? first : drawReversed(law, first, rng);
}

function drawUniform({ size, keep }: PramLaw, code: number, rng: Rng): number {
  if (size < 2 || rng.uniform() < keep) return code;
  const other = rng.int(size - 1);
  return other < code ? other : other + 1;
}

/** Row l of Q: proportional to P(j, l) t(j), that is `other` t(j), and (keep - other) t(l) more (or less) at l. */
function drawReversed(law: PramLaw, code: number, rng: Rng): number {
  const own = law.share[code] as number;
  const mass = law.keep * own + law.other * (1 - own);
  // A category no row has is reached only by noise, and left again by the shares.
  if (mass <= 0) return code;
  if (rng.uniform() * mass < law.keep * own) return code;
  for (;;) {
    const drawn = drawShare(law.cumulative, rng);
    if (drawn !== code) return drawn;
  }
}

function drawShare(cumulative: Float64Array, rng: Rng): number {
  const target = rng.uniform() * (cumulative[cumulative.length - 1] as number);
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] as number) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The whole matrix, row-major: probability that category k is released as j. For tests and small tables. */
export function fullMatrix(law: PramLaw): Float64Array {
  const { size, keep, other, share } = law;
  const p = new Float64Array(size * size).map((_, i) => (Math.floor(i / size) === i % size ? keep : other));
  if (law.method === 'uniform') return p;
  const out = new Float64Array(size * size);
  for (let l = 0; l < size; l += 1) {
    const mass = keep * (share[l] as number) + other * (1 - (share[l] as number));
    for (let k = 0; k < size; k += 1) {
      for (let j = 0; j < size; j += 1) {
        const back = mass > 0 ? ((p[j * size + l] as number) * (share[j] as number)) / mass : j === l ? 1 : 0;
        out[k * size + j] = (out[k * size + j] as number) + (p[k * size + l] as number) * back;
      }
    }
  }
  return out;
}

/**
 * Unbiased counts (t' = t P^-1) of released ones under the uniform matrix, with their standard deviation; `undefined`
 * where the matrix cannot be inverted (all categories equally likely).
 */
export function unbiasedCounts(
  released: Float64Array,
  keep: number,
): { readonly counts: Float64Array; readonly deviation: Float64Array } | undefined {
  const size = released.length;
  const other = size > 1 ? (1 - keep) / (size - 1) : 0;
  const gap = keep - other;
  if (size < 2 || Math.abs(gap) < 1e-12) return undefined;
  const total = released.reduce((a, b) => a + b, 0);
  const counts = released.map((count) => (count - total * other) / gap);
  // Rows that have the category are released in it with probability keep, the others with `other`.
  const deviation = counts.map((estimate) => {
    const own = Math.max(0, Math.min(total, estimate));
    return Math.sqrt(own * keep * (1 - keep) + (total - own) * other * (1 - other)) / Math.abs(gap);
  });
  return { counts, deviation };
}
