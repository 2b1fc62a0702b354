import { createRuntime } from '../runtime/client.ts';
import type { Runtime } from '../runtime/client.types.ts';

let made: Runtime | undefined;

/** The page's one pool of workers, started when first needed. */
export function runtime(): Runtime {
  made ??= createRuntime();
  return made;
}
