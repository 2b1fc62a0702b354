import type { DatasetRef, DatasetSummary, Job, JobOutcome, Latency, Progress } from '../engine/kit/job.ts';
import type { Certificate } from '../engine/kit/certificate.ts';
import type { ColumnDescriptor } from '../engine/kit/dataset.ts';
import type { Problem } from '../engine/kit/errors.ts';
import type { HierarchySpec } from '../engine/kit/hierarchy-spec.ts';
import type { AnswerOf, QuestionId, QuestionOf } from '../engine/kit/questions.ts';
import type { Picture } from '../engine/kit/picture.ts';
import type { Score } from '../engine/kit/score.ts';
import type { PreviewBank, StudyShare } from '../engine/kit/technique.ts';
import type { Text } from '../engine/kit/text.ts';

/** The only message types between page and workers. Outcomes are data: Comlink drops an error's class and code. */
export type Outcome<T> =
  | { readonly status: 'ok'; readonly value: T }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'cancelled' };

export type OnProgress = (progress: Progress) => void;

/** One frame of a live session: the release's pictures after a step, and its scores where cheap. */
export interface Frame {
  readonly step: number;
  readonly steps?: number;
  readonly pictures: readonly Picture[];
  readonly notes: readonly Text[];
  readonly scores: readonly Score[];
  readonly wallMs: number;
  readonly done: boolean;
}

/** What a worker answers to. Every call carries a call id so that `cancel` can name it. */
export interface WorkerApi {
  cancel(call: number): Promise<void>;
  /** Hands over a user's file (a Blob is shared by reference, not copied). */
  registerFile(sha256: string, name: string, file: Blob): Promise<void>;
  /** SHA-256 of a file in hex, read slice by slice. */
  digestFile(call: number, file: Blob, onProgress: OnProgress): Promise<Outcome<string>>;
  open(call: number, ref: DatasetRef, onProgress: OnProgress): Promise<Outcome<DatasetSummary>>;
  run(call: number, job: Job, onProgress: OnProgress): Promise<JobOutcome>;
  preview(call: number, job: Job, draws: number): Promise<Outcome<PreviewBank>>;
  latency(call: number, job: Job, repeats: number, onProgress: OnProgress): Promise<Outcome<readonly Latency[]>>;
  /** Released (or true) table of a job as a file, for export. */
  exportTable(call: number, job: Job, format: ExportFormat, onProgress: OnProgress): Promise<Outcome<Blob>>;
  /** Rows of the data that the job's branch leaves out of its release, the first `most` of them in full. */
  leftOut(call: number, job: Job, most: number, onProgress: OnProgress): Promise<Outcome<LeftOut>>;
  /** What the branch claims of its table, re-proved by the independent checker. */
  certificate(call: number, job: Job, onProgress: OnProgress): Promise<Outcome<Certificate>>;
  /** Values of a column and the hierarchy a spec (its ladder without one) makes of them. */
  columnTree(
    call: number,
    ref: DatasetRef,
    column: string,
    spec: HierarchySpec | undefined,
  ): Promise<Outcome<ColumnTree>>;
  sessionStart(call: number, id: string, job: Job): Promise<Outcome<Frame>>;
  sessionStep(call: number, id: string): Promise<Outcome<Frame>>;
  sessionSet(id: string, param: string, value: unknown): Promise<Outcome<null>>;
  sessionStop(id: string): Promise<void>;
  /** Prepares one share of a study; resolves to its shape. */
  studyOpen(call: number, id: string, job: Job, share: StudyShare, onProgress: OnProgress): Promise<Outcome<unknown>>;
  /** One question to a study; typed arrays of the answer are moved, not copied. */
  studyAsk(call: number, id: string, question: unknown, onProgress: OnProgress): Promise<Outcome<unknown>>;
  /** A question to the engine that needs no dataset; typed arrays of the answer are moved. */
  question<K extends QuestionId>(
    call: number,
    id: K,
    question: QuestionOf<K>,
    onProgress: OnProgress,
  ): Promise<Outcome<AnswerOf<K>>>;
  /** Joins this worker to a protocol run as party `party` of `ports.length + 1`; `ports[j]` leads to the j-th other party. */
  joinParty(call: number, job: Job, party: number, ports: readonly MessagePort[]): Promise<Outcome<PartyResult>>;
}

/**
 * Files a release can be saved as. `csv-spreadsheet` guards text that a spreadsheet would run as a formula; `arx` is an
 * archive of the input, its hierarchies and the settings, for ARX.
 */
export type ExportFormat = 'csv' | 'csv-spreadsheet' | 'json' | 'parquet' | 'arx';

/** Rows a release leaves out, with their true values in the quasi-identifiers; `row` counts from 1. */
export interface LeftOut {
  readonly total: number;
  readonly rows: number;
  readonly columns: readonly string[];
  readonly listed: readonly { readonly row: number; readonly cells: readonly (string | number | null)[] }[];
}

/** A column as the hierarchy editor needs it. */
export interface ColumnTree {
  readonly column: string;
  /** The spec the tree was made of. */
  readonly spec: HierarchySpec;
  readonly type: ColumnDescriptor['type'];
  readonly numeric: boolean;
  readonly hasPlaces: boolean;
  /** Names for people of values that are place ids. */
  readonly placeNames?: Readonly<Record<string, string>>;
  /** Distinct values of the data, and rows without one. */
  readonly distinct: number;
  readonly missing: number;
  /** The distinct values in order (at most 20,000) and the rows that have each; times to the minute. */
  readonly values: readonly string[];
  readonly counts: Uint32Array;
  /** Least and greatest number (minutes since 1970 for times). */
  readonly range?: readonly [number, number];
  /** Base value and label per level, by row, and the names of the levels between; absent where there are too many. */
  readonly tree?: { readonly names: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** Why the spec makes no tree of this column. */
  readonly problem?: Problem;
}

/** What one party of a protocol run reports: its own view only. */
export interface PartyResult {
  readonly party: number;
  readonly opened: Float64Array;
  readonly sent: { readonly messages: number; readonly bytes: number; readonly rounds: number };
  readonly seen: Uint32Array;
  readonly wallMs: number;
}
