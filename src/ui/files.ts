import { toProblem, type Problem } from '../engine/kit/errors.ts';
import type { Progress } from '../engine/kit/job.ts';
import type { RegisteredFile } from '../runtime/client.types.ts';
import { runtime } from './runtime.ts';

const known = new Map<string, RegisteredFile>();
let last: RegisteredFile | undefined;

/** The file handed over last in this visit; its bytes stay in the workers' hands. */
export const lastFile = (): RegisteredFile | undefined => last;
/** Whether this visit has the bytes of a file that a link names. */
export const hasFile = (sha256: string): boolean => known.has(sha256);

/** Hands a file to the workers; it is named by its digest from then on. */
export async function takeFile(
  file: File,
  onProgress: (progress: Progress) => void,
): Promise<{ readonly ok: true; readonly file: RegisteredFile } | { readonly ok: false; readonly problem: Problem }> {
  try {
    const registered = await runtime().registerFile(file, { onProgress });
    known.set(registered.sha256, registered);
    last = registered;
    return { ok: true, file: registered };
  } catch (error) {
    return { ok: false, problem: toProblem(error) };
  }
}
