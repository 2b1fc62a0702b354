import type { Pause } from '../../kit/context.ts';

/**
 * Eigenvalues and eigenvectors of a dense symmetric matrix: Householder tridiagonalisation and implicit QL (EISPACK tred2 and
 * tql2; Bowdler, Martin, Reinsch, Wilkinson, 1968), with vectors kept as rows so that every inner loop is contiguous.
 */
export interface Eigen {
  readonly values: Float64Array;
  /** Row j is the eigenvector of `values[j]`. */
  readonly vectors: Float64Array;
}

/** Convergence is quadratic to cubic and thirty steps are never needed; the bound keeps bad input from hanging. */
const MOST_STEPS = 200;
/** Rows worked off between two pauses: a few tens of milliseconds at 512. */
const ROWS_BETWEEN = 16;

/**
 * `matrix` is row-major n x n and symmetric; it is not changed. Errors of values are about 1e-14 of the largest. `pause` is
 * awaited every few rows.
 */
export async function symmetricEigen(matrix: Float64Array, n: number, pause: Pause = async () => {}): Promise<Eigen> {
  const v = matrix.slice();
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  if (n > 0) {
    await tridiagonalise(v, d, e, n, pause);
    await iterate(v, d, e, n, pause);
  }
  return { values: d, vectors: v };
}

async function tridiagonalise(
  v: Float64Array,
  d: Float64Array,
  e: Float64Array,
  n: number,
  pause: Pause,
): Promise<void> {
  for (let j = 0; j < n; j += 1) d[j] = v[j * n + n - 1] as number;
  for (let i = n - 1; i > 0; i -= 1) {
    if (i % ROWS_BETWEEN === 0) await pause();
    let scale = 0;
    for (let k = 0; k < i; k += 1) scale += Math.abs(d[k] as number);
    let h = 0;
    if (scale === 0) {
      e[i] = d[i - 1] as number;
      for (let j = 0; j < i; j += 1) {
        d[j] = v[j * n + i - 1] as number;
        v[j * n + i] = 0;
        v[i * n + j] = 0;
      }
    } else h = reflect(v, d, e, n, i, scale);
    d[i] = h;
  }
  await accumulate(v, d, n, pause);
  e[0] = 0;
}

/** One Householder reflection of the leading i x i part; returns its squared norm. */
function reflect(v: Float64Array, d: Float64Array, e: Float64Array, n: number, i: number, scale: number): number {
  let h = 0;
  for (let k = 0; k < i; k += 1) {
    const x = (d[k] as number) / scale;
    d[k] = x;
    h += x * x;
  }
  let f = d[i - 1] as number;
  const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
  e[i] = scale * g;
  h -= f * g;
  d[i - 1] = f - g;
  for (let j = 0; j < i; j += 1) e[j] = 0;
  for (let j = 0; j < i; j += 1) {
    f = d[j] as number;
    const row = j * n;
    v[i * n + j] = f;
    let sum = (e[j] as number) + (v[row + j] as number) * f;
    for (let k = j + 1; k < i; k += 1) {
      const x = v[row + k] as number;
      sum += x * (d[k] as number);
      e[k] = (e[k] as number) + x * f;
    }
    e[j] = sum;
  }
  f = 0;
  for (let j = 0; j < i; j += 1) {
    e[j] = (e[j] as number) / h;
    f += (e[j] as number) * (d[j] as number);
  }
  const half = f / (h + h);
  for (let j = 0; j < i; j += 1) e[j] = (e[j] as number) - half * (d[j] as number);
  for (let j = 0; j < i; j += 1) {
    const x = d[j] as number;
    const y = e[j] as number;
    const row = j * n;
    for (let k = j; k < i; k += 1) {
      v[row + k] = (v[row + k] as number) - x * (e[k] as number) - y * (d[k] as number);
    }
    d[j] = v[row + i - 1] as number;
    v[row + i] = 0;
  }
  return h;
}

/** The product of all reflections, rows as vectors. */
async function accumulate(v: Float64Array, d: Float64Array, n: number, pause: Pause): Promise<void> {
  for (let i = 0; i < n - 1; i += 1) {
    if (i % ROWS_BETWEEN === 0) await pause();
    v[i * n + n - 1] = v[i * n + i] as number;
    v[i * n + i] = 1;
    const next = (i + 1) * n;
    const h = d[i + 1] as number;
    if (h !== 0) {
      for (let k = 0; k <= i; k += 1) d[k] = (v[next + k] as number) / h;
      for (let j = 0; j <= i; j += 1) {
        const row = j * n;
        let g = 0;
        for (let k = 0; k <= i; k += 1) g += (v[next + k] as number) * (v[row + k] as number);
        for (let k = 0; k <= i; k += 1) v[row + k] = (v[row + k] as number) - g * (d[k] as number);
      }
    }
    for (let k = 0; k <= i; k += 1) v[next + k] = 0;
  }
  for (let j = 0; j < n; j += 1) {
    d[j] = v[j * n + n - 1] as number;
    v[j * n + n - 1] = 0;
  }
  v[n * n - 1] = 1;
}

/** Implicit QL steps on the tridiagonal form, applied to the vectors. */
async function iterate(v: Float64Array, d: Float64Array, e: Float64Array, n: number, pause: Pause): Promise<void> {
  for (let i = 1; i < n; i += 1) e[i - 1] = e[i] as number;
  e[n - 1] = 0;
  let shift = 0;
  let size = 0;
  for (let l = 0; l < n; l += 1) {
    if (l % ROWS_BETWEEN === 0) await pause();
    size = Math.max(size, Math.abs(d[l] as number) + Math.abs(e[l] as number));
    let m = l;
    while (m < n - 1 && Math.abs(e[m] as number) > Number.EPSILON * size) m += 1;
    for (let step = m > l ? 0 : MOST_STEPS; step < MOST_STEPS; step += 1) {
      shift += qlStep(v, d, e, n, l, m);
      if (Math.abs(e[l] as number) <= Number.EPSILON * size) break;
    }
    d[l] = (d[l] as number) + shift;
    e[l] = 0;
  }
}

/** One QL step on rows l..m; returns the shift taken off. */
function qlStep(v: Float64Array, d: Float64Array, e: Float64Array, n: number, l: number, m: number): number {
  let g = d[l] as number;
  let p = ((d[l + 1] as number) - g) / (2 * (e[l] as number));
  let r = Math.sqrt(p * p + 1);
  if (p < 0) r = -r;
  d[l] = (e[l] as number) / (p + r);
  d[l + 1] = (e[l] as number) * (p + r);
  const dl1 = d[l + 1] as number;
  const h = g - (d[l] as number);
  for (let i = l + 2; i < n; i += 1) d[i] = (d[i] as number) - h;
  p = d[m] as number;
  let c = 1;
  let c2 = 1;
  let c3 = 1;
  let s = 0;
  let s2 = 0;
  const el1 = e[l + 1] as number;
  for (let i = m - 1; i >= l; i -= 1) {
    c3 = c2;
    c2 = c;
    s2 = s;
    const ei = e[i] as number;
    const di = d[i] as number;
    g = c * ei;
    const hh = c * p;
    r = Math.sqrt(p * p + ei * ei);
    e[i + 1] = s * r;
    s = ei / r;
    c = p / r;
    p = c * di - s * g;
    d[i + 1] = hh + s * (c * g + s * di);
    const low = i * n;
    const high = low + n;
    for (let k = 0; k < n; k += 1) {
      const x = v[high + k] as number;
      const y = v[low + k] as number;
      v[high + k] = s * y + c * x;
      v[low + k] = c * y - s * x;
    }
  }
  p = (-s * s2 * c3 * el1 * (e[l] as number)) / dl1;
  e[l] = s * p;
  d[l] = c * p;
  return h;
}
