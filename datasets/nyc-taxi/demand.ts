import type { Rng } from '../../src/engine/rng/rng.ts';
import { type AliasTable, aliasTable, drawAlias, hourWeights, UNIT } from '../sampling.ts';

/** Zones with a place in the city (264 and 265 mean unknown). */
export const ZONES = 263;
export const UNKNOWN_NV = 264;
export const UNKNOWN_NA = 265;

/** The demand part of facts/trips.json. */
export interface DemandFacts {
  readonly demandWeek: readonly number[];
  readonly pickupShare: readonly number[];
  readonly dropoffShare: readonly number[];
  readonly topPairs: readonly (readonly [number, number, number])[];
  readonly components: readonly {
    readonly weight: number;
    readonly pickup: readonly (readonly [number, number])[];
    readonly dropoff: readonly (readonly [number, number])[];
    readonly week: readonly number[];
  }[];
  readonly anomalies: Readonly<Record<string, number>>;
}

/**
 * Share of a last, independent part: pickup and drop-off drawn apart. The factor model drops entries below 4e-4, which
 * loses rare pairs (12.2 % of 10,000 trips unique on the pair, real 13.1 % and more); 0.1 restores that tail. Measured
 * over 0, 0.05 ... 0.2 against six real months of 2019.
 */
const TAIL_SHARE = 0.1;

/** Draws pickup zone, drop-off zone and hour of the month with the joint law of real yellow trips. */
export interface Demand {
  /** Pairs as `(pickup - 1) * ZONES + dropoff - 1`. */
  readonly pairs: AliasTable;
  /** Part weights by zone, `zone * parts + part`. */
  readonly pickupPart: Float64Array;
  readonly dropoffPart: Float64Array;
  readonly parts: number;
  /** Hours of the month, one table a part. */
  readonly hours: readonly AliasTable[];
  /** Scratch of `drawHour`: cumulated part weights of the pair at hand. */
  readonly upTo: Float64Array;
}

/**
 * P(pickup, dropoff) is the real share for the 400 most frequent pairs and the factor model's (12 parts plus the
 * independent tail) for all others; P(hour | pair) mixes the parts' weekly profiles by the pair's posterior.
 */
export function buildDemand(facts: DemandFacts, start: number, days: number): Demand {
  const parts = facts.components.length + 1;
  const pickupPart = new Float64Array(ZONES * parts);
  const dropoffPart = new Float64Array(ZONES * parts);
  const totalWeight = facts.components.reduce((sum, part) => sum + part.weight, 0);
  facts.components.forEach((part, k) => {
    fill(pickupPart, parts, k, part.pickup, ((1 - TAIL_SHARE) * part.weight) / totalWeight);
    fill(dropoffPart, parts, k, part.dropoff, 1);
  });
  const asPairs = (shares: readonly number[]) => shares.map((share, i): [number, number] => [i + 1, share]);
  fill(pickupPart, parts, parts - 1, asPairs(facts.pickupShare), TAIL_SHARE);
  fill(dropoffPart, parts, parts - 1, asPairs(facts.dropoffShare), 1);
  const hours = [...facts.components.map((part) => part.week), facts.demandWeek].map((week) =>
    aliasTable(hourWeights(start, days, week)),
  );
  const pairs = aliasTable(pairWeights(facts, pickupPart, dropoffPart, parts));
  return { pairs, pickupPart, dropoffPart, parts, hours, upTo: new Float64Array(parts) };
}

function fill(
  out: Float64Array,
  parts: number,
  part: number,
  shares: readonly (readonly [number, number])[],
  scale: number,
): void {
  let total = 0;
  for (const [zone, share] of shares) if (zone <= ZONES) total += share;
  for (const [zone, share] of shares) if (zone <= ZONES) out[(zone - 1) * parts + part] = (scale * share) / total;
}

function pairWeights(facts: DemandFacts, pickup: Float64Array, dropoff: Float64Array, parts: number): Float64Array {
  const weights = new Float64Array(ZONES * ZONES);
  for (let p = 0; p < ZONES; p += 1) {
    for (let d = 0; d < ZONES; d += 1) {
      let sum = 0;
      for (let k = 0; k < parts; k += 1) {
        sum += (pickup[p * parts + k] as number) * (dropoff[d * parts + k] as number);
      }
      weights[p * ZONES + d] = sum;
    }
  }
  let topShare = 0;
  for (const [p, d, share] of facts.topPairs) {
    weights[(p - 1) * ZONES + d - 1] = 0;
    topShare += share;
  }
  let rest = 0;
  for (let i = 0; i < weights.length; i += 1) rest += weights[i] as number;
  const scale = (1 - topShare) / rest;
  for (let i = 0; i < weights.length; i += 1) weights[i] = (weights[i] as number) * scale;
  for (const [p, d, share] of facts.topPairs) weights[(p - 1) * ZONES + d - 1] = share;
  return weights;
}

/** Hour of the month (0 = first hour) for a pair: a part by its posterior, then an hour of that part. */
export function drawHour(demand: Demand, pickup: number, dropoff: number, rng: Rng): number {
  const { parts, pickupPart, dropoffPart } = demand;
  const p = pickup * parts;
  const d = dropoff * parts;
  const { upTo } = demand;
  let total = 0;
  for (let k = 0; k < parts; k += 1) {
    total += (pickupPart[p + k] as number) * (dropoffPart[d + k] as number);
    upTo[k] = total;
  }
  const at = rng.u32() * UNIT * total;
  let part = 0;
  while (part < parts - 1 && at >= (upTo[part] as number)) part += 1;
  return drawAlias(demand.hours[part] as AliasTable, rng);
}

/**
 * How zones come out unknown: both ends (264), one end only, or a drop-off outside the city (265). The shares give each
 * end's measured rate; nearly all trips without a pickup zone lack the drop-off zone too.
 */
export function unknownTable(anomalies: Readonly<Record<string, number>>): AliasTable {
  const pickup = anomalies['pickup_unknown_264'] ?? 0;
  const dropoff = anomalies['dropoff_unknown_264'] ?? 0;
  const both = 0.95 * Math.min(pickup, dropoff);
  const outsideFrom = anomalies['pickup_unknown_265'] ?? 0;
  const outsideTo = anomalies['dropoff_unknown_265'] ?? 0;
  const weights = [0, both, pickup - both, dropoff - both, outsideFrom, outsideTo];
  weights[0] = 1 - weights.reduce((sum, weight) => sum + weight, 0);
  return aliasTable(weights);
}
