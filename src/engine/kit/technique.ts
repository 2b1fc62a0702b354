import type { Audited } from './audit.ts';
import type { Ctx } from './context.ts';
import type { Guarantee } from './guarantee.ts';
import type { ParamSchema, Params } from './params.ts';
import type { PartyContext } from './party.ts';
import type { CountsPicture } from './picture.ts';
import type { Release, ReleaseKind } from './release.ts';
import type { Text } from './text.ts';

export type Family = 'anonymization' | 'dp' | 'ldp' | 'learning' | 'mpc' | 'crypto';
export type Stage = 'source' | 'edge' | 'transit' | 'curator' | 'release';
/** What a technique does to a table, as a reader would look for it: the library's headings. */
export type Does = 'coarsen' | 'omit' | 'perturb' | 'places' | 'rename';
/** The five dimensions of citizen privacy (research digest "Dimensions"). */
export type Dimension = 'identity' | 'query' | 'location' | 'footprint' | 'owner';
/** OpenDP's ladder: contract passes; a second person checked formula against citation; independent vectors agree. */
export type Vetting = 'draft' | 'reviewed' | 'verified';

export interface Citation {
  readonly authors: string;
  readonly year: number;
  readonly title: string;
  readonly where?: string;
  readonly doi?: string;
}

/** Name of a family view of the page. */
export type ViewId = 'counts' | 'classes' | 'rows' | 'rounds' | 'stream' | 'parties' | 'packets' | 'series';

/** What the page may know of a technique: plain data, no algorithm. */
export interface TechniqueDescriptor<S extends ParamSchema = ParamSchema> {
  readonly id: string;
  /** Raised whenever the same parameters give another result: part of every result's key. */
  readonly version: number;
  readonly family: Family;
  readonly label: Text;
  readonly summary: Text;
  readonly citations: readonly Citation[];
  readonly limits: readonly Text[];
  readonly vetting: Vetting;
  readonly params: S;
  readonly stage: Stage;
  readonly does?: Does;
  readonly dimensions: { readonly serves: readonly Dimension[]; readonly threatens?: readonly Dimension[] };
  /** Which family view draws it. */
  readonly view: ViewId;
  readonly accepts: readonly ReleaseKind[];
  readonly produces: ReleaseKind;
  readonly randomized: boolean;
  /** The claim for given parameters, shown before anything runs. `unit` is the dataset's privacy unit. */
  guarantee(params: Params<S>, unit: string): Guarantee;
}

export const defineTechnique = <const S extends ParamSchema>(
  descriptor: TechniqueDescriptor<S>,
): TechniqueDescriptor<S> => descriptor;

/** The algorithm: release in, release out. The input's `kind` is one of the descriptor's `accepts`. */
export type TechniqueRun<D> =
  D extends TechniqueDescriptor<infer S> ? (input: Release, params: Params<S>, ctx: Ctx) => Promise<Release> : never;

/**
 * Optional: the same work step by step, for live views. A session is replayable from its event log: steps and
 * parameter changes in order determine every frame. `run` of such a technique is its session stepped to the end.
 */
export interface Session {
  /** Total steps planned, or undefined when open-ended. */
  readonly steps?: number;
  /** Does one step; resolves to the release so far (its picture is the frame). */
  step(ctx: Ctx): Promise<Release>;
  /** Changes a parameter from the next step on; throws `invalid-param` where it cannot change in flight. */
  set(name: string, value: unknown): void;
}

/**
 * Optional: one representative unit of work for the latency table (one noisy query, one training round, one secure
 * sum, one encrypted packet). Called many times; the runner measures, with inner loops against the coarse clock.
 */
export interface Probe {
  readonly label: Text;
  once(): void | Promise<void>;
}

/**
 * Optional: what the page needs to answer a slider within a frame. The worker sends the truth and pre-drawn unit noise
 * once (common random numbers: the picture moves smoothly); the page only rescales, and the exact job refines it.
 * Released cell = (base ?? truth) + factor / params[param] * unitNoise, then rounded and cut at 0 where `nonNegative`.
 */
export interface PreviewBank {
  readonly picture: CountsPicture;
  /** What noise is added to, where that is not the truth itself (contributions bounded, values clipped). */
  readonly base?: Float64Array;
  readonly param: string;
  readonly factor: number;
  /** `draws` x cells, row-major. */
  readonly unitNoise: Float32Array;
  readonly draws: number;
  /** 95 % quantile of |unit noise|: half width = factor / params[param] * unitHalfWidth95. */
  readonly unitHalfWidth95: number;
  readonly rounded: boolean;
  readonly nonNegative: boolean;
  /**
   * Where noise does not shrink as 1 / parameter: its scale at values of the parameter, ascending, instead of factor / value. Sums
   * follow in proportion. Read it with `noiseScale` (kit/preview.ts).
   */
  readonly curve?: { readonly at: Float64Array; readonly scale: Float64Array };
  /** Where a measured value is asked for too: its sums over the same cells. Mean = `noisyMean` (kit/mean.ts) of sum and count. */
  readonly sums?: {
    readonly picture: CountsPicture;
    /** Sums of values kept inside the declared bounds: what noise is added to. */
    readonly base: Float64Array;
    /** Noise of a sum = factor / params[param] * unitNoise; same layout as the counts' noise. */
    readonly factor: number;
    readonly unitNoise: Float32Array;
  };
}

/**
 * Optional: many questions answered from one preparation (a solved lattice). A study may be shared by several workers:
 * worker `part` of `parts` prepares its share and answers for it; the page merges. Answers are structured-clone-safe, and their
 * typed arrays are moved to the page: made anew for every answer, never ones the study keeps.
 */
export interface Study {
  /** What never changes between questions. */
  readonly shape: unknown;
  ask(question: unknown, ctx: Ctx): Promise<unknown>;
}
export interface StudyShare {
  readonly part: number;
  readonly parts: number;
}

/** See party.ts. `run` of a protocol technique joins the same parties in memory. */
export interface Protocol<S extends ParamSchema = ParamSchema> {
  readonly parties: (params: Params<S>) => number;
  /** Private input of one party, cut from the data (each worker keeps only its own part). */
  readonly inputOf: (input: Release, params: Params<S>, party: number) => Float64Array;
  readonly play: (input: Float64Array, params: Params<S>, party: PartyContext) => Promise<PartyOutcome>;
}
export interface PartyOutcome {
  readonly opened: Float64Array;
  /** Every word this party received, in order. */
  readonly seen: Uint32Array;
  readonly messages: number;
  readonly bytes: number;
  readonly rounds: number;
}

/** A technique's module as workers load it. */
export interface TechniqueModule<S extends ParamSchema = ParamSchema> {
  readonly descriptor: TechniqueDescriptor<S>;
  readonly run: (input: Release, params: Params<S>, ctx: Ctx) => Promise<Release>;
  readonly session?: (input: Release, params: Params<S>, ctx: Ctx) => Promise<Session>;
  readonly preview?: (input: Release, params: Params<S>, ctx: Ctx, draws: number) => Promise<PreviewBank>;
  readonly probe?: (input: Release, params: Params<S>, ctx: Ctx) => Promise<Probe>;
  /** A protocol between parties: what each needs as input, what one party does, and the release made of the results. */
  readonly protocol?: Protocol<S>;
  readonly study?: (input: Release, params: Params<S>, ctx: Ctx, share: StudyShare) => Promise<Study>;
  /** Neighbouring tables and what is seen of them: lets anyone try to refute the claim (audit). */
  readonly audit?: (params: Params<S>, ctx: Ctx) => Promise<Audited>;
  /** Re-proves a syntactic claim on the output alone; returns the violations found (none = it holds). */
  readonly verify?: (release: Release, guarantee: Guarantee) => readonly Text[];
}
