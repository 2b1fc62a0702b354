import { log, log1p } from '../../kit/portable-math.ts';

/** `approx`: the usual shortcut from three rows on; `exact`: the model's own expectation for every size. */
export type RiskForm = 'approx' | 'exact';

/**
 * Individual risk of a row whose key fk rows of the sample share and Fk rows of the population are thought to: the
 * expectation of 1 / (rows of the population) when these follow a negative binomial law (Benedetti, Franconi 1998;
 * Franconi, Polettini 2004). p = fk / Fk:
 * fk = 1: p/(1-p) ln(1/p); fk = 2: p/(1-p) - (p/(1-p))^2 ln(1/p); fk > 2: p/(fk - (1-p)), or exactly. Where the sample
 * is the whole population (p >= 1): 1/fk.
 */
export function individualRisk(sample: number, population: number, form: RiskForm = 'approx'): number {
  if (sample <= 0) return 0;
  const p = sample / population;
  if (p >= 1) return 1 / sample;
  if (form === 'exact' || !Number.isInteger(sample)) return exactRisk(sample, p);
  if (sample > 2) return p / (sample - (1 - p));
  return exactRisk(sample, p);
}

/**
 * E[1/F] = p int_0^1 z^(f-1) / (p + (1-p) z) dz (f = fk), free of the alternating sum of the papers, which cancels
 * beyond fk of about 20. For rare keys by the recursion J_{f+1} = (1/f - p J_f) / (1-p), stable below p = 1/2; otherwise
 * by the series p sum_j (1-p)^j j! / (f (f+1) ... (f+j)), all of whose terms are positive. Fractional f (missing values
 * counted in part) by the series.
 */
function exactRisk(f: number, p: number): number {
  const q = 1 - p;
  // Close to 1 the recursion's first step divides two small numbers; the series needs few terms there.
  if (p >= 0.5 || f > 40 || !Number.isInteger(f)) return bySeries(f, p, q);
  let integral = log(1 / p) / q;
  for (let i = 1; i < f; i += 1) integral = (1 / i - p * integral) / q;
  return p * integral;
}

function bySeries(f: number, p: number, q: number): number {
  if (f === 1) return (-p * log1p(-q)) / q;
  let term = 1 / f;
  let sum = term;
  for (let j = 1; j < 1_000_000; j += 1) {
    term *= (q * j) / (f + j);
    sum += term;
    if (term <= 1e-17 * sum) break;
  }
  return p * sum;
}

/** Risk that at least one member of a row's household is found: 1 - prod(1 - r) over its rows, row by row. */
export function householdRisks(risks: Float64Array, household: ArrayLike<number>, households: number): Float64Array {
  const safe = new Float64Array(households).fill(1);
  for (let i = 0; i < risks.length; i += 1) {
    const h = household[i] as number;
    safe[h] = (safe[h] as number) * (1 - (risks[i] as number));
  }
  return Float64Array.from(risks, (_, i) => 1 - (safe[household[i] as number] as number));
}
