/**
 * What `npm run vectors` asks of a family: which engine function computes a quantity of a reference file. One adapter
 * file a family (`<family>/<name>.vectors.ts`, exporting `const vectors: VectorAdapter`). Nothing in it is hard-coded per row.
 */

/** One row of a reference file made of rows. */
export interface VectorRow {
  readonly id: string;
  readonly quantity: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly input?: unknown;
  readonly value: unknown;
  /** Relative to the rule of `compare`; `null` or absent = 1e-9; 0 = exact. */
  readonly tolerance?: number | null;
  /** `equal` (default), `lower-bound`, `upper-bound`, `max`, or `report` (printed, never fails). */
  readonly direction?: string;
  readonly source?: string;
}

/** What an adapter may reach: reference tables, by a path relative to the root (`shared/data/...`). */
export interface VectorEnv {
  /** The folder that holds `shared/`. */
  readonly root: string;
  /** Text of a file below the root; throws where it is absent. */
  readonly readText: (path: string) => string;
}

/** One result of a document that has a `schema` name instead of rows (the anonymization files). */
export interface SchemaRow {
  /** Path to the entry inside the document, e.g. `cases[vis-0000].optimum.loss`. */
  readonly id: string;
  readonly expected: unknown;
  /** What the engine computes for it. Left out when `unsupported`. */
  readonly actual?: unknown;
  /** True when no function of this build computes it. */
  readonly unsupported?: true;
  /** Relative tolerance (1e-9 when absent), absolute where the expected value is 0. */
  readonly tolerance?: number;
  /** The adapter's own verdict, where equality is not the question; `actual` and `expected` are then only printed. */
  readonly ok?: boolean;
}

/** Computes one quantity from a row's params and input. A thrown error counts as a miss and is printed. */
export type Quantity = (row: VectorRow, env: VectorEnv) => unknown | Promise<unknown>;

/** Goes through one document of a named schema. A row is printed as soon as it is yielded. */
export type SchemaReader = (doc: unknown, env: VectorEnv) => Iterable<SchemaRow> | AsyncIterable<SchemaRow>;

/**
 * How an array (or a nested value) is compared; scalars follow the same rule with one entry. v expected, x computed, t tolerance.
 * - `max-abs-over-vector` (dp.json, ldp.json): |x_i - v_i| <= t * max_j |v_j|; absolute when that maximum is 0.
 * - `each-relative` (fl-attacks.json): |x_i - v_i| <= t * max(1, |v_i|) for each number, same nesting and keys; "inf" is infinity.
 * - `relative` (anonymization files, mpc.json): |x_i - v_i| <= t * |v_i|; absolute when v_i is 0. The default.
 * Strings, booleans and index lists must match exactly.
 */
export type Comparison = 'max-abs-over-vector' | 'each-relative' | 'relative';

export interface VectorAdapter {
  /** Functions by the exact `quantity` of a row, or by the stem of its id where rows have none. */
  readonly quantities?: Readonly<Record<string, Quantity>>;
  /** Readers by the document's `schema`. */
  readonly schemas?: Readonly<Record<string, SchemaReader>>;
  readonly compare?: Comparison;
}
