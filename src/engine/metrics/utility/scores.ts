import type { Interval, Score } from '../../kit/score.ts';
import type { Text } from '../../kit/text.ts';

/** A share from 0 to 1 that is better when higher, measured on this table. */
export function utilityScore(parts: {
  readonly id: string;
  readonly label: Text;
  readonly value: number;
  readonly baseline: number;
  readonly n: number;
  readonly interval: Interval | undefined;
  readonly method: Text;
  readonly source?: string;
}): Score {
  const { interval, ...rest } = parts;
  return {
    ...rest,
    unit: 'share',
    direction: 'higher-is-better',
    meaning: 'utility',
    provenance: 'measured',
    of: 'sample',
    ...(interval === undefined ? {} : { interval }),
  };
}
