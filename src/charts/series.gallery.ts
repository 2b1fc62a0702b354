/** Examples of answers step by step, shared by the gallery and the tests. */
import type { SeriesSays } from './SeriesChart.tsx';
import type { SeriesData } from './series.layout.ts';

const DAYS = Array.from({ length: 31 }, (_, i) => `2019-10-${String(i + 1).padStart(2, '0')}`);
const daily = (i: number) => 600 + 120 * Math.sin((2 * Math.PI * i) / 7) + ((i * 37) % 23);
const noise = (i: number) => ((i * 7919) % 61) - 30;

/** Running totals, two thirds of the month done. */
export const TOTALS: SeriesData = {
  steps: DAYS,
  done: 21,
  truth: DAYS.map((_, i) => (i < 21 ? DAYS.slice(0, i + 1).reduce((sum, _day, d) => sum + daily(d), 0) : 0)),
  released: DAYS.map((_, i) =>
    i < 21 ? DAYS.slice(0, i + 1).reduce((sum, _day, d) => sum + daily(d), 0) + noise(i) : 0,
  ),
  halfWidth95: DAYS.map((_, i) => (i < 21 ? 20 + i : 0)),
};

/** A stream that repeats its answer four days of five, with a budget for any seven days. */
export const STREAM_OF_WEEKS: SeriesData = {
  steps: DAYS,
  done: DAYS.length,
  truth: DAYS.map((_, i) => daily(i)),
  released: DAYS.map((_, i) => daily(i - (i % 5)) + noise(i - (i % 5))),
  halfWidth95: DAYS.map((_, i) => (i % 5 === 0 ? 45 : 0)),
  fresh: DAYS.map((_, i) => (i % 5 === 0 ? 1 : 0)),
  spent: { window: 7, epsilon: DAYS.map((_, i) => Math.min(1, 0.3 + 0.1 * (i % 5) + (i > 6 ? 0.2 : 0))), limit: 1 },
};

export const SERIES_SAYS: SeriesSays = {
  step: 'day',
  gap: 'released − true',
  fresh: 'fresh',
  repeated: 'repeated',
  spent: 'ε spent in 7 days',
  limit: 'most that any 7 days may spend',
};
