import type { Pause } from '../../kit/context.ts';

/** Random subsets of people, one row each: 1 = this person counts. */
export interface Subsets {
  readonly rows: number;
  readonly people: number;
  readonly isIn: Uint8Array;
}

const MOST_STEPS = 200;
/** Products of subsets and vectors between two pauses, in entries. */
const BETWEEN_PAUSES = 4_000_000;

/**
 * Best linear guess of fair secret bits from counts over subsets with noise of that variance: minimises |A x - answers|^2 / variance + |x - 1/2|^2 / (1/4),
 * by conjugate gradients on the normal equations. Returns x - 1/2; the sign is the guess. Dwork, McSherry, Talwar (2007) decode by linear programming;
 * least squares with the right prior is as good against light-tailed noise and has no infeasible case.
 */
export async function guessBits(
  subsets: Subsets,
  answers: Float64Array,
  variance: number,
  pause: Pause,
): Promise<Float64Array> {
  const { rows, people } = subsets;
  const ridge = 4 * Math.max(variance, 1e-9);
  const centred = new Float64Array(rows);
  const half = new Float64Array(people).fill(0.5);
  times(subsets, half, centred);
  for (let q = 0; q < rows; q += 1) centred[q] = (answers[q] as number) - (centred[q] as number);
  const x = new Float64Array(people);
  const residual = new Float64Array(people);
  timesTransposed(subsets, centred, residual);
  const direction = residual.slice();
  const image = new Float64Array(rows);
  const curvature = new Float64Array(people);
  let norm = dot(residual, residual);
  const enough = norm * 1e-14;
  let work = 0;
  for (let step = 0; step < MOST_STEPS && norm > enough; step += 1) {
    times(subsets, direction, image);
    timesTransposed(subsets, image, curvature);
    for (let i = 0; i < people; i += 1) curvature[i] = (curvature[i] as number) + ridge * (direction[i] as number);
    const length = norm / dot(direction, curvature);
    for (let i = 0; i < people; i += 1) {
      x[i] = (x[i] as number) + length * (direction[i] as number);
      residual[i] = (residual[i] as number) - length * (curvature[i] as number);
    }
    const next = dot(residual, residual);
    for (let i = 0; i < people; i += 1)
      direction[i] = (residual[i] as number) + (next / norm) * (direction[i] as number);
    norm = next;
    work += 2 * rows * people;
    if (work >= BETWEEN_PAUSES) {
      work = 0;
      await pause();
    }
  }
  return x;
}

/** out = A x. */
export function times({ rows, people, isIn }: Subsets, x: Float64Array, out: Float64Array): void {
  for (let q = 0; q < rows; q += 1) {
    let sum = 0;
    const from = q * people;
    for (let i = 0; i < people; i += 1) sum += (isIn[from + i] as number) * (x[i] as number);
    out[q] = sum;
  }
}

/** out = A^T y. */
function timesTransposed({ rows, people, isIn }: Subsets, y: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let q = 0; q < rows; q += 1) {
    const weight = y[q] as number;
    const from = q * people;
    for (let i = 0; i < people; i += 1) out[i] = (out[i] as number) + weight * (isIn[from + i] as number);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
