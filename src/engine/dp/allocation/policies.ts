import type { AllocationPolicy, BudgetedQuestion } from '../../kit/allocation.ts';
import type { Sensitivity } from '../../kit/dataset.ts';
import { invalidParam } from '../../kit/errors.ts';
import { pow } from '../../kit/portable-math.ts';
import { classWeights, splitExactly } from '../allocate.ts';
import { waterFilling } from './water-filling.ts';

/** Rules that divide a period's budget between questions, from public things alone. */

export const CLASSES: readonly Sensitivity[] = ['high', 'medium', 'low'];

export interface PolicyState {
  readonly questions: readonly BudgetedQuestion[];
  /** Decayed number of askings of each question; see `decayedDemand`. */
  readonly demand: readonly number[];
  /** How far the adaptive rule may move a class from its base share, 0 to 1. */
  readonly room: number;
}

/**
 * Epsilon of each question in one period; the parts sum exactly to `budget`.
 * @throws invalid-param for a budget that is not positive, or no questions.
 */
export function allocate(policy: AllocationPolicy, budget: number, state: PolicyState): Float64Array {
  if (state.questions.length === 0) throw invalidParam('questions', 'at least one question', state.questions);
  return splitExactly(budget, weightsOf(policy, state));
}

/** Weights by question (any scale) of a rule. */
function weightsOf(policy: AllocationPolicy, state: PolicyState): readonly number[] {
  const { questions, demand } = state;
  switch (policy) {
    case 'equal':
      return questions.map(() => 1);
    case '30-50-20':
      return withinClasses(questions, baseShares(questions), () => 1);
    case 'frequency':
      return demand;
    case 'importance':
      return questions.map(({ importance }) => importance);
    case 'hierarchical':
      return withinClasses(questions, baseShares(questions), (i) => wish(state, i));
    case 'adaptive':
      return withinClasses(questions, adaptedShares(state), (i) => wish(state, i));
    case 'optimal':
      // Least weighted sum of variances under Laplace noise (2 D^2 / epsilon^2 an answer): epsilon_i ~ (w_i D_i^2)^(1/3).
      return questions.map(({ sensitivity, cells }, i) =>
        pow(wish(state, i) * cells * sensitivity * sensitivity, 1 / 3),
      );
  }
}

/** How much is asked of a question: its decayed askings times its importance. */
const wish = ({ questions, demand }: PolicyState, i: number): number =>
  (demand[i] as number) * (questions[i] as BudgetedQuestion).importance;

/** 30 / 50 / 20 over the classes that have questions. */
export function baseShares(questions: readonly BudgetedQuestion[]): readonly number[] {
  const weights = classWeights('30-50-20').map((weight, c) =>
    questions.some(({ sensitivityClass }) => sensitivityClass === CLASSES[c]) ? weight : 0,
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Shares of the classes after their demand, within base x (1 - room) and base x (1 + room), to rounding: whatever is written in
 * the log, a class cannot pass its cap.
 */
export function adaptedShares(state: PolicyState): readonly number[] {
  const { questions, room } = state;
  const base = baseShares(questions);
  // Where all questions are asked alike, every class has its base share.
  const wanted = CLASSES.map((name, c) => {
    const wishes = questions.flatMap((question, i) => (question.sensitivityClass === name ? [wish(state, i)] : []));
    const mean = wishes.reduce((a, b) => a + b, 0) / Math.max(1, wishes.length);
    return (base[c] as number) * mean;
  });
  return waterFilling(
    wanted,
    base.map((share) => share * (1 - room)),
    base.map((share) => Math.min(1, share * (1 + room))),
  );
}

/** Question weights from class shares: within a class in proportion to `inside`, equally where that is zero for all. */
function withinClasses(
  questions: readonly BudgetedQuestion[],
  shares: readonly number[],
  inside: (question: number) => number,
): readonly number[] {
  const sums = CLASSES.map((name) =>
    questions.reduce((sum, { sensitivityClass }, i) => (sensitivityClass === name ? sum + inside(i) : sum), 0),
  );
  const counts = CLASSES.map((name) => questions.filter(({ sensitivityClass }) => sensitivityClass === name).length);
  return questions.map(({ sensitivityClass }, i) => {
    const c = CLASSES.indexOf(sensitivityClass);
    const share = shares[c] as number;
    return (sums[c] as number) > 0 ? (share * inside(i)) / (sums[c] as number) : share / (counts[c] as number);
  });
}

/**
 * Decayed askings before `period`: sum over earlier periods s of decay^(period - s) n(s), plus one asking of every question as
 * a start, so that the first period has something to go by and no question starves.
 */
export function decayedDemand(
  log: readonly (readonly number[])[],
  period: number,
  decay: number,
  questions: number,
): readonly number[] {
  const demand = Array.from({ length: questions }, () => 1);
  for (let s = 0; s < period; s += 1) {
    for (let i = 0; i < questions; i += 1) {
      const asked = log[s]?.[i] ?? 0;
      if (!(asked >= 0 && asked < 1e15)) throw invalidParam('log', 'counts of askings, 0 or more', asked);
      demand[i] = ((demand[i] as number) - 1 + asked) * decay + 1;
    }
  }
  return demand;
}
