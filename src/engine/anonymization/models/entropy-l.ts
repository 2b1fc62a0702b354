import { exp, log } from '../../kit/portable-math.ts';
import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { Criterion } from './criterion.ts';
import { roundedLog } from './rounded-log.ts';
import { atLeast, requireWithin, wholeAtLeast } from './ties.ts';

/** Values of n ln n are kept up to this n: 512 KB; larger counts are rare enough to be computed. */
const KEPT = 1 << 16;

let known: Float64Array | undefined;

let rounded: Float64Array | undefined;

/** Rounded ln n for whole n, from a table filled on first use. */
function logOf(n: number): number {
  if (n >= KEPT) return roundedLog(n);
  rounded ??= new Float64Array(KEPT);
  if (n > 1 && rounded[n] === 0) rounded[n] = roundedLog(n);
  return rounded[n] as number;
}

/** n ln n for whole n, from a table filled on first use. */
export function nLogN(n: number): number {
  if (n >= KEPT) return n * log(n);
  known ??= new Float64Array(KEPT);
  if (n > 1 && known[n] === 0) known[n] = n * log(n);
  return known[n] as number;
}

/**
 * exp of the Shannon entropy (nats) of the sensitive values in the class, at least l (Machanavajjhala et al. 2007,
 * definition 4.1). Entropy is concave, so the union of two classes has at least the smaller of their entropies.
 */
export function entropyL(model: Extract<PrivacyModel, { type: 'entropy-l' }>): Criterion {
  requireWithin('l', model.l, 1);
  const logL = roundedLog(model.l);
  return {
    model,
    measure({ size, counts, values, distinct }) {
      if (distinct <= 1) return distinct;
      let sum = 0;
      for (let i = 0; i < distinct; i += 1) sum += nLogN(counts[values[i] as number] as number);
      return exp((nLogN(size) - sum) / size);
    },
    holds: (value) => atLeast(value, model.l),
    // Sum of x ln x <= |c| (ln |c| - ln l) in doubles with rounded logarithms: where a class is exactly as diverse as l,
    // the last place decides, and published optima rest on it.
    published: {
      measure({ counts, values, distinct }) {
        let sum = 0;
        for (let i = 0; i < distinct; i += 1) {
          const count = counts[values[i] as number] as number;
          sum += count * logOf(count);
        }
        return sum;
      },
      holds: (sum, size) => sum <= size * (logOf(size) - logL),
    },
    monotone: true,
    // By the same ties as `holds`: a limit a last place above 1 asks nothing of a single row.
    leastRows: wholeAtLeast(model.l),
  };
}
