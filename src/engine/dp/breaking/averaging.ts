import type { AveragingAnswer, AveragingQuestion } from '../../kit/breaking.ts';
import type { Ctx } from '../../kit/context.ts';
import { infeasible } from '../../kit/errors.ts';
import { text } from '../../kit/text.ts';
import { type Rng, seededRng } from '../../rng/rng.ts';
import { exponential } from '../../rng/samplers.ts';
import { rateOf } from './rates.ts';

/** Noisy answers simulated at most, over all trials. */
const MOST_DRAWS = 20_000_000;
const CHUNK = 65_536;
const KNOWN = 0.95;
/** The ladder ends once this share of attackers knows the count. */
const ENOUGH = 0.995;

/**
 * Averages n answers to one count, each with fresh discrete Laplace noise of scale 1 / epsilon; the count is known when the average
 * rounds to it. The ledger gives floor(budget / epsilon) answers (basic composition) and refuses the next.
 * @throws infeasible where the ledger's answers are more than can be simulated.
 */
export async function averaging(question: AveragingQuestion, ctx: Ctx): Promise<AveragingAnswer> {
  const { epsilon, budget, trials, seed } = question;
  // A quotient like 0.3 / 0.1 must not lose an answer to rounding.
  const allowed = Math.floor((budget / epsilon) * (1 + 1e-12));
  const most = Math.floor(MOST_DRAWS / trials);
  if (allowed > most) {
    throw infeasible(
      `the budget gives ${allowed} answers, more than can be simulated for ${trials} attackers`,
      'ask for fewer attackers, or a smaller budget',
    );
  }
  const rng = seededRng(`break/averaging/${seed}`);
  const scale = 1 / epsilon;
  const sums = new Float64Array(trials);
  const points: AveragingAnswer['points'][number][] = [];
  let answers = 0;
  let isLearned = false;
  for (const next of ladder(most, allowed)) {
    if (isLearned && answers >= allowed) break;
    for (let trial = 0; trial < trials; trial += 1) {
      let sum = 0;
      for (let i = answers; i < next; i += 1) {
        sum += Math.floor(exponential(rng) * scale) - Math.floor(exponential(rng) * scale);
        if ((i & (CHUNK - 1)) === CHUNK - 1) await ctx.checkpoint(Math.min(1, next / most));
      }
      sums[trial] = (sums[trial] as number) + sum;
      if (((trial + 1) * (next - answers)) % CHUNK < next - answers) await ctx.checkpoint(Math.min(1, next / most));
    }
    answers = next;
    points.push(pointOf(rng, sums, answers, epsilon, points[0]?.known.value));
    isLearned = (points[points.length - 1] as AveragingAnswer['points'][number]).known.value >= ENOUGH;
  }
  await ctx.checkpoint(1);
  const after = points.find(({ known }) => known.value >= KNOWN)?.answers;
  const atRefusal =
    points.find((point) => point.answers === allowed) ?? (points[0] as AveragingAnswer['points'][number]);
  return {
    attack: 'averaging',
    points,
    ...(after === undefined ? {} : { knownAfter: after }),
    allowed,
    knownAtRefusal: atRefusal.known,
    adversary: {
      who: text('someone who may ask again', 'quien puede volver a preguntar'),
      knows: [text('that the true count is a whole number', 'que el recuento verdadero es un número entero')],
      wants: text('the exact count', 'el recuento exacto'),
    },
    method: text(
      `${trials} simulated attackers ask the same question again and again and average the answers, each with fresh noise of scale ${shown(scale)}; the ledger stops after ${allowed}.`,
      `${trials} atacantes simulados hacen la misma pregunta una y otra vez y promedian las respuestas, cada una con ruido nuevo de escala ${shown(scale)}; el libro de cuentas se detiene tras ${allowed}.`,
    ),
  };
}

const shown = (value: number): string => String(Number(value.toPrecision(4)));

function pointOf(rng: Rng, sums: Float64Array, answers: number, epsilon: number, single: number | undefined) {
  let error = 0;
  let hits = 0;
  for (const sum of sums) {
    error += Math.abs(sum) / answers;
    // Halfway between two counts, the attacker tosses a coin.
    const twice = 2 * Math.abs(sum);
    hits += twice < answers || (twice === answers && (rng.u32() & 1) === 1) ? 1 : 0;
  }
  const trials = sums.length;
  const known = rateOf(hits, trials, single ?? hits / trials);
  return { answers, epsilonSpent: answers * epsilon, error: error / trials, known };
}

/** 1, 2, 3, 4, 6, 8, 11, 16 ... up to `most`, and `also`. */
function ladder(most: number, also: number): readonly number[] {
  const steps = new Set([also]);
  for (let x = 1; x <= most; x *= Math.SQRT2) steps.add(Math.round(x));
  return [...steps].filter((n) => n >= 1 && n <= most).sort((a, b) => a - b);
}
