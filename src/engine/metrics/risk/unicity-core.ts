import type { Grouping } from '../../table/group.ts';
import { rowsByClass } from '../../table/group.ts';
import type { Rng } from '../../rng/rng.ts';

/**
 * Unicity of traces (de Montjoye, Hidalgo, Verleysen, Blondel 2013): the share of people whose trace is the only one that
 * contains p points drawn at random from it. Traces are sets of points.
 */
export class Traces {
  /** Distinct points of trace t, ascending: `points[start[t]] .. points[start[t + 1] - 1]`. */
  readonly start: Uint32Array;
  readonly points: Uint32Array;
  /** Traces through point q, ascending: `through[from[q]] .. through[from[q + 1] - 1]`. */
  private readonly from: Uint32Array;
  private readonly through: Uint32Array;
  readonly count: number;

  /** @param pairs grouping of the rows by (trace, point): one class per distinct pair */
  constructor(traceOf: ArrayLike<number>, pointOf: ArrayLike<number>, traces: number, points: number, pairs: Grouping) {
    this.count = traces;
    const trace = Uint32Array.from(pairs.first, (row) => traceOf[row] as number);
    const point = Uint32Array.from(pairs.first, (row) => pointOf[row] as number);
    const byPoint = rowsByClass(asGrouping(point, points));
    const orderedTrace = Uint32Array.from(byPoint.rows, (pair) => trace[pair] as number);
    const byTrace = rowsByClass(asGrouping(orderedTrace, traces));
    this.start = byTrace.start;
    this.points = Uint32Array.from(byTrace.rows, (i) => point[byPoint.rows[i] as number] as number);
    const byTraceFirst = rowsByClass(asGrouping(trace, traces));
    const orderedPoint = Uint32Array.from(byTraceFirst.rows, (pair) => point[pair] as number);
    const again = rowsByClass(asGrouping(orderedPoint, points));
    this.from = again.start;
    this.through = Uint32Array.from(again.rows, (i) => trace[byTraceFirst.rows[i] as number] as number);
  }

  sizeOf(trace: number): number {
    return (this.start[trace + 1] as number) - (this.start[trace] as number);
  }

  /** Number of traces that contain all the given points, counted up to `limit`. */
  matching(known: readonly number[], limit = Infinity): number {
    let rarest = known[0] as number;
    for (const point of known) if (this.crowd(point) < this.crowd(rarest)) rarest = point;
    let found = 0;
    for (let i = this.from[rarest] as number; i < (this.from[rarest + 1] as number) && found < limit; i += 1) {
      const trace = this.through[i] as number;
      if (known.every((point) => this.contains(trace, point))) found += 1;
    }
    return found;
  }

  /** `p` different points of the trace drawn without replacement; all of them when it has fewer. */
  draw(trace: number, p: number, rng: Rng): number[] {
    const own = Array.from(this.points.subarray(this.start[trace], this.start[trace + 1]));
    const take = Math.min(p, own.length);
    for (let i = 0; i < take; i += 1) {
      const j = i + rng.int(own.length - i);
      const kept = own[i] as number;
      own[i] = own[j] as number;
      own[j] = kept;
    }
    return own.slice(0, take);
  }

  private crowd(point: number): number {
    return (this.from[point + 1] as number) - (this.from[point] as number);
  }

  private contains(trace: number, point: number): boolean {
    let low = this.start[trace] as number;
    let high = (this.start[trace + 1] as number) - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const value = this.points[middle] as number;
      if (value === point) return true;
      if (value < point) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }
}

function asGrouping(codes: Uint32Array, count: number): Grouping {
  const sizes = new Uint32Array(count);
  for (let i = 0; i < codes.length; i += 1) sizes[codes[i] as number] = (sizes[codes[i] as number] as number) + 1;
  return { classOf: codes, sizes, count, first: new Uint32Array(0) };
}
