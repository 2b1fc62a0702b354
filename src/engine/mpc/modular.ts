import { invalidData } from '../kit/errors.ts';

/**
 * Secret sharing over big integers modulo m, for teaching, checks and small protocols (ring.ts is the fast path).
 * Everything is reduced to 0..m-1.
 */
export const mod = (value: bigint, m: bigint): bigint => {
  const rest = value % m;
  return rest < 0n ? rest + m : rest;
};

/** Inverse modulo a prime by Fermat's little theorem. */
export const inverse = (value: bigint, prime: bigint): bigint => powerMod(value, prime - 2n, prime);

export function powerMod(base: bigint, exponent: bigint, m: bigint): bigint {
  let result = 1n;
  let square = mod(base, m);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % m;
    square = (square * square) % m;
  }
  return result;
}

/** Opened value of additive shares. */
export const openAdditive = (shares: readonly bigint[], m: bigint): bigint =>
  mod(
    shares.reduce((sum, share) => sum + share, 0n),
    m,
  );

/** Last additive share: the secret less the random ones. */
export const lastShare = (secret: bigint, randomShares: readonly bigint[], m: bigint): bigint =>
  mod(secret - openAdditive(randomShares, m), m);

/** Shamir's shares f(1)..f(n); coefficients from the constant term (the secret) up (Shamir 1979). */
export const shamirShares = (coefficients: readonly bigint[], n: number, prime: bigint): readonly bigint[] =>
  Array.from({ length: n }, (_, i) => evaluate(coefficients, BigInt(i + 1), prime));

const evaluate = (coefficients: readonly bigint[], x: bigint, prime: bigint): bigint =>
  coefficients.reduceRight((value, coefficient) => mod(value * x + coefficient, prime), 0n);

/** Lagrange interpolation at 0 of exactly the points given. @throws invalid-data when two points share an x. */
export function shamirReconstruct(points: readonly (readonly [bigint, bigint])[], prime: bigint): bigint {
  if (new Set(points.map(([x]) => mod(x, prime))).size < points.length) {
    throw invalidData('two shares carry the same number', 'use one share of each party');
  }
  let secret = 0n;
  points.forEach(([x, y], i) => {
    let numerator = 1n;
    let denominator = 1n;
    points.forEach(([other], j) => {
      if (i === j) return;
      numerator = mod(numerator * -other, prime);
      denominator = mod(denominator * (x - other), prime);
    });
    secret = mod(secret + y * numerator * inverse(denominator, prime), prime);
  });
  return secret;
}

/** One multiplication with a Beaver triple (Beaver 1991): d = x - a and e = y - b are opened, party 0 adds d e. */
export function beaverMultiply(
  shares: {
    readonly a: readonly bigint[];
    readonly b: readonly bigint[];
    readonly c: readonly bigint[];
    readonly x: readonly bigint[];
    readonly y: readonly bigint[];
  },
  m: bigint,
): { readonly d: bigint; readonly e: bigint; readonly z: readonly bigint[] } {
  const d = mod(openAdditive(shares.x, m) - openAdditive(shares.a, m), m);
  const e = mod(openAdditive(shares.y, m) - openAdditive(shares.b, m), m);
  const z = shares.c.map((c, i) =>
    mod(c + d * (shares.b[i] as bigint) + e * (shares.a[i] as bigint) + (i === 0 ? d * e : 0n), m),
  );
  return { d, e, z };
}

/** SPDZ's check of an opened value (Damgard et al. 2012): sigma_i = mac_i - alpha_i * opened; accepted when they sum to 0. */
export function macCheck(
  alphas: readonly bigint[],
  values: readonly bigint[],
  macs: readonly bigint[],
  m: bigint,
): { readonly opened: bigint; readonly sigmaSum: bigint; readonly accept: boolean } {
  const opened = openAdditive(values, m);
  const sigmaSum = openAdditive(
    macs.map((mac, i) => mac - (alphas[i] as bigint) * opened),
    m,
  );
  return { opened, sigmaSum, accept: sigmaSum === 0n };
}

/** Paillier (1999) with g = n + 1: cipher text of m with randomness r. Toy sizes only. */
export const paillierEncrypt = (message: bigint, r: bigint, n: bigint): bigint =>
  mod((1n + message * n) * powerMod(r, n, n * n), n * n);

/** Adding two plain texts = multiplying their cipher texts. */
export const paillierAdd = (c1: bigint, c2: bigint, n: bigint): bigint => mod(c1 * c2, n * n);

/** Decryption by factoring n by trial division, which only a toy allows. */
export function paillierDecrypt(cipher: bigint, n: bigint): bigint {
  let p = 3n;
  while (n % p !== 0n) p += 2n;
  const lambda = (p - 1n) * (n / p - 1n);
  const l = (powerMod(cipher, lambda, n * n) - 1n) / n;
  return mod(l * inverseGeneral(lambda, n), n);
}

function inverseGeneral(value: bigint, m: bigint): bigint {
  let [r0, r1, t0, t1] = [m, mod(value, m), 0n, 1n];
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [t0, t1] = [t1, t0 - q * t1];
  }
  return mod(t0, m);
}
