import type { CostTotals } from './context.ts';
import type { IntakeReport, DatasetDescriptor, Place, Role, Sensitivity } from './dataset.ts';
import type { Problem } from './errors.ts';
import type { Guarantee, PrivacyEvent } from './guarantee.ts';
import type { HierarchySpecs } from './hierarchy-spec.ts';
import type { ParamRecord } from './params.ts';
import type { Picture } from './picture.ts';
import type { Score } from './score.ts';
import type { ReleaseKind } from './release.ts';
import type { Text } from './text.ts';

/** Where rows come from. A file is named by its digest; the worker was given its bytes before. */
export type DatasetRef =
  | {
      readonly kind: 'embedded';
      readonly id: string;
      readonly rows: number;
      readonly seed: number;
      readonly options?: Readonly<Record<string, number>>;
    }
  | {
      readonly kind: 'file';
      readonly sha256: string;
      readonly name: string;
      readonly choices?: Readonly<Record<string, string>>;
      readonly limit?: number;
    };

/** The user's changes to the column roles of a dataset. */
export type RoleOverrides = Readonly<Record<string, { readonly role?: Role; readonly sensitivity?: Sensitivity }>>;

/** A module by id with its parameters (missing ones take their default). */
export interface ModuleRef {
  readonly id: string;
  readonly params?: ParamRecord;
}

/** One branch of a scenario: an ordered list of protections with its own release. */
export interface BranchSpec {
  readonly id: string;
  readonly label?: string;
  /** Columns this branch sees (data minimization); all when absent. */
  readonly columns?: readonly string[];
  readonly steps: readonly ModuleRef[];
}

/** The unit of work for a worker: one branch, one repetition. Plain JSON. */
export interface Job {
  /** Canonical hash of everything below: the cache key. */
  readonly key: string;
  readonly dataset: DatasetRef;
  readonly roles: RoleOverrides;
  /** Hierarchies of the user's own, by column; absent where there are none. */
  readonly hierarchies?: HierarchySpecs;
  readonly branch: BranchSpec;
  readonly metrics: readonly ModuleRef[];
  readonly attacks: readonly ModuleRef[];
  readonly seed: number;
  readonly repetition: number;
}

export interface StageTiming {
  readonly stage: string;
  readonly label: Text;
  readonly wallMs: number;
}

export interface JobResult {
  readonly status: 'ok';
  readonly key: string;
  /** Hex digest of all below except `timings`. */
  readonly digest: string;
  readonly kind: ReleaseKind;
  readonly datasetChecksum: string;
  readonly guarantee: Guarantee;
  readonly events: readonly PrivacyEvent[];
  readonly pictures: readonly Picture[];
  readonly notes: readonly Text[];
  readonly scores: readonly Score[];
  /** Measures that could not run here, and why. */
  readonly skipped: readonly { readonly id: string; readonly problem: Problem }[];
  readonly cost: CostTotals;
  readonly timings: readonly StageTiming[];
}

export type JobOutcome =
  | JobResult
  | { readonly status: 'failed'; readonly key: string; readonly problem: Problem }
  | { readonly status: 'cancelled'; readonly key: string };

/** Progress of anything long: stage in words, fraction, partial pictures where a method offers them. */
export interface Progress {
  readonly fraction: number;
  readonly note?: Text;
  readonly partial?: unknown;
}

/** What the page learns of a dataset when it is opened. */
export interface DatasetSummary {
  readonly ref: DatasetRef;
  readonly descriptor: DatasetDescriptor;
  readonly rows: number;
  readonly checksum: string;
  readonly report: IntakeReport;
  /** First rows, cell by cell. */
  readonly head: readonly (readonly (string | number | null)[])[];
  readonly columnStats: readonly ColumnStats[];
  readonly geometry?: string;
  /** Shapes drawn behind places that are points. */
  readonly outline?: string;
  /** Places of the dataset's place column, for the map; ids are those of the pictures' levels. */
  readonly places?: readonly Place[];
}
export interface ColumnStats {
  readonly name: string;
  readonly missing: number;
  readonly distinct: number;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  /** Most frequent values with their counts. */
  readonly top: readonly (readonly [string, number])[];
  /** 24 equal-width bins between min and max, for numbers and times. */
  readonly bins?: Float64Array;
}

/** One row of the latency table. */
export interface Latency {
  readonly stage: string;
  readonly label: Text;
  readonly repeats: number;
  readonly minMs: number;
  readonly avgMs: number;
  readonly p95Ms: number;
  readonly coldMs: number;
}
