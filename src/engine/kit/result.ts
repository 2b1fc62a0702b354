import type { Problem } from './errors.ts';

/** Outcome of parsing something from outside: a value, or every problem found. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly Problem[] };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = <T>(errors: readonly Problem[]): Result<T> => ({ ok: false, errors });
