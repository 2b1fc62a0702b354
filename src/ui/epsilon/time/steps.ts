const HOUR = 3_600_000;
const hours: Readonly<Record<string, number>> = { hour: 1, day: 24, week: 168 };

/** Frames of a session are kept to look back at, each with the whole series: beyond this many they fill the memory. */
export const mostPlayed = 800;

/** Steps of the period a time column declares; those of one week where it declares none. Unknown steps are days. */
export function stepsOf(bounds: readonly [number, number] | undefined, step: unknown): number {
  const length = hours[typeof step === 'string' ? step : 'day'] ?? 24;
  if (bounds === undefined || !(bounds[1] > bounds[0])) return Math.max(1, 168 / length);
  const width = length * HOUR;
  // Weeks begin with the period; hours and days where the clock has them.
  const from = length === 168 ? bounds[0] : Math.floor(bounds[0] / width) * width;
  return Math.ceil((bounds[1] - from) / width);
}
