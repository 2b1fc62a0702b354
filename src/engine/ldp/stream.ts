import { infeasible } from '../kit/errors.ts';
import type { PrivacyEvent } from '../kit/guarantee.ts';
import type { StreamPoint } from '../kit/picture.ts';
import type { Rng } from '../rng/rng.ts';
import { binomial } from '../rng/samplers-binomial.ts';
import type { Owners } from './owners.ts';
import { type Coins, epsilonOfOneHot, estimateCount, likelihoods, varianceOfCount } from './two-coin.ts';

/** How a stream runs; `coins` and `absent` may change between epochs. */
export interface StreamSettings {
  readonly coins: Coins;
  readonly memory: 'fresh' | 'memoised';
  /** Each owner is due every so many epochs; owners take turns in as many groups. */
  readonly answerEvery: number;
  /** Share of the due owners that is away in an epoch. */
  readonly absent: number;
}

/** State of a stream of one-hot answers over all epochs so far. */
export interface StreamState {
  readonly owners: Owners;
  epoch: number;
  answers: number;
  readonly ones: Float64Array;
  readonly truth: Float64Array;
  readonly estimate: Float64Array;
  readonly points: StreamPoint[];
  readonly events: PrivacyEvent[];
  /** Variance of independent answers, and per group the summed deviation of repeated ones. */
  readonly variance: Float64Array;
  readonly repeatedDeviation: Map<number, Float64Array>;
  /** Owners per bucket of each group, and its members, made when first needed. */
  readonly groups: Map<number, Group>;
  /** Remembered answers by coins and group: one row of bits an owner. */
  readonly memo: Map<string, Uint8Array>;
}
interface Group {
  readonly members: Uint32Array;
  readonly perBucket: Float64Array;
}

export function newStream(owners: Owners): StreamState {
  const buckets = owners.buckets.length;
  return {
    owners,
    epoch: 0,
    answers: 0,
    ones: new Float64Array(buckets),
    truth: new Float64Array(buckets),
    estimate: new Float64Array(buckets),
    points: [],
    events: [],
    variance: new Float64Array(buckets),
    repeatedDeviation: new Map(),
    groups: new Map(),
    memo: new Map(),
  };
}

/**
 * One epoch: the due owners that are present answer with their coins; totals, errors and spending follow. `pause` is
 * awaited between slices of a loop over owners.
 * @throws infeasible when remembered answers would not fit into memory.
 */
export async function stepStream(
  state: StreamState,
  settings: StreamSettings,
  rng: Rng,
  pause: () => Promise<void>,
): Promise<void> {
  const at = state.epoch % settings.answerEvery;
  const group = groupOf(state, at, settings.answerEvery);
  const here = rng.fork(`epoch-${state.epoch}`);
  const epoch =
    settings.memory === 'fresh'
      ? freshAnswers(group, settings, here)
      : await memoisedAnswers(state, group, at, settings, here, rng, pause);
  const { coins } = settings;
  const buckets = state.ones.length;
  const deviation = deviationOf(state, at, settings.memory);
  let error = 0;
  for (let b = 0; b < buckets; b += 1) {
    const ones = epoch.ones[b] as number;
    const truth = epoch.truth[b] as number;
    const estimate = estimateCount(coins, ones, epoch.n);
    error += Math.abs(estimate - truth);
    state.ones[b] = (state.ones[b] as number) + ones;
    state.truth[b] = (state.truth[b] as number) + truth;
    state.estimate[b] = (state.estimate[b] as number) + estimate;
    // The truth is not known to whoever reads the release: the estimate, cut to what is possible, stands in.
    const variance = varianceOfCount(coins, Math.max(0, Math.min(epoch.n, estimate)), epoch.n);
    if (deviation === undefined) state.variance[b] = (state.variance[b] as number) + variance;
    else deviation[b] = (deviation[b] as number) + Math.sqrt(variance);
  }
  charge(state, settings, at);
  state.epoch += 1;
  state.answers += epoch.n;
  state.points.push({
    epoch: state.epoch,
    answers: epoch.n,
    error: epoch.n === 0 ? 0 : error / buckets / epoch.n,
    runningError: runningError(state),
  });
}

/** 95 % half width of each estimated count so far: independent epochs add variances, repeated answers add deviations. */
export function halfWidths(state: StreamState): Float64Array {
  const total = Float64Array.from(state.variance);
  for (const deviation of state.repeatedDeviation.values()) {
    for (let b = 0; b < total.length; b += 1)
      total[b] = (total[b] as number) + (deviation[b] as number) * (deviation[b] as number);
  }
  for (let b = 0; b < total.length; b += 1) total[b] = 1.959963984540054 * Math.sqrt(total[b] as number);
  return total;
}

function runningError(state: StreamState): number {
  if (state.answers === 0) return 0;
  let error = 0;
  for (let b = 0; b < state.truth.length; b += 1)
    error += Math.abs((state.estimate[b] as number) - (state.truth[b] as number));
  return error / state.truth.length / state.answers;
}

interface EpochAnswers {
  readonly n: number;
  readonly truth: Float64Array;
  readonly ones: Float64Array;
}

/**
 * Fresh coins: bits are flipped independently, so the number of yes in a bucket is exactly
 * Bin(present with it, P(yes|yes)) + Bin(present without it, P(yes|no)); no loop over owners is needed.
 */
function freshAnswers(group: Group, settings: StreamSettings, rng: Rng): EpochAnswers {
  const { yesYes, yesNo } = likelihoods(settings.coins);
  const buckets = group.perBucket.length;
  const truth = new Float64Array(buckets);
  const ones = new Float64Array(buckets);
  let n = 0;
  for (let b = 0; b < buckets; b += 1) {
    const present = binomial(rng, group.perBucket[b] as number, 1 - settings.absent);
    truth[b] = present;
    n += present;
  }
  for (let b = 0; b < buckets; b += 1) {
    const yes = truth[b] as number;
    ones[b] = binomial(rng, yes, yesYes) + binomial(rng, n - yes, yesNo);
  }
  return { n, truth, ones };
}

/** Memoised coins: each owner flips once for each pair of coins and repeats that answer for ever. */
async function memoisedAnswers(
  state: StreamState,
  group: Group,
  at: number,
  settings: StreamSettings,
  rng: Rng,
  root: Rng,
  pause: () => Promise<void>,
): Promise<EpochAnswers> {
  const buckets = state.ones.length;
  const key = memoKey(settings.coins, at);
  const bits = state.memo.get(key) ?? (await flipOnce(state, group, settings.coins, root.fork(key), pause));
  state.memo.set(key, bits);
  const truth = new Float64Array(buckets);
  const ones = new Float64Array(buckets);
  let n = 0;
  for (let i = 0; i < group.members.length; i += 1) {
    if (i % SLICE === 0) await pause();
    if (settings.absent > 0 && rng.uniform() < settings.absent) continue;
    n += 1;
    const bucket = state.owners.bucketOf[group.members[i] as number] as number;
    truth[bucket] = (truth[bucket] as number) + 1;
    const row = i * buckets;
    for (let b = 0; b < buckets; b += 1) ones[b] = (ones[b] as number) + (bits[row + b] as number);
  }
  return { n, truth, ones };
}

/** Bits remembered in all, one byte each. */
const MOST_REMEMBERED = 200000000;
/** Owners between two pauses: a few milliseconds. */
const SLICE = 20000;

async function flipOnce(
  { owners, memo }: StreamState,
  group: Group,
  coins: Coins,
  rng: Rng,
  pause: () => Promise<void>,
): Promise<Uint8Array> {
  const buckets = owners.buckets.length;
  const size = group.members.length * buckets;
  let remembered = size;
  for (const bits of memo.values()) remembered += bits.length;
  if (remembered > MOST_REMEMBERED) {
    throw infeasible(
      `${owners.bucketOf.length} owners remembering ${buckets} buckets each do not fit into memory`,
      'use fewer rows or ranges, fresh coins, or change the coins less often',
    );
  }
  const { yesYes, yesNo } = likelihoods(coins);
  const bits = new Uint8Array(size);
  for (let i = 0; i < group.members.length; i += 1) {
    if (i % SLICE === 0) await pause();
    const bucket = owners.bucketOf[group.members[i] as number] as number;
    for (let b = 0; b < buckets; b += 1)
      bits[i * buckets + b] = rng.uniform() < (b === bucket ? yesYes : yesNo) ? 1 : 0;
  }
  return bits;
}

/**
 * Owners of one round are disjoint groups, so its epochs compose in parallel; rounds compose in sequence. Remembered
 * answers cost once for each pair of coins.
 */
function charge(state: StreamState, settings: StreamSettings, at: number): void {
  const { coins, memory, answerEvery } = settings;
  const what = `one-hot answers, coins ${coins.p} and ${coins.q}`;
  const parallelGroup =
    memory === 'fresh' ? `round-${Math.floor(state.epoch / answerEvery)}` : `memo-${coins.p}-${coins.q}`;
  const on =
    memory === 'fresh' ? `${state.owners.column}, epoch ${state.epoch + 1}` : `${state.owners.column}, group ${at + 1}`;
  if (state.events.some((event) => event.parallelGroup === parallelGroup && event.on === on)) return;
  state.events.push({
    what,
    on,
    mechanism: 'two-coin randomized response',
    epsilon: epsilonOfOneHot(coins),
    delta: 0,
    neighbours: 'replace-one',
    unit: state.owners.unit,
    sensitivity: 1,
    parallelGroup,
  });
}

const memoKey = ({ p, q }: Coins, at: number): string => `memo-${p}-${q}-${at}`;

function deviationOf(state: StreamState, at: number, memory: 'fresh' | 'memoised'): Float64Array | undefined {
  if (memory === 'fresh') return undefined;
  const known = state.repeatedDeviation.get(at) ?? new Float64Array(state.ones.length);
  state.repeatedDeviation.set(at, known);
  return known;
}

/** Owner i belongs to group i mod `of`. */
function groupOf(state: StreamState, at: number, of: number): Group {
  const known = state.groups.get(at);
  if (known !== undefined) return known;
  const { bucketOf, buckets } = state.owners;
  const members = new Uint32Array(Math.max(0, Math.ceil((bucketOf.length - at) / of)));
  const perBucket = new Float64Array(buckets.length);
  for (let i = 0; i < members.length; i += 1) {
    const owner = at + i * of;
    members[i] = owner;
    const bucket = bucketOf[owner] as number;
    perBucket[bucket] = (perBucket[bucket] as number) + 1;
  }
  const group = { members, perBucket };
  state.groups.set(at, group);
  return group;
}
