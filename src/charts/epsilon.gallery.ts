/** Examples of the charts of possible outcomes, shared by the gallery and the tests. */
import { laplaceQuantiles } from './dot-plot.layout.ts';
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
