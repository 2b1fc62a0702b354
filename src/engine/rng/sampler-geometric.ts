import { invalidParam } from '../kit/errors.ts';
import { expNegative } from './certified-exp.ts';
import { CertifiedTable } from './certified-table.ts';
import type { CertifiedLaw, CertifiedWeights } from './certified-table.ts';
import { positive, ratio } from './ratio.ts';
import type { Ratio } from './ratio.ts';
import type { Rng } from './rng.ts';
import { remembered } from './sampler.ts';
import type { IntegerSampler } from './sampler.ts';
import type { Words } from './words.ts';
import { WORD_BITS } from './words.ts';

/**
 * How a geometric variable is taken apart. Its digits in any base are independent: with ratio r and base m, G = m H + L, where L is
 * geometric cut off at m, and H is geometric with ratio r^m. Each digit comes from a table of its certified probabilities.
 */
export interface DigitShape {
  readonly wordBits: number;
  /** Binary digits that one low table draws. */
  readonly digitBits: number;
  /** The top digit, unbounded, is drawn with a scale of at most this. */
  readonly topScale: number;
}

const usual: DigitShape = { wordBits: WORD_BITS, digitBits: 8, topScale: 16 };
/** Beyond this scale a draw could leave the whole numbers of a double: P(|X| >= 2^53) = exp(-512) at the limit. */
const LARGEST_SCALE = 17592186044416;

/** Tables of the digits of a geometric variable, highest first; `signed` has the sign as lowest binary digit of the top. */
export class GeometricDigits {
  readonly top: CertifiedTable;
  readonly low: readonly CertifiedTable[];
  private readonly base: number;

  constructor(scale: Ratio, signed: boolean, { wordBits, digitBits, topScale }: DigitShape) {
    let shift = 0;
    const limit = scale.denominator * BigInt(Math.ceil(topScale * 1024));
    while (scale.numerator * 1024n > limit << BigInt(shift)) shift += digitBits;
    this.top = new CertifiedTable(geometricLaw(scale, shift, signed), wordBits);
    const low: CertifiedTable[] = [];
    for (let from = shift - digitBits; from >= 0; from -= digitBits) {
      low.push(new CertifiedTable(digitLaw(scale, from, 1 << digitBits), wordBits));
    }
    this.low = low;
    this.base = 1 << digitBits;
  }

  /** The low digits below a top digit. */
  below(words: Words, top: number): number {
    let value = top;
    for (let i = 0; i < this.low.length; i += 1)
      value = value * this.base + (this.low[i] as CertifiedTable).draw(words);
    return value;
  }
}

/**
 * Geometric on {0, 1, 2...}: P(x) = (1 - r) r^x, r = exp(-1 / scale). Exact. One word a draw for scales up to 16, two to 4096, three to 2^20.
 * @throws invalid-param for a scale that is not positive or above 2^44.
 */
export const geometricSampler = /* @__PURE__ */ remembered(
  (scale: Ratio) => `${scale.numerator}/${scale.denominator}`,
  (scale: Ratio) => geometricWith(scale),
);

/** The same with another word size or other digits, for proofs. */
export function geometricWith(scale: Ratio, shape: DigitShape = usual): IntegerSampler {
  return new Geometric(new GeometricDigits(checkedScale(scale), false, shape));
}

/** A positive scale whose draws fit a double. */
export function checkedScale(scale: number | Ratio): Ratio {
  const exact = positive('scale', scale);
  if (exact.numerator > exact.denominator * BigInt(LARGEST_SCALE)) {
    throw invalidParam('scale', 'a positive number up to 2^44', typeof scale === 'number' ? scale : 'a larger one');
  }
  return exact;
}

class Geometric implements IntegerSampler {
  constructor(private readonly digits: GeometricDigits) {}

  draw(words: Words): number {
    return this.digits.below(words, this.digits.top.draw(words));
  }

  fill<A extends Float64Array | Int32Array>({ words }: Pick<Rng, 'words'>, out: A): A {
    for (let i = 0; i < out.length; i += 1) out[i] = this.draw(words);
    return out;
  }
}

/**
 * Weights R^t of t = 0, 1, 2..., with R = exp(-2^shift / scale). Signed: index 2 t for a number that is not negative, 2 t + 1 for one
 * that is, which weighs r = exp(-1 / scale) times as much, for it is -1 - G where the other is G. So there is no second zero.
 */
function geometricLaw(scale: Ratio, shift: number, signed: boolean): CertifiedLaw {
  const gamma = ratio(scale.denominator << BigInt(shift), scale.numerator);
  const one = ratio(scale.denominator, scale.numerator);
  return {
    weights: (bits): CertifiedWeights => {
      const unit = BigInt(bits);
      const factor = expNegative(gamma, bits);
      const r = expNegative(one, bits);
      const [lower, upper]: [bigint[], bigint[]] = [[], []];
      let [low, high] = [1n << unit, 1n << unit];
      while (low > 0n) {
        lower.push(low);
        upper.push(high);
        if (signed) {
          lower.push((low * r.lower) >> unit);
          upper.push(((high * r.upper) >> unit) + 1n);
        }
        low = (low * factor.lower) >> unit;
        high = ((high * factor.upper) >> unit) + 1n;
      }
      const rest = (high << unit) / ((1n << unit) - factor.upper) + 1n;
      return { lower, upper, rest: signed ? 2n * rest : rest };
    },
  };
}

/** Weights exp(-j 2^shift / scale) of j = 0..size-1. */
function digitLaw(scale: Ratio, shift: number, size: number): CertifiedLaw {
  const gamma = ratio(scale.denominator << BigInt(shift), scale.numerator);
  return {
    weights: (bits): CertifiedWeights => {
      const unit = BigInt(bits);
      const factor = expNegative(gamma, bits);
      const [lower, upper]: [bigint[], bigint[]] = [[], []];
      let [low, high] = [1n << unit, 1n << unit];
      for (let j = 0; j < size; j += 1) {
        lower.push(low);
        upper.push(high);
        low = (low * factor.lower) >> unit;
        high = ((high * factor.upper) >> unit) + 1n;
      }
      return { lower, upper, rest: 0n };
    },
  };
}
