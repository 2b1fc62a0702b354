import type { Rng } from './rng.ts';
import type { Words } from './words.ts';

/**
 * Exact samplers of whole numbers: with independent fair bits the law is exactly the stated one, every privacy parameter an exact
 * rational. They read `rng.words`: the cryptographic source for a release meant to be used, a seeded one for a simulation, tapes in tests.
 *
 *     ratio(sensitivity, epsilon)                        exact scale of doubles; never rounded
 *     discreteLaplaceSampler(scale)                      P(x) ~ exp(-|x| / scale)
 *     geometricSampler(scale)                            P(x) ~ exp(-x / scale), x >= 0
 *     discreteGaussianSampler(variance)                  P(x) ~ exp(-x^2 / (2 variance))
 *     staircaseSampler(epsilon, sensitivity, inner)      Geng and Viswanath's law on whole numbers
 *     truncatedLaplaceSampler(scale, bound)              discrete Laplace given |x| <= bound
 *     boundedLaplaceSampler(scale, lower, upper)         .drawAround(words, truth): given that the output lies in [lower, upper]
 *     bernoulliSampler(p), bernoulliExpSampler(gamma)    1 with probability p, or exp(-gamma)
 *     randomizedResponseSampler(epsilon, answers)        .report(words, truth)
 *     new ExpCoin(rate).flip(words, a, b)                true with probability exp(-a b rate), for whole a and b
 *     permuteAndFlip(words, scores, rate), exponentialMechanism(words, scores, rate)   index of the choice
 *
 * Makers cost from microseconds to a few milliseconds (tables of certified probabilities) and are remembered for the last parameters.
 */
export interface IntegerSampler {
  /** One draw; a whole number, never -0. */
  draw(words: Words): number;
  /** One draw an element. 32-bit integers hold draws of scales and deviations up to 2^22. */
  fill<A extends Float64Array | Int32Array>(rng: Pick<Rng, 'words'>, out: A): A;
}

/** `fill` for a sampler that has only `draw`. */
export function fillBy<A extends Float64Array | Int32Array>(
  sampler: Pick<IntegerSampler, 'draw'>,
  rng: Pick<Rng, 'words'>,
  out: A,
): A {
  const { words } = rng;
  for (let i = 0; i < out.length; i += 1) out[i] = sampler.draw(words);
  return out;
}

/** A maker that remembers what it made for the last `most` keys. */
export function remembered<A extends readonly unknown[], S>(
  key: (...args: A) => string,
  make: (...args: A) => S,
  most = 16,
): (...args: A) => S {
  const made = new Map<string, S>();
  return (...args) => {
    const name = key(...args);
    const known = made.get(name);
    if (known !== undefined) return known;
    if (made.size >= most) made.delete(made.keys().next().value as string);
    const fresh = make(...args);
    made.set(name, fresh);
    return fresh;
  };
}
