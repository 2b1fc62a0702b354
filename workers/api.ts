import type { Ctx } from '../src/engine/kit/context.ts';
import { infeasible, toProblem } from '../src/engine/kit/errors.ts';
import type { Job, Progress } from '../src/engine/kit/job.ts';
import { quietContext } from '../src/engine/kit/context.ts';
import { type Rng, seededRng } from '../src/engine/rng/rng.ts';
import type { OnProgress, Outcome, WorkerApi } from '../src/runtime/protocol.ts';
import { makeCheckpoint } from './checkpoint.ts';
import type { DatasetCache } from './dataset-cache.ts';
import type { RunningSession } from './live.ts';
import { previewJob } from './preview.ts';
import type { ExecuteDeps } from './pipeline.ts';
import { portChannel } from './port-channel.ts';
import type { RunningStudy } from './study.ts';
import { summarize } from './summary.ts';

/** The platform, as far as a worker needs it. */
export interface Platform {
  readonly datasets: DatasetCache;
  readonly clock: () => number;
  readonly yieldTask: () => Promise<void>;
  readonly asset: (url: URL) => Promise<Uint8Array>;
  readonly secure: Rng;
  /** Technique by id, where not this build's own. */
  readonly technique?: ExecuteDeps['technique'];
}

/** The worker's side of the protocol, without any transport: a Comlink worker exposes it, tests call it. */
export function workerApi(platform: Platform): WorkerApi {
  const cancelledCalls = new Set<number>();
  const sessions = new Map<string, RunningSession>();
  const studies = new Map<string, RunningStudy>();

  /** Runs one call with its own checkpoint; errors become data. */
  const call = async <T>(
    id: number,
    onProgress: OnProgress | undefined,
    work: (deps: ExecuteDeps, checkpoint: Ctx['checkpoint']) => Promise<T>,
  ): Promise<T> => {
    const checkpoint = makeCheckpoint({
      clock: platform.clock,
      yieldTask: platform.yieldTask,
      isCancelled: () => cancelledCalls.has(id),
      report: (progress: Progress) => onProgress?.(progress),
    });
    const { datasets, clock, asset, secure, technique } = platform;
    try {
      // A macrotask first, so that a cancel sent right behind the call is seen before any work.
      await platform.yieldTask();
      const deps = { open: datasets.open, clock, checkpoint, asset, secure };
      return await work(technique === undefined ? deps : { ...deps, technique }, checkpoint);
    } finally {
      cancelledCalls.delete(id);
    }
  };
  const outcome = async <T>(
    id: number,
    onProgress: OnProgress | undefined,
    work: (deps: ExecuteDeps, checkpoint: Ctx['checkpoint']) => Promise<T>,
  ): Promise<Outcome<T>> => {
    try {
      return { status: 'ok', value: await call(id, onProgress, work) };
    } catch (error) {
      const problem = toProblem(error);
      return problem.code === 'cancelled' ? { status: 'cancelled' } : { status: 'failed', problem };
    }
  };
  const sessionOf = (id: string): RunningSession => {
    const session = sessions.get(id);
    if (session === undefined) throw infeasible('this session has ended', 'start it again');
    return session;
  };

  return {
    cancel: async (id) => {
      cancelledCalls.add(id);
    },
    registerFile: async (sha256, name, file) => platform.datasets.registerFile(sha256, name, file),
    digestFile: (id, file, onProgress) =>
      outcome(id, onProgress, async (_deps, checkpoint) =>
        (await import('./digest-blob.ts')).digestBlob(file, checkpoint),
      ),
    open: (id, ref, onProgress) =>
      outcome(id, onProgress, async (deps, checkpoint) => {
        const ctx = { ...quietContext(seededRng('open')), checkpoint, asset: platform.asset };
        return summarize(ref, await deps.open(ref, ctx), checkpoint);
      }),
    run: (id, job, onProgress) =>
      call(id, onProgress, async (deps) => (await import('./execute.ts')).executeJob(job, deps)),
    preview: (id, job, draws) => outcome(id, undefined, (deps) => previewJob(job, draws, deps)),
    latency: (id, job, repeats, onProgress) =>
      outcome(id, onProgress, async (deps) => (await import('./latency.ts')).measureLatency(job, repeats, deps)),
    exportTable: (id, job, format, onProgress) =>
      outcome(id, onProgress, async (deps) => {
        const { exportFile } = await import('./export.ts');
        const { parts, type } = await exportFile(job, format, deps);
        return new Blob([...parts], { type });
      }),
    leftOut: (id, job, most, onProgress) =>
      outcome(id, onProgress, async (deps) => (await import('./left-out.ts')).leftOutRows(job, most, deps)),
    certificate: (id, job, onProgress) =>
      outcome(id, onProgress, async (deps) => (await import('./certificate.ts')).certificate(job, deps)),
    columnTree: (id, ref, column, spec) =>
      outcome(id, undefined, async (deps, checkpoint) => {
        const ctx = { ...quietContext(seededRng('open')), checkpoint, asset: platform.asset };
        const dataset = await deps.open(ref, ctx);
        return (await import('./column-tree.ts')).columnTree(dataset, column, spec, checkpoint);
      }),
    sessionStart: (id, name, job) =>
      outcome(id, undefined, async (deps) => {
        const { startSession } = await import('./live.ts');
        const session = await startSession(job, deps);
        sessions.set(name, session);
        return session.first;
      }),
    sessionStep: (id, name) => outcome(id, undefined, (_deps, checkpoint) => sessionOf(name).step(checkpoint)),
    sessionSet: (name, param, value) =>
      outcome(-1, undefined, async () => {
        sessionOf(name).set(param, value);
        return null;
      }),
    sessionStop: async (name) => {
      sessions.delete(name);
    },
    studyOpen: (id, name, job, share, onProgress) =>
      outcome(id, onProgress, async (deps) => {
        const { openStudy } = await import('./study.ts');
        const study = await openStudy(job, share, deps);
        studies.set(name, study);
        return study.shape;
      }),
    studyAsk: (id, name, question, onProgress) =>
      outcome(id, onProgress, (_deps, checkpoint) => {
        const study = studies.get(name);
        if (study === undefined) throw infeasible('this study has ended', 'open it again');
        return study.ask(question, checkpoint);
      }),
    question: (id, name, question, onProgress) =>
      outcome(id, onProgress, async (_deps, checkpoint) => {
        const { answerQuestion } = await import('../src/engine/questions.ts');
        return answerQuestion(name, question, { ...quietContext(seededRng(`question/${name}`)), checkpoint });
      }),
    joinParty: (id, job: Job, party, ports) =>
      outcome(id, undefined, async (deps) => {
        const joined = portChannel(party, ports);
        try {
          const { playParty } = await import('./live.ts');
          return await playParty(job, party, joined, deps);
        } finally {
          joined.close();
        }
      }),
  };
}
