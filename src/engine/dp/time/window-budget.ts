import { invalidParam } from '../../kit/errors.ts';

/**
 * Publication budgets of w-event privacy (Kellaris, Papadopoulos, Xiao, Papadias, 2014): no window of w steps spends more than
 * epsilon. Half of it looks whether anything has changed (epsilon / 2w a step), half is for publishing.
 */

/** One publication plan, asked step by step. */
export interface WindowBudget {
  /** What a publication at this step could spend; 0 = none may be made. Never changes anything. */
  offer(): number;
  /** Ends the step: `published` says whether the offer was taken. Returns what it spent. */
  settle(published: boolean): number;
}

/** Budget Distribution: half of what the publications of the last w - 1 steps have left of epsilon / 2. */
export function budgetDistribution(window: number, epsilon: number): WindowBudget {
  check(window, epsilon);
  const spent = new Float64Array(window);
  let at = 0;
  const offer = (): number => {
    let recent = 0;
    // The slot of this step still holds the one that leaves the window.
    for (let i = 0; i < window; i += 1) if (i !== at) recent += spent[i] as number;
    return Math.max(0, (epsilon / 2 - recent) / 2);
  };
  return {
    offer,
    settle: (published) => {
      const value = published ? offer() : 0;
      spent[at] = value;
      at = at + 1 === window ? 0 : at + 1;
      return value;
    },
  };
}

/**
 * Budget Absorption: every step owns epsilon / 2w; a publication takes over what steps since the last one left unused (at most
 * w of them), and as many steps after it as it took over are left without.
 */
export function budgetAbsorption(window: number, epsilon: number): WindowBudget {
  check(window, epsilon);
  const unit = epsilon / (2 * window);
  let step = 1;
  let last = 0;
  let taken = 0;
  const units = (): number => {
    // Steps in debt end at last + taken - 1; before the first publication nothing is owed.
    const free = step - Math.max(0, last + Math.max(0, taken - 1));
    return free <= 0 ? 0 : Math.min(free, window);
  };
  return {
    offer: () => unit * units(),
    settle: (published) => {
      const absorbed = published ? units() : 0;
      if (absorbed > 0) {
        last = step;
        taken = absorbed;
      }
      step += 1;
      return unit * absorbed;
    },
  };
}

/** The same share at every step: the plainest way to keep any window within epsilon. Nothing is spent on looking. */
export function uniformBudget(window: number, epsilon: number): WindowBudget {
  check(window, epsilon);
  return { offer: () => epsilon / window, settle: (published) => (published ? epsilon / window : 0) };
}

/** All of epsilon at the first step of every w, nothing between. */
export function sampleBudget(window: number, epsilon: number): WindowBudget {
  check(window, epsilon);
  let step = 0;
  const offer = (): number => (step % window === 0 ? epsilon : 0);
  return {
    offer,
    settle: (published) => {
      const value = published ? offer() : 0;
      step += 1;
      return value;
    },
  };
}

/** Publication budgets where the steps that want to publish are known. */
export const budgetsFor = (plan: WindowBudget, publish: readonly number[]): number[] =>
  publish.map((wanted) => plan.settle(wanted !== 0 && plan.offer() > 0));

function check(window: number, epsilon: number): void {
  if (!(Number.isInteger(window) && window >= 1))
    throw invalidParam('window', 'a whole number of steps from 1', window);
  if (!(epsilon > 0 && epsilon < Number.POSITIVE_INFINITY)) throw invalidParam('epsilon', 'a positive number', epsilon);
}
