import { describe, expect, it } from 'vitest';
import type { BudgetedQuestion } from '../../../engine/kit/allocation.ts';
import { capOf, logOf, PERIODS, type PolicyRow, sharesOf } from './allocation.layout.ts';

const question = (sensitivityClass: BudgetedQuestion['sensitivityClass']): BudgetedQuestion => ({
  id: sensitivityClass,
  sensitivityClass,
  cells: 24,
  sensitivity: 1,
  importance: 1,
});
const questions = [question('high'), question('medium'), question('low')];

describe('the comparison of rules', () => {
  it('reads the share of a class from every period', () => {
    const epsilons = Float64Array.from({ length: PERIODS * 3 }, (_, i) => [1, 2, 5][i % 3] ?? 0);
    const row: PolicyRow = {
      policy: 'adaptive',
      epsilons,
      errors: new Float64Array(3),
      relativeError: 1,
      reversed: false,
    };
    expect(sharesOf(row, questions, 'medium')).toEqual(Array.from({ length: PERIODS }, () => 0.25));
  });
  it('caps a class at its base share times the room, among the classes that are there', () => {
    expect(capOf(questions, 'high', 0.5)).toBeCloseTo(0.45, 12);
    expect(capOf(questions.slice(0, 2), 'high', 0)).toBeCloseTo(0.375, 12);
    expect(capOf(questions, 'medium', 1)).toBe(1);
  });
  it('takes the ledger’s latest answers as a log, one a period', () => {
    const asked = [...Array.from({ length: PERIODS }, () => 'low' as const), 'high' as const];
    const log = logOf('own', questions, asked);
    expect(log).toHaveLength(PERIODS);
    expect(log[0]).toEqual([0, 0, 1]);
    expect(log.at(-1)).toEqual([1, 0, 0]);
  });
  it('begins a rush in the third period, and never asks an adverse one about anything else', () => {
    expect(
      logOf('rush', questions, [])
        .map(([high]) => high)
        .slice(0, 4),
    ).toEqual([10, 10, 300, 300]);
    expect(logOf('adverse', questions, [])[5]?.slice(1)).toEqual([0, 0]);
  });
});
