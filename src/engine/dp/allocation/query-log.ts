import type { Sensitivity } from '../../kit/dataset.ts';
import type { Rng } from '../../rng/rng.ts';

/** Stated logs of how often each question is asked, for showing what a rule makes of them. None reads the data. */
export type LogKind = 'steady' | 'rush on places' | 'adverse' | 'by chance';

/** Askings in a period of a log: a rush is thirty times the ordinary, an adverse analyst asks as often as the log can hold. */
const ORDINARY = 10;
const RUSH = 300;
const ADVERSE = 1e9;

/** Askings of each question in one period. `by chance` draws whole numbers with the ordinary mean. */
export function askings(kind: LogKind, classes: readonly Sensitivity[], period: number, rng: Rng): readonly number[] {
  switch (kind) {
    case 'steady':
      return classes.map(() => ORDINARY);
    case 'rush on places':
      // From the third period on, as after an event in the city.
      return classes.map((name) => (name === 'high' && period >= 2 ? RUSH : ORDINARY));
    case 'adverse':
      return classes.map((name) => (name === 'high' ? ADVERSE : 0));
    case 'by chance':
      return classes.map(() => rng.int(2 * ORDINARY + 1));
  }
}
