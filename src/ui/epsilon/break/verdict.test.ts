import { describe, expect, it } from 'vitest';
import type { AuditAnswer } from '../../../engine/kit/audit.ts';
import { text } from '../../../engine/kit/text.ts';
import { bestPair, provenCurve, thinned, verdictOf } from './verdict.ts';

const curve = { fpr: Float64Array.of(0, 0.5, 1), fnr: Float64Array.of(1, 0.2, 0) };
const pair = (lowerBound: number) => ({
  label: text('a', 'a'),
  lowerBound,
  hits: [1, 2] as const,
  trials: 10,
  event: text('e', 'e'),
  curve,
});
const answer: AuditAnswer = {
  claim: { epsilon: 1, delta: 0 },
  lowerBound: 0.8,
  accused: false,
  ceiling: 8,
  pairs: [pair(0.2), pair(0.8), pair(0.8)],
  draws: 20,
};

describe('what an audit comes to', () => {
  it('is one of six sentences', () => {
    expect(verdictOf(answer)).toBe('clean');
    expect(verdictOf({ ...answer, planted: text('p', 'p') })).toBe('missed');
    expect(verdictOf({ ...answer, accused: true })).toBe('accusedCurve');
    expect(verdictOf({ ...answer, accused: true, lowerBound: 1.2 })).toBe('accused');
    expect(verdictOf({ ...answer, accused: true, planted: text('p', 'p') })).toBe('caughtCurve');
    expect(verdictOf({ ...answer, accused: true, lowerBound: 1.2, planted: text('p', 'p') })).toBe('caught');
  });

  it('shows the pair told apart best', () => {
    expect(bestPair(answer)).toBe(answer.pairs[1]);
    expect(bestPair({ ...answer, pairs: [] })).toBeUndefined();
  });

  it('draws the proven line from a certain miss to a certain alarm, convex and symmetric', () => {
    const line = provenCurve({ epsilon: 1, delta: 0.1 });
    expect(line[0]).toEqual({ x: 0, y: 0.9 });
    expect(line.at(-1)).toEqual({ x: 1, y: 0 });
    const meet = 0.9 / (1 + Math.E);
    expect(line.find(({ x }) => x === meet)?.y).toBeCloseTo(meet, 12);
  });

  it('keeps both ends of a long curve', () => {
    const n = 500;
    const long = {
      fpr: Float64Array.from({ length: n }, (_, i) => i / (n - 1)),
      fnr: Float64Array.from({ length: n }, (_, i) => 1 - i / (n - 1)),
    };
    const points = thinned(long);
    expect(points.length).toBeLessThan(100);
    expect([points[0]?.x, points.at(-1)?.x]).toEqual([0, 1]);
  });
});
