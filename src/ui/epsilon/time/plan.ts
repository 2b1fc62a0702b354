import type { OverTimeAnswer, OverTimeQuestion, TimeAccountant, TimeLane } from '../../../engine/kit/over-time.ts';
import type { LineSeries } from '../../../charts/props.ts';
import type { Text } from '../../../engine/kit/text.ts';
import { words } from './words.ts';

/** What is released how often, and about whom: the questions of this tab are made of it. */
export interface Plan {
  readonly everyHours: number;
  readonly mechanism: OverTimeQuestion['mechanism'];
  readonly epsilon: number;
  /** Share of the releases one person is in; 0 = one of them. */
  readonly presence: number;
  readonly renewDays: number;
  readonly windowDays: number;
  readonly persistence: number;
  readonly prior: number;
}

export const firstPlan: Omit<Plan, 'epsilon'> = {
  everyHours: 24,
  mechanism: 'gaussian',
  presence: 1,
  renewDays: 30,
  windowDays: 7,
  persistence: 0.98,
  prior: 0.1,
};

const DAYS = 365;
const GRID = 1e-3;

export const questionOf = (plan: Plan, delta: number): OverTimeQuestion => ({
  ...plan,
  days: DAYS,
  releaseDelta: delta,
  delta,
  grid: GRID,
});

type Tx = (text: Text) => string;

/** Tightest proven loss at every moment. */
export function tightest({ loss }: Pick<TimeLane, 'loss'>, moments: number): readonly number[] {
  return Array.from({ length: moments }, (_, i) =>
    loss.reduce(
      (least, { epsilon }) => Math.min(least, epsilon[i] ?? Number.POSITIVE_INFINITY),
      Number.POSITIVE_INFINITY,
    ),
  );
}

const short: Readonly<Record<TimeLane['id'], Text>> = {
  fresh: words.lineFresh,
  renewed: words.lineBooks,
  window: words.lineWindow,
  memoised: words.lineMemoised,
  tree: words.lineTree,
  'square-root': words.lineRoot,
};

/** One line a policy, and the saw of the renewed books, which share the loss of fresh noise. */
export function yearLines(answer: OverTimeAnswer, question: OverTimeQuestion, tx: Tx): readonly LineSeries[] {
  return answer.lanes.map((lane): LineSeries => {
    if (lane.id === 'renewed') {
      const points = booksOf(lane, question);
      return { id: lane.id, label: tx(short[lane.id]), meaning: 'privacy', dashed: true, points };
    }
    const loss = tightest(lane, answer.days.length);
    return {
      id: lane.id,
      label: tx(short[lane.id]),
      meaning: lane.id === 'fresh' ? 'risk' : 'neutral',
      points: Array.from(answer.days, (x, i) => ({ x, y: loss[i] as number })),
    };
  });
}

/** What renewed books show just after the first and after the last release of every period; up to the last day. */
export function booksOf(
  { promises }: Pick<TimeLane, 'promises'>,
  { everyHours, renewDays, days }: Pick<OverTimeQuestion, 'everyHours' | 'renewDays' | 'days'>,
): readonly { readonly x: number; readonly y: number }[] {
  const every = everyHours / 24;
  const releases = Math.max(1, Math.floor(days / every + 1e-9));
  const perPeriod = Math.max(1, Math.ceil(renewDays / every - 1e-9));
  const out: { x: number; y: number }[] = [];
  for (let first = 1; first <= releases; first += perPeriod) {
    out.push({ x: first * every, y: promises.release });
    const last = first + perPeriod - 1;
    // A period that is not over by then has no proven figure of its own: the books end with the last whole one.
    if (perPeriod > 1 && last <= releases) out.push({ x: last * every, y: promises.period });
  }
  return out;
}

const accountantLabels: Readonly<Record<TimeAccountant, Text>> = {
  basic: words.basic,
  advanced: words.advanced,
  zcdp: words.zcdp,
  pld: words.pld,
};

/** One line an accountant of one policy. */
export const accountantLines = (answer: OverTimeAnswer, lane: TimeLane, tx: Tx): readonly LineSeries[] =>
  lane.loss.map(({ id, epsilon }) => ({
    id,
    label: tx(accountantLabels[id]),
    meaning: id === 'pld' ? 'privacy' : 'neutral',
    points: Array.from(answer.days, (x, i) => ({ x, y: epsilon[i] as number })),
  }));

/** Points of a series over lags, thinned to at most about `most`: both ends are kept. */
export function lagPoints(lags: Float64Array, values: Float64Array, most = 74): LineSeries['points'] {
  const step = Math.max(1, Math.ceil(lags.length / most));
  const at = Array.from({ length: lags.length }, (_, i) => i).filter((i) => i % step === 0 || i === lags.length - 1);
  return at.map((i) => ({ x: lags[i] as number, y: values[i] as number }));
}
