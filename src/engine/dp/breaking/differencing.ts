import type { DifferencingAnswer, DifferencingQuestion } from '../../kit/breaking.ts';
import type { Ctx } from '../../kit/context.ts';
import { text } from '../../kit/text.ts';
import { seededRng } from '../../rng/rng.ts';
import { discreteLaplace, rationalScale } from '../../rng/samplers-exact.ts';
import { attackAccuracy } from '../meaning.ts';
import { rateOf } from './rates.ts';

const CHUNK = 4096;

/** A tracker: how many of all, and how many of all but one (Denning, Denning, Schwartz, 1979). Each count has half of epsilon. */
export async function differencing(
  { epsilon, trials, seed }: DifferencingQuestion,
  ctx: Ctx,
): Promise<DifferencingAnswer> {
  const rng = seededRng(`break/differencing/${seed}`);
  const scale = rationalScale(2 / epsilon);
  let right = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const bit = rng.u32() & 1;
    const difference = bit + discreteLaplace(rng, scale) - discreteLaplace(rng, scale);
    right += (difference >= 1 ? 1 : 0) === bit ? 1 : 0;
    if (trial % CHUNK === CHUNK - 1) await ctx.checkpoint((trial + 1) / trials);
  }
  return {
    attack: 'differencing',
    exactCounts: rateOf(trials, trials, 0.5),
    noisyCounts: rateOf(right, trials, 0.5),
    bound: attackAccuracy(Math.min(epsilon, 700), 0),
    adversary: {
      who: text('someone who may ask for two counts', 'quien puede pedir dos recuentos'),
      knows: [
        text('how to name a group that leaves out one person', 'cómo nombrar un grupo que deja fuera a una persona'),
      ],
      wants: text("that person's secret bit", 'el dato secreto (sí o no) de esa persona'),
    },
    method: text(
      `A count with and a count without the person, subtracted; ${trials} fair secrets. Exact counts always tell.`,
      `Un recuento con la persona y otro sin ella, restados; ${trials} secretos equiprobables. Los recuentos exactos siempre lo revelan.`,
    ),
  };
}
