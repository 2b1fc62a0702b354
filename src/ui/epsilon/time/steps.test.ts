import { describe, expect, it } from 'vitest';
import { stepsOf } from './steps.ts';

const DAY = 86_400_000;

describe('steps of a declared period', () => {
  it('are its hours, days and begun weeks', () => {
    const october = [Date.UTC(2019, 9, 1), Date.UTC(2019, 10, 1)] as const;
    expect([stepsOf(october, 'hour'), stepsOf(october, 'day'), stepsOf(october, 'week')]).toEqual([744, 31, 5]);
  });
  it('count a day that is only begun', () => {
    expect(stepsOf([0.5 * DAY, 2.25 * DAY], 'day')).toBe(3);
  });
  it('are those of one week where no period is declared, and days where nothing is said', () => {
    expect([stepsOf(undefined, 'hour'), stepsOf([5, 5], 'day'), stepsOf(undefined, 'week')]).toEqual([168, 7, 1]);
    expect(stepsOf([0, 3 * DAY], undefined)).toBe(3);
  });
});
