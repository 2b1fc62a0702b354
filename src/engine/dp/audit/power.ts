import type { AuditPowerAnswer } from '../../kit/audit.ts';
import { invalidParam } from '../../kit/errors.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import { rateOf } from '../breaking/rates.ts';
import { answer as audit } from './audit.ts';

const MOST = 200;

/**
 * What an audit would notice: the same audit of the mechanism with the bug planted, again and again with fresh draws, and how often it accuses.
 * @throws invalid-param for a number of repetitions out of range; whatever the audit throws.
 */
export const answer: QuestionModule<'audit-power'>['answer'] = async ({ audits, ...question }, ctx) => {
  if (!(Number.isInteger(audits) && audits >= 1 && audits <= MOST)) {
    throw invalidParam('audits', `a whole number from 1 to ${MOST}`, audits);
  }
  let caught = 0;
  const bounds: number[] = [];
  for (let i = 0; i < audits; i += 1) {
    // Seeds apart from that of the audit itself, whose number the page shows.
    const found = await audit(
      { ...question, seed: question.seed * MOST + i + 0.5 },
      { ...ctx, checkpoint: (fraction, note) => ctx.checkpoint((i + fraction) / audits, note) },
    );
    caught += found.accused ? 1 : 0;
    bounds.push(found.lowerBound);
  }
  const sorted = bounds.toSorted((a, b) => a - b);
  const answered: AuditPowerAnswer = {
    // Without the bug an audit accuses with probability alpha.
    caught: rateOf(caught, audits, question.alpha),
    middleBound: sorted[Math.floor(audits / 2)] ?? 0,
  };
  return answered;
};
