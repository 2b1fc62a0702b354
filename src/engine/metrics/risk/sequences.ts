/** Points of one person in the order of their times. */
export type Sequence = ArrayLike<number>;

/** Whether the points of `known` occur in `trace` in this order, not necessarily one after the other. O(length). */
export function isSubsequence(known: Sequence, trace: Sequence): boolean {
  let next = 0;
  for (let i = 0; i < trace.length && next < known.length; i += 1) if (trace[i] === known[next]) next += 1;
  return next === known.length;
}

/**
 * Unicity of traces whose order is known (Pratesi et al. 2018, location sequence attack): the highest chance to pick the
 * right person, 1 / (people whose trace contains the known points in order), over all subsequences of `k` points of each
 * person. Who has fewer points is known by all of them; who has none is known by nothing and hides among everybody.
 */
export function sequenceRisks(traces: readonly Sequence[], k: number): Float64Array {
  const matching = new Map<string, number>();
  return Float64Array.from(traces, (trace) => {
    let fewest = traces.length;
    for (const known of subsequences(trace, Math.min(k, trace.length))) {
      const name = known.join(' ');
      let found = matching.get(name);
      if (found === undefined) {
        found = traces.reduce((count, other) => count + (isSubsequence(known, other) ? 1 : 0), 0);
        matching.set(name, found);
      }
      fewest = Math.min(fewest, found);
    }
    return 1 / fewest;
  });
}

/** Every choice of `size` positions, in order; equal choices of points may come more than once. */
export function* subsequences(items: Sequence, size: number, from = 0): Generator<number[]> {
  if (size === 0) yield [];
  else {
    for (let i = from; i <= items.length - size; i += 1) {
      for (const rest of subsequences(items, size - 1, i + 1)) yield [items[i] as number, ...rest];
    }
  }
}

/** People's points in the order of their times, and who passed where. */
export class OrderedTraces {
  /** Points of person t, first to last: `points[start[t]] .. points[start[t + 1] - 1]`. */
  private readonly start: Uint32Array;
  private readonly points: Uint32Array;
  /** People through point q, once each: `people[from[q]] .. people[from[q + 1] - 1]`. */
  private readonly from: Uint32Array;
  private readonly people: Uint32Array;

  /** @param order rows by time, ascending; rows at one time stay in this order */
  constructor(who: ArrayLike<number>, where: ArrayLike<number>, order: Uint32Array, people: number, places: number) {
    [this.start, this.points] = bucketed(
      order,
      (row) => who[row] as number,
      (row) => where[row] as number,
      people,
    );
    const last = new Int32Array(places).fill(-1);
    const place = new Uint32Array(order.length);
    const person = new Uint32Array(order.length);
    let count = 0;
    for (let t = 0; t < people; t += 1) {
      for (let i = this.start[t] as number; i < (this.start[t + 1] as number); i += 1) {
        const here = this.points[i] as number;
        if (last[here] === t) continue;
        last[here] = t;
        place[count] = here;
        person[count] = t;
        count += 1;
      }
    }
    const visits = Uint32Array.from({ length: count }, (_, i) => i);
    const at = (values: Uint32Array) => (i: number) => values[i] as number;
    [this.from, this.people] = bucketed(visits, at(place), at(person), places);
  }

  trace(person: number): Uint32Array {
    return this.points.subarray(this.start[person], this.start[person + 1]);
  }

  /** People whose trace holds the known points in order, counted up to `limit`. */
  matching(known: Sequence, limit = Infinity): number {
    let rarest = known[0] as number;
    const crowd = (place: number): number => (this.from[place + 1] as number) - (this.from[place] as number);
    for (let i = 1; i < known.length; i += 1)
      if (crowd(known[i] as number) < crowd(rarest)) rarest = known[i] as number;
    let found = 0;
    for (let i = this.from[rarest] as number; i < (this.from[rarest + 1] as number) && found < limit; i += 1) {
      if (isSubsequence(known, this.trace(this.people[i] as number))) found += 1;
    }
    return found;
  }
}

/** Values of the items by bucket, in the order of the items: bucket b holds `values[start[b]] .. values[start[b + 1] - 1]`. */
function bucketed(
  items: Uint32Array,
  bucketOf: (item: number) => number,
  valueOf: (item: number) => number,
  buckets: number,
): [Uint32Array, Uint32Array] {
  const start = new Uint32Array(buckets + 1);
  for (const item of items) start[bucketOf(item) + 1] = (start[bucketOf(item) + 1] as number) + 1;
  for (let b = 0; b < buckets; b += 1) start[b + 1] = (start[b + 1] as number) + (start[b] as number);
  const at = start.slice();
  const values = new Uint32Array(items.length);
  for (const item of items) {
    const b = bucketOf(item);
    values[at[b] as number] = valueOf(item);
    at[b] = (at[b] as number) + 1;
  }
  return [start, values];
}
