import { exp, gammaln, log } from '../../kit/portable-math.ts';
import type { SizeHistogram } from '../../kit/picture.ts';

/**
 * How many rows that are unique in a sample would still be unique in the population it was drawn from. Input is the
 * histogram of class sizes of the sample (n rows in u classes, n_s classes of size s) and the population size N; f = n/N.
 * All results are numbers of population uniques, at most N. `undefined` = the estimator has no answer for these data.
 */
export interface PopulationUniqueness {
  readonly zayatz: number;
  readonly pitman: number | undefined;
  readonly snb: number | undefined;
  /** Which of the above Dankar's rule takes, and its value. */
  readonly dankar: number;
  readonly dankarModel: 'zayatz' | 'pitman' | 'snb';
}

/** Dankar, El Emam, Neisa, Roffey 2012 (BMC Med. Inform.): Pitman up to f = 0.1, else the smaller of SNB and Zayatz. */
export function populationUniqueness(histogram: SizeHistogram, population: number): PopulationUniqueness {
  const { n } = totals(histogram);
  const estimate = zayatz(histogram, population);
  const byPitman = pitman(histogram, population);
  const bySnb = slidNegativeBinomial(histogram, population)?.uniques;
  const all = { zayatz: estimate, pitman: byPitman, snb: bySnb };
  if (n / population <= 0.1) {
    return byPitman === undefined
      ? { ...all, dankar: estimate, dankarModel: 'zayatz' }
      : { ...all, dankar: byPitman, dankarModel: 'pitman' };
  }
  return bySnb !== undefined && bySnb < estimate
    ? { ...all, dankar: bySnb, dankarModel: 'snb' }
    : { ...all, dankar: estimate, dankarModel: 'zayatz' };
}

function totals(histogram: SizeHistogram): { n: number; u: number; n1: number; n2: number } {
  let n = 0;
  let u = 0;
  let n1 = 0;
  let n2 = 0;
  for (let i = 0; i < histogram.size.length; i += 1) {
    const s = histogram.size[i] as number;
    const classes = histogram.classes[i] as number;
    n += s * classes;
    u += classes;
    if (s === 1) n1 = classes;
    if (s === 2) n2 = classes;
  }
  return { n, u, n1, n2 };
}

/**
 * Zayatz 1991: Bayes over the sizes seen in the sample. U = n1 r / f, r = P(population size 1 | unique in the sample),
 * with h(1; N, s, n) the hypergeometric chance to draw exactly one row of a class of s.
 */
export function zayatz(histogram: SizeHistogram, population: number): number {
  const { n, n1 } = totals(histogram);
  if (n1 === 0) return 0;
  const f = n / population;
  // h(1; N, s, n) = s f prod_{i=0}^{s-2} (N - n - i) / (N - 1 - i), built up size by size; no binomials that overflow.
  let product = 1;
  let s = 1;
  let sum = 0;
  for (let i = 0; i < histogram.size.length; i += 1) {
    const size = histogram.size[i] as number;
    while (s < size && product > 0) {
      product *= Math.max(0, population - n - (s - 1)) / (population - 1 - (s - 1));
      s += 1;
    }
    sum += (histogram.classes[i] as number) * size * f * product;
  }
  const r = (n1 * f) / sum;
  return (n1 * r) / f;
}

/**
 * Pitman sampling formula (Hoshino 2001): maximum likelihood of (theta, alpha) by Newton with step halving from
 * Hoshino's closed-form start; U = Gamma(theta + 1) / Gamma(theta + alpha) N^alpha.
 */
export function pitman(histogram: SizeHistogram, population: number): number | undefined {
  const { n, u, n1, n2 } = totals(histogram);
  if (n1 === 0) return 0;
  if (u === n || u === 1 || n < 3) return undefined;
  const c = n2 > 0 ? (n1 * (n1 - 1)) / n2 : n1 * (n1 - 1);
  let theta = (n * u * c - n1 * (n - 1) * (2 * u + c)) / (2 * n1 * u + n1 * c - n * c);
  let alpha = (theta * (n1 - n) + (n - 1) * n1) / (n * u);
  if (!inside(theta, alpha, u)) {
    alpha = 0.5;
    theta = Math.max(1, u / 10);
  }
  const slope: Slope = { theta: 0, alpha: 0, thetaTheta: 0, thetaAlpha: 0, alphaAlpha: 0 };
  for (let round = 0; round < 200; round += 1) {
    slopeAt(histogram, n, u, theta, alpha, slope);
    const det = slope.thetaTheta * slope.alphaAlpha - slope.thetaAlpha * slope.thetaAlpha;
    let stepTheta = -(slope.alphaAlpha * slope.theta - slope.thetaAlpha * slope.alpha) / det;
    let stepAlpha = -(slope.thetaTheta * slope.alpha - slope.thetaAlpha * slope.theta) / det;
    // Away from the concave region Newton may climb down: follow the gradient in scaled steps instead.
    if (!(slope.theta * stepTheta + slope.alpha * stepAlpha > 0)) {
      stepTheta = slope.theta > 0 ? Math.max(1, Math.abs(theta)) / 2 : -Math.abs(theta + alpha) / 2;
      stepAlpha = slope.alpha > 0 ? (1 - alpha) / 4 : -Math.max(0.01, Math.abs(alpha)) / 4;
    }
    let share = 1;
    while (!inside(theta + share * stepTheta, alpha + share * stepAlpha, u) && share > 1e-12) share /= 2;
    theta += share * stepTheta;
    alpha += share * stepAlpha;
    const small = Math.abs(stepTheta) <= 1e-12 * Math.max(1, Math.abs(theta)) && Math.abs(stepAlpha) <= 1e-13;
    if (small) return uniques(theta, alpha, population);
  }
  return undefined;
}

/** alpha may be negative (a finite number of classes) as long as every factor theta + i alpha of the formula is positive. */
const inside = (theta: number, alpha: number, u: number): boolean =>
  alpha < 1 && theta > -alpha && theta + (u - 1) * alpha > 0;

const uniques = (theta: number, alpha: number, population: number): number =>
  Math.min(population, exp(gammaln(theta + 1) - gammaln(theta + alpha) + alpha * log(population)));

interface Slope {
  theta: number;
  alpha: number;
  thetaTheta: number;
  thetaAlpha: number;
  alphaAlpha: number;
}

/**
 * Gradient and Hessian of ln L = sum_{i<u} ln(theta + i alpha) - sum_{i<n} ln(theta + i) + sum_s n_s sum_{j<s} ln(j - alpha).
 */
function slopeAt(histogram: SizeHistogram, n: number, u: number, theta: number, alpha: number, out: Slope): void {
  let t = 0;
  let a = 0;
  let tt = 0;
  let ta = 0;
  let aa = 0;
  for (let i = 1; i < u; i += 1) {
    const x = 1 / (theta + i * alpha);
    t += x;
    a += i * x;
    tt -= x * x;
    ta -= i * x * x;
    aa -= i * i * x * x;
  }
  for (let i = 1; i < n; i += 1) {
    const x = 1 / (theta + i);
    t -= x;
    tt += x * x;
  }
  let j = 1;
  let inner = 0;
  let innerSquare = 0;
  for (let i = 0; i < histogram.size.length; i += 1) {
    for (; j < (histogram.size[i] as number); j += 1) {
      const x = 1 / (j - alpha);
      inner += x;
      innerSquare += x * x;
    }
    a -= (histogram.classes[i] as number) * inner;
    aa -= (histogram.classes[i] as number) * innerSquare;
  }
  out.theta = t;
  out.alpha = a;
  out.thetaTheta = tt;
  out.thetaAlpha = ta;
  out.alphaAlpha = aa;
}

export interface SlidNegativeBinomial {
  readonly classes: number;
  readonly alpha: number;
  readonly beta: number;
  readonly uniques: number;
}

/**
 * Slid negative binomial (Chen, Keller-McNulty 1998): sizes of the K population classes are 1 + NB(alpha, beta); alpha
 * and beta solve E[n1], E[n2] of a Bernoulli(f) sample, K is Shlosser's second estimate (Haas, Stokes 1998); U = K beta^alpha.
 * These are the corrected equations: ARX 3.9.2 multiplies where it must divide and finds no solution.
 */
export function slidNegativeBinomial(histogram: SizeHistogram, population: number): SlidNegativeBinomial | undefined {
  const { n, n1, n2 } = totals(histogram);
  const f = n / population;
  if (n1 === 0 || n2 === 0 || !(f > 0 && f < 1)) return undefined;
  const classes = shlosser(histogram, f);
  // For each beta the first equation has at most two solutions alpha, on either side of its maximum; along each of these
  // two curves the second equation has one unknown.
  let best: { alpha: number; beta: number; residual: number } | undefined;
  for (const branch of ['rising', 'falling'] as const) {
    const off = (logit: number): number => {
      const beta = 1 / (1 + exp(-logit));
      const alpha = alphaFor(beta, f, n1 / classes, branch);
      return alpha === undefined ? Number.NaN : expectedPairs(alpha, beta, f) - n2 / classes;
    };
    let before = Number.NaN;
    for (let step = -600; step <= 200; step += 1) {
      const here = off(step / 10);
      if (before > 0 !== here > 0 && !Number.isNaN(before) && !Number.isNaN(here)) {
        const logit = bisect((step - 1) / 10, step / 10, off);
        const beta = 1 / (1 + exp(-logit));
        const alpha = alphaFor(beta, f, n1 / classes, branch);
        const residual = Math.abs(off(logit)) * classes;
        if (alpha !== undefined && (best === undefined || residual < best.residual)) best = { alpha, beta, residual };
      }
      before = here;
    }
  }
  if (best === undefined || best.residual > 1e-6 * Math.max(1, n2)) return undefined;
  const found = classes * exp(best.alpha * log(best.beta));
  return { classes, alpha: best.alpha, beta: best.beta, uniques: Math.min(found, population) };
}

/** E[n1] / K = f (b / (1 - d))^a (a d / (1 - d) + 1), d = (1 - f)(1 - b). */
function expectedSingles(alpha: number, beta: number, f: number): number {
  const d = (1 - f) * (1 - beta);
  return f * exp(alpha * log(beta / (1 - d))) * ((alpha * d) / (1 - d) + 1);
}

/** E[n2] / K = a b^a f^2 (1 - b)(2 - (1 - a) d) / (2 (1 - d)^(a + 2)). */
function expectedPairs(alpha: number, beta: number, f: number): number {
  const d = (1 - f) * (1 - beta);
  const powers = exp(alpha * log(beta) - (alpha + 2) * log(1 - d));
  return (alpha * f * f * (1 - beta) * (2 - (1 - alpha) * d) * powers) / 2;
}

/** alpha > 0 with E[n1] / K = target for this beta, on one side of the maximum over alpha. */
function alphaFor(beta: number, f: number, target: number, branch: 'rising' | 'falling'): number | undefined {
  const d = (1 - f) * (1 - beta);
  const slope = log(beta / (1 - d));
  const top = Math.max(0, -1 / slope - (1 - d) / d);
  const off = (alpha: number): number => expectedSingles(alpha, beta, f) - target;
  if (!Number.isFinite(top) || off(top) < 0) return undefined;
  if (branch === 'rising') return top === 0 || off(0) > 0 ? undefined : bisect(0, top, off);
  let high = Math.max(1e-6, 2 * top);
  while (off(high) > 0 && high < 1e9) high *= 2;
  return off(high) > 0 ? undefined : bisect(top, high, off);
}

/** Root between two points of different sign, by halving down to neighbouring doubles. */
function bisect(from: number, to: number, off: (x: number) => number): number {
  let low = from;
  let high = to;
  const sign = off(low) > 0;
  for (let round = 0; round < 200; round += 1) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (off(middle) > 0 === sign) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}

/** Shlosser's second estimate of the number of population classes. */
function shlosser(histogram: SizeHistogram, f: number): number {
  const { u, n1 } = totals(histogram);
  const power = (base: number, s: number): number => (s === 0 ? 1 : base <= 0 ? 0 : exp(s * log(base)));
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < histogram.size.length; i += 1) {
    const s = histogram.size[i] as number;
    const classes = histogram.classes[i] as number;
    a += s * f * f * power(1 - f * f, s - 1) * classes;
    // (1 - f)^s ((1 + f)^s - 1) without overflow for large s.
    b += (power(1 - f * f, s) - power(1 - f, s)) * classes;
    c += power(1 - f, s) * classes;
    d += s * f * power(1 - f, s - 1) * classes;
  }
  return u + n1 * (a / b) * (c / d) * (c / d);
}
