import { cos, sin } from '../../kit/portable-math.ts';

/**
 * Fourier transform of real sequences whose length is a power of two, for convolving distributions. Spectra stay in
 * bit-reversed order from the forward to the inverse transform, so nothing is ever permuted: each block of a pass has one
 * twiddle, all are read from one table in order, and the table of a short transform is the head of a longer one's.
 * Rounding: a transform and its inverse return their input to within 8 units in the last place per level (tested); that
 * is what callers budget.
 */

/** Half of the spectrum of a real sequence of length N, at frequency bit-reverse(p); `im[0]` holds the (real) value at N/2. */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

interface Roots {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

let cached: Roots = { re: new Float64Array([1]), im: new Float64Array([0]) };

const LOW = 1024;

/** exp(-i pi r(b)) with r(b) the binary fraction of b's bits in reverse; one product of two exact tables each. */
function roots(size: number): Roots {
  if (cached.re.length >= size) return cached;
  const [lowRe, lowIm] = table(Math.min(size, LOW), 1);
  if (size <= LOW) {
    cached = { re: lowRe, im: lowIm };
    return cached;
  }
  const [highRe, highIm] = table(size / LOW, 1 / LOW);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let h = 0; h < size / LOW; h += 1) {
    const c = highRe[h] as number;
    const s = highIm[h] as number;
    for (let l = 0; l < LOW; l += 1) {
      const x = lowRe[l] as number;
      const y = lowIm[l] as number;
      re[h * LOW + l] = x * c - y * s;
      im[h * LOW + l] = x * s + y * c;
    }
  }
  cached = { re, im };
  return cached;
}

function table(size: number, scale: number): [Float64Array, Float64Array] {
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const fractions = new Float64Array(size);
  for (let bit = 1, fraction = 0.5; bit < size; bit *= 2, fraction /= 2) {
    for (let b = 0; b < bit; b += 1) fractions[bit + b] = (fractions[b] as number) + fraction;
  }
  for (let b = 0; b < size; b += 1) {
    const angle = Math.PI * scale * (fractions[b] as number);
    re[b] = cos(angle);
    im[b] = -sin(angle);
  }
  return [re, im];
}

/** Spectrum of real `values` (length a power of two >= 4). */
export function realSpectrum(values: Float64Array): Spectrum {
  const size = values.length / 2;
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let j = 0; j < size; j += 1) {
    re[j] = values[2 * j] as number;
    im[j] = values[2 * j + 1] as number;
  }
  forward(re, im);
  split(re, im);
  return { re, im };
}

/** The real sequence of that spectrum, which is overwritten. */
export function realSequence({ re, im }: Spectrum): Float64Array {
  const size = re.length;
  join(re, im);
  inverse(re, im);
  const values = new Float64Array(2 * size);
  const scale = 1 / size;
  for (let j = 0; j < size; j += 1) {
    values[2 * j] = (re[j] as number) * scale;
    values[2 * j + 1] = (im[j] as number) * scale;
  }
  return values;
}

/** From the transform of even + i odd entries to the spectrum; p and its mirror hold a frequency and its negative. */
function split(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  const w = roots(size);
  const even = re[0] as number;
  const odd = im[0] as number;
  re[0] = even + odd;
  im[0] = even - odd;
  for (let block = 1; block < size; block *= 2) {
    for (let p = block, m = 2 * block - 1; p <= m; p += 1, m -= 1) {
      const a = re[p] as number;
      const b = im[p] as number;
      const c = re[m] as number;
      const d = im[m] as number;
      const er = (a + c) / 2;
      const ei = (b - d) / 2;
      const or = (b + d) / 2;
      const oi = (c - a) / 2;
      const x = w.re[p] as number;
      const y = w.im[p] as number;
      const tr = x * or - y * oi;
      const ti = x * oi + y * or;
      re[p] = er + tr;
      im[p] = ei + ti;
      re[m] = er - tr;
      im[m] = ti - ei;
    }
  }
}

/** The inverse of `split`. */
function join(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  const w = roots(size);
  const sum = re[0] as number;
  const alternating = im[0] as number;
  re[0] = (sum + alternating) / 2;
  im[0] = (sum - alternating) / 2;
  for (let block = 1; block < size; block *= 2) {
    for (let p = block, m = 2 * block - 1; p <= m; p += 1, m -= 1) {
      const a = re[p] as number;
      const b = im[p] as number;
      const c = re[m] as number;
      const d = im[m] as number;
      const er = (a + c) / 2;
      const ei = (b - d) / 2;
      const tr = (a - c) / 2;
      const ti = (b + d) / 2;
      const x = w.re[p] as number;
      const y = w.im[p] as number;
      const or = x * tr + y * ti;
      const oi = x * ti - y * tr;
      re[p] = er - oi;
      im[p] = ei + or;
      re[m] = er + oi;
      im[m] = or - ei;
    }
  }
}

/** Blocks of at most this many entries are finished before the next is begun: they fit the first-level cache. */
const CACHED = 1024;

function forward(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  const w = roots(size);
  let length = size;
  // An odd number of levels starts with one of radix 2, whose only twiddle is 1.
  if (levels(size) % 2 === 1) {
    const half = size / 2;
    for (let j = 0; j < half; j += 1) {
      const a = re[j] as number;
      const b = im[j] as number;
      const c = re[j + half] as number;
      const d = im[j + half] as number;
      re[j] = a + c;
      im[j] = b + d;
      re[j + half] = a - c;
      im[j + half] = b - d;
    }
    length = half;
  }
  while (length > CACHED) {
    forwardPass(re, im, w, length, 0, size / length);
    length /= 4;
  }
  for (let from = 0, top = length; from < size; from += top) {
    for (let inner = top; inner > 1; inner /= 4) forwardPass(re, im, w, inner, from / inner, top / inner);
  }
}

/** One radix-4 pass over `blocks` blocks of `length` entries, from block `first`. */
function forwardPass(
  re: Float64Array,
  im: Float64Array,
  w: Roots,
  length: number,
  first: number,
  blocks: number,
): void {
  const quarter = length >> 2;
  for (let b = first; b < first + blocks; b += 1) {
    const xr = w.re[b] as number;
    const xi = w.im[b] as number;
    const yr = w.re[2 * b] as number;
    const yi = w.im[2 * b] as number;
    const zr = xr * yr - xi * yi;
    const zi = xr * yi + xi * yr;
    const start = b * length;
    for (let i0 = start, i1 = start + quarter, i2 = i1 + quarter, i3 = i2 + quarter; i0 < start + quarter; i0 += 1) {
      const ar = re[i0] as number;
      const ai = im[i0] as number;
      const br = re[i1] as number;
      const bi = im[i1] as number;
      const cr = re[i2] as number;
      const ci = im[i2] as number;
      const dr = re[i3] as number;
      const di = im[i3] as number;
      const pr = br * yr - bi * yi;
      const pi = br * yi + bi * yr;
      const qr = cr * xr - ci * xi;
      const qi = cr * xi + ci * xr;
      const sr = dr * zr - di * zi;
      const si = dr * zi + di * zr;
      const er = ar + qr;
      const ei = ai + qi;
      const fr = ar - qr;
      const fi = ai - qi;
      const gr = pr + sr;
      const gi = pi + si;
      const hr = pr - sr;
      const hi = pi - si;
      re[i0] = er + gr;
      im[i0] = ei + gi;
      re[i1] = er - gr;
      im[i1] = ei - gi;
      re[i2] = fr + hi;
      im[i2] = fi - hr;
      re[i3] = fr - hi;
      im[i3] = fi + hr;
      i1 += 1;
      i2 += 1;
      i3 += 1;
    }
  }
}

/** Times the length; undoes `forward`. */
function inverse(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  const w = roots(size);
  const odd = levels(size) % 2 === 1;
  const whole = odd ? size / 2 : size;
  let top = whole;
  while (top > CACHED) top /= 4;
  for (let from = 0; from < size; from += top) {
    for (let inner = 4; inner <= top; inner *= 4) inversePass(re, im, w, inner, from / inner, top / inner);
  }
  for (let length = top * 4; length <= whole; length *= 4) inversePass(re, im, w, length, 0, size / length);
  if (!odd) return;
  const half = size / 2;
  for (let j = 0; j < half; j += 1) {
    const a = re[j] as number;
    const b = im[j] as number;
    const c = re[j + half] as number;
    const d = im[j + half] as number;
    re[j] = a + c;
    im[j] = b + d;
    re[j + half] = a - c;
    im[j + half] = b - d;
  }
}

function inversePass(
  re: Float64Array,
  im: Float64Array,
  w: Roots,
  length: number,
  first: number,
  blocks: number,
): void {
  const quarter = length >> 2;
  for (let b = first; b < first + blocks; b += 1) {
    const xr = w.re[b] as number;
    const xi = w.im[b] as number;
    const yr = w.re[2 * b] as number;
    const yi = w.im[2 * b] as number;
    const zr = xr * yr - xi * yi;
    const zi = xr * yi + xi * yr;
    const start = b * length;
    for (let i0 = start, i1 = start + quarter, i2 = i1 + quarter, i3 = i2 + quarter; i0 < start + quarter; i0 += 1) {
      const ar = re[i0] as number;
      const ai = im[i0] as number;
      const br = re[i1] as number;
      const bi = im[i1] as number;
      const cr = re[i2] as number;
      const ci = im[i2] as number;
      const dr = re[i3] as number;
      const di = im[i3] as number;
      const er = ar + br;
      const ei = ai + bi;
      const gr = ar - br;
      const gi = ai - bi;
      const fr = cr + dr;
      const fi = ci + di;
      const hr = di - ci;
      const hi = cr - dr;
      const pr = gr + hr;
      const pi = gi + hi;
      const sr = gr - hr;
      const si = gi - hi;
      const qr = er - fr;
      const qi = ei - fi;
      re[i0] = er + fr;
      im[i0] = ei + fi;
      re[i1] = pr * yr + pi * yi;
      im[i1] = pi * yr - pr * yi;
      re[i2] = qr * xr + qi * xi;
      im[i2] = qi * xr - qr * xi;
      re[i3] = sr * zr + si * zi;
      im[i3] = si * zr - sr * zi;
      i1 += 1;
      i2 += 1;
      i3 += 1;
    }
  }
}

function levels(size: number): number {
  let count = 0;
  for (let n = size; n > 1; n /= 2) count += 1;
  return count;
}
