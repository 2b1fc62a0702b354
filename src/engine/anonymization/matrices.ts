/** Small dense matrices for the methods that change numbers: symmetric, row-major, `size` x `size`. */

/** The engine has no power operator: its bits differ between browsers. */
export const square = (x: number): number => x * x;

/** Numbers of several columns, row-major: `rows` x `width`. */
export interface NumberTable {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

export interface Moments {
  readonly mean: Float64Array;
  /** Sample standard deviation (divisor rows - 1); 0 for one row or a constant column. */
  readonly deviation: Float64Array;
}

/** Mean and sample standard deviation of every column, in two passes. */
export function moments(table: NumberTable): Moments {
  const { rows, width, values } = table;
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (let i = 0; i < values.length; i += 1) mean[i % width] = (mean[i % width] as number) + (values[i] as number);
  for (let j = 0; j < width; j += 1) mean[j] = (mean[j] as number) / Math.max(1, rows);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < width; j += 1) {
      const gap = (values[i * width + j] as number) - (mean[j] as number);
      deviation[j] = (deviation[j] as number) + gap * gap;
    }
  }
  for (let j = 0; j < width; j += 1) deviation[j] = Math.sqrt((deviation[j] as number) / Math.max(1, rows - 1));
  return { mean, deviation };
}

/** Columns moved to mean 0 and scaled to deviation 1; a constant column becomes 0. */
export function standardized(table: NumberTable, by: Moments = moments(table)): NumberTable {
  const values = new Float64Array(table.values.length);
  for (let i = 0; i < values.length; i += 1) {
    const j = i % table.width;
    const deviation = by.deviation[j] as number;
    values[i] = deviation > 0 ? ((table.values[i] as number) - (by.mean[j] as number)) / deviation : 0;
  }
  return { ...table, values };
}

/** Sample covariance (divisor rows - 1) of the given rows, or of all. */
export function covariance(table: NumberTable, rows?: ArrayLike<number>): Float64Array {
  const { width, values } = table;
  const count = rows?.length ?? table.rows;
  const at = (i: number): number => (rows === undefined ? i : (rows[i] as number)) * width;
  const mean = new Float64Array(width);
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j < width; j += 1) mean[j] = (mean[j] as number) + (values[at(i) + j] as number) / count;
  }
  const out = new Float64Array(width * width);
  const gap = new Float64Array(width);
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j < width; j += 1) gap[j] = (values[at(i) + j] as number) - (mean[j] as number);
    for (let j = 0; j < width; j += 1) {
      for (let l = 0; l <= j; l += 1) {
        out[j * width + l] = (out[j * width + l] as number) + (gap[j] as number) * (gap[l] as number);
      }
    }
  }
  for (let j = 0; j < width; j += 1) {
    for (let l = 0; l <= j; l += 1) {
      const value = (out[j * width + l] as number) / Math.max(1, count - 1);
      out[j * width + l] = value;
      out[l * width + j] = value;
    }
  }
  return out;
}

/** Pearson correlations; those with a constant column are 0. */
export function correlation(table: NumberTable): Float64Array {
  const { width } = table;
  const out = covariance(standardized(table));
  for (let j = 0; j < width; j += 1) out[j * width + j] = 1;
  return out;
}

export interface Eigen {
  /** Descending. */
  readonly values: Float64Array;
  /** Row i is the unit vector of value i. */
  readonly vectors: Float64Array;
}

/** Eigenvalues and vectors of a symmetric matrix by cyclic Jacobi rotations (Golub, Van Loan, 2013, section 8.5). */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = matrix.slice();
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) v[i * size + i] = 1;
  for (let sweep = 0; sweep < 60; sweep += 1) {
    let off = 0;
    let scale = 0;
    for (let p = 0; p < size; p += 1) {
      scale += square(a[p * size + p] as number);
      for (let q = p + 1; q < size; q += 1) off += square(a[p * size + q] as number);
    }
    if (off <= 1e-32 * scale || off === 0) break;
    for (let p = 0; p < size; p += 1) for (let q = p + 1; q < size; q += 1) rotate(a, v, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i);
  order.sort((i, j) => (a[j * size + j] as number) - (a[i * size + i] as number) || i - j);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    for (let j = 0; j < size; j += 1) vectors[to * size + j] = v[j * size + from] as number;
  });
  return { values: Float64Array.from(order, (i) => a[i * size + i] as number), vectors };
}

function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q] as number;
  if (apq === 0) return;
  const theta = ((a[q * size + q] as number) - (a[p * size + p] as number)) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let i = 0; i < size; i += 1) turn(a, i * size + p, i * size + q, c, s);
  for (let i = 0; i < size; i += 1) turn(a, p * size + i, q * size + i, c, s);
  for (let i = 0; i < size; i += 1) turn(v, i * size + p, i * size + q, c, s);
}

function turn(a: Float64Array, x: number, y: number, c: number, s: number): void {
  const ax = a[x] as number;
  const ay = a[y] as number;
  a[x] = c * ax - s * ay;
  a[y] = s * ax + c * ay;
}

/** Lower triangular L with L L' = matrix; a zero pivot (a column that depends on others) leaves its column 0. */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let j = 0; j < size; j += 1) {
    let pivot = matrix[j * size + j] as number;
    for (let l = 0; l < j; l += 1) pivot -= square(out[j * size + l] as number);
    if (pivot <= 1e-12 * (matrix[j * size + j] as number)) continue;
    const root = Math.sqrt(pivot);
    out[j * size + j] = root;
    for (let i = j + 1; i < size; i += 1) {
      let sum = matrix[i * size + j] as number;
      for (let l = 0; l < j; l += 1) sum -= (out[i * size + l] as number) * (out[j * size + l] as number);
      out[i * size + j] = sum / root;
    }
  }
  return out;
}

/** Inverse by Gauss-Jordan with row pivots; `undefined` where a pivot is lost in rounding. */
export function inverse(matrix: Float64Array, size: number): Float64Array | undefined {
  const a = matrix.slice();
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) out[i * size + i] = 1;
  const largest = matrix.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let p = 0; p < size; p += 1) {
    let pivot = p;
    for (let i = p + 1; i < size; i += 1) {
      if (Math.abs(a[i * size + p] as number) > Math.abs(a[pivot * size + p] as number)) pivot = i;
    }
    if (!(Math.abs(a[pivot * size + p] as number) > 1e-13 * largest)) return undefined;
    for (const m of [a, out]) {
      for (let j = 0; j < size; j += 1) {
        const kept = m[p * size + j] as number;
        m[p * size + j] = m[pivot * size + j] as number;
        m[pivot * size + j] = kept;
      }
    }
    const scale = 1 / (a[p * size + p] as number);
    for (const m of [a, out]) for (let j = 0; j < size; j += 1) m[p * size + j] = (m[p * size + j] as number) * scale;
    for (let i = 0; i < size; i += 1) {
      const factor = a[i * size + p] as number;
      if (i === p || factor === 0) continue;
      for (const m of [a, out]) {
        for (let j = 0; j < size; j += 1) {
          m[i * size + j] = (m[i * size + j] as number) - factor * (m[p * size + j] as number);
        }
      }
    }
  }
  return out;
}
