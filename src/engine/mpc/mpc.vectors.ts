import { hexToBytes } from '@noble/hashes/utils.js';
import type { VectorAdapter, VectorRow } from '../kit/vectors.ts';
import * as cost from './cost.ts';
import * as modular from './modular.ts';
import { remainder } from './collusion.ts';
import { decode, encode } from './ring.ts';
import { maskedInputs, maskWords, type RoundMasks, unmask } from './secagg.ts';

type Fields = Readonly<Record<string, unknown>>;
const inputs = (row: VectorRow): Fields => (row.input ?? {}) as Fields;
const num = (value: unknown): number => value as number;
const big = (value: unknown): bigint => BigInt(value as string | number);
const bigs = (value: unknown): readonly bigint[] => (value as readonly (string | number)[]).map(big);
const words = (value: unknown): Uint32Array => Uint32Array.from(value as readonly number[]);
const text = (value: bigint): string => value.toString();

/** "Z2^64" and "F_2^61-1" as moduli. */
function modulusOf(ring: unknown): bigint {
  const [, power, minus] = /2\^(\d+)(-1)?/.exec(String(ring)) ?? [];
  return 2n ** BigInt(power ?? 0) - (minus === undefined ? 0n : 1n);
}

const masksOf = (
  self: readonly Uint32Array[],
  pairs: Fields,
  wordsOf: (value: unknown) => Uint32Array,
): RoundMasks => ({
  self,
  pair: (a, b) => wordsOf(pairs[`${a}-${b}`]),
});

const secAggSizes = (params: Fields): cost.SecAggSizes => ({
  dim: num(params.dim),
  bytesPerElement: num(params.bytesPerElement),
  shareCiphertextBytes: num(params.shareCiphertextBytes),
  publicKeyBytes: num(params.publicKeyBytes),
});

/** Rows of mpc.json, and the stems `secagg` and `shamir` of fl-attacks.json. */
export const vectors: VectorAdapter = {
  compare: 'each-relative',
  quantities: {
    'additive.lastShare': (row) =>
      text(modular.lastShare(big(inputs(row).secret), bigs(inputs(row).randomShares), modulusOf(row.params.ring))),
    'additive.sumOpened': (row) => {
      const { sharesX, sharesY } = inputs(row);
      return text(modular.openAdditive([...bigs(sharesX), ...bigs(sharesY)], modulusOf(row.params.ring)));
    },
    'additive.openedAfterTamper': (row) => {
      const { shares, delta } = inputs(row);
      return text(modular.openAdditive([...bigs(shares), big(delta)], modulusOf(row.params.ring)));
    },
    'collusion.learned': (row) => {
      const { inputs: values, openedSum } = inputs(row);
      const own = (row.params.colluding as readonly number[]).map((party) => (values as readonly number[])[party]);
      return remainder(num(openedSum), own.map(num));
    },
    'shamir.shares': (row) =>
      modular.shamirShares(bigs(inputs(row).coefficients), num(row.params.n), big(row.params.p)).map(text),
    'shamir.reconstruct': (row) => text(modular.shamirReconstruct(pointsOf(inputs(row).points), big(row.params.p))),
    'beaver.productShares': (row) => {
      const { a, b, c, x, y } = inputs(row);
      const m = modulusOf(row.params.ring);
      const out = modular.beaverMultiply({ a: bigs(a), b: bigs(b), c: bigs(c), x: bigs(x), y: bigs(y) }, m);
      return { d: text(out.d), e: text(out.e), z: out.z.map(text), xy: text(modular.openAdditive(out.z, m)) };
    },
    'beaver.reuseLeak': (row) =>
      text(modular.mod(big(inputs(row).d1) - big(inputs(row).d2), modulusOf(row.params.ring))),
    'spdz.macCheck': (row) => {
      const { alphaShares, valueShares, macShares } = inputs(row);
      const out = modular.macCheck(bigs(alphaShares), bigs(valueShares), bigs(macShares), big(row.params.p));
      return { opened: text(out.opened), sigmaSum: text(out.sigmaSum), accept: out.accept };
    },
    'paillier.addCiphertext': (row) => {
      const n = big(row.params.n);
      const { m1, r1, m2, r2 } = inputs(row);
      const [c1, c2] = [modular.paillierEncrypt(big(m1), big(r1), n), modular.paillierEncrypt(big(m2), big(r2), n)];
      const cSum = modular.paillierAdd(c1, c2, n);
      return { c1: text(c1), c2: text(c2), cSum: text(cSum), decrypted: text(modular.paillierDecrypt(cSum, n)) };
    },
    'cost.additiveSum': ({ params }) =>
      cost.additiveSumCost(num(params.parties), num(params.n), num(params.bytesPerElement)),
    'cost.beaverMultiply': ({ params }) =>
      cost.beaverCost(num(params.parties), num(params.n), num(params.bytesPerElement)),
    'cost.secaggComplete': ({ params }) =>
      cost.secAggCost(num(params.clients), num(params.clients) - 1, secAggSizes(params)),
    'cost.secaggGraph': ({ params }) => cost.secAggCost(num(params.clients), num(params.degree), secAggSizes(params)),
    'cost.iknp': ({ params }) => cost.iknpCost(num(params.ots), num(params.kappa)),
    'net.criticalPathMs': (row) =>
      cost.criticalPathMs(
        inputs(row).roundBytes as readonly number[],
        num(row.params.oneWayMs),
        num(row.params.bitsPerSecond),
      ),
    'secagg.prg': (row) => Array.from(maskWords(hexToBytes(inputs(row).seed as string), num(row.params.n))),
    'secagg.roundResult': (row) => {
      const values = (inputs(row).inputs as readonly unknown[]).map(words);
      const stream = (seed: unknown): Uint32Array => maskWords(hexToBytes(seed as string), values[0]?.length ?? 0);
      const self = (inputs(row).selfSeeds as readonly unknown[]).map(stream);
      const masks = masksOf(self, inputs(row).pairSeeds as Fields, stream);
      const masked = maskedInputs(values, masks);
      const { sum } = unmask(masked, masks, row.params.dropped as readonly number[]);
      return { masked: masked.map((one) => Array.from(one)), sumOfSurvivors: Array.from(sum) };
    },
    secagg: (row) => {
      const scale = num(row.params.scale);
      const values = (inputs(row).x as readonly (readonly number[])[]).map((x) => fixedPoint(x, scale));
      const masks = masksOf(
        (inputs(row).selfMasks as readonly unknown[]).map(words),
        inputs(row).pairMasks as Fields,
        words,
      );
      const masked = maskedInputs(values, masks);
      const { sumOfMasked, sum } = unmask(masked, masks, row.params.dropped as readonly number[]);
      return {
        maskedInputs: masked.map((one) => Array.from(one)),
        sumOfMaskedSurvivors: Array.from(sumOfMasked),
        unmasked: Array.from(decode(sum, { bits: 32, fractionBits: 0 }), (value) => value / scale),
      };
    },
    shamir: (row) => {
      const { secret, coefficients, xs, useShares } = inputs(row);
      const prime = big(row.params.prime);
      const shares = modular.shamirShares(
        [big(secret), ...bigs(coefficients)],
        (xs as readonly number[]).length,
        prime,
      );
      const points = (useShares as readonly number[]).map((i): readonly [bigint, bigint] => [
        BigInt(i + 1),
        shares[i] as bigint,
      ]);
      return {
        shares: shares.map(Number),
        reconstructed: Number(modular.shamirReconstruct(points, prime)),
        wrongWithTooFew: Number(modular.shamirReconstruct(points.slice(0, -1), prime)),
      };
    },
  },
};

const pointsOf = (points: unknown): readonly (readonly [bigint, bigint])[] =>
  (points as readonly (readonly [unknown, unknown])[]).map(([x, y]) => [big(x), big(y)]);

/** Numbers rounded to multiples of 1 / scale, as 32-bit words. */
const fixedPoint = (values: readonly number[], scale: number): Uint32Array =>
  encode(
    Float64Array.from(values, (value) => Math.round(value * scale)),
    { bits: 32, fractionBits: 0 },
    values.length,
  );
