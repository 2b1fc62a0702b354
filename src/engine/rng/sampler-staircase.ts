import { invalidParam } from '../kit/errors.ts';
import { expNegative } from './certified-exp.ts';
import { CertifiedTable } from './certified-table.ts';
import type { CertifiedLaw } from './certified-table.ts';
import { positive, ratio } from './ratio.ts';
import type { Ratio } from './ratio.ts';
import { fillBy } from './sampler.ts';
import type { IntegerSampler } from './sampler.ts';
import { checkedScale, geometricSampler, geometricWith } from './sampler-geometric.ts';
import type { DigitShape } from './sampler-geometric.ts';
import { fairCoin, uniformBelow, WORD_BITS } from './words.ts';
import type { Words } from './words.ts';

/**
 * Staircase noise on whole numbers (Geng, Viswanath, 2014, section on discrete queries): P(x) proportional to e^(-k epsilon) for
 * k D <= |x| < k D + inner, and to e^(-(k + 1) epsilon) for k D + inner <= |x| < (k + 1) D. Exact for a rational epsilon.
 * `sensitivity` D: whole, in steps; `inner`: 1..D, gamma D of the continuous law.
 * @throws invalid-param for an epsilon that is not positive, sizes that are not whole, or D / epsilon above 2^44.
 */
export function staircaseSampler(
  epsilon: Ratio | number,
  sensitivity: number,
  inner: number,
  shape?: DigitShape,
): IntegerSampler {
  const loss = positive('epsilon', epsilon);
  if (!(Number.isSafeInteger(sensitivity) && sensitivity >= 1)) {
    throw invalidParam('sensitivity', 'a whole number of steps from 1', sensitivity);
  }
  if (!(Number.isSafeInteger(inner) && inner >= 1 && inner <= sensitivity)) {
    throw invalidParam('inner', `a whole number, 1 to ${sensitivity}`, inner);
  }
  checkedScale(ratio(sensitivity, loss));
  const scale = ratio(1n, loss);
  const stages = shape === undefined ? geometricSampler(scale) : geometricWith(scale, shape);
  const sides: CertifiedLaw = {
    weights: (bits) => {
      const { lower, upper } = expNegative(loss, bits);
      const [near, far] = [BigInt(inner) << BigInt(bits), BigInt(sensitivity - inner)];
      return { lower: [near, far * lower], upper: [near, far * upper], rest: 0n };
    },
  };
  const side = new CertifiedTable(sides, shape?.wordBits ?? WORD_BITS);
  const draw = (words: Words): number => {
    for (;;) {
      const near = side.draw(words) === 0;
      const offset = near ? uniformBelow(words, inner) : inner + uniformBelow(words, sensitivity - inner);
      const size = stages.draw(words) * sensitivity + offset;
      const negative = fairCoin(words);
      // Zero has no twin.
      if (!negative) return size;
      if (size !== 0) return -size;
      words.restart();
    }
  };
  return { draw, fill: (rng, out) => fillBy({ draw }, rng, out) };
}
