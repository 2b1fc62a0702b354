import type { Rng } from '../../src/engine/rng/rng.ts';
import { drawAlias, drawTable, UNIT } from '../sampling.ts';
import type { RideFacts, RideTables } from './ride.ts';

/** Ways to pay; `unknown` goes with a missing passenger count. */
export const PAYMENTS: readonly string[] = ['card', 'cash', 'no charge', 'dispute', 'unknown'];
const NO_CHARGE = 2;
const DISPUTE = 3;

export const RATE_CODES: readonly string[] = ['standard', 'JFK', 'Newark', 'Nassau or Westchester', 'negotiated'];
const STANDARD = 0;
const JFK = 1;
const NEWARK = 2;
const NASSAU = 3;
const NEGOTIATED = 4;

/** Zone numbers from 0 of the airports with rates or tolls of their own. */
const ZONE_NEWARK = 0;
const ZONE_JFK = 131;
const ZONE_LA_GUARDIA = 137;

/** Facts of one trip that its price depends on. */
export interface TripFacts {
  readonly pickup: number;
  readonly dropoff: number;
  readonly miles: number;
  readonly seconds: number;
  readonly hour: number;
  readonly weekday: number;
  /** Which ends are unknown (see `unknownTable`); 5 = drop-off outside the city. */
  readonly blank: number;
}

/** Filled in place by `drawPrice`, so that no object is made per row. */
export interface Price {
  fare: number;
  tip: number;
  total: number;
  payment: number;
  rateCode: number;
}

const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** Miles of a trip: distance of the centroids times a detour ratio (own laws within a zone and without a place). */
export function drawDistance(ride: RideTables, facts: RideFacts, pair: number, rng: Rng): number {
  if (rng.u32() * UNIT < (facts.anomalies['distance_zero'] ?? 0)) return 0;
  const straight = ride.centroidMiles[pair] as number;
  if (straight < 0) return cents(drawTable(ride.anyMiles, rng));
  if (straight === 0) return cents(drawTable(ride.sameZoneMiles, rng));
  const ratio = drawTable(ride.detour[ride.detourBand[pair] as number] as Float64Array, rng);
  return Math.max(0.01, cents(straight * ratio));
}

/**
 * Seconds of a trip: speed = median of the hour x (effect of the length) x lognormal noise, within 1 to 70 mph; with
 * the measured shares of very short trips, of clocks that ran backwards, and of meters left on for almost a day.
 */
export function drawDuration(
  ride: RideTables,
  facts: RideFacts,
  miles: number,
  hour: number,
  weekday: number,
  rng: Rng,
): number {
  const medians = weekday < 5 ? facts.speed.weekday_median_mph : facts.speed.weekend_median_mph;
  const relative = ride.speedByTenth[Math.min(1000, Math.round(miles * 10))] as number;
  const mph = Math.min(70, Math.max(1, (medians[hour] as number) * relative * drawTable(ride.speedNoise, rng)));
  const odd = rng.u32() * UNIT;
  const nonPositive = facts.anomalies['duration_nonpositive'] ?? 0;
  const overnight = nonPositive + (facts.anomalies['duration_gt_20h'] ?? 0);
  if (odd < nonPositive) return -Math.floor(rng.u32() * UNIT * 60);
  if (odd < overnight) return 72000 + Math.floor(rng.u32() * UNIT * 14400);
  if (miles === 0) return 1 + Math.floor(rng.u32() * UNIT * 90);
  return Math.max(20, Math.round((miles / mph) * 3600));
}

/** Fare, surcharges, tolls, tip and way of payment of one trip, by the rules of the meter and the measured shares. */
export function drawPrice(ride: RideTables, facts: RideFacts, trip: TripFacts, out: Price, rng: Rng): void {
  const touchesManhattan = ((ride.manhattan[trip.pickup] as number) | (ride.manhattan[trip.dropoff] as number)) === 1;
  drawFare(ride, facts, trip, touchesManhattan, out, rng);
  const payment = drawAlias(ride.payment, rng);
  const peak = trip.weekday < 5 && trip.hour >= 16 && trip.hour < 20 ? 1 : 0;
  const night = trip.hour >= 20 || trip.hour < 6 ? 0.5 : 0;
  const congestion = touchesManhattan ? 2.5 : 0;
  const beforeTip = out.fare + peak + night + congestion + 0.8 + drawTolls(facts, trip, rng);
  out.payment = payment;
  out.tip = payment === 0 ? drawTip(ride, beforeTip, rng) : 0;
  out.total = cents(beforeTip + out.tip);
  const odd = rng.u32() * UNIT;
  const negative = facts.anomalies['fare_negative'] ?? 0;
  if (odd < negative) {
    // A refund: the same amounts with a minus sign, on a trip nobody paid.
    out.payment = (rng.u32() & 1) === 0 ? NO_CHARGE : DISPUTE;
    out.fare = -out.fare;
    out.total = cents(-beforeTip);
    out.tip = 0;
  } else if (odd < negative + (facts.anomalies['fare_zero'] ?? 0)) {
    out.fare = 0;
    out.tip = 0;
    out.total = 0;
  }
}

function drawFare(
  ride: RideTables,
  facts: RideFacts,
  trip: TripFacts,
  touchesManhattan: boolean,
  out: Price,
  rng: Rng,
): void {
  const line = facts.fare.standard_rate_linear;
  // Meters left on for a day and clocks that ran backwards did not count on: price those trips at 12 mph.
  const sane = trip.seconds > 0 && trip.seconds < 20000;
  const minutes = sane ? trip.seconds / 60 : trip.miles * 5;
  const metered = line.intercept + line.per_mile * trip.miles + line.per_minute * minutes + drawTable(ride.fareNoise, rng);
  let fare = Math.max(2.5, Math.round(metered * 2) / 2);
  let rate = STANDARD;
  const u = rng.u32() * UNIT;
  if ((trip.pickup === ZONE_JFK || trip.dropoff === ZONE_JFK) && touchesManhattan) {
    rate = JFK;
    fare = 52;
  } else if (trip.dropoff === ZONE_NEWARK) {
    rate = NEWARK;
    fare += 17.5;
  } else if (trip.blank === 5 && u < 0.3) {
    rate = NASSAU;
    fare = Math.round(fare * 3) / 2;
  } else if (trip.blank === 5 ? u < 0.8 : u < 0.0037) {
    rate = NEGOTIATED;
    fare = Math.round(drawTable(ride.anyFare, rng));
  }
  out.fare = fare;
  out.rateCode = rate;
}

/** Bridges and tunnels: mostly on the way to or from an airport. */
function drawTolls(facts: RideFacts, trip: TripFacts, rng: Rng): number {
  const u = rng.u32() * UNIT;
  if (trip.dropoff === ZONE_NEWARK) return u < 0.9 ? 12.5 : 0;
  const airport =
    trip.pickup === ZONE_JFK ||
    trip.dropoff === ZONE_JFK ||
    trip.pickup === ZONE_LA_GUARDIA ||
    trip.dropoff === ZONE_LA_GUARDIA;
  return u < (airport ? 0.5 : trip.miles > 5 ? 0.12 : 0.002) ? facts.fare.tolls_median : 0;
}

function drawTip(ride: RideTables, beforeTip: number, rng: Rng): number {
  const mode = drawAlias(ride.tipModes, rng);
  const fraction = ride.tipModeValues[mode] ?? drawTable(ride.tipOther, rng);
  return cents(fraction * beforeTip);
}
