import type { NumberTable } from './matrices.ts';

/**
 * CLARA: k medoids from five samples of 40 + 2k rows, each improved by swaps; the sample whose medoids are nearest to
 * all rows wins, and its medoids join the next sample (Kaufman, Rousseeuw, 1990, chapter 3, with the program's own
 * generator x -> (5761 x + 999) mod 2^16, so there is no chance in it). Distances are Euclidean and not scaled.
 *
 * As in the published program, a swap is judged as if the rows of the medoid that goes joined the one that comes.
 */
export interface Medoids {
  /** Row of each medoid, in the order in which their clusters first occur in the table. */
  readonly rows: readonly number[];
  readonly clusterOf: Uint32Array;
}

const SAMPLES = 5;

/** Requires 1 <= k < rows. */
export function clara(table: NumberTable, k: number): Medoids {
  const size = Math.min(table.rows, 40 + 2 * k);
  const draw = smallGenerator(table.rows);
  let best: (Medoids & { readonly cost: number }) | undefined;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const found = nearestMedoids(table, sampleMedoids(table, drawSample(table.rows, size, draw, best?.rows), k));
    if (best === undefined || found.cost < best.cost) best = found;
    if (size === table.rows) break;
  }
  return best ?? { rows: [], clusterOf: new Uint32Array(table.rows) };
}

function smallGenerator(rows: number): () => number {
  let state = 0;
  return () => {
    state = (state * 5761 + 999) & 0xffff;
    return Math.min(rows - 1, Math.floor(rows * (state / 65536)));
  };
}

/** Rows of a sample, ascending. Samples of more than half the rows are drawn by what they leave out. */
function drawSample(rows: number, size: number, draw: () => number, medoids: readonly number[] = []): Uint32Array {
  if (size >= rows) return Uint32Array.from({ length: rows }, (_, i) => i);
  const large = rows < 2 * size;
  const wanted = large ? rows - size : size;
  const chosen = new Set(large ? [] : medoids);
  let first = true;
  while (chosen.size < wanted) {
    const row = draw();
    // The program lets a medoid return where a large sample is drawn, but not as the first row.
    const barred = medoids.includes(row) && (large || (first && chosen.size === 0));
    if (!barred) chosen.add(row);
    first = false;
  }
  const picked = large
    ? Array.from({ length: rows }, (_, i) => i).filter((row) => !chosen.has(row))
    : Array.from(chosen).sort((a, b) => a - b);
  return Uint32Array.from(picked);
}

/** Rows of k medoids of a sample, ascending: greedy build, then the best swap while one helps. */
function sampleMedoids(table: NumberTable, sample: Uint32Array, k: number): readonly number[] {
  const size = sample.length;
  const distance = new Float64Array(size * size);
  let largest = 0;
  for (let a = 0; a < size; a += 1) {
    for (let b = 0; b < a; b += 1) {
      const gap = Math.sqrt(squaredDistance(table, sample[a] as number, sample[b] as number));
      distance[a * size + b] = gap;
      distance[b * size + a] = gap;
      largest = Math.max(largest, gap);
    }
  }
  const isMedoid = build(distance, size, k, largest);
  let better = k > 1;
  while (better) better = swap(distance, size, isMedoid, largest);
  return Array.from(sample.keys())
    .filter((i) => isMedoid[i] === 1)
    .map((i) => sample[i] as number);
}

function build(distance: Float64Array, size: number, k: number, largest: number): Uint8Array {
  const isMedoid = new Uint8Array(size);
  const nearest = new Float64Array(size).fill(largest * 1.1 + 1);
  for (let m = 0; m < k; m += 1) {
    let best = -1;
    let most = 0;
    for (let a = 0; a < size; a += 1) {
      if (isMedoid[a] === 1) continue;
      let gain = 0;
      for (let j = 0; j < size; j += 1)
        gain += Math.max(0, (nearest[j] as number) - (distance[a * size + j] as number));
      if (gain >= most) {
        most = gain;
        best = a;
      }
    }
    isMedoid[best] = 1;
    for (let j = 0; j < size; j += 1) nearest[j] = Math.min(nearest[j] as number, distance[best * size + j] as number);
  }
  return isMedoid;
}

/** Makes the best swap; false where none lowers the sum of distances. */
function swap(distance: Float64Array, size: number, isMedoid: Uint8Array, largest: number): boolean {
  const first = new Float64Array(size).fill(largest * 1.1 + 1);
  const second = first.slice();
  for (let j = 0; j < size; j += 1) {
    for (let a = 0; a < size; a += 1) {
      if (isMedoid[a] === 0) continue;
      const gap = distance[a * size + j] as number;
      if (gap < (first[j] as number)) {
        second[j] = first[j] as number;
        first[j] = gap;
      } else if (gap < (second[j] as number)) second[j] = gap;
    }
  }
  let best = 0;
  let comes = -1;
  let goes = -1;
  for (let k = 0; k < size; k += 1) {
    if (isMedoid[k] === 1) continue;
    for (let a = 0; a < size; a += 1) {
      if (isMedoid[a] === 0) continue;
      let change = 0;
      for (let j = 0; j < size; j += 1) {
        const near = first[j] as number;
        const own = distance[a * size + j] as number;
        const other = distance[k * size + j] as number;
        if (own === near) change += ((second[j] as number) > own ? other : (second[j] as number)) - near;
        else if (other < near) change += other - near;
      }
      if (change < best) {
        best = change;
        comes = k;
        goes = a;
      }
    }
  }
  // A gain within rounding of the sum could be made for ever.
  if (comes < 0 || best > -1e-14 * size * largest) return false;
  isMedoid[comes] = 1;
  isMedoid[goes] = 0;
  return true;
}

function nearestMedoids(table: NumberTable, medoids: readonly number[]): Medoids & { readonly cost: number } {
  const nearest = new Uint32Array(table.rows);
  let cost = 0;
  const order: number[] = [];
  for (let row = 0; row < table.rows; row += 1) {
    let best = Infinity;
    medoids.forEach((medoid, m) => {
      const gap = squaredDistance(table, medoid, row);
      if (gap >= best && medoid !== row) return;
      best = gap;
      nearest[row] = m;
    });
    cost += Math.sqrt(best);
    if (!order.includes(nearest[row] as number)) order.push(nearest[row] as number);
  }
  return {
    rows: order.map((m) => medoids[m] as number),
    clusterOf: nearest.map((m) => order.indexOf(m)),
    cost,
  };
}

function squaredDistance({ width, values }: NumberTable, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < width; j += 1) {
    const gap = (values[a * width + j] as number) - (values[b * width + j] as number);
    sum += gap * gap;
  }
  return sum;
}
