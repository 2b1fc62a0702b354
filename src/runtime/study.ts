import type { Job, Progress } from '../engine/kit/job.ts';
import type { LiveStudy, StudyOptions } from './client.types.ts';
import type { Host } from './host.ts';
import type { OnProgress, Outcome } from './protocol.ts';
import { type StudyPart, studyPart } from './study-part.ts';

const maxParts = 8;
let studies = 0;

/**
 * Opens a study in `parts` workers of its own: each prepares one share, so that a question costs only its answer. If one
 * share cannot be prepared, all end.
 */
export async function startStudy(host: Host, job: Job, parts: number, call: StudyOptions): Promise<Outcome<LiveStudy>> {
  if (!(Number.isInteger(parts) && parts >= 1 && parts <= maxParts)) {
    const message = `a study in ${parts} parts needs as many workers; this page runs 1 to ${maxParts}`;
    const remedy = `choose 1 to ${maxParts} parts`;
    return { status: 'failed', problem: { code: 'infeasible', message, remedy, place: { param: 'parts' } } };
  }
  if (call.signal?.aborted === true) return { status: 'cancelled' };
  studies += 1;
  const name = `study-${studies}`;
  const workers = Array.from({ length: parts }, (_, part) => studyPart(host, name, job, { part, parts }));
  const stop = (): void => {
    for (const worker of workers) worker.stop();
  };
  call.signal?.addEventListener('abort', stop, { once: true });
  const shapes = await together(workers, call.onProgress, (worker, onProgress) => worker.open(onProgress), stop);
  call.signal?.removeEventListener('abort', stop);
  if (shapes.status !== 'ok') return shapes;
  return {
    status: 'ok',
    value: {
      shapes: shapes.value,
      ask: (question, options = {}) => {
        const others = new AbortController();
        const signal = options.signal === undefined ? others.signal : AbortSignal.any([options.signal, others.signal]);
        const ask = (worker: StudyPart, onProgress: OnProgress): Promise<Outcome<unknown>> =>
          worker.ask(question, { signal, onProgress });
        return together(workers, options.onProgress, ask, () => others.abort());
      },
      stop: async () => stop(),
    },
  };
}

/** The same work on all parts at once. The first that does not end well decides, and `giveUp` frees the others. */
async function together(
  workers: readonly StudyPart[],
  onProgress: OnProgress | undefined,
  work: (worker: StudyPart, onProgress: OnProgress) => Promise<Outcome<unknown>>,
  giveUp: () => void,
): Promise<Outcome<readonly unknown[]>> {
  const merged = mergedProgress(workers.length, onProgress);
  let failure: Exclude<Outcome<unknown>, { readonly status: 'ok' }> | undefined;
  const outcomes = await Promise.all(
    workers.map(async (worker, part) => {
      const outcome = await work(worker, merged(part));
      if (outcome.status !== 'ok' && failure === undefined) {
        failure = outcome;
        giveUp();
      }
      return outcome;
    }),
  );
  if (failure !== undefined) return failure;
  return { status: 'ok', value: outcomes.flatMap((outcome) => (outcome.status === 'ok' ? [outcome.value] : [])) };
}

/** Mean of the parts' fractions, never falling and told once it has grown; a partial result of one part is none of all. */
function mergedProgress(parts: number, onProgress: OnProgress | undefined): (part: number) => OnProgress {
  const fractions = new Float64Array(parts);
  let told = -1;
  return (part) =>
    ({ fraction, note }: Progress) => {
      fractions[part] = Math.max(fractions[part] ?? 0, fraction);
      const mean = fractions.reduce((sum, each) => sum + each, 0) / parts;
      if (mean <= told) return;
      told = mean;
      onProgress?.({ fraction: mean, ...(note === undefined ? {} : { note }) });
    };
}
