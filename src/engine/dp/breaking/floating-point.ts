import type { FloatingPointAnswer, FloatingPointQuestion } from '../../kit/breaking.ts';
import type { Ctx } from '../../kit/context.ts';
import { exp, log } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import { type Rng, seededRng } from '../../rng/rng.ts';
import { discreteLaplace, rationalScale } from '../../rng/samplers-exact.ts';
import { rateOf } from './rates.ts';

/** Spacing of the uniform numbers textbook noise starts from: 53 random bits. */
const GRID = 1 / 9007199254740992;
/** More candidates than this are not searched: the release then counts as possible, which only weakens the attack. */
const MOST_CANDIDATES = 2048;
/** Steps of the uniform grid that the rounding of exp and log can move a candidate by, with room to spare. */
const MARGIN = 16;
const EXAMPLES = 40;
const CHUNK = 256;

/**
 * Laplace noise as textbooks and a dozen libraries write it, -b sgn(c) ln(1 - 2 |c|) for c uniform on [-1/2, 1/2), in doubles.
 * `u` is the uniform number on [0, 1). Portable logarithm, so that the figures are the same in every browser.
 */
export function naiveLaplace(u: number, scale: number): number {
  const c = u - 0.5;
  const size = -scale * log(1 - 2 * Math.abs(c));
  return c < 0 ? -size : size;
}

/**
 * Whether textbook noise can turn `answer` into exactly the double `released` (Mironov, 2012): tries every uniform number whose noise comes near.
 * False is a proof: no random number gives this release from that answer.
 */
export function couldBeNaive(released: number, answer: number, scale: number): boolean {
  const noise = released - answer;
  if (!Number.isFinite(noise)) return true;
  const survival = exp(-Math.abs(noise) / scale);
  const place = 0.5 + ((noise < 0 ? -1 : 1) * (1 - survival)) / 2;
  // Noises that round to this release span an ulp of the larger of the two numbers; the density says how many uniform numbers that is.
  const ulp = Math.max(Math.abs(released), Math.abs(noise), Math.abs(answer)) * 2.220446049250313e-16;
  const reach = Math.ceil((ulp * survival) / (2 * scale) / GRID) + MARGIN;
  if (!(reach <= MOST_CANDIDATES)) return true;
  const middle = Math.round(place / GRID);
  for (let k = Math.max(0, middle - reach); k <= middle + reach && k * GRID < 1; k += 1) {
    if (answer + naiveLaplace(k * GRID, scale) === released) return true;
  }
  return false;
}

/** 1 + noise in doubles is a whole multiple of 2^-53, whatever the noise: a release that is not cannot come from the answer 1. */
const isOffGridOfOne = (released: number): boolean => !Number.isInteger(released * 9007199254740992);

/** Draws releases of 0 and of 1, naive and exact, and counts those that only one of the two answers can explain. */
export async function floatingPoint(question: FloatingPointQuestion, ctx: Ctx): Promise<FloatingPointAnswer> {
  const { scale, releases, seed } = question;
  const rng = seededRng(`break/floating-point/${seed}`);
  const rational = rationalScale(scale);
  const naive: [number, number] = [0, 0];
  const bits: [number, number] = [0, 0];
  const exact: [number, number] = [0, 0];
  const examples: FloatingPointAnswer['examples'][number][] = [];
  for (const answer of [0, 1] as const) {
    const other = answer === 0 ? 1 : 0;
    const stream: Rng = rng.fork(`answer ${answer}`);
    for (let i = 0; i < releases; i += 1) {
      const released = answer + naiveLaplace(stream.uniform(), scale);
      const isProof = !couldBeNaive(released, other, scale);
      if (isProof) naive[answer] += 1;
      if (answer === 0 && isOffGridOfOne(released)) bits[0] += 1;
      if (i < EXAMPLES / 2) examples.push({ released, answer, ...(isProof ? { proves: answer } : {}) });
      const whole = answer + discreteLaplace(stream, rational);
      // Every whole number can come from either answer; what is not whole from neither.
      if (!Number.isInteger(whole - other)) exact[answer] += 1;
      if (i % CHUNK === CHUNK - 1) await ctx.checkpoint((answer + (i + 1) / releases) / 2);
    }
  }
  const pair = (hits: readonly [number, number]) =>
    [rateOf(hits[0], releases, 0), rateOf(hits[1], releases, 0)] as const;
  return {
    attack: 'floating-point',
    naive: pair(naive),
    byLastBits: pair(bits),
    exact: pair(exact),
    examples,
    adversary: {
      who: text('a reader of one published number', 'quien lee un único número publicado'),
      knows: [
        text('that the true count is 0 or 1', 'que el recuento verdadero es 0 o 1'),
        text('the program that drew the noise, but no seed', 'el programa que sorteó el ruido, pero ninguna semilla'),
      ],
      wants: text('proof of which one it is', 'una prueba de cuál de los dos es'),
    },
    method: text(
      `${releases} releases of each answer; a release proves it when no 53-bit random number gives that very number from the other answer. Ordinary noise is drawn by inversion with this engine's portable logarithm.`,
      `${releases} publicaciones de cada respuesta; una publicación la prueba si ningún número aleatorio de 53 bits da justo ese número desde la otra respuesta. El ruido ordinario se sortea por inversión con el logaritmo portable de este motor.`,
    ),
  };
}
