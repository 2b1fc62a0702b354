import type { AuditAnswer, AuditPair, Audited } from '../../kit/audit.ts';
import type { Loss } from '../../kit/loss.ts';
import { log } from '../../kit/portable-math.ts';
import type { Rng } from '../../rng/rng.ts';
import { normalQuantile } from '../gaussian.ts';
import { rateAbove, rateBelow } from './binomial.ts';
import { type Cells, cellsFor } from './cells.ts';
import { bestEvent, byLikelihood, type Counts, hitsOf, tradeoffOf, wordsOf } from './event.ts';
import { deltaLowerBound, PROFILE_POINTS, steepestEvent } from './profile.ts';

/** Draws a world that are kept to choose cells and rank them; further training draws are only counted. */
const MOST_KEPT = 1 << 18;

/** How an audit is run; `alpha` is that of one pair. */
export interface PairTest {
  readonly outputs: Audited['outputs'];
  readonly claim: Loss;
  /** Curve of the claim, tested too where it is known; the main test then has half of alpha. */
  readonly profile?: NonNullable<Audited['profile']>;
  readonly draws: number;
  /** Outputs drawn between two checkpoints. */
  readonly chunk: number;
  readonly alpha: number;
  readonly rng: Rng;
  /** Called between short pieces of work with the share of this pair that is done. */
  readonly checkpoint: (fraction: number) => Promise<void>;
}

/**
 * Tries to tell two neighbouring worlds apart (Jagielski, Ullman, Oprea, 2020; Bichsel et al., 2021, DP-Sniper). A first quarter of the draws makes cells and
 * ranks them by likelihood, a second quarter chooses the event, and the other half, never looked at before, tests that one event: the chance that the bound exceeds the
 * true epsilon(delta) is at most alpha, by Clopper and Pearson, half of it for each world's rate.
 */
export async function testPair(pair: AuditPair, test: PairTest): Promise<AuditAnswer['pairs'][number]> {
  const { draws, claim, profile, chunk } = test;
  const alpha = profile === undefined ? test.alpha : test.alpha / 2;
  const training = Math.floor(draws / 2);
  const kept = Math.min(MOST_KEPT, Math.ceil(training / 2));
  const streams = [test.rng.fork('world 0'), test.rng.fork('world 1')] as const;
  let done = 0;
  const eachChunk = async (
    n: number,
    use: (outputs: Float64Array, world: 0 | 1, from: number) => void,
  ): Promise<void> => {
    for (let from = 0; from < n; from += chunk) {
      for (const world of [0, 1] as const) {
        const outputs = new Float64Array(Math.min(chunk, n - from));
        pair.draw(world, streams[world], outputs);
        use(outputs, world, from);
      }
      done += Math.min(chunk, n - from);
      await test.checkpoint(done / draws);
    }
  };
  const sample = [new Float64Array(kept), new Float64Array(kept)] as const;
  await eachChunk(kept, (outputs, world, from) => sample[world].set(outputs, from));
  const cells = cellsFor(test.outputs, sample[0], sample[1]);
  const ranking = emptyCounts(cells);
  for (const world of [0, 1] as const) cells.count(sample[world], ranking[world]);
  const order = byLikelihood(ranking);
  const counted = async (n: number): Promise<Counts> => {
    const counts = emptyCounts(cells);
    await eachChunk(n, (outputs, world) => cells.count(outputs, counts[world]));
    return counts;
  };
  const chosen = await counted(training - kept);
  const event = bestEvent(order, chosen, claim.delta, normalQuantile(1 - alpha / 2));
  const trials = draws - training;
  const fresh = await counted(trials);
  const hits = [hitsOf(event, fresh[0]), hitsOf(event, fresh[1])] as const;
  const often = rateAbove(hits[event.favours], trials, alpha / 2) - claim.delta;
  const seldom = rateBelow(hits[event.favours === 0 ? 1 : 0], trials, alpha / 2);
  return {
    label: pair.label,
    lowerBound: often > seldom ? log(often / seldom) : 0,
    hits,
    trials,
    event: wordsOf(event, cells),
    ...(profile === undefined ? {} : { profile: profileOf(profile, test, order, chosen, fresh) }),
    curve: tradeoffOf(order, fresh),
  };
}

/** Points of the claim's curve, each with an event chosen in training and half of the pair's alpha shared among them. */
const profileOf = (
  claimedAt: (epsilon: number) => number,
  { claim, alpha }: PairTest,
  order: Uint32Array,
  chosen: Counts,
  fresh: Counts,
): NonNullable<AuditAnswer['pairs'][number]['profile']> =>
  PROFILE_POINTS.map((share) => {
    const epsilon = share * claim.epsilon;
    const event = steepestEvent(order, chosen, epsilon);
    const delta = deltaLowerBound(event, fresh, epsilon, alpha / 2 / PROFILE_POINTS.length);
    return { epsilon, delta, claimed: claimedAt(epsilon) };
  });

const emptyCounts = (cells: Cells): Counts => [new Float64Array(cells.size), new Float64Array(cells.size)];
