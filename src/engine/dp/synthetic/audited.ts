import type { Audited, AuditPair } from '../../kit/audit.ts';
import type { Loss } from '../../kit/loss.ts';
import { exp, expm1 } from '../../kit/portable-math.ts';
import { type Text, text } from '../../kit/text.ts';
import type { Rng } from '../../rng/rng.ts';
import type { CodedTable } from './coded-table.ts';
import type { Compression } from './compression.ts';
import type { Measurement } from './graphical-model.ts';

/** A pair of neighbouring tables, and what an observer makes of a synthesizer's noisy counts of one of them. */
export interface SynthesizerView {
  /** Columns of the tables, three values each. */
  readonly columns: 1 | 2;
  /** Rows of others in every cell; 0 = nobody else. */
  readonly crowd: number;
  /** One run: the log likelihood ratio of the cells that the unit's rows fall into. Records are drawn from these counts alone, so they tell no more. */
  observe(table: CodedTable, evidence: Evidence, rng: Rng): number;
  /** delta(epsilon) of all that is observed, where it says more than the claim. */
  readonly profile?: (epsilon: number) => number;
}

/** Neighbouring tables for the audit of a synthesizer. */
export const auditedSynthesizer = (claim: Loss, sensitivity: number, views: readonly SynthesizerView[]): Audited => ({
  claim,
  outputs: 'continuous',
  sensitivity,
  pairs: views.map((view) => pairOf(view, sensitivity)),
});

function pairOf(view: SynthesizerView, sensitivity: number): AuditPair {
  const without = crowdedTable(view, 0);
  const evidence: Evidence = { without, columns: view.columns, crowd: view.crowd };
  const present = crowdedTable(view, sensitivity);
  return {
    label: labelOf(view),
    ...(view.profile === undefined ? {} : { profile: view.profile }),
    draw: (world, rng, out) => {
      const table = world === 0 ? without : present;
      const stream = oneStream(rng);
      for (let i = 0; i < out.length; i += 1) out[i] = view.observe(table, evidence, stream);
    },
  };
}

function labelOf({ columns, crowd }: SynthesizerView): Text {
  const who =
    crowd === 0
      ? text('nobody, or one', 'nadie, o uno')
      : text(`one among ${crowd} in every cell`, `uno entre ${crowd} en cada celda`);
  return columns === 1
    ? text(`${who.en}; a table of one column`, `${who.es ?? ''}; una tabla de una columna`)
    : text(`${who.en}; a table of two columns`, `${who.es ?? ''}; una tabla de dos columnas`);
}

/** The generator with itself for all its branches: a branch is named by its path, and every run would get the same ones. */
function oneStream(rng: Rng): Rng {
  const stream: Rng = { ...rng, fork: () => stream };
  return stream;
}

/** What is known beforehand: the table without the unit. */
export interface Evidence {
  readonly without: CodedTable;
  readonly columns: 1 | 2;
  readonly crowd: number;
}

const VALUES = 3;

/** The unit's rows all lie in the first cell. */
function crowdedTable({ columns, crowd }: SynthesizerView, own: number): CodedTable {
  const cells = columns === 1 ? VALUES : VALUES * VALUES;
  const rows = cells * crowd + own;
  const cellOf = (row: number): number => (row < cells * crowd ? row % cells : 0);
  const codes = (divisor: number): Uint16Array =>
    Uint16Array.from({ length: rows }, (_, row) => Math.floor(cellOf(row) / divisor) % VALUES);
  return {
    rows,
    shape: Array.from({ length: columns }, () => VALUES),
    columns: columns === 1 ? [codes(1)] : [codes(VALUES), codes(1)],
  };
}
/** Excess of noisy counts over those of the table without the unit, in the cells of code 0 of every column. */
export const excesses = (
  measurements: readonly Measurement[],
  { columns, crowd }: Evidence,
  compressions?: readonly Compression[],
): readonly number[] =>
  measurements.map(({ attributes, values }) => {
    // Every cell has its crowd: what is counted in one is the crowd of all values taken together in it, and of all in other columns.
    let count = crowd * (columns === 1 ? VALUES : VALUES * VALUES);
    let cell = 0;
    for (const a of attributes) {
      const { codeOf, members } = compressions?.[a] ?? ALL_APART;
      const code = codeOf[0] as number;
      cell = cell * members.length + code;
      count *= (members[code] as Uint16Array).length / VALUES;
    }
    return (values[cell] as number) - Math.round(count);
  });

/** No values taken together. */
const ALL_APART: Compression = {
  codeOf: Uint16Array.from({ length: VALUES }, (_, code) => code),
  members: Array.from({ length: VALUES }, (_, code) => Uint16Array.of(code)),
};

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
