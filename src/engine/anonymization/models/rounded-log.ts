/**
 * ln x rounded to the nearest double. Ordinary logarithms may be off by one in the last place (that of 3 is, in many
 * engines), and where a class is exactly as diverse as asked for that place decides: this one decides as a mathematician
 * with unlimited paper would before the last rounding. Double-double arithmetic (Dekker 1971), 2 atanh((m-1)/(m+1)).
 */
export function roundedLog(x: number): number {
  let exponent = 0;
  let m = x;
  while (m >= 1.5) {
    m /= 2;
    exponent += 1;
  }
  while (m < 0.75) {
    m *= 2;
    exponent -= 1;
  }
  const q = divide([m - 1, 0], twoSum(m, 1));
  const square = times(q, q);
  let power = q;
  let sum: Pair = q;
  for (let k = 3; k < 60; k += 2) {
    power = times(power, square);
    const term = divide(power, [k, 0]);
    sum = plus(sum, term);
    if (Math.abs(term[0]) < 1e-36) break;
  }
  const all = plus(times(LN2, [exponent, 0]), times(sum, [2, 0]));
  return all[0] + all[1];
}

/** A number as the unevaluated sum of two doubles. */
type Pair = readonly [number, number];

/** ln 2 to 32 digits. */
const LN2: Pair = [Math.LN2, 2.3190468138462996e-17];

function twoSum(a: number, b: number): Pair {
  const s = a + b;
  const v = s - a;
  return [s, a - (s - v) + (b - v)];
}

function twoProduct(a: number, b: number): Pair {
  const p = a * b;
  const [ah, al] = split(a);
  const [bh, bl] = split(b);
  return [p, ah * bh - p + ah * bl + al * bh + al * bl];
}

function split(a: number): Pair {
  const c = 134_217_729 * a;
  const high = c - (c - a);
  return [high, a - high];
}

function plus(a: Pair, b: Pair): Pair {
  const [s, e] = twoSum(a[0], b[0]);
  const low = e + a[1] + b[1];
  const high = s + low;
  return [high, low - (high - s)];
}

function times(a: Pair, b: Pair): Pair {
  const [p, e] = twoProduct(a[0], b[0]);
  const low = e + a[0] * b[1] + a[1] * b[0];
  const high = p + low;
  return [high, low - (high - p)];
}

function divide(a: Pair, b: Pair): Pair {
  const q = a[0] / b[0];
  const rest = plus(a, times([-q, 0], b));
  const more = rest[0] / b[0];
  const left = plus(rest, times([-more, 0], b));
  return plus([q, 0], [more, left[0] / b[0]]);
}
