import type { LinePoint } from '../../../charts/props.ts';
import type { AuditAnswer } from '../../../engine/kit/audit.ts';
import type { Loss } from '../../../engine/kit/loss.ts';

/** Which of six sentences an audit comes to. */
export function verdictOf(
  answer: AuditAnswer,
): 'clean' | 'missed' | 'accused' | 'accusedCurve' | 'caught' | 'caughtCurve' {
  const isPlanted = answer.planted !== undefined;
  if (!answer.accused) return isPlanted ? 'missed' : 'clean';
  if (answer.lowerBound > answer.claim.epsilon) return isPlanted ? 'caught' : 'accused';
  return isPlanted ? 'caughtCurve' : 'accusedCurve';
}

/** The pair of tables that was told apart best. */
export const bestPair = (answer: AuditAnswer): AuditAnswer['pairs'][number] | undefined =>
  answer.pairs.reduce<AuditAnswer['pairs'][number] | undefined>(
    (best, pair) => (best === undefined || pair.lowerBound > best.lowerBound ? pair : best),
    undefined,
  );

/** Steps of an axis. */
const most = 48;

/** Points of a measured curve that are far enough apart to be seen, both ends kept. */
export function thinned({ fpr, fnr }: AuditAnswer['pairs'][number]['curve']): readonly LinePoint[] {
  const points = Array.from(fpr, (x, i) => ({ x, y: fnr[i] as number })).toSorted((a, b) => a.x - b.x || b.y - a.y);
  const kept: LinePoint[] = [];
  for (const [i, point] of points.entries()) {
    const last = kept.at(-1);
    const moved = last === undefined ? 1 : Math.max(point.x - last.x, last.y - point.y);
    if (moved >= 1 / most || i === points.length - 1) kept.push(point);
  }
  return kept;
}

/** Least misses at each rate of false alarms under (epsilon, delta) (Kairouz, Oh, Viswanath, 2015): both lines and where they meet. */
export function provenCurve({ epsilon, delta }: Loss): readonly LinePoint[] {
  const grow = Math.exp(epsilon);
  const misses = (x: number): number => Math.max(0, 1 - delta - grow * x, (1 - delta - x) / grow);
  const meet = (1 - delta) / (1 + grow);
  const rates = [...Array.from({ length: 41 }, (_, i) => i / 40), meet, 1 - delta].filter((x) => x >= 0 && x <= 1);
  return [...new Set(rates)].sort((a, b) => a - b).map((x) => ({ x, y: misses(x) }));
}
