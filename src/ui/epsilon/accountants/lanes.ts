import type { LineSeries } from '../../../charts/props.ts';
import type { RaceAnswer } from '../../../engine/kit/accounting.ts';
import type { Text } from '../../../engine/kit/text.ts';
import type { TextTools } from '../../i18n/use-text.ts';
import { words } from './words.ts';

export type Lane = RaceAnswer['lanes'][number];

export const epsilonAt = (lane: Lane, at: number): number | undefined => {
  const read = lane.accounted[at];
  return read?.status === 'ok' && Number.isFinite(read.epsilon) ? read.epsilon : undefined;
};

/** What an accountant's figure is worth beside the truth. */
export function standing(lane: Lane, answer: RaceAnswer, at: number, { tx, number, value }: TextTools): string {
  const read = lane.accounted[at];
  const truth = answer.truth[at];
  if (read === undefined || truth === undefined) return '';
  if (read.status !== 'ok') return tx(read.why);
  const epsilon = epsilonAt(lane, at);
  if (epsilon === undefined) return '∞';
  if (lane.proves === 'heuristic') {
    return epsilon < truth.lower * (1 - 1e-9)
      ? tx(words.invalid, { percent: value(1 - epsilon / truth.lower, 'share', 0.001) })
      : tx(words.heuristic);
  }
  if (lane.id === 'pld-optimistic') return tx(words.lower);
  if (lane.id === 'bounded-range') return tx(words.conditional);
  if (lane.proves === 'exact') return tx(words.exact);
  const times = truth.upper > 0 ? epsilon / truth.upper : 1;
  const said = times < 1.005 ? tx(words.tight) : tx(words.loose, { times: number(times, 3) });
  return read.endOfOrders === true ? `${said}; ${tx(words.endOfOrders)}` : said;
}

/** Lines of the race: one an accountant, the truth as a band in ink. */
export function raceLines(
  answer: RaceAnswer,
  repeats: readonly number[],
  tx: (text: Text) => string,
): readonly LineSeries[] {
  const lines = answer.lanes
    .filter((lane) => lane.id !== 'pld-optimistic' && lane.accounted.some((_, at) => epsilonAt(lane, at) !== undefined))
    .map(
      (lane): LineSeries => ({
        id: lane.id,
        label: tx(lane.label),
        meaning:
          lane.proves === 'heuristic' ? 'risk' : lane.id === 'pld' || lane.proves === 'exact' ? 'privacy' : 'neutral',
        dashed: lane.proves === 'heuristic',
        points: repeats.flatMap((repeat, at) => {
          const y = epsilonAt(lane, at);
          return y === undefined || y <= 0 ? [] : [{ x: repeat, y }];
        }),
      }),
    );
  const truth: LineSeries = {
    id: 'truth',
    label: tx(words.truth),
    meaning: 'truth',
    points: repeats.flatMap((repeat, at) => {
      const here = answer.truth[at];
      if (here === undefined || !Number.isFinite(here.upper) || !(here.upper > 0)) return [];
      return [{ x: repeat, y: here.upper, low: Math.max(here.lower, here.upper * 1e-3), high: here.upper }];
    }),
  };
  return [...lines, truth];
}
