import { betainc, exp, gammaln } from '../kit/portable-math.ts';

/**
 * Integral over [wMin, wMax] of n w (1 - w)^(n - 1), the chance that a predicate of weight w isolates one of n rows
 * (Cohen, Nissim 2020; Giomi et al. 2023). Closed form ((n a + 1)(1 - a)^n - (n b + 1)(1 - b)^n) / (n + 1), taken as a
 * difference of incomplete beta functions, which does not cancel for small weights.
 */
export const singlingOutIntegral = (n: number, wMin: number, wMax: number): number =>
  (betainc(wMax, 2, n) - betainc(wMin, 2, n)) / (n + 1);

/** Chance that exactly one of the `matches` of `total` rows is among `size` rows drawn without replacement. */
export function isolationChance(matches: number, total: number, size: number): number {
  if (matches === 0 || size === 0 || size - 1 > total - matches) return 0;
  const logChoose = (a: number, b: number): number => gammaln(a + 1) - gammaln(b + 1) - gammaln(a - b + 1);
  return matches * exp(logChoose(total - matches, size - 1) - logChoose(total, size));
}

/**
 * By how much successes against `from` rows are to be multiplied to compare with `to` rows. Fits
 * norm * integral of n w (1 - w)^(n - 1) over [0, w] to the expected number of predicates that isolate one row of a
 * random part of the control rows, ten sizes (Giomi et al. 2023, section 4.3, there by repeated subsampling; the
 * expectation over subsamples is hypergeometric, so none is drawn here).
 * @param matches control rows that fit each predicate
 */
export function sizeCorrection(matches: Uint32Array, from: number, to: number): number {
  if (from === to || from < 2) return 1;
  const sizes = Array.from({ length: 10 }, (_, i) =>
    Math.round(Math.min(1000, from / 2) + ((from - Math.min(1000, from / 2)) * i) / 9),
  );
  const found = sizes.map((size) => {
    let sum = 0;
    for (const each of matches) sum += isolationChance(each, from, size);
    return sum;
  });
  if (found.every((each) => each === 0)) return 1;
  const weight = bestWeight(sizes, found);
  return singlingOutIntegral(to, 0, weight) / singlingOutIntegral(from, 0, weight);
}

/** Least squares: the norm of each weight is linear, the weight itself is searched on a logarithmic grid, then refined. */
function bestWeight(sizes: readonly number[], found: readonly number[]): number {
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  let step = 1;
  for (let pass = 0; pass < 4; pass += 1) {
    const centre = pass === 0 ? -8 : best;
    const reach = pass === 0 ? 8 : step;
    step = (2 * reach) / 40;
    for (let i = 0; i <= 40; i += 1) {
      const exponent = Math.min(0, centre - reach + i * step);
      const off = misfit(sizes, found, tenTo(exponent));
      if (off < least) {
        least = off;
        best = exponent;
      }
    }
  }
  return tenTo(best);
}

const tenTo = (exponent: number): number => exp(exponent * Math.LN10);

function misfit(sizes: readonly number[], found: readonly number[], weight: number): number {
  const shape = sizes.map((size) => singlingOutIntegral(size, 0, weight));
  const dot = shape.reduce((sum, s, i) => sum + s * (found[i] as number), 0);
  const square = shape.reduce((sum, s) => sum + s * s, 0);
  const norm = square === 0 ? 0 : dot / square;
  return shape.reduce((sum, s, i) => {
    const off = norm * s - (found[i] as number);
    return sum + off * off;
  }, 0);
}
