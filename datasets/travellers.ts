import type { Ctx } from '../src/engine/kit/context.ts';
import type { Rng } from '../src/engine/rng/rng.ts';
import { CHUNK, HOUR_MS, timeOfDay, UNIT, weekdayOf } from './sampling.ts';

/** Trips as the assignment reads them: zones from 0, times in milliseconds. */
export interface TripEnds {
  readonly pickup: Uint16Array;
  readonly dropoff: Uint16Array;
  readonly time: Float64Array;
}

/** How trips are shared out; all of it assumption. */
export interface Sharing {
  /** Number of places; codes from `usable` on mean an unknown place, never an anchor. */
  readonly places: number;
  readonly usable: number;
  readonly tripsPerTraveller: number;
  /** Chance (0..1) that a trip goes to somebody whose anchor it touches. */
  readonly anchorShare: number;
}

/** Tries to find a traveller of this home who also works (or lives) at the trip's other end. */
const TRIES = 4;

/**
 * Gives every trip to a synthetic traveller (numbers from 1) without changing any trip, so that all shares of places,
 * times and prices stay as calibrated. Each traveller has a home zone (the drop-off of some evening trip) and a work
 * zone (the drop-off of some weekday-morning trip). With probability `anchorShare` a trip goes to a traveller whose
 * anchor it touches in the right direction (away from home or to work before noon, the other way after), if possible
 * one who has both ends as anchors; else to anybody. An invented assumption: no public data links taxi trips.
 */
export async function assignTravellers(trips: TripEnds, sharing: Sharing, ctx: Ctx, rng: Rng): Promise<Int32Array> {
  const rows = trips.pickup.length;
  const count = Math.max(1, Math.round(rows / sharing.tripsPerTraveller));
  const home = drawAnchors(trips, count, sharing.usable, rng.fork('home'), isEvening);
  const work = drawAnchors(trips, count, sharing.usable, rng.fork('work'), isWeekdayMorning);
  const homes = listByZone(home, sharing.places);
  const works = listByZone(work, sharing.places);
  const out = new Int32Array(rows);
  const draw = rng.fork('assign');
  for (let row = 0; row < rows; row += 1) {
    if (row % CHUNK === 0) await ctx.checkpoint(0.75 + (0.25 * row) / rows);
    if (draw.u32() * UNIT >= sharing.anchorShare) {
      out[row] = 1 + ((draw.u32() * UNIT * count) | 0);
      continue;
    }
    const from = trips.pickup[row] as number;
    const to = trips.dropoff[row] as number;
    const morning = timeOfDay(trips.time[row] as number) < 12 * HOUR_MS;
    // First list: who lives where the trip starts (or works where it starts, after noon); second: where it ends.
    const starts = morning ? homes : works;
    const ends = morning ? works : homes;
    const byStart = (draw.u32() & 1) === 0;
    const found = byStart
      ? pick(starts, from, morning ? work : home, to, draw)
      : pick(ends, to, morning ? home : work, from, draw);
    out[row] = 1 + (found < 0 ? (draw.u32() * UNIT * count) | 0 : found);
  }
  return out;
}

/** Travellers sorted by anchor zone: those of zone z are `members[first[z] .. first[z + 1])`. */
interface ZoneList {
  readonly first: Uint32Array;
  readonly members: Uint32Array;
}

function listByZone(anchor: Uint16Array, places: number): ZoneList {
  const first = new Uint32Array(places + 1);
  for (let t = 0; t < anchor.length; t += 1)
    first[(anchor[t] as number) + 1] = (first[(anchor[t] as number) + 1] as number) + 1;
  for (let z = 0; z < places; z += 1) first[z + 1] = (first[z + 1] as number) + (first[z] as number);
  const next = first.slice();
  const members = new Uint32Array(anchor.length);
  for (let t = 0; t < anchor.length; t += 1) {
    const zone = anchor[t] as number;
    members[next[zone] as number] = t;
    next[zone] = (next[zone] as number) + 1;
  }
  return { first, members };
}

/** A traveller anchored in `zone`, if possible with `wanted` as other anchor; -1 when nobody is anchored there. */
function pick(list: ZoneList, zone: number, other: Uint16Array, wanted: number, rng: Rng): number {
  const begin = list.first[zone] as number;
  const size = (list.first[zone + 1] as number) - begin;
  if (size === 0) return -1;
  let chosen = -1;
  for (let i = 0; i < TRIES; i += 1) {
    chosen = list.members[begin + ((rng.u32() * UNIT * size) | 0)] as number;
    if (other[chosen] === wanted) break;
  }
  return chosen;
}

const isEvening = (ms: number): boolean => timeOfDay(ms) >= 17 * HOUR_MS;
const isWeekdayMorning = (ms: number): boolean =>
  weekdayOf(ms) < 5 && timeOfDay(ms) >= 6 * HOUR_MS && timeOfDay(ms) < 11 * HOUR_MS;

/** Trips looked through for anchors: enough for every zone, small enough to stay in the processor's cache. */
const POOL = 131072;

/** Drop-off zones of random trips at the right time of day (of any trip where there is none). */
function drawAnchors(
  trips: TripEnds,
  count: number,
  usable: number,
  rng: Rng,
  fits: (ms: number) => boolean,
): Uint16Array {
  const rows = Math.min(trips.pickup.length, POOL);
  const pool = new Uint16Array(rows);
  let size = 0;
  for (let row = 0; row < rows; row += 1) {
    const zone = trips.dropoff[row] as number;
    if (zone < usable && fits(trips.time[row] as number)) {
      pool[size] = zone;
      size += 1;
    }
  }
  const out = new Uint16Array(count);
  for (let t = 0; t < count; t += 1) {
    const at = Math.floor(rng.u32() * UNIT * (size || rows));
    out[t] = (size === 0 ? trips.dropoff[at] : pool[at]) as number;
  }
  return out;
}
