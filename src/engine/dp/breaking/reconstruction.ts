import type { ReconstructionAnswer, ReconstructionQuestion } from '../../kit/breaking.ts';
import type { Ctx } from '../../kit/context.ts';
import { text } from '../../kit/text.ts';
import { type Rng, seededRng } from '../../rng/rng.ts';
import { discreteLaplace, rationalScale } from '../../rng/samplers-exact.ts';
import { attackAccuracy } from '../meaning.ts';
import { discreteLaplaceVariance } from '../noise.ts';
import { guessBits, type Subsets, times } from './least-squares.ts';
import { rateOverWorlds } from './rates.ts';

/**
 * Reconstruction from too many counts (Dinur, Nissim, 2003): everybody has a fair secret bit; the curator answers how many of a random half of the people
 * have it, with discrete Laplace noise; the attacker solves for the bits. Recovered share by number of answers.
 */
export async function reconstruction(question: ReconstructionQuestion, ctx: Ctx): Promise<ReconstructionAnswer> {
  const { people, epsilon, spending, trials, seed } = question;
  const ladder =
    question.queries ?? [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8].map((times) => Math.max(1, Math.round(times * people)));
  const total = ladder.reduce((sum, queries) => sum + queries, 0) * trials;
  const rng = seededRng(`break/reconstruction/${seed}`);
  const points: ReconstructionAnswer['points'][number][] = [];
  let done = 0;
  for (const queries of ladder) {
    const perAnswer = spending === 'per answer' ? epsilon : epsilon / queries;
    const shares: number[] = [];
    for (let trial = 0; trial < trials; trial += 1) {
      const world = rng.fork(`${queries} answers, secret ${trial}`);
      shares.push(await recoveredShare(world, people, queries, perAnswer, () => ctx.checkpoint(done / total)));
      done += queries;
      await ctx.checkpoint(done / total);
    }
    const epsilonSpent = perAnswer * queries;
    points.push({
      queries,
      scale: 1 / perAnswer,
      epsilonSpent,
      recovered: rateOverWorlds(shares, people, 0.5),
      bound: attackAccuracy(Math.min(epsilonSpent, 700), 0),
    });
  }
  return {
    attack: 'reconstruction',
    points,
    adversary: {
      who: text('someone who may ask for counts over any group', 'quien puede pedir recuentos de cualquier grupo'),
      knows: [
        text(
          'who is in the table, and whom each question counts',
          'quién está en la tabla y a quién cuenta cada pregunta',
        ),
        text('how much noise is added', 'cuánto ruido se añade'),
      ],
      wants: text("everybody's secret bit", 'el dato secreto (sí o no) de cada persona'),
    },
    method: text(
      `${people} people, each with a fair secret bit, drawn anew ${trials} times; counts over random halves, solved by least squares. Guessing gets half of them.`,
      `${people} personas, cada una con un dato secreto equiprobable, sorteado de nuevo ${trials} veces; recuentos de mitades al azar, resueltos por mínimos cuadrados. Adivinando se acierta la mitad.`,
    ),
  };
}

async function recoveredShare(
  rng: Rng,
  people: number,
  queries: number,
  epsilon: number,
  pause: () => Promise<void>,
): Promise<number> {
  const secret = Float64Array.from({ length: people }, () => rng.u32() & 1);
  const subsets: Subsets = {
    rows: queries,
    people,
    isIn: Uint8Array.from({ length: queries * people }, () => rng.u32() & 1),
  };
  const scale = rationalScale(1 / epsilon);
  const answers = new Float64Array(queries);
  times(subsets, secret, answers);
  for (let q = 0; q < queries; q += 1) answers[q] = (answers[q] as number) + discreteLaplace(rng, scale);
  const guess = await guessBits(subsets, answers, discreteLaplaceVariance(scale.numerator / scale.denominator), pause);
  let right = 0;
  for (let i = 0; i < people; i += 1) {
    const lean = guess[i] as number;
    const says = lean === 0 ? rng.u32() & 1 : lean > 0 ? 1 : 0;
    right += says === secret[i] ? 1 : 0;
  }
  return right / people;
}
