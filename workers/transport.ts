import * as Comlink from 'comlink';
import type { OnProgress, Outcome, WorkerApi } from '../src/runtime/protocol.ts';

/** The worker's API as it is put on the wire: large answers moved instead of copied, progress proxies let go. */
export function transported(api: WorkerApi): WorkerApi {
  return {
    ...api,
    digestFile: (id, file, onProgress) => releasing(onProgress, api.digestFile(id, file, onProgress)),
    open: (id, ref, onProgress) => releasing(onProgress, api.open(id, ref, onProgress)),
    run: (id, job, onProgress) => releasing(onProgress, api.run(id, job, onProgress)),
    latency: (id, job, repeats, onProgress) => releasing(onProgress, api.latency(id, job, repeats, onProgress)),
    exportTable: (id, job, format, onProgress) => releasing(onProgress, api.exportTable(id, job, format, onProgress)),
    certificate: (id, job, onProgress) => releasing(onProgress, api.certificate(id, job, onProgress)),
    preview: async (id, job, draws) => {
      const bank = await api.preview(id, job, draws);
      // Megabytes of unit noise, made for this call alone: moved, not copied.
      return bank.status === 'ok' ? Comlink.transfer(bank, [bank.value.unitNoise.buffer as ArrayBuffer]) : bank;
    },
    // The shape stays the study's own, so it is copied; answers are made for the caller.
    studyOpen: (id, name, job, share, onProgress) =>
      releasing(onProgress, api.studyOpen(id, name, job, share, onProgress)),
    studyAsk: async (id, name, question, onProgress) =>
      moved(await releasing(onProgress, api.studyAsk(id, name, question, onProgress))),
    question: async (id, name, question, onProgress) =>
      moved(await releasing(onProgress, api.question(id, name, question, onProgress))),
  };
}

/** Each progress callback is a Comlink proxy with its own port: released with its call, or ports pile up. */
const releasing = <T>(onProgress: OnProgress, result: Promise<T>): Promise<T> =>
  result.finally(() => (onProgress as Partial<Comlink.ProxyMethods>)[Comlink.releaseProxy]?.());

const moved = <T>(outcome: Outcome<T>): Outcome<T> =>
  outcome.status === 'ok' ? Comlink.transfer(outcome, [...wholeBuffers(outcome.value)]) : outcome;

/**
 * Buffers of the typed arrays in an answer (plain objects, arrays, maps), each once. A view of part of a buffer is left
 * out: moving it would take the rest away from whoever holds it.
 */
export function wholeBuffers(value: unknown): ReadonlySet<ArrayBuffer> {
  const found = new Set<ArrayBuffer>();
  const seen = new Set<object>();
  const walk = (each: unknown): void => {
    if (typeof each !== 'object' || each === null || seen.has(each)) return;
    seen.add(each);
    if (ArrayBuffer.isView(each)) {
      const { buffer, byteLength } = each;
      if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) found.add(buffer);
      return;
    }
    if (each instanceof Map) for (const [, entry] of each) walk(entry);
    else if (Array.isArray(each)) for (const entry of each) walk(entry);
    else for (const entry of Object.values(each)) walk(entry);
  };
  walk(value);
  return found;
}
