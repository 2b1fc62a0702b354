import { invalidParam } from '../../kit/errors.ts';
import type { MechanismCard, MechanismCardsQuestion } from '../../kit/mechanism-card.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import { type AdditiveMechanism, type Change, figuresOf } from '../mechanism.ts';
import { lawFrom, type Sides } from './card-law.ts';
import { selectionCards } from './card-selection.ts';
import { mechanisms } from './list.ts';

/** Width of the declared range, in multiples of what one unit moves: some noise depends on it. */
const RANGE = 1000;

/**
 * Every additive and selection mechanism at the same claim and sensitivity.
 * @throws invalid-param for a claim, a sensitivity or a number of answers out of range.
 */
export const answer: QuestionModule<'mechanism-cards'>['answer'] = async (question, ctx) => {
  check(question);
  const cards: MechanismCard[] = [];
  for (const [i, mechanism] of mechanisms.entries()) {
    await ctx.checkpoint(i / (mechanisms.length + 1));
    cards.push(additiveCard(mechanism, question));
  }
  await ctx.checkpoint(mechanisms.length / (mechanisms.length + 1));
  cards.push(...selectionCards(question));
  await ctx.checkpoint(1);
  return { cards };
};

function additiveCard(mechanism: AdditiveMechanism, question: MechanismCardsQuestion): MechanismCard {
  const { id, label, summary, limits, citations } = mechanism;
  const { epsilon, sensitivity, cells } = question;
  const change: Change = {
    l1: sensitivity * cells,
    l2: sensitivity * Math.sqrt(cells),
    linf: sensitivity,
    cells,
    lower: 0,
    upper: RANGE * sensitivity,
  };
  const claim = { epsilon, delta: mechanism.approximate ? question.delta : 0 };
  const calibrated = mechanism.calibrate(claim, change);
  // Noise that stays in the range is told for a truth at its lower end, where it can only go up.
  const sides: Sides = id === 'bounded-domain-laplace' ? { width: RANGE * sensitivity } : 'both';
  const exact = lawFrom(figuresOf(calibrated, true), sides);
  return {
    id,
    kind: 'additive',
    label,
    summary,
    limits,
    citations,
    exact,
    // Arrays of an answer are moved away one by one: each law has its own.
    fast:
      calibrated.exactly === undefined
        ? { ...exact, x: exact.x.slice(), y: exact.y.slice() }
        : lawFrom(calibrated, sides),
  };
}

function check({ epsilon, delta, sensitivity, cells }: MechanismCardsQuestion): void {
  if (!(epsilon >= 1e-3 && epsilon <= 100)) throw invalidParam('epsilon', 'a number from 0.001 to 100', epsilon);
  if (!(delta > 0 && delta <= 0.1)) throw invalidParam('delta', 'a chance above 0, up to 0.1', delta);
  if (!(Number.isInteger(sensitivity) && sensitivity >= 1 && sensitivity <= 1e6)) {
    throw invalidParam('sensitivity', 'a whole number from 1 to 1,000,000', sensitivity);
  }
  if (!(Number.isInteger(cells) && cells >= 1 && cells <= 10_000)) {
    throw invalidParam('cells', 'a whole number from 1 to 10,000', cells);
  }
}
