import { canonicalJson } from '../../engine/kit/canonical.ts';
import type { Problem } from '../../engine/kit/errors.ts';
import type { Job } from '../../engine/kit/job.ts';
import type { ParamValue } from '../../engine/kit/params.ts';
import type { LiveSession } from '../../runtime/client.types.ts';
import type { Frame, Outcome } from '../../runtime/protocol.ts';

/** What a page shows of a live session. */
export interface LiveState {
  readonly status: 'idle' | 'starting' | 'ready' | 'failed';
  readonly problem: Problem | null;
  /** Frames with a picture, in order: `frames[i]` is the state after step i + 1. */
  readonly frames: readonly Frame[];
  /** Index of the frame on screen; -1 before the first step. */
  readonly shown: number;
  readonly playing: boolean;
  readonly done: boolean;
  /** Planned steps, where the session has an end. */
  readonly steps: number | undefined;
  /** How the last change of a parameter reached the session. */
  readonly change: 'in-flight' | 'restarted' | null;
}

export type StartSession = (job: Job, signal: AbortSignal) => Promise<Outcome<LiveSession>>;

const idle: LiveState = {
  status: 'idle',
  problem: null,
  frames: [],
  shown: -1,
  playing: false,
  done: false,
  steps: undefined,
  change: null,
};

/** Frames are handed to the page at most this often while nobody asked for a pace. */
const hurriedMs = 120;

/**
 * Plays a live session at a pace: play, pause, one step, to the end, again. Steps are done in the session's worker one
 * after the other; the page only draws. A changed job is taken over in flight where the session allows it, else the
 * session starts again.
 */
export class LivePlayer {
  private state: LiveState = idle;
  private readonly listeners = new Set<() => void>();
  private session: LiveSession | undefined;
  private job: Job | undefined;
  private abort = new AbortController();
  /** Raised by every start and end: what belongs to a former run is dropped. */
  private run = 0;
  private loop = 0;
  private stepping: Promise<boolean> | undefined;
  private pace = 250;
  private autoplay: 'play' | 'finish' | 'none' = 'play';

  constructor(
    private readonly start: StartSession,
    private readonly wait: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): LiveState => this.state;

  /** Starts (or adapts to) a job; afterwards the session plays, runs to its end, or waits. */
  async follow(job: Job, autoplay: 'play' | 'finish' | 'none'): Promise<void> {
    this.autoplay = autoplay;
    if (this.job?.key === job.key) return;
    const live = this.session;
    // A session at its end has no next step for a change to reach, and another dataset is another session.
    const changed = this.job === undefined || this.state.done ? undefined : changedParams(this.job, job);
    if (changed === undefined || live === undefined) return this.open(job, null);
    this.job = job;
    const run = this.run;
    for (const [name, value] of changed) {
      const outcome = await live.set(name, value);
      if (run !== this.run) return;
      if (outcome.status !== 'ok') return this.open(job, 'restarted');
    }
    this.publish({ change: 'in-flight' });
  }

  /** Milliseconds from one step to the next. */
  setPace(ms: number): void {
    this.pace = ms;
  }

  readonly play = (): void => {
    if (this.state.done) return void this.restart();
    if (this.state.playing) return;
    this.publish({ playing: true });
    void this.keepPlaying(false);
  };
  /** All remaining steps as fast as they go. */
  readonly finish = (): void => {
    this.publish({ playing: true });
    void this.keepPlaying(true);
  };
  readonly pause = (): void => {
    this.loop += 1;
    this.publish({ playing: false });
  };
  readonly step = (): void => {
    this.pause();
    void this.advance().then((moved) => moved && this.publish({ shown: this.state.frames.length - 1 }));
  };
  readonly restart = (): void => {
    if (this.job !== undefined) void this.open(this.job, null);
  };
  /** Looks back at a frame; playing on returns to the newest. */
  readonly show = (at: number): void => {
    this.pause();
    this.publish({ shown: Math.max(0, Math.min(this.state.frames.length - 1, at)) });
  };
  /** Gives up starting; the job is kept, so that it can be started again. */
  readonly cancel = (): void => {
    const { job } = this;
    this.close();
    this.job = job;
  };
  /** Ends the session and its worker. */
  readonly close = (): void => {
    this.run += 1;
    this.loop += 1;
    this.abort.abort();
    void this.session?.stop();
    this.session = undefined;
    this.job = undefined;
    this.stepping = undefined;
    this.publish(idle);
  };

  private async open(job: Job, change: LiveState['change']): Promise<void> {
    this.close();
    const run = this.run;
    this.job = job;
    this.abort = new AbortController();
    this.publish({ ...idle, status: 'starting', change });
    const started = await this.start(job, this.abort.signal);
    if (run !== this.run) {
      if (started.status === 'ok') void started.value.stop();
      return;
    }
    if (started.status === 'cancelled') return this.publish({ status: 'idle' });
    if (started.status === 'failed') return this.publish({ status: 'failed', problem: started.problem });
    this.session = started.value;
    const first = started.value.frames[0];
    this.publish({ status: 'ready', steps: first?.steps, done: first?.done === true });
    if (this.autoplay === 'play') this.play();
    else if (this.autoplay === 'finish') this.finish();
  }

  private async keepPlaying(hurried: boolean): Promise<void> {
    this.loop += 1;
    const loop = this.loop;
    let shownAt = 0;
    while (loop === this.loop && !this.state.done) {
      const began = performance.now();
      const moved = await this.advance();
      if (loop !== this.loop || !moved) break;
      const now = performance.now();
      if (!hurried || this.state.done || now - shownAt >= hurriedMs) {
        shownAt = now;
        this.publish({ shown: this.state.frames.length - 1 });
      }
      if (!hurried) await this.wait(Math.max(0, this.pace - (now - began)));
    }
    if (loop === this.loop) this.publish({ playing: false, shown: this.state.frames.length - 1 });
  }

  /** One step; a second caller waits for the one under way. True when a frame came. */
  private advance(): Promise<boolean> {
    this.stepping ??= this.oneStep().finally(() => {
      this.stepping = undefined;
    });
    return this.stepping;
  }

  private async oneStep(): Promise<boolean> {
    const run = this.run;
    const live = this.session;
    if (live === undefined || this.state.done) return false;
    const frame = await live.step({ signal: this.abort.signal });
    if (run !== this.run) return false;
    if (frame.status === 'failed') this.publish({ status: 'failed', problem: frame.problem, playing: false });
    if (frame.status !== 'ok') return false;
    // Drawn by whoever asked for the step, so that a hurried run does not draw every frame.
    this.state = { ...this.state, frames: [...this.state.frames, frame.value], done: frame.value.done };
    return true;
  }

  private publish(part: Partial<LiveState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}

/** The parameters of the last step in which two jobs differ; undefined where they differ in more than that. */
export function changedParams(before: Job, after: Job): readonly (readonly [string, ParamValue])[] | undefined {
  const rest = ({ key: _key, branch, ...job }: Job): string =>
    canonicalJson([
      job,
      { ...branch, steps: branch.steps.map((ref, at, all) => (at + 1 < all.length ? ref : ref.id)) },
    ]);
  if (rest(before) !== rest(after)) return undefined;
  const old = before.branch.steps.at(-1)?.params ?? {};
  const now = after.branch.steps.at(-1)?.params ?? {};
  if (Object.keys(old).some((name) => !Object.hasOwn(now, name))) return undefined;
  return Object.entries(now).filter(
    ([name, value]) => !Object.hasOwn(old, name) || canonicalJson(old[name]) !== canonicalJson(value),
  );
}
