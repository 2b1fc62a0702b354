import type { Problem } from '../engine/kit/errors.ts';
import { fail, ok, type Result } from '../engine/kit/result.ts';

/** Version this build writes. */
export const currentVersion = 1;

/** Steps from version n to n + 1, in order; a step gets and gives plain JSON, which is checked afterwards. */
const steps: Readonly<Record<number, (raw: Readonly<Record<string, unknown>>) => Record<string, unknown>>> = {};

/** Brings plain JSON of any known version to the current one. Newer versions are refused with a sentence. */
export function migrate(raw: unknown): Result<unknown> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return ok(raw);
  let value: Readonly<Record<string, unknown>> = raw as Readonly<Record<string, unknown>>;
  const version = value['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return fail([problem('the scenario names no version', 'open a link or file made by this page')]);
  }
  if (version > currentVersion) {
    return fail([
      problem(
        `the scenario has version ${Math.min(version, 1e9)}; this page reads up to ${currentVersion}`,
        'reload the page to get its newest build',
      ),
    ]);
  }
  for (let from = version; from < currentVersion; from += 1) {
    const step = steps[from];
    if (step !== undefined) value = { ...step(value), version: from + 1 };
  }
  return ok(value);
}

const problem = (message: string, remedy: string): Problem => ({ code: 'invalid-data', message, remedy });
