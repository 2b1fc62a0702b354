import type { DatasetRef, DatasetSummary, Job, JobOutcome, Latency, Progress } from '../engine/kit/job.ts';
import type { Problem } from '../engine/kit/errors.ts';
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
  exportTable(
    call: number,
    job: Job,
    format: 'csv' | 'json' | 'parquet',
    onProgress: OnProgress,
  ): Promise<Outcome<Blob>>;
  sessionStart(call: number, id: string, job: Job): Promise<Outcome<Frame>>;
  sessionStep(call: number, id: string): Promise<Outcome<Frame>>;
  sessionSet(id: string, param: string, value: unknown): Promise<Outcome<null>>;
  sessionStop(id: string): Promise<void>;
  /** Prepares one share of a study; resolves to its shape. */
  studyOpen(call: number, id: string, job: Job, share: StudyShare, onProgress: OnProgress): Promise<Outcome<unknown>>;
  /** One question to a study; typed arrays of the answer are moved, not copied. */
  studyAsk(call: number, id: string, question: unknown, onProgress: OnProgress): Promise<Outcome<unknown>>;
  /** Joins this worker to a protocol run as party `party` of `ports.length + 1`; `ports[j]` leads to the j-th other party. */
  joinParty(call: number, job: Job, party: number, ports: readonly MessagePort[]): Promise<Outcome<PartyResult>>;
}

/** What one party of a protocol run reports: its own view only. */
export interface PartyResult {
  readonly party: number;
  readonly opened: Float64Array;
  readonly sent: { readonly messages: number; readonly bytes: number; readonly rounds: number };
  readonly seen: Uint32Array;
  readonly wallMs: number;
}
