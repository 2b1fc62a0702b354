/** Examples of the charts of possible outcomes, shared by the gallery and the tests. */
import { laplaceQuantiles } from './dot-plot.layout.ts';
import type { DotRow } from './dot-rows.layout.ts';
import type { OutcomeBar } from './outcome-bars.layout.ts';

const PLACES = [
  ['Upper East Side South', 864, 861],
  ['Midtown Center', 851, 857],
  ['Penn Station', 731, 731],
  ['A place with a name too long for its room on a phone', 212, 220],
  ['Quiet corner', 3, 0],
] as const;

export const OUTCOMES: readonly OutcomeBar[] = PLACES.map(([label, truth, released]) => ({
  label,
  truth,
  released,
  outcomes: laplaceQuantiles(truth, 9, 100),
}));

/** Releases of the answers 0 and 1; marked ones give the answer away. */
export const PROOFS: readonly DotRow[] = [0, 1].map((answer) => ({
  id: String(answer),
  label: `The answer is ${answer}`,
  note: '13 of 20',
  dots: Array.from(laplaceQuantiles(answer, 1, 20), (value, i) => ({
    value,
    marked: i % 3 !== 0,
    told: `${value}: ${i % 3 === 0 ? 'could be either' : `proves ${answer}`}`,
  })),
}));
