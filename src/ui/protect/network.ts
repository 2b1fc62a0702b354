import type { CostTotals } from '../../engine/kit/context.ts';

/** A line between the parties, as the user knows it; nothing here is measured. */
export interface NetworkProfile {
  readonly roundTripMs: number;
  readonly megabits: number;
}

/** A round trip across a city and a modest line: a starting point to be replaced by one's own. */
export const startProfile: NetworkProfile = { roundTripMs: 40, megabits: 20 };

/** Modelled milliseconds on the line: rounds x round trip + bytes / bandwidth. */
export const networkMs = (cost: CostTotals, profile: NetworkProfile): number =>
  cost.rounds * profile.roundTripMs + (cost.bytes * 8) / (profile.megabits * 1000);
