import type {
  AmplifyAnswer,
  AmplifyQuestion,
  LedgerAnswer,
  LedgerQuestion,
  LensAnswer,
  LensQuestion,
  RaceAnswer,
  RaceQuestion,
  SolveAnswer,
  SolveQuestion,
} from './accounting.ts';
import type { AllocationAnswer, AllocationQuestion } from './allocation.ts';
import type { AuditAnswer, AuditPowerAnswer, AuditPowerQuestion, AuditQuestion } from './audit.ts';
import type { BreakAnswer, BreakQuestion } from './breaking.ts';
import type { Ctx } from './context.ts';
import type { MechanismCardsAnswer, MechanismCardsQuestion } from './mechanism-card.ts';
import type { OverTimeAnswer, OverTimeQuestion, TotalsErrorAnswer, TotalsErrorQuestion } from './over-time.ts';
import type { TwoSidesAnswer, TwoSidesQuestion } from './two-sides.ts';

/**
 * Questions to the engine that need no dataset, by name: [question, answer], both structured-clone-safe. One line here and
 * one in engine/questions.ts add one. Typed arrays of an answer are moved to the page: made anew for every answer.
 */
export interface Questions {
  readonly lens: readonly [LensQuestion, LensAnswer];
  readonly solve: readonly [SolveQuestion, SolveAnswer];
  readonly race: readonly [RaceQuestion, RaceAnswer];
  readonly amplify: readonly [AmplifyQuestion, AmplifyAnswer];
  readonly ledger: readonly [LedgerQuestion, LedgerAnswer];
  readonly allocation: readonly [AllocationQuestion, AllocationAnswer];
  readonly audit: readonly [AuditQuestion, AuditAnswer];
  readonly 'audit-power': readonly [AuditPowerQuestion, AuditPowerAnswer];
  readonly break: readonly [BreakQuestion, BreakAnswer];
  readonly 'mechanism-cards': readonly [MechanismCardsQuestion, MechanismCardsAnswer];
  readonly 'over-time': readonly [OverTimeQuestion, OverTimeAnswer];
  readonly 'totals-error': readonly [TotalsErrorQuestion, TotalsErrorAnswer];
  readonly 'two-sides': readonly [TwoSidesQuestion, TwoSidesAnswer];
}
export type QuestionId = keyof Questions;
export type QuestionOf<K extends QuestionId> = Questions[K][0];
export type AnswerOf<K extends QuestionId> = Questions[K][1];

/** A module of engine/questions.ts. */
export interface QuestionModule<K extends QuestionId> {
  readonly answer: (question: QuestionOf<K>, ctx: Ctx) => Promise<AnswerOf<K>>;
}
export type QuestionList = { readonly [K in QuestionId]: () => Promise<QuestionModule<K>> };
