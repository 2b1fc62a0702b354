import { betainc } from '../kit/portable-math.ts';

/** What a federation moves, against sending the raw rows to one place once. */
export interface CommunicationPlan {
  readonly parameters: number;
  readonly clientsPerRound: number;
  readonly rounds: number;
  readonly rows: number;
  readonly columns: number;
  readonly bytesPerValue: number;
  readonly uplinkBytesPerValue: number;
}

/** Bytes both ways, their ratio to centralising, and the number of rounds at which both cost the same. */
export function communication(plan: CommunicationPlan): {
  readonly flBytes: number;
  readonly centralBytes: number;
  readonly ratio: number;
  readonly breakEvenRounds: number;
} {
  const perRound = plan.clientsPerRound * plan.parameters * (plan.bytesPerValue + plan.uplinkBytesPerValue);
  const centralBytes = plan.rows * plan.columns * plan.bytesPerValue;
  const flBytes = perRound * plan.rounds;
  return { flBytes, centralBytes, ratio: flBytes / centralBytes, breakEvenRounds: centralBytes / perRound };
}

/** Expected survivors of a round, and P(fewer than `threshold` of `selected` clients survive independent dropouts). */
export function roundFailure(
  selected: number,
  dropProbability: number,
  threshold: number,
): { readonly expectedSurvivors: number; readonly probRoundFails: number } {
  // P(Bin(n, s) <= t - 1) = I_{1-s}(n - t + 1, t)
  const fails =
    threshold <= 0 ? 0 : threshold > selected ? 1 : betainc(dropProbability, selected - threshold + 1, threshold);
  return { expectedSurvivors: selected * (1 - dropProbability), probRoundFails: fails };
}
