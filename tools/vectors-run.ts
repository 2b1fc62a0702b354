import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  Quantity,
  SchemaReader,
  SchemaRow,
  VectorAdapter,
  VectorEnv,
  VectorRow,
} from '../src/engine/kit/vectors.ts';
import { agrees, show } from './vectors-compare.ts';

export type Verdict = 'ok' | 'miss' | 'unsupported';
export interface Tally {
  readonly ok: number;
  readonly miss: number;
  readonly unsupported: number;
}
export interface RunOptions {
  /** Rows whose id or quantity starts with this. */
  readonly only?: string;
  /** The folder that holds `shared/`; found from the file where absent. */
  readonly root?: string;
  readonly print: (line: string) => void;
}

/** All adapters of the engine: every `*.vectors.ts` below `folder`, by its export `vectors`. */
export async function loadAdapters(folder: string): Promise<readonly VectorAdapter[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.vectors.ts'))
    .sort();
  return Promise.all(
    files.map(async (name) => {
      const module = (await import(pathToFileURL(resolve(folder, name)).href)) as { readonly vectors?: VectorAdapter };
      if (module.vectors === undefined) throw new Error(`${name} does not export "vectors"`);
      return module.vectors;
    }),
  );
}

/** Goes through one reference file and prints one line a row. */
export async function runFile(file: string, adapters: readonly VectorAdapter[], options: RunOptions): Promise<Tally> {
  const doc: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const root = options.root ?? rootOf(file);
  const env: VectorEnv = { root, readText: (path) => readFileSync(resolve(root, path), 'utf8') };
  const counts = { ok: 0, miss: 0, unsupported: 0 };
  const emit = (id: string, verdict: Verdict, value: string, expected: unknown): void => {
    counts[verdict] += 1;
    options.print(`${id} ${verdict} ${value} ${show(expected)}`);
  };
  const rows = rowsOf(doc);
  if (rows === undefined) await runSchema(doc, adapters, env, options, emit);
  else for (const row of rows) await runRow(row, adapters, env, options, emit);
  return counts;
}

type Emit = (id: string, verdict: Verdict, value: string, expected: unknown) => void;

async function runRow(
  row: VectorRow,
  adapters: readonly VectorAdapter[],
  env: VectorEnv,
  { only = '' }: RunOptions,
  emit: Emit,
): Promise<void> {
  if (!row.id.startsWith(only) && !row.quantity.startsWith(only)) return;
  const found = quantityFor(row, adapters);
  if (found === undefined) {
    emit(row.id, 'unsupported', '-', row.value);
    return;
  }
  const report = row.direction === 'report';
  try {
    const actual = await found.compute(row, env);
    const rule = {
      compare: found.compare,
      tolerance: row.tolerance ?? null,
      ...(row.direction === undefined ? {} : { direction: row.direction }),
    };
    emit(row.id, agrees(actual, row.value, rule) ? 'ok' : 'miss', show(actual), row.value);
  } catch (error) {
    emit(row.id, report ? 'unsupported' : 'miss', failure(error), row.value);
  }
}

/** By the row's quantity; where that is prose, by the stem of its id ("fedavg-1" is "fedavg"). */
function quantityFor(row: VectorRow, adapters: readonly VectorAdapter[]) {
  for (const key of row.quantity.includes(' ') ? [row.quantity, row.id.replace(/-\d+$/, '')] : [row.quantity]) {
    for (const { quantities = {}, compare = 'relative' } of adapters) {
      const compute: Quantity | undefined = Object.hasOwn(quantities, key) ? quantities[key] : undefined;
      if (compute !== undefined) return { compute, compare };
    }
  }
  return undefined;
}

async function runSchema(
  doc: unknown,
  adapters: readonly VectorAdapter[],
  env: VectorEnv,
  { only = '' }: RunOptions,
  emit: Emit,
): Promise<void> {
  const schema = typeof doc === 'object' && doc !== null && 'schema' in doc ? String(doc.schema) : '';
  const reader = adapters
    .map(({ schemas = {} }): SchemaReader | undefined => (Object.hasOwn(schemas, schema) ? schemas[schema] : undefined))
    .find((each) => each !== undefined);
  if (reader === undefined) {
    for (const { id, entry } of entriesOf(doc, '')) if (id.startsWith(only)) emit(id, 'unsupported', '-', entry);
    return;
  }
  for await (const row of guarded(reader(doc, env), schema)) {
    if (!row.id.startsWith(only)) continue;
    emit(row.id, verdictOf(row), row.unsupported === true ? '-' : show(row.actual), row.expected);
  }
}

function verdictOf(row: SchemaRow): Verdict {
  if (row.unsupported === true) return 'unsupported';
  if (row.ok !== undefined) return row.ok ? 'ok' : 'miss';
  return agrees(row.actual, row.expected, { compare: 'relative', tolerance: row.tolerance ?? null }) ? 'ok' : 'miss';
}

/** A reader that throws half-way is a miss, not the end of the run. */
async function* guarded(
  rows: Iterable<SchemaRow> | AsyncIterable<SchemaRow>,
  schema: string,
): AsyncGenerator<SchemaRow> {
  try {
    yield* rows;
  } catch (error) {
    yield { id: schema, expected: undefined, actual: failure(error), ok: false };
  }
}

const failure = (error: unknown): string =>
  `error:${error instanceof Error ? error.message.replaceAll(/\s+/g, '_') : String(error)}`;

/** Rows of a document that is an array of them. */
function rowsOf(doc: unknown): readonly VectorRow[] | undefined {
  if (!Array.isArray(doc)) return undefined;
  const isRow = (entry: unknown): entry is VectorRow =>
    typeof entry === 'object' && entry !== null && 'id' in entry && 'quantity' in entry && 'value' in entry;
  return doc.every(isRow) ? doc : undefined;
}

/** Each entry of each array of a document without rows, its id the path to it. */
function* entriesOf(value: unknown, path: string): Generator<{ readonly id: string; readonly entry: unknown }> {
  if (Array.isArray(value)) {
    for (const [at, entry] of value.entries()) {
      const own: unknown = typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : at;
      yield { id: `${path}[${String(own)}]`, entry };
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) yield* entriesOf(entry, path === '' ? key : `${path}.${key}`);
  }
}

/** EPSILON_ROOT, else the nearest folder above the file that holds `shared/`, else the folder above. */
export function rootOf(file: string): string {
  const given = process.env['EPSILON_ROOT'];
  if (given !== undefined && given !== '') return resolve(given);
  for (let folder = dirname(resolve(file)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'shared'))) return folder;
  }
  return resolve('..');
}
