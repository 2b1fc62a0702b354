import type { Ctx } from '../kit/context.ts';
import { infeasible } from '../kit/errors.ts';
import type { RoundPoint } from '../kit/picture.ts';
import type { Examples } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { type EpsilonAtOrder, epsilonFromRdp } from './accounting.ts';
import { addScaled, clipInPlace, fixedPointStep, gaussian, maskedSum, secureUploadBytes } from './aggregate.ts';
import { evaluate, type Quality, sgdPass } from './logistic.ts';
import type { Federation } from './prepare.ts';

/** What stays fixed while a model trains. */
export interface RoundOptions {
  readonly rounds: number;
  readonly batchSize: number;
  readonly clip: number;
  readonly delta: number;
  readonly secureAggregation: boolean;
  readonly weighting: 'rows' | 'equal';
}

/** Settings that may change while training runs. */
export interface Settings {
  learningRate: number;
  noiseMultiplier: number;
  localEpochs: number;
}

/** A training run between two rounds. */
export interface Training {
  readonly federation: Federation;
  readonly params: RoundOptions;
  readonly weights: Float64Array;
  readonly gradient: Float64Array;
  /** Sum over rounds of 1/(2 z^2); infinite once a round had no noise. */
  rho: number;
  round: number;
}

/** Rounds with noise multipliers z_t compose to the Rényi divergence a * sum_t 1/(2 z_t^2). */
export const spentAfter = (rho: number, delta: number): EpsilonAtOrder => epsilonFromRdp((order) => order * rho, delta);

/** All weights 0, nothing spent. */
export function start(federation: Federation, params: RoundOptions): Training {
  const length = federation.training.width + 1;
  return {
    federation,
    params,
    weights: new Float64Array(length),
    gradient: new Float64Array(length),
    rho: 0,
    round: 0,
  };
}

/** One round: local passes, clipping, (masked) sum, noise, averaging, and its point on the curve. */
export async function playRound(training: Training, settings: Settings, rng: Rng, ctx: Ctx): Promise<RoundPoint> {
  const { federation, params, weights } = training;
  const { clients, offsets, training: rows, heldOut } = federation;
  const withNoise = settings.noiseMultiplier > 0;
  const equal = withNoise || params.weighting === 'equal';
  // Rounding to fixed point may lengthen an update a little; the clip leaves room for it, so that sensitivity holds.
  const rounding = params.secureAggregation ? clients.length * Math.sqrt(weights.length) * fixedPointStep : 0;
  const limit = withNoise ? Math.max(0, params.clip - rounding) : Number.POSITIVE_INFINITY;
  const updates: Float64Array[] = [];
  const norms = new Float64Array(clients.length);
  for (let c = 0; c < clients.length; c += 1) {
    const update = weights.slice();
    for (let epoch = 0; epoch < settings.localEpochs; epoch += 1) {
      sgdPass(
        update,
        rows,
        offsets[c] as number,
        offsets[c + 1] as number,
        params.batchSize,
        settings.learningRate,
        training.gradient,
      );
    }
    addScaled(update, weights, -1);
    norms[c] = clipInPlace(update, limit);
    const share = equal ? 1 / clients.length : (clients[c]?.rows ?? 0) / rows.rows;
    for (let j = 0; j < update.length; j += 1) update[j] = (update[j] as number) * share;
    updates.push(update);
    if ((c & 7) === 7) await ctx.checkpoint(Math.min(1, (training.round + c / clients.length) / params.rounds));
  }
  checkFinite(updates);
  const here = rng.fork(`round-${training.round}`);
  if (params.secureAggregation) {
    addScaled(weights, maskedSum(updates, here.fork('masks')).sum, 1);
  } else {
    for (const update of updates) addScaled(weights, update, 1);
  }
  if (withNoise) {
    const noise = here.fork('noise');
    const sigma = (settings.noiseMultiplier * params.clip) / clients.length;
    for (let j = 0; j < weights.length; j += 1) weights[j] = (weights[j] as number) + sigma * gaussian(noise);
  }
  training.rho += withNoise ? 1 / (2 * settings.noiseMultiplier * settings.noiseMultiplier) : Number.POSITIVE_INFINITY;
  training.round += 1;
  const bytes = countRound(clients.length, weights.length, params.secureAggregation, ctx);
  const quality = evaluate(weights, heldOut);
  const epsilon = spentAfter(training.rho, params.delta).epsilon;
  return {
    round: training.round,
    ...quality,
    ...(Number.isFinite(epsilon) ? { epsilon } : {}),
    updateNorms: norms,
    bytes,
  };
}

/** Counts what the round moves: weights down, updates up (float64, or 32-bit words under secure aggregation). */
function countRound(clients: number, length: number, secure: boolean, ctx: Ctx): number {
  const down = 8 * length;
  const up = secure ? secureUploadBytes(clients, length) : 8 * length;
  const bytes = clients * (down + up);
  ctx.cost.send(clients * (secure ? 4 : 2), bytes);
  ctx.cost.round(secure ? 4 : 2);
  return bytes;
}

/** The same model on the pooled rows in random order, with as many passes (at most 30). */
export async function trainCentrally(
  federation: Federation,
  params: RoundOptions & { readonly localEpochs: number; readonly learningRate: number },
  ctx: Ctx,
): Promise<Quality> {
  const rows = federation.training;
  const order = new Uint32Array(rows.rows).map((_, i) => i);
  const rng = ctx.rng.fork('central');
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = rng.int(i + 1);
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
  const pooled: Examples = {
    ...rows,
    features: new Float64Array(rows.features.length),
    labels: Uint8Array.from(order, (row) => rows.labels[row] as number),
  };
  order.forEach((row, i) => {
    pooled.features.set(rows.features.subarray(row * rows.width, (row + 1) * rows.width), i * rows.width);
  });
  const weights = new Float64Array(rows.width + 1);
  const gradient = new Float64Array(rows.width + 1);
  const passes = Math.min(30, params.rounds * params.localEpochs);
  for (let pass = 0; pass < passes; pass += 1) {
    sgdPass(weights, pooled, 0, rows.rows, params.batchSize, params.learningRate, gradient);
    await ctx.checkpoint(0, text('Central baseline', 'Referencia centralizada'));
  }
  return evaluate(weights, federation.heldOut);
}

function checkFinite(updates: readonly Float64Array[]): void {
  for (const update of updates) {
    if (!update.every((value) => Number.isFinite(value))) {
      throw infeasible('training diverged: an update is not finite', 'lower the learning rate', {
        param: 'learningRate',
      });
    }
  }
}
