import type { Bracket, LensQuestion } from '../../kit/accounting.ts';
import { invalidParam } from '../../kit/errors.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import { composedPld, type Composed } from './pld.ts';
import { accuracyAtPrior, posteriorAt, tradeoffAt } from './tradeoff.ts';

/** Everything one composed privacy-loss distribution says, each figure between two proven bounds. */
export const answer: QuestionModule<'lens'>['answer'] = async (question, ctx) => {
  check(question);
  await ctx.checkpoint(0);
  const { delta, prior, epsilons, falsePositiveRates } = question;
  const composed = composedPld(question.laws, question.grid);
  // The grid made for the first question is cut for deltas down to 1e-15 and serves the others.
  const advantage = ordered(composed.deltaLower(0), composed.deltaUpper(0));
  const epsilon = { lower: composed.epsilonLower(delta), upper: composed.epsilonUpper(delta) };
  await ctx.checkpoint(0.3);
  const enough = Math.min(1e-15, 1e-4 * delta);
  const profile = await curve(
    epsilons,
    (e) => ordered(composed.deltaLower(e, enough), composed.deltaUpper(e, enough)),
    (share) => ctx.checkpoint(0.3 + 0.3 * share),
  );
  const tradeoff = await curve(
    falsePositiveRates,
    (rate) => tradeoffAt(composed, rate),
    (share) => ctx.checkpoint(0.6 + 0.4 * share),
  );
  return {
    epsilon: ordered(epsilon.lower, epsilon.upper),
    profile,
    tradeoff,
    advantage,
    accuracy: { lower: (1 + advantage.lower) / 2, upper: (1 + advantage.upper) / 2 },
    accuracyAtPrior: atPrior(composed, prior),
    posterior: { lower: posteriorAt(prior, epsilon.lower), upper: posteriorAt(prior, epsilon.upper) },
  };
};

const atPrior = (composed: Composed, prior: number): Bracket =>
  ordered(
    Math.max(
      prior,
      1 - prior,
      accuracyAtPrior(prior, (e) => composed.deltaLower(e)),
    ),
    accuracyAtPrior(prior, (e) => composed.deltaUpper(e)),
  );

/** Where both bounds are the same closed form they may differ in the last place only. */
const ordered = (lower: number, upper: number): Bracket => ({ lower: Math.min(lower, upper), upper });

async function curve(
  at: readonly number[],
  read: (x: number) => Bracket,
  checkpoint: (share: number) => Promise<void>,
): Promise<{ readonly lower: Float64Array; readonly upper: Float64Array }> {
  const lower = new Float64Array(at.length);
  const upper = new Float64Array(at.length);
  for (const [i, x] of at.entries()) {
    const { lower: least, upper: most } = read(x);
    lower[i] = least;
    upper[i] = most;
    if (i % 8 === 7) await checkpoint(i / at.length);
  }
  return { lower, upper };
}

function check({ delta, prior, epsilons, falsePositiveRates }: LensQuestion): void {
  if (!(delta > 0 && delta < 1)) throw invalidParam('delta', 'a probability above 0 and below 1', delta);
  if (!(prior >= 0 && prior <= 1)) throw invalidParam('prior', 'a probability from 0 to 1', prior);
  for (const e of epsilons) if (!Number.isFinite(e)) throw invalidParam('epsilons', 'finite numbers', e);
  for (const rate of falsePositiveRates) {
    if (!(rate >= 0 && rate <= 1)) throw invalidParam('falsePositiveRates', 'rates from 0 to 1', rate);
  }
}
