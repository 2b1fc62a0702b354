/**
 * Typed errors of the engine. Inside the engine they are thrown early; at a worker boundary they become data
 * (`Problem`), because Comlink drops an error's class and code.
 */

export type ErrorCode =
  | 'invalid-param'
  | 'invalid-data'
  | 'infeasible'
  | 'unsupported'
  | 'budget'
  | 'cancelled'
  | 'internal';

/** Where a problem sits, as far as it is known. Line numbers count from 1, as an editor shows them. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: string;
  readonly param?: string;
}

/** A problem as plain data: what went wrong, where, and what the user can do. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string;
  readonly place?: Place;
}

/** Base of all errors the engine throws on purpose. Never match on `message`; use `code`. */
export class EngineError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly remedy?: string,
    readonly place?: Place,
  ) {
    super(message);
    this.name = 'EngineError';
  }
}

/** A parameter outside its domain. */
export const invalidParam = (param: string, expected: string, got: unknown): EngineError =>
  new EngineError('invalid-param', `${param}: expected ${expected}, got ${shown(got)}`, `set ${param} to ${expected}`, {
    param,
  });

/** Data a method cannot work with; names the column (and line) where it is known. */
export const invalidData = (message: string, remedy: string, place?: Place): EngineError =>
  new EngineError('invalid-data', message, remedy, place);

/** A correct question without a solution (say k larger than the table): an answer for the user, not a crash. */
export const infeasible = (message: string, remedy: string, place?: Place): EngineError =>
  new EngineError('infeasible', message, remedy, place);

/** A question this method does not answer. */
export const unsupported = (message: string, remedy?: string): EngineError =>
  new EngineError('unsupported', message, remedy);

/** A spend the privacy ledger refuses. */
export const overBudget = (message: string, remedy: string): EngineError => new EngineError('budget', message, remedy);

/** Thrown by `ctx.checkpoint` after a cancel. */
export const cancelled = (): EngineError => new EngineError('cancelled', 'cancelled');

/** Any thrown value as a `Problem`. Unknown errors become `internal` and keep their message. */
export function toProblem(error: unknown): Problem {
  if (error instanceof EngineError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      ...(error.place === undefined ? {} : { place: error.place }),
    };
  }
  const message = error instanceof Error ? error.message : shown(error);
  if (error instanceof RangeError && /alloc|length|memory/i.test(message)) {
    return {
      code: 'infeasible',
      message: `this needs more memory than the tab has (${message})`,
      remedy: 'use fewer rows, or a sample of the file',
    };
  }
  return { code: 'internal', message, remedy: 'reload the page; if it happens again, report the link of this state' };
}

/** Short, safe rendering of a value for a message. */
function shown(value: unknown): string {
  const json = typeof value === 'bigint' ? `${value}n` : JSON.stringify(value);
  const plain = json ?? String(value);
  return plain.length > 80 ? `${plain.slice(0, 77)}...` : plain;
}
