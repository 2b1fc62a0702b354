import type { Rng } from '../rng/rng.ts';
import { type Arrangements, arrangements } from './arrangements.ts';
import { heldBy, type KnownClass, possibleCuts, type Rule } from './minimality-class.ts';

/** What a reader believes of each group of a class: probability of value v at `g * values + v`. */
export interface Belief {
  readonly probability: Float64Array;
  readonly exact: boolean;
  /** The reader learned something from how the release was made. */
  readonly reasoned: boolean;
}

/** Every row may have every secret of its class. */
export function plainBelief(cls: KnownClass): Belief {
  const values = cls.counts.length;
  const probability = Float64Array.from(cls.truth, (_, i) => (cls.counts[i % values] as number) / cls.size);
  return { probability, exact: true, reasoned: false };
}

/**
 * A class of a release made by cutting: it was not cut further, so each cut that leaves k rows on both sides would have
 * left one side without the promised diversity. `undefined` where the true secrets contradict that: the release was not
 * made by cutting as long as possible.
 */
export function beliefAfterCutting(cls: KnownClass, rule: Rule, rng: Rng): Belief | undefined {
  const values = cls.counts.length;
  const cuts = possibleCuts(cls, rule.k);
  const uncut = (held: Uint32Array): boolean =>
    cuts.every(
      (left) =>
        !rule.diverse(heldBy(held, values, (g) => left[g] === 1)) ||
        !rule.diverse(heldBy(held, values, (g) => left[g] === 0)),
    );
  if (!uncut(cls.truth)) return undefined;
  if (cuts.length === 0) return plainBelief(cls);
  const { consistent, joint, exact } = arrangements(cls, uncut, rng);
  if (consistent === 0) return { ...plainBelief(cls), exact: false };
  return { probability: joint.map((p) => p / consistent), exact, reasoned: true };
}

/** A class of a full-domain release, and the classes it falls into one level lower in one column. */
export interface SplitClass {
  readonly cls: KnownClass;
  /** Part of each group. */
  readonly parts: Uint32Array;
}

/** Below this probability of "no violation anywhere else", a violation somewhere says nothing about one class. */
const NEGLIGIBLE = 1e-6;

/**
 * Classes of a full-domain release: the node one level lower in one column was not released, so somewhere one of its
 * classes lacks diversity. With a_c the probability that class c has no such part and J_c(g, v) that it has none and a
 * row of group g has value v, classes being independent,
 *   P(v | a violation somewhere) = (n_v / n - J_c(g, v) prod_{other} a) / (1 - prod a).
 * `undefined` when the product vanishes: with many classes a violation somewhere is no news about any of them.
 */
export async function beliefAfterLevels(
  classes: readonly SplitClass[],
  rule: Rule,
  rng: Rng,
  checkpoint: (done: number) => Promise<void>,
): Promise<readonly Belief[] | undefined> {
  const found: Arrangements[] = [];
  let product = 1;
  for (const [c, { cls, parts }] of classes.entries()) {
    const values = cls.counts.length;
    const count = parts.reduce((most, part) => Math.max(most, part + 1), 0);
    const allDiverse = (held: Uint32Array): boolean =>
      Array.from({ length: count }, (_, part) => heldBy(held, values, (g) => parts[g] === part)).every(rule.diverse);
    const each = arrangements(cls, allDiverse, rng);
    product *= each.consistent;
    if (product > 0 && product < NEGLIGIBLE) return undefined;
    found.push(each);
    await checkpoint((c + 1) / classes.length);
  }
  return classes.map(({ cls }, c) => {
    const values = cls.counts.length;
    const others = found.reduce((p, each, d) => (d === c ? p : p * each.consistent), 1);
    const { joint, exact } = found[c] as Arrangements;
    const probability = joint.map(
      (p, i) => ((cls.counts[i % values] as number) / cls.size - p * others) / (1 - product),
    );
    return { probability, exact, reasoned: others > 0 };
  });
}
