import type { Certificate } from '../engine/kit/certificate.ts';
import type { HierarchySpec } from '../engine/kit/hierarchy-spec.ts';
import type { DatasetRef, DatasetSummary, Job, JobOutcome, JobResult, Latency } from '../engine/kit/job.ts';
import type { AnswerOf, QuestionId, QuestionOf } from '../engine/kit/questions.ts';
import type { PreviewBank } from '../engine/kit/technique.ts';
import type { ColumnTree, ExportFormat, Frame, LeftOut, OnProgress, Outcome, PartyResult } from './protocol.ts';

/** Options every call takes. Aborting `signal` settles the call as `cancelled` at once and frees the worker within 200 ms. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** At most ten times a second. */
  readonly onProgress?: OnProgress;
  /** Higher runs first; what the user looks at is 1, sweeps and repeats are 0 (the default). */
  readonly priority?: number;
}

/** Options of a study; progress is the mean over its parts. */
export interface StudyOptions extends CallOptions {
  /** Workers it is shared by, 1 to 8; as many as the pool has, within the processor's cores, when absent. */
  readonly parts?: number;
}

/** A file handed over by the user: named everywhere else by its digest. */
export interface RegisteredFile {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
}

/** The page's side of the workers. No call ever rejects, except `registerFile` on a file that cannot be read. */
export interface Runtime {
  /** Number of workers of the pool. */
  readonly workers: number;
  /** Generates or reads a dataset in a worker and describes it. */
  open(ref: DatasetRef, options?: CallOptions): Promise<Outcome<DatasetSummary>>;
  /** Digests a file and makes it known to all workers, present and future. @throws EngineError when it cannot be read. */
  registerFile(file: File, options?: CallOptions): Promise<RegisteredFile>;
  /** Runs a job, or answers from the cache. */
  run(job: Job, options?: CallOptions): Promise<JobOutcome>;
  /** Result already known for a key. */
  cached(key: string): JobResult | undefined;
  /** What the page needs to answer a slider within a frame; `unsupported` where the method offers none. */
  preview(job: Job, draws: number, options?: CallOptions): Promise<Outcome<PreviewBank>>;
  latency(job: Job, repeats: number, options?: CallOptions): Promise<Outcome<readonly Latency[]>>;
  exportTable(job: Job, format: ExportFormat, options?: CallOptions): Promise<Outcome<Blob>>;
  /** Rows of the data that the job's branch leaves out of its release, the first `most` of them in full. */
  leftOut(job: Job, most: number, options?: CallOptions): Promise<Outcome<LeftOut>>;
  /** What the branch claims of its table, re-proved by the independent checker. */
  certificate(job: Job, options?: CallOptions): Promise<Outcome<Certificate>>;
  /** Values of a column and the hierarchy a spec (its ladder without one) makes of them. */
  columnTree(
    ref: DatasetRef,
    column: string,
    spec: HierarchySpec | undefined,
    options?: CallOptions,
  ): Promise<Outcome<ColumnTree>>;
  /** Starts a live session on the last step of the job's branch. */
  session(job: Job, options?: CallOptions): Promise<Outcome<LiveSession>>;
  /** Plays the protocol of the branch's last step between dedicated workers, one a party. */
  protocol(job: Job, parties: number, options?: CallOptions): Promise<Outcome<readonly PartyResult[]>>;
  /**
   * Opens the study of the branch's last step in dedicated workers, each preparing a share; `unsupported` where the
   * method has none. `signal` cancels the preparation only.
   */
  study(job: Job, options?: StudyOptions): Promise<Outcome<LiveStudy>>;
  /** A question to the engine that needs no dataset: privacy losses, audits, plans. */
  question<K extends QuestionId>(id: K, question: QuestionOf<K>, options?: CallOptions): Promise<Outcome<AnswerOf<K>>>;
  /** Ends all workers; calls under way settle as cancelled. */
  dispose(): void;
}

/** A running session. Frames are kept in order; after a crash the worker's replacement replays the event log. */
export interface LiveSession {
  readonly frames: readonly Frame[];
  step(options?: CallOptions): Promise<Outcome<Frame>>;
  set(param: string, value: unknown): Promise<Outcome<null>>;
  stop(): Promise<void>;
}

/** A prepared study. A worker that died is replaced, and its share prepared again, with the next question. */
export interface LiveStudy {
  /** What never changes between questions, one a part. */
  readonly shapes: readonly unknown[];
  /**
   * Puts the question to all parts at once: their answers, one a part, for the caller to merge and to keep. A worker has
   * two seconds to let go of a question that was cancelled before it, and all it prepared, is ended.
   */
  ask(question: unknown, options?: CallOptions): Promise<Outcome<readonly unknown[]>>;
  stop(): Promise<void>;
}
