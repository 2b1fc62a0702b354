import { classesAt, loadReference, type ReferenceTable } from '../anonymization/reference-tables.ts';
import type { LoadedDataset } from '../kit/dataset.ts';
import type { SchemaReader, SchemaRow, VectorAdapter } from '../kit/vectors.ts';
import { encodeColumn } from '../table/encode.ts';
import { baseSize, type EncodedColumn } from '../table/hierarchy.ts';
import { type Answer, type Asked, medianOf, relativeError, Workload, type WorkloadColumn } from './utility/workload.ts';

/** Reader of the count-query workload: levels and a smallest class make the release, every query is answered from it. */
interface Predicate {
  readonly attribute: string;
  readonly in?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}
interface WorkloadCase {
  readonly dataset: string;
  readonly quasiIdentifiers: readonly string[];
  readonly levels: Readonly<Record<string, number>>;
  readonly suppressClassesSmallerThan: number;
  readonly suppressedRecords: number;
  readonly sanityBound: number;
  readonly queries: readonly {
    readonly predicates: readonly Predicate[];
    readonly true: number;
    readonly estimate: number;
    readonly relativeError: number;
  }[];
  readonly meanRelativeError?: number;
  readonly medianRelativeError?: number;
}

/** Folder and file of a table of the reference: adult lies in adult/, taxi2019 in taxi/. */
function referenceTable(name: string, columns: readonly string[]): ReferenceTable {
  return {
    folder: `shared/data/anonymization/${name.replace(/\d+$/, '')}`,
    file: `${name}.csv`,
    hierarchies: Object.fromEntries(columns.map((each) => [each, { file: `${name}_hierarchy_${each}.csv` }])),
  };
}

const queryWorkload: SchemaReader = function* (doc, env) {
  for (const [i, each] of (doc as { readonly cases: readonly WorkloadCase[] }).cases.entries()) {
    yield* workloadCase(`cases[${i}]`, each, loadReference(env, referenceTable(each.dataset, each.quasiIdentifiers)));
  }
};

function* workloadCase(id: string, each: WorkloadCase, dataset: LoadedDataset): Generator<SchemaRow> {
  const { rows } = dataset.table;
  const classes = classesAt(dataset, each.quasiIdentifiers, each.levels);
  const kept = Uint32Array.from({ length: rows }, (_, row) => row).filter(
    (row) => (classes.sizes[classes.classOf[row] as number] as number) >= each.suppressClassesSmallerThan,
  );
  const encoded = each.quasiIdentifiers.map((name) => encodeColumn(dataset, name));
  const columns = encoded.map((column, j) => cellsAt(column, each.levels[each.quasiIdentifiers[j] ?? ''] ?? 0, kept));
  const workload = new Workload(columns, rows, kept.length, rows - kept.length);
  const sanityBound = Math.max(1, 0.001 * rows);
  yield { id: `${id}.suppressedRecords`, expected: each.suppressedRecords, actual: rows - kept.length };
  yield { id: `${id}.sanityBound`, expected: each.sanityBound, actual: sanityBound };
  const errors: number[] = [];
  for (const [q, query] of each.queries.entries()) {
    const answer = workload.answer(
      query.predicates.map((predicate) => asked(predicate, each.quasiIdentifiers, encoded)),
    );
    const error = relativeError(answer, sanityBound);
    errors.push(error);
    yield { id: `${id}.queries[${q}]`, expected: valuesOf(query), actual: { ...named(answer), relativeError: error } };
  }
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  if (each.meanRelativeError !== undefined)
    yield { id: `${id}.meanRelativeError`, expected: each.meanRelativeError, actual: mean };
  if (each.medianRelativeError !== undefined)
    yield { id: `${id}.medianRelativeError`, expected: each.medianRelativeError, actual: medianOf(errors) };
}

const valuesOf = ({ predicates: _asked, ...values }: WorkloadCase['queries'][number]) => values;
const named = ({ truth, estimate }: Answer) => ({ true: truth, estimate });

/** The column at one level, for the rows kept. */
function cellsAt(column: EncodedColumn, level: number, kept: Uint32Array): WorkloadColumn {
  const nodes = column.hierarchy.levels[level]?.codes ?? new Uint32Array(0);
  const count = nodes.reduce((most, node) => Math.max(most, node + 1), 0);
  const low = new Uint32Array(count).fill(nodes.length);
  const high = new Uint32Array(count);
  nodes.forEach((node, base) => {
    low[node] = Math.min(low[node] as number, base);
    high[node] = Math.max(high[node] as number, base);
  });
  const codes = kept.map((row) => nodes[column.codes[row] as number] as number);
  return { name: column.hierarchy.column, size: baseSize(column), truth: column.codes, cells: { codes, low, high } };
}

function asked(predicate: Predicate, names: readonly string[], encoded: readonly EncodedColumn[]): Asked {
  const column = names.indexOf(predicate.attribute);
  const labels = encoded[column]?.hierarchy.levels[0]?.labels;
  if (labels === undefined) throw new RangeError(`unknown attribute ${predicate.attribute}`);
  const { min = -Infinity, max = Infinity } = predicate;
  const set = predicate.in === undefined ? undefined : new Set(predicate.in.map(String));
  return {
    column,
    wanted: Uint8Array.from(labels, (label) =>
      set === undefined ? (Number(label) >= min && Number(label) <= max ? 1 : 0) : set.has(label) ? 1 : 0,
    ),
  };
}

export const vectors: VectorAdapter = { schemas: { 'query-workload/1': queryWorkload } };
