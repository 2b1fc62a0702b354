import type { Audited, AuditPair } from '../../kit/audit.ts';
import type { Loss } from '../../kit/loss.ts';
import { exp, expm1 } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import type { Rng } from '../../rng/rng.ts';
import { type CodedTable, countsOver } from './coded-table.ts';
import { compressed, type Compression } from './compression.ts';
import type { Measurement } from './graphical-model.ts';

/**
 * Neighbouring tables for the audit of a synthesizer, and what an observer makes of its noisy counts: the log likelihood ratio
 * of the cells that one unit's rows fall into. Records are drawn from these counts alone, so they tell no more.
 * @param profile delta(epsilon) of all that is observed, where it says more than the claim
 */
export function auditedSynthesizer(
  claim: Loss,
  sensitivity: number,
  observe: (table: CodedTable, evidence: Evidence, rng: Rng) => number,
  profile?: (epsilon: number) => number,
): Audited {
  const pairs = worlds(sensitivity).map(([label, without, present]): AuditPair => {
    const evidence: Evidence = { without, sensitivity };
    return {
      label,
      draw: (world, rng, out) => {
        const table = world === 0 ? without : present;
        const stream = oneStream(rng);
        for (let i = 0; i < out.length; i += 1) out[i] = observe(table, evidence, stream);
      },
    };
  });
  return { claim, outputs: 'continuous', sensitivity, pairs, ...(profile === undefined ? {} : { profile }) };
}

/** The generator with itself for all its branches: a branch is named by its path, and every run would get the same ones. */
function oneStream(rng: Rng): Rng {
  const stream: Rng = { ...rng, fork: () => stream };
  return stream;
}

export interface Evidence {
  readonly without: CodedTable;
  readonly sensitivity: number;
}

const SHAPE = [3, 3];

/** The unit's rows all lie in cell (0, 0). */
function worlds(sensitivity: number): readonly (readonly [AuditPair['label'], CodedTable, CodedTable])[] {
  const own = Array.from({ length: sensitivity }, () => [0, 0] as const);
  const others = Array.from({ length: 60 }, (_, i) => [i % 3, i % 5 === 0 ? 1 : 2] as const);
  return [
    [text('nobody, or one', 'nadie, o uno'), tableOf([]), tableOf(own)],
    [text('one among others', 'uno entre otros'), tableOf(others), tableOf([...others, ...own])],
  ];
}

const tableOf = (rows: readonly (readonly [number, number])[]): CodedTable => ({
  rows: rows.length,
  shape: SHAPE,
  columns: [Uint16Array.from(rows, ([a]) => a), Uint16Array.from(rows, ([, b]) => b)],
});

/** Excess of noisy counts over those of the table without the unit, in the cells of code 0 of every column. */
export function excesses(
  measurements: readonly Measurement[],
  { without }: Evidence,
  compressions?: readonly Compression[],
): readonly number[] {
  const table = compressions === undefined ? without : compressed(without, compressions);
  return measurements.map(({ attributes, values }) => {
    const cell = attributes.reduce(
      (at, a) => at * (table.shape[a] as number) + ((compressions?.[a]?.codeOf[0] as number | undefined) ?? 0),
      0,
    );
    return (values[cell] as number) - (countsOver(table, attributes)[cell] as number);
  });
}

/**
 * Log likelihood ratio of an excess under Laplace noise, (|x| - |x - sensitivity|) / scale: the unit is there, or not. Without the
 * subtraction where it is constant: its last bits are those of the floating-point noise of a simulation, and would tell the truth.
 */
export const laplaceEvidence = (excess: number, sensitivity: number, scale: number): number =>
  (excess <= 0 ? -sensitivity : excess >= sensitivity ? sensitivity : 2 * excess - sensitivity) / scale;

/**
 * delta(epsilon) of pure releases one after the other: that of as many randomized responses, the worst there are
 * (Kairouz, Oh, Viswanath, 2015, Theorem 3.3).
 */
export function pureProfile(
  parts: readonly { readonly epsilon: number; readonly count: number }[],
): (epsilon: number) => number {
  let losses: readonly (readonly [loss: number, probability: number])[] = [[0, 1]];
  for (const { epsilon, count } of parts) {
    const truth = 1 / (1 + exp(-epsilon));
    // Number of truths told, by Pascal's triangle: all terms are positive.
    let told = Float64Array.of(1);
    for (let k = 1; k <= count; k += 1) {
      const before = told;
      told = Float64Array.from(
        { length: k + 1 },
        (_, i) => (before[i] ?? 0) * (1 - truth) + (before[i - 1] ?? 0) * truth,
      );
    }
    losses = losses.flatMap(([loss, probability]) =>
      Array.from(told, (share, i) => [loss + (2 * i - count) * epsilon, probability * share] as const),
    );
  }
  return (epsilon) =>
    losses.reduce((sum, [loss, probability]) => sum + (loss > epsilon ? probability * -expm1(epsilon - loss) : 0), 0);
}
