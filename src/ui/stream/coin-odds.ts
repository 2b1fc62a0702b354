import { canonicalJson, sha256Hex } from '../../engine/kit/canonical.ts';

/** P(yes | truth yes), P(yes | truth no) of an answer by two coins: tell the truth with `p`, else say yes with `q`. */
export interface YesOdds {
  readonly ifYes: number;
  readonly ifNo: number;
}
export const yesOdds = (p: number, q: number): YesOdds => ({ ifYes: p + (1 - p) * q, ifNo: (1 - p) * q });

/** P(truth = yes) from a prior of 1/2 after so many yes and no (Bayes); answers independent given the truth. */
export function beliefInYes({ ifYes, ifNo }: YesOdds, yes: number, no: number): number {
  const logOdds = yes * Math.log(ifYes / ifNo) + no * Math.log((1 - ifYes) / (1 - ifNo));
  return 1 / (1 + Math.exp(-logOdds));
}

/** One answer: what each coin showed. The second is flipped only when the first does not ask for the truth. */
export interface Flip {
  readonly truthful: boolean;
  readonly saysYes: boolean;
  readonly answer: boolean;
}

/** Answer number `n` of a demonstration vehicle, the same for the same seed. */
export function flipOf(seed: number, n: number, truth: boolean, p: number, q: number): Flip {
  const truthful = uniform(seed, n, 1) < p;
  const saysYes = uniform(seed, n, 2) < q;
  return { truthful, saysYes, answer: truthful ? truth : saysYes };
}

/** In [0, 1), from the first 52 bits of a hash. */
const uniform = (seed: number, n: number, coin: number): number =>
  Number.parseInt(sha256Hex(canonicalJson([seed, n, coin])).slice(0, 13), 16) / 2 ** 52;
