import type { BreakAnswer, BreakQuestion } from '../../kit/breaking.ts';
import type { Ctx } from '../../kit/context.ts';
import { invalidParam, unsupported } from '../../kit/errors.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import { averaging } from './averaging.ts';
import { differencing } from './differencing.ts';
import { floatingPoint } from './floating-point.ts';
import { reconstruction } from './reconstruction.ts';

/**
 * Attacks that need no data. The same question gives the same answer.
 * @throws invalid-param for a value out of its range; unsupported for an attack this build does not know.
 */
export const answer: QuestionModule<'break'>['answer'] = async (question, ctx) => {
  inRange('seed', question.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  await ctx.checkpoint(0);
  return run(question, ctx);
};

function run(question: BreakQuestion, ctx: Ctx): Promise<BreakAnswer> {
  switch (question.attack) {
    case 'floating-point':
      inRange('scale', question.scale, 1e-3, 1e6);
      whole('releases', question.releases, 10, 1_000_000);
      return floatingPoint(question, ctx);
    case 'averaging':
      inRange('epsilon', question.epsilon, 1e-4, 20);
      inRange('budget', question.budget, question.epsilon, 1e6);
      whole('trials', question.trials, 10, 100_000);
      return averaging(question, ctx);
    case 'reconstruction':
      checkReconstruction(question);
      return reconstruction(question, ctx);
    case 'differencing':
      inRange('epsilon', question.epsilon, 1e-4, 100);
      whole('trials', question.trials, 10, 10_000_000);
      return differencing(question, ctx);
    default:
      return unknown(question);
  }
}

function checkReconstruction({
  people,
  epsilon,
  trials,
  queries = [1],
}: Extract<BreakQuestion, { attack: 'reconstruction' }>): void {
  whole('people', people, 2, 512);
  inRange('epsilon', epsilon, 1e-4, 100);
  whole('trials', trials, 1, 1000);
  if (queries.length === 0 || queries.length > 40)
    throw invalidParam('queries', 'from 1 to 40 numbers of answers', queries.length);
  for (const n of queries) whole('queries', n, 1, 8192);
}

function inRange(name: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high)) throw invalidParam(name, `a number from ${low} to ${high}`, value);
}

function whole(name: string, value: number, low: number, high: number): void {
  if (!(Number.isInteger(value) && value >= low && value <= high)) {
    throw invalidParam(name, `a whole number from ${low} to ${high}`, value);
  }
}

const unknown = (question: never): never => {
  throw unsupported(`unknown attack "${JSON.stringify(question).slice(0, 60)}"`);
};
