/**
 * Anderson acceleration of a fixed point x = g(x) (Anderson, 1965; type II, least squares over the last few residuals). Each call
 * takes the point and its image and proposes the next point.
 */
export function anderson(memory: number): (x: Float64Array, image: Float64Array) => Float64Array {
  const residuals: Float64Array[] = [];
  const images: Float64Array[] = [];
  return (x, image) => {
    residuals.push(image.map((value, i) => value - (x[i] as number)));
    images.push(image);
    if (residuals.length > memory + 1) {
      residuals.shift();
      images.shift();
    }
    const m = residuals.length - 1;
    const last = residuals[m] as Float64Array;
    if (m === 0) return image;
    const steps = residuals.slice(0, m).map((r, i) => difference(residuals[i + 1] as Float64Array, r));
    const weights = leastSquares(steps, last);
    const next = image.slice();
    for (let k = 0; k < m; k += 1) {
      const weight = weights[k] as number;
      const after = images[k + 1] as Float64Array;
      const before = images[k] as Float64Array;
      for (let i = 0; i < next.length; i += 1) {
        next[i] = (next[i] as number) - weight * ((after[i] as number) - (before[i] as number));
      }
    }
    return next;
  };
}

const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - (b[i] as number));

/** Weights w minimising |sum w_k columns_k - target|, by normal equations with a little ridge: columns are few and may be alike. */
function leastSquares(columns: readonly Float64Array[], target: Float64Array): Float64Array {
  const m = columns.length;
  const a = columns.map((one) => columns.map((other) => dot(one, other)));
  const b = columns.map((one) => dot(one, target));
  const ridge = 1e-12 * Math.max(...a.map((row, i) => row[i] as number)) + Number.MIN_VALUE;
  for (let i = 0; i < m; i += 1) (a[i] as number[])[i] = ((a[i] as number[])[i] as number) + ridge;
  for (let i = 0; i < m; i += 1) {
    const pivot = a[i] as number[];
    for (let j = i + 1; j < m; j += 1) {
      const row = a[j] as number[];
      const factor = (row[i] as number) / (pivot[i] as number);
      for (let k = i; k < m; k += 1) row[k] = (row[k] as number) - factor * (pivot[k] as number);
      b[j] = (b[j] as number) - factor * (b[i] as number);
    }
  }
  const out = new Float64Array(m);
  for (let i = m - 1; i >= 0; i -= 1) {
    let rest = b[i] as number;
    for (let k = i + 1; k < m; k += 1) rest -= ((a[i] as number[])[k] as number) * (out[k] as number);
    out[i] = rest / ((a[i] as number[])[i] as number);
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
