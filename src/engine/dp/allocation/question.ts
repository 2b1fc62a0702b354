import type { AllocationAnswer, AllocationPolicy, AllocationQuestion } from '../../kit/allocation.ts';
import { invalidParam } from '../../kit/errors.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import { allocate, CLASSES, decayedDemand } from './policies.ts';

/** Most periods and questions an answer is worked out for: a day by the hour for ten years is beyond what a page can draw. */
const MOST_PERIODS = 5000;
const MOST_QUESTIONS = 200;

/** The same budget under every rule, period by period; all from public things. */
export const answer: QuestionModule<'allocation'>['answer'] = async (question, ctx) => {
  refuse(question);
  const { questions, log, total, decay, room } = question;
  const periods = Math.max(1, log.length);
  const rows: AllocationAnswer['rows'][number][] = [];
  const equal = epsilonsOf('equal', question);
  for (const policy of question.policies) {
    const epsilons = epsilonsOf(policy, question);
    const last = (each: Float64Array, i: number): number => each[(periods - 1) * questions.length + i] as number;
    const errors = Float64Array.from(questions, ({ sensitivity }, i) => sensitivity / last(epsilons, i));
    let error = 0;
    let weights = 0;
    for (let p = 0; p < periods; p += 1) {
      for (let i = 0; i < questions.length; i += 1) {
        const weight = (log[p]?.[i] ?? 1) * (questions[i]?.importance ?? 1);
        if (weight === 0) continue;
        const at = p * questions.length + i;
        error += (weight * (equal[at] as number)) / (epsilons[at] as number);
        weights += weight;
      }
    }
    rows.push({
      policy,
      epsilons,
      errors,
      relativeError: weights === 0 ? 1 : error / weights,
      reversed: isReversed(question, (i) => last(epsilons, i)),
    });
    await ctx.checkpoint(rows.length / question.policies.length);
  }
  return { rows };

  function epsilonsOf(policy: AllocationPolicy, { questions: asked }: AllocationQuestion): Float64Array {
    const out = new Float64Array(periods * asked.length);
    for (let p = 0; p < periods; p += 1) {
      const demand = decayedDemand(log, p, decay, asked.length);
      out.set(allocate(policy, total / periods, { questions: asked, demand, room }), p * asked.length);
    }
    return out;
  }
};

/** Whether some question of a less sensitive class has less epsilon, so stronger noise, than one of a more sensitive class. */
function isReversed({ questions }: AllocationQuestion, epsilon: (question: number) => number): boolean {
  return questions.some((one, i) =>
    questions.some(
      (other, j) =>
        CLASSES.indexOf(one.sensitivityClass) > CLASSES.indexOf(other.sensitivityClass) &&
        epsilon(i) < epsilon(j) * (1 - 1e-12),
    ),
  );
}

function refuse({ questions, log, total, decay, room }: AllocationQuestion): void {
  if (!(total > 0 && total < 1e300)) throw invalidParam('epsilon', 'a positive number', total);
  if (!(decay >= 0 && decay <= 1)) throw invalidParam('decay', 'a number from 0 to 1', decay);
  if (!(room >= 0 && room <= 1)) throw invalidParam('room', 'a number from 0 to 1', room);
  if (questions.length === 0 || questions.length > MOST_QUESTIONS) {
    throw invalidParam('questions', `1 to ${MOST_QUESTIONS} questions`, questions.length);
  }
  if (log.length > MOST_PERIODS) throw invalidParam('log', `at most ${MOST_PERIODS} periods`, log.length);
  for (const { sensitivity, importance } of questions) {
    if (!(sensitivity > 0 && sensitivity < 1e300)) throw invalidParam('sensitivity', 'a positive number', sensitivity);
    if (!(importance >= 0 && importance < 1e15)) throw invalidParam('importance', 'a number of 0 or more', importance);
  }
}
