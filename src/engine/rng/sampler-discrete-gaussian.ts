import { invalidParam } from '../kit/errors.ts';
import { expNegative } from './certified-exp.ts';
import { CertifiedTable } from './certified-table.ts';
import type { CertifiedLaw, CertifiedWeights } from './certified-table.ts';
import { positive, ratio, times } from './ratio.ts';
import type { Ratio } from './ratio.ts';
import type { Rng } from './rng.ts';
import { remembered } from './sampler.ts';
import type { IntegerSampler } from './sampler.ts';
import { ExpCoin } from './sampler-bernoulli.ts';
import { powerOfTwo, uniformBits, WORD_BITS } from './words.ts';
import type { Words } from './words.ts';

/** How the law is cut into blocks: their width 2^k is the largest with at least `blocks` of them to one standard deviation. */
export interface GaussianShape {
  readonly wordBits: number;
  readonly blocks: number;
}

const usual: GaussianShape = { wordBits: WORD_BITS, blocks: 16 };
/** 2^88: a deviation of 2^44. A draw beyond 2^53 then lies 512 deviations out. */
const LARGEST_VARIANCE = 1n << 88n;

/**
 * Discrete Gaussian (Canonne, Kamath, Steinke, 2020): P(x) proportional to exp(-x^2 / (2 variance)) on the whole numbers. Exact for any
 * rational variance. Deviations below 32: one table of the whole law, one word a draw. Above: a block of 2^k neighbouring numbers by the
 * table of the blocks' highest masses, a uniform place in it, kept with probability mass / highest: 97 % are.
 * @throws invalid-param for a variance that is not positive or above 2^88.
 */
export const discreteGaussianSampler = /* @__PURE__ */ remembered(
  (variance: Ratio) => `${variance.numerator}/${variance.denominator}`,
  (variance: Ratio) => discreteGaussianWith(variance),
);

/** The same with another word size or blocks, for proofs. */
export function discreteGaussianWith(variance: Ratio, { wordBits, blocks }: GaussianShape = usual): IntegerSampler {
  const exact = positive('variance', variance);
  if (exact.numerator > exact.denominator * LARGEST_VARIANCE) {
    throw invalidParam('variance', 'a positive number up to 2^88', 'a larger one');
  }
  let shift = 0;
  const least = exact.denominator * BigInt(blocks * blocks);
  while (exact.numerator >= least << BigInt(2 * shift + 2)) shift += 1;
  const rate = ratio(exact.denominator, 2n * exact.numerator);
  if (shift === 0) return tableOf(new CertifiedTable(squareLaw(rate, false), wordBits));
  const blockRate = times(rate, ratio(1n << BigInt(2 * shift)));
  return new Wide(new CertifiedTable(squareLaw(blockRate, true), wordBits), new ExpCoin(rate, wordBits), shift);
}

/** Index 0 for zero, 2 j - 1 for j and 2 j for -j. */
function tableOf(table: CertifiedTable): IntegerSampler {
  const draw = (words: Words): number => {
    const index = table.draw(words);
    // Without a branch, and without -0.
    const flip = (index & 1) - 1;
    return (((index + 1) >>> 1) ^ flip) - flip;
  };
  return {
    draw,
    fill: ({ words }, out) => {
      for (let i = 0; i < out.length; i += 1) out[i] = draw(words);
      return out;
    },
  };
}

/** Index 2 j for the block that starts at j 2^shift, 2 j + 1 for its mirror image. */
class Wide implements IntegerSampler {
  private readonly width: number;

  constructor(
    private readonly blocks: CertifiedTable,
    private readonly coin: ExpCoin,
    private readonly shift: number,
  ) {
    this.width = powerOfTwo(shift);
  }

  draw(words: Words): number {
    for (;;) {
      const index = this.blocks.draw(words);
      const start = (index >>> 1) * this.width;
      const offset = uniformBits(words, this.shift);
      // Zero is in the first block and in its mirror image; it counts once.
      const twin = (index & 1) === 1 && start === 0 && offset === 0;
      // (start + offset)^2 - start^2, as two factors that doubles hold exactly.
      if (!twin && this.coin.flip(words, offset, 2 * start + offset)) {
        return (index & 1) === 1 ? -start - offset : start + offset;
      }
      words.restart();
    }
  }

  fill<A extends Float64Array | Int32Array>({ words }: Pick<Rng, 'words'>, out: A): A {
    for (let i = 0; i < out.length; i += 1) out[i] = this.draw(words);
    return out;
  }
}

/** Weights exp(-rate j^2): each twice, for j and its mirror image; that of zero twice only if `twoZeros`. */
function squareLaw(rate: Ratio, twoZeros: boolean): CertifiedLaw {
  return {
    weights: (bits): CertifiedWeights => {
      // The ratio of neighbours is itself multiplied each step: errors grow with the square of the step.
      const [unit, spare] = [BigInt(bits + 32), 32n];
      const one = 1n << unit;
      const first = expNegative(rate, bits + 32);
      const square = expNegative(times(rate, ratio(2n)), bits + 32);
      const [lower, upper]: [bigint[], bigint[]] = [[], []];
      let [low, high] = [one, one];
      let [fallLow, fallHigh] = [first.lower, first.upper];
      for (let j = 0; low >> spare > 0n; j += 1) {
        for (let twin = j === 0 && !twoZeros ? 1 : 0; twin < 2; twin += 1) {
          lower.push(low >> spare);
          upper.push((high >> spare) + 1n);
        }
        low = (low * fallLow) >> unit;
        high = ((high * fallHigh) >> unit) + 1n;
        fallLow = (fallLow * square.lower) >> unit;
        fallHigh = ((fallHigh * square.upper) >> unit) + 1n;
      }
      // Weights fall faster than a geometric series from here.
      const rest = ((high >> spare) << unit) / (one - fallHigh) + 1n;
      return { lower, upper, rest: 2n * (rest + 1n) };
    },
  };
}
