import { square } from './matrices.ts';
import type { PlacePoints } from './places-plane.ts';

export interface MergeInput {
  readonly points: PlacePoints;
  /** Place code and slot of each row. */
  readonly placeOf: Uint32Array;
  readonly slotOf: Uint32Array;
  readonly slots: number;
  readonly k: number;
  /** Rows that may lie in cells of fewer than k rows. */
  readonly allowed: number;
}

export interface Merged {
  /** Codes of the places of each region, ascending. */
  readonly regions: readonly Uint32Array[];
  /** Region of each place code that has coordinates. */
  readonly regionOf: Uint32Array;
  /** Rows in cells (region and slot) of fewer than k rows. */
  readonly small: number;
  readonly places: number;
}

interface Region {
  places: number[];
  x: number;
  y: number;
  /** Rows by slot, only slots that have any. */
  counts: Map<number, number>;
  small: number;
}

/**
 * Greedy agglomeration: while more rows than allowed lie in cells that are too small, the region with most such rows
 * joins the region whose middle is nearest. Places without a row join the nearest region at the end, so that the regions
 * cover the whole map whatever the data. O(places^2).
 */
export async function mergeRegions(input: MergeInput, checkpoint: (done: number) => Promise<void>): Promise<Merged> {
  const { points, k, allowed } = input;
  const size = points.x.length;
  const codes = Array.from({ length: size }, (_, code) => code).filter((code) => Number.isFinite(points.x[code]));
  const start = new Map<number, Region>();
  input.placeOf.forEach((place, i) => {
    let region = start.get(place);
    if (region === undefined) {
      region = {
        places: [place],
        x: points.x[place] as number,
        y: points.y[place] as number,
        counts: new Map(),
        small: 0,
      };
      start.set(place, region);
    }
    const slot = input.slotOf[i] as number;
    region.counts.set(slot, (region.counts.get(slot) ?? 0) + 1);
  });
  const live = [...start.keys()].sort((a, b) => a - b).map((place) => start.get(place) as Region);
  for (const region of live) region.small = smallRows(region, k);
  let small = live.reduce((sum, region) => sum + region.small, 0);
  const total = live.length;
  while (small > allowed && live.length > 1) {
    const worst = live.reduce((most, region) => (region.small > most.small ? region : most));
    const other = nearest(live, worst);
    small -= worst.small + other.small;
    join(other, worst);
    live.splice(live.indexOf(worst), 1);
    other.small = smallRows(other, k);
    small += other.small;
    await checkpoint(1 - live.length / total);
  }
  for (const code of codes) {
    if (start.has(code)) continue;
    const lone: Region = {
      places: [],
      x: points.x[code] as number,
      y: points.y[code] as number,
      counts: new Map(),
      small: 0,
    };
    nearest(live, lone).places.push(code);
  }
  const regions = live.map((region) => Uint32Array.from(region.places).sort());
  const regionOf = new Uint32Array(size);
  regions.forEach((set, region) => {
    for (const code of set) regionOf[code] = region;
  });
  return { regions, regionOf, small, places: codes.length };
}

function smallRows(region: Region, k: number): number {
  let rows = 0;
  for (const count of region.counts.values()) if (count < k) rows += count;
  return rows;
}

/** The region whose middle is nearest; the first of equals. */
function nearest(live: readonly Region[], from: Region): Region {
  let best: Region | undefined;
  let least = Infinity;
  for (const region of live) {
    if (region === from) continue;
    const gap = square(region.x - from.x) + square(region.y - from.y);
    if (gap < least) {
      least = gap;
      best = region;
    }
  }
  return best ?? from;
}

function join(into: Region, from: Region): void {
  const all = into.places.length + from.places.length;
  into.x += ((from.x - into.x) * from.places.length) / all;
  into.y += ((from.y - into.y) * from.places.length) / all;
  into.places.push(...from.places);
  for (const [slot, count] of from.counts) into.counts.set(slot, (into.counts.get(slot) ?? 0) + count);
}
