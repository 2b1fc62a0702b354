import { invalidParam } from '../kit/errors.ts';
import { exp } from '../kit/portable-math.ts';
import { expNegative } from './certified-exp.ts';
import { CertifiedTable } from './certified-table.ts';
import type { CertifiedLaw } from './certified-table.ts';
import { positive, ratio, toNumber } from './ratio.ts';
import type { Ratio } from './ratio.ts';
import { fillBy } from './sampler.ts';
import type { IntegerSampler } from './sampler.ts';
import { uniformBelow, WORD_BITS } from './words.ts';
import type { Words } from './words.ts';

/**
 * How far the double exp(-x) may lie from the exact one before bounds in integers decide: 2^-40, where the port of FreeBSD's `exp` errs
 * by less than one unit in the last place and the exponent by a few of its own, together below 2^-49.
 */
const MARGIN = 1 / 1099511627776;

/**
 * Coins that fall true with probability exp(-a b rate) for whole a, b: what rejection samplers and selection need. Exact: one uniform
 * word is compared with the double, and where that is too close to call (2^-31) with integer bounds of ever more bits.
 */
export class ExpCoin {
  private readonly approximate: number;
  private readonly cell: number;
  private readonly rate: Ratio;

  /** `margin`: within this of the double, integers decide. Tests set 1 to have them decide always. */
  constructor(
    rate: Ratio | number,
    private readonly wordBits = WORD_BITS,
    private readonly margin = MARGIN,
  ) {
    this.rate = ratio(rate);
    this.approximate = toNumber(this.rate);
    this.cell = 1 / (wordBits === 32 ? 4294967296 : 1 << wordBits);
  }

  /** True with probability exp(-a b rate), for whole 0 <= a, b <= 2^53. */
  flip(words: Words, a: number, b = 1): boolean {
    if (a === 0 || b === 0) return true;
    const word = words.next();
    const x = a * b * this.approximate;
    // exp(-x) >= 1 - x: most coins of the rejection samplers need no more.
    const high = (word + 1) * this.cell;
    if (high <= 1 - x - this.margin) return true;
    const p = exp(-x);
    if (high <= p - this.margin) return true;
    if (word * this.cell >= p + this.margin) return false;
    return this.settle(words, word, BigInt(a) * BigInt(b));
  }

  private settle(words: Words, word: number, times: bigint): boolean {
    const gamma = ratio(this.rate.numerator * times, this.rate.denominator);
    let value = BigInt(word);
    let drawn = this.wordBits;
    let bits = 0;
    let bounds = { lower: 0n, upper: 0n };
    for (;;) {
      if (bits < drawn + 32) {
        bits = 2 * drawn + 64;
        bounds = expNegative(gamma, bits);
      }
      const unit = BigInt(bits - drawn);
      if ((value + 1n) << unit <= bounds.lower) return true;
      if (value << unit >= bounds.upper) return false;
      value = (value << BigInt(this.wordBits)) | BigInt(words.next());
      drawn += this.wordBits;
    }
  }
}

/** 1 with probability p, else 0, for a rational 0 <= p <= 1. Exact. */
export function bernoulliSampler(p: Ratio, wordBits = WORD_BITS): IntegerSampler {
  if (p.numerator < 0n || p.numerator > p.denominator) {
    throw invalidParam('p', 'a probability, 0 to 1', `${p.numerator}/${p.denominator}`);
  }
  const weights = [p.denominator - p.numerator, p.numerator];
  return tableSampler(new CertifiedTable({ weights: () => ({ lower: weights, upper: weights, rest: 0n }) }, wordBits));
}

/** 1 with probability exp(-gamma), else 0, for a rational gamma >= 0. Exact. */
export function bernoulliExpSampler(gamma: Ratio, wordBits = WORD_BITS): IntegerSampler {
  if (gamma.numerator < 0n) throw invalidParam('gamma', 'a number of at least 0', String(toNumber(gamma)));
  const law: CertifiedLaw = {
    weights: (bits) => {
      const { lower, upper } = expNegative(gamma, bits);
      const one = 1n << BigInt(bits);
      return { lower: [one - upper < 0n ? 0n : one - upper, lower], upper: [one - lower, upper], rest: 0n };
    },
  };
  return tableSampler(new CertifiedTable(law, wordBits));
}

/** Randomized response among `answers` choices, numbered from 0 (Warner, 1965; for more than two, Kairouz, Oh, Viswanath, 2014). */
export interface RandomizedResponse {
  /** `truth` with probability e^epsilon / (e^epsilon + answers - 1), else one of the others, each alike. */
  report(words: Words, truth: number): number;
}

/**
 * Exact randomized response: the loss is epsilon and not a hair more.
 * @throws invalid-param for an epsilon that is not positive, or fewer than two answers.
 */
export function randomizedResponseSampler(
  epsilon: Ratio | number,
  answers = 2,
  wordBits = WORD_BITS,
): RandomizedResponse {
  const gamma = positive('epsilon', epsilon);
  if (!(Number.isInteger(answers) && answers >= 2 && answers <= 4294967296)) {
    throw invalidParam('answers', 'a whole number from 2', answers);
  }
  const law: CertifiedLaw = {
    weights: (bits) => {
      const { lower, upper } = expNegative(gamma, bits);
      const one = 1n << BigInt(bits);
      const others = BigInt(answers - 1);
      return { lower: [one, lower * others], upper: [one, upper * others], rest: 0n };
    },
  };
  const lies = new CertifiedTable(law, wordBits);
  return {
    report: (words, truth) => {
      if (lies.draw(words) === 0) return truth;
      const other = answers === 2 ? 0 : uniformBelow(words, answers - 1);
      return other < truth ? other : other + 1;
    },
  };
}

/** A sampler that is one table. */
function tableSampler(table: CertifiedTable): IntegerSampler {
  const sampler: IntegerSampler = { draw: (words) => table.draw(words), fill: (rng, out) => fillBy(table, rng, out) };
  return sampler;
}
