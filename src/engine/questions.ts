import type { Ctx } from './kit/context.ts';
import { unsupported } from './kit/errors.ts';
import type { AnswerOf, QuestionId, QuestionList, QuestionOf } from './kit/questions.ts';

/** Questions that need no dataset, loaded when first asked. Only workers and tools import this. */
const questions: QuestionList = {
  lens: () => import('./dp/accounting/lens.ts'),
  solve: () => import('./dp/accounting/solve.ts'),
  race: () => import('./dp/accounting/race.ts'),
  amplify: () => import('./dp/accounting/amplify.ts'),
  ledger: () => import('./dp/accounting/what-if.ts'),
  allocation: () => import('./dp/allocation/question.ts'),
  audit: () => import('./dp/audit/audit.ts'),
  'audit-power': () => import('./dp/audit/power.ts'),
  break: () => import('./dp/breaking/breaking.ts'),
  'mechanism-cards': () => import('./dp/mechanisms/card.ts'),
  'over-time': () => import('./dp/time/over-time.ts'),
  'totals-error': () => import('./dp/time/totals-error.ts'),
  'two-sides': () => import('./ldp/two-sides.ts'),
};

/** @throws unsupported for a question this build does not know; what the module throws. */
export async function answerQuestion<K extends QuestionId>(
  id: K,
  question: QuestionOf<K>,
  ctx: Ctx,
): Promise<AnswerOf<K>> {
  if (!Object.hasOwn(questions, id)) throw unsupported(`unknown question "${String(id).slice(0, 40)}"`);
  const { answer } = await questions[id]();
  return answer(question, ctx);
}
