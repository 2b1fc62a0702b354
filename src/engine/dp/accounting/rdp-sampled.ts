import { exp, expm1, log, log1p } from '../../kit/portable-math.ts';
import { exponentialRest, logExpm1, logOneMinusExp, logSum, softplus } from './rdp-math.ts';

/**
 * Renyi divergences of the Gaussian mechanism on a random sample. Both are computed as ln(A - 1), so that no digit is lost
 * where the answer is tiny, and in the log domain, so that nothing overflows where it is huge.
 */

/**
 * Poisson sample of that rate, add/remove, sensitivity 1: ln E_{x ~ N(0, sigma^2)} [(1 - q + q e^((2x-1)/(2 sigma^2)))^alpha]
 * / (alpha - 1) (Mironov, Talwar, Zhang, 2019). Integer orders by their binomial sum, others by quadrature (see there).
 */
export function rdpPoissonGaussian(alpha: number, rate: number, sigma: number): number {
  if (rate === 0) return 0;
  if (rate === 1) return alpha / (2 * sigma * sigma);
  if (sigma === 0) return Number.POSITIVE_INFINITY;
  const rest =
    Number.isInteger(alpha) && alpha <= 20_000 ? integerRest(alpha, rate, sigma) : fractionalRest(alpha, rate, sigma);
  return softplus(rest) / (alpha - 1);
}

/** ln sum_{k>=2} C(alpha, k) q^k (1-q)^(alpha-k) (e^((k^2-k)/(2 sigma^2)) - 1). */
function integerRest(alpha: number, rate: number, sigma: number): number {
  const drawn = log(rate);
  const left = log1p(-rate);
  let binomial = log(alpha);
  const terms = new Float64Array(alpha - 1);
  for (let k = 2; k <= alpha; k += 1) {
    binomial += log((alpha - k + 1) / k);
    terms[k - 2] = binomial + k * drawn + (alpha - k) * left + logExpm1((k * k - k) / (2 * sigma * sigma));
  }
  return logSumAll(terms);
}

/**
 * ln E[(1+L)^alpha - 1 - alpha L], L = q (e^((2x-1)/(2 sigma^2)) - 1): since E L = 0 this is ln(A - 1), and its integrand is
 * nowhere negative, so nothing cancels (the alternating series of binomials does). Trapezoids on the whole line: the integrand
 * is analytic but for 1 + L = 0, pi sigma^2 off the axis, so the error falls as e^(-2 pi distance / step).
 */
function fractionalRest(alpha: number, rate: number, sigma: number): number {
  const s2 = sigma * sigma;
  const reach = 9.5 * sigma;
  // Below sigma = 0.05 nothing counts between the two modes, 0 and alpha (it is e^-50 of theirs).
  const windows: readonly (readonly [number, number])[] =
    sigma < 0.05 && alpha > 4 * reach
      ? [
          [-reach, reach],
          [alpha - reach, alpha + reach],
        ]
      : [[-reach, alpha + reach]];
  const step = sigma < 0.05 ? sigma / 3 : Math.min(sigma / 3, 0.6 * s2);
  let sum = Number.NEGATIVE_INFINITY;
  for (const [from, to] of windows) {
    const count = Math.ceil((to - from) / step);
    const terms = new Float64Array(count + 1);
    for (let i = 0; i <= count; i += 1) {
      const x = from + i * step;
      terms[i] = logConvexRest(alpha, rate, (2 * x - 1) / (2 * s2)) - (x * x) / (2 * s2);
    }
    sum = logSum(sum, logSumAll(terms));
  }
  return sum + log(step / (sigma * Math.sqrt(2 * Math.PI)));
}

/** ln((1+L)^alpha - 1 - alpha L) for L = q (e^y - 1). */
function logConvexRest(alpha: number, q: number, y: number): number {
  // u = ln(1 + L).
  const u = y > 30 ? y + log(q + (1 - q) * exp(-y)) : log1p(q * expm1(y));
  const power = alpha * u;
  if (power > 1) {
    // (1+L)^alpha (1 - (1 + alpha L) / (1+L)^alpha); 1 + alpha L = alpha e^u + 1 - alpha.
    const share = log(alpha) + u + log1p(((1 - alpha) / alpha) * exp(-u)) - power;
    return power + logOneMinusExp(-share);
  }
  const l = q * expm1(y);
  if (Math.abs(l) < 0.03 && alpha * Math.abs(l) < 0.5) return log(powerRest(alpha, l));
  // (1+L)^alpha - 1 - alpha L = [e^power - 1 - power] + alpha [ln(1+L) - L].
  return log(exponentialRest(power) - alpha * exponentialRest(u));
}

/** sum_{k>=2} C(alpha, k) l^k for small l. */
function powerRest(alpha: number, l: number): number {
  let term = ((alpha * (alpha - 1)) / 2) * l * l;
  let sum = term;
  for (let k = 3; Math.abs(term) > 1e-18 * sum && k < 200; k += 1) {
    term *= ((alpha - k + 1) / k) * l;
    sum += term;
  }
  return sum;
}

/**
 * Sample of a fixed size without replacement, rate = sample / all, replace-one: the bound of Wang, Balle, Kasiviswanathan
 * (2019), Theorem 27, for the Gaussian mechanism; noise is that multiple of the replace-one sensitivity. Orders between
 * integers by convexity of (alpha - 1) times the divergence.
 */
export function rdpFixedSampleGaussian(alpha: number, rate: number, sigma: number): number {
  const low = Math.floor(alpha);
  if (low === alpha) return fixedSampleCgf(alpha, rate, sigma) / (alpha - 1);
  const share = alpha - low;
  const between =
    (1 - share) * (low === 1 ? 0 : fixedSampleCgf(low, rate, sigma)) + share * fixedSampleCgf(low + 1, rate, sigma);
  return Math.min(alpha / (2 * sigma * sigma), between / (alpha - 1));
}

function fixedSampleCgf(alpha: number, rate: number, sigma: number): number {
  const s2 = sigma * sigma;
  // Sampling never hurts: the plain mechanism is a bound as well.
  const plain = ((alpha - 1) * alpha) / (2 * s2);
  const moments = new Map<number, number>();
  const moment = (order: number): number => {
    const known = moments.get(order);
    if (known !== undefined) return known;
    const found = logCentralMoment(order, sigma);
    moments.set(order, found);
    return found;
  };
  let binomial = log(alpha);
  const terms = new Float64Array(alpha - 1);
  for (let j = 2; j <= alpha; j += 1) {
    binomial += log((alpha - j + 1) / j);
    const crude = Math.LN2 + (j * (j - 1)) / (2 * s2);
    const fine =
      2 * Math.LN2 + (j === 2 ? logExpm1(1 / s2) : (moment(2 * Math.floor(j / 2)) + moment(2 * Math.ceil(j / 2))) / 2);
    terms[j - 2] = binomial + j * log(rate) + Math.min(crude, fine);
  }
  return Math.min(plain, softplus(logSumAll(terms)));
}

/** ln E_{x ~ N(0, sigma^2)} [(e^((2x-1)/(2 sigma^2)) - 1)^order] for an even order: trapezoids of an entire integrand. */
function logCentralMoment(order: number, sigma: number): number {
  const s2 = sigma * sigma;
  const reach = 9.5 * sigma;
  const step = sigma / 4;
  const count = Math.ceil((order + 2 * reach) / step);
  const terms = new Float64Array(count + 1);
  for (let i = 0; i <= count; i += 1) {
    const x = i * step - reach;
    const y = Math.abs((2 * x - 1) / (2 * s2));
    const size = x > 0.5 ? logExpm1(y) : logOneMinusExp(y);
    terms[i] = (y === 0 ? Number.NEGATIVE_INFINITY : order * size) - (x * x) / (2 * s2);
  }
  return logSumAll(terms) + log(step / (sigma * Math.sqrt(2 * Math.PI)));
}

/** ln of the sum of e^terms. */
function logSumAll(terms: Float64Array): number {
  let high = Number.NEGATIVE_INFINITY;
  for (const term of terms) if (term > high) high = term;
  if (high === Number.NEGATIVE_INFINITY) return high;
  let sum = 0;
  for (const term of terms) if (term > high - 45) sum += exp(term - high);
  return high + log(sum);
}
