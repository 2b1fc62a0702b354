import type { Rng } from '../../src/engine/rng/rng.ts';
import { drawAlias, drawTable, UNIT } from '../sampling.ts';
import type { RideTables } from './ride.ts';

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

/** What the price of a trip depends on; one object is filled again for every row. */
export interface TripFacts {
  pickup: number;
  dropoff: number;
  miles: number;
  seconds: number;
  hour: number;
  weekday: number;
  /** Which ends are unknown (see `unknownTable`); 5 = drop-off outside the city. */
  blank: number;
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
export function drawDistance(ride: RideTables, pair: number, rng: Rng): number {
  if (rng.u32() * UNIT < ride.zeroDistance) return 0;
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
export function drawDuration(ride: RideTables, miles: number, hour: number, weekday: number, rng: Rng): number {
  const median = ride.mphByHour[weekday < 5 ? hour : hour + 24] as number;
  const relative = ride.speedByTenth[Math.min(1000, Math.round(miles * 10))] as number;
  const noise = drawTable(miles > 6 ? ride.speedNoiseFar : ride.speedNoise, rng);
  const mph = Math.min(70, Math.max(1, median * relative * noise));
  const odd = rng.u32() * UNIT;
  if (odd < ride.nonPositiveTime) return -Math.floor(rng.u32() * UNIT * 60);
  if (odd < ride.nonPositiveTime + ride.overnight) return 72000 + Math.floor(rng.u32() * UNIT * 14400);
  if (miles === 0) return 1 + Math.floor(rng.u32() * UNIT * 90);
  return Math.max(20, Math.round((miles / mph) * 3600));
}

/** Fare, surcharges, tolls, tip and way of payment of one trip, by the rules of the meter and the measured shares. */
export function drawPrice(ride: RideTables, trip: TripFacts, out: Price, rng: Rng): void {
  const touchesManhattan = ((ride.manhattan[trip.pickup] as number) | (ride.manhattan[trip.dropoff] as number)) === 1;
  drawFare(ride, trip, touchesManhattan, out, rng);
  const payment = drawAlias(ride.payment, rng);
  const peak = trip.weekday < 5 && trip.hour >= 16 && trip.hour < 20 ? 1 : 0;
  const night = trip.hour >= 20 || trip.hour < 6 ? 0.5 : 0;
  const congestion = touchesManhattan ? 2.5 : 0;
  const beforeTip = out.fare + peak + night + congestion + 0.8 + drawTolls(ride, trip, rng);
  out.payment = payment;
  out.tip = payment === 0 ? drawTip(ride, beforeTip, rng) : 0;
  out.total = cents(beforeTip + out.tip);
  const odd = rng.u32() * UNIT;
  if (odd < ride.negativeFare) {
    // A refund: the same amounts with a minus sign, on a trip nobody paid.
    out.payment = (rng.u32() & 1) === 0 ? NO_CHARGE : DISPUTE;
    out.fare = -out.fare;
    out.total = cents(-beforeTip);
    out.tip = 0;
  } else if (odd < ride.negativeFare + ride.zeroFare) {
    out.fare = 0;
    out.tip = 0;
    out.total = 0;
  }
}

function drawFare(ride: RideTables, trip: TripFacts, touchesManhattan: boolean, out: Price, rng: Rng): void {
  const line = ride.fareLine;
  // Meters left on for a day and clocks that ran backwards did not count on: price those trips at 12 mph.
  const sane = trip.seconds > 0 && trip.seconds < 20000;
  const minutes = sane ? trip.seconds / 60 : trip.miles * 5;
  const metered =
    line.intercept + line.perMile * trip.miles + line.perMinute * minutes + drawTable(ride.fareNoise, rng);
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
function drawTolls(ride: RideTables, trip: TripFacts, rng: Rng): number {
  const u = rng.u32() * UNIT;
  if (trip.dropoff === ZONE_NEWARK) return u < 0.9 ? 12.5 : 0;
  const airport =
    trip.pickup === ZONE_JFK ||
    trip.dropoff === ZONE_JFK ||
    trip.pickup === ZONE_LA_GUARDIA ||
    trip.dropoff === ZONE_LA_GUARDIA;
  return u < (airport ? 0.5 : trip.miles > 5 ? 0.12 : 0.002) ? ride.toll : 0;
}

function drawTip(ride: RideTables, beforeTip: number, rng: Rng): number {
  const mode = drawAlias(ride.tipModes, rng);
  const fraction = ride.tipModeValues[mode] ?? drawTable(ride.tipOther, rng);
  return cents(fraction * beforeTip);
}
