import type { Ratio } from './ratio.ts';
import type { Rng } from './rng.ts';
import { remembered } from './sampler.ts';
import type { IntegerSampler } from './sampler.ts';
import { checkedScale, GeometricDigits } from './sampler-geometric.ts';
import type { DigitShape } from './sampler-geometric.ts';
import type { CertifiedTable } from './certified-table.ts';
import { WORD_BITS } from './words.ts';
import type { Words } from './words.ts';

const usual: DigitShape = { wordBits: WORD_BITS, digitBits: 8, topScale: 16 };

/**
 * Discrete Laplace (two-sided geometric): P(x) = (1 - r) / (1 + r) r^|x|, r = exp(-1 / scale) (Ghosh, Roughgarden, Sundararajan, 2009).
 * Exact. Not negative with probability 1 / (1 + r), and then geometric; else -1 minus the same geometric variable: so no draw is thrown
 * away, and zero has no twin. One word a draw for scales up to 16, two up to 4096, three up to 2^20.
 * @throws invalid-param for a scale that is not positive or above 2^44.
 */
export const discreteLaplaceSampler = /* @__PURE__ */ remembered(
  (scale: Ratio) => `${scale.numerator}/${scale.denominator}`,
  (scale: Ratio) => discreteLaplaceWith(scale),
);

/** The same with another word size or other digits, for proofs. */
export function discreteLaplaceWith(scale: Ratio, shape: DigitShape = usual): IntegerSampler {
  return new DiscreteLaplace(new GeometricDigits(checkedScale(scale), true, shape));
}

class DiscreteLaplace implements IntegerSampler {
  private readonly top: CertifiedTable;

  constructor(private readonly digits: GeometricDigits) {
    this.top = digits.top;
  }

  draw(words: Words): number {
    const index = this.top.draw(words);
    const size = this.digits.below(words, index >>> 1);
    // size or -1 - size, without a branch: a processor guesses half of those wrong.
    const negative = index & 1;
    return size * (1 - 2 * negative) - negative;
  }

  fill<A extends Float64Array | Int32Array>({ words }: Pick<Rng, 'words'>, out: A): A {
    for (let i = 0; i < out.length; i += 1) out[i] = this.draw(words);
    return out;
  }
}
