import type { LoadedDataset } from '../kit/dataset.ts';
import type { VectorEnv } from '../kit/vectors.ts';
import { encodeColumn } from '../table/encode.ts';
import { type Grouping, groupRows } from '../table/group.ts';
import type { EncodedColumn, Hierarchy } from '../table/hierarchy.ts';
import type { CategoryColumn } from '../table/table.ts';
import { toyDataset } from './toy-trips.ts';

/** Tables and hierarchy files of the anonymization reference, read for the vector runner; nothing else uses them. */
export interface ReferenceTable {
  readonly folder: string;
  readonly file: string;
  readonly hierarchies?: Readonly<Record<string, { readonly file: string }>>;
}

/** Column values by name, in file order. */
export function readReference(env: VectorEnv, path: string, delimiter = ';'): ReadonlyMap<string, readonly string[]> {
  const [head = '', ...lines] = env
    .readText(path)
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const names = head.split(delimiter);
  const columns = names.map((): string[] => []);
  for (const line of lines) line.split(delimiter).forEach((value, j) => columns[j]?.push(value));
  return new Map(names.map((name, j) => [name, columns[j] as string[]]));
}

/** A hierarchy file: one line a base value, its labels from the value to "*". */
export function readHierarchy(env: VectorEnv, path: string, column: string): Hierarchy {
  const rows = env
    .readText(path)
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(';'));
  const depth = rows[0]?.length ?? 0;
  const levels = Array.from({ length: depth }, (_, level) => {
    const labels: string[] = [];
    const codeOf = new Map<string, number>();
    const codes = Uint32Array.from(rows, (row) => {
      const label = row[level] ?? '*';
      const known = codeOf.get(label);
      if (known !== undefined) return known;
      codeOf.set(label, labels.length);
      labels.push(label);
      return labels.length - 1;
    });
    return { name: `level ${level}`, codes, labels };
  });
  return { column, levels };
}

/** Table and hierarchies as the engine holds them; the engine's own encoder reads them from there. */
export function loadReference(env: VectorEnv, table: ReferenceTable): LoadedDataset {
  const values = readReference(env, `${table.folder}/${table.file}`);
  const columns = [...values].map(([name, cells]): CategoryColumn => {
    const codeOf = new Map<string, number>();
    const codes = Uint32Array.from(cells, (cell) => {
      const known = codeOf.get(cell);
      if (known !== undefined) return known;
      codeOf.set(cell, codeOf.size);
      return codeOf.size - 1;
    });
    return { kind: 'category', name, codes, levels: [...codeOf.keys()] };
  });
  const dataset = toyDataset(
    { rows: columns[0]?.codes.length ?? 0, columns },
    columns.map((column) => ({ name: column.name, type: 'category', role: 'other' })),
  );
  const hierarchies = Object.entries(table.hierarchies ?? {}).map(
    ([name, { file }]) => [name, readHierarchy(env, `${table.folder}/${file}`, name)] as const,
  );
  return { ...dataset, hierarchies: Object.fromEntries(hierarchies) };
}

/** Classes of the table at given levels (missing = 0). */
export function classesAt(
  dataset: LoadedDataset,
  names: readonly string[],
  levels: Readonly<Record<string, number>>,
): Grouping {
  const encoded = names.map((name) => encodeColumn(dataset, name));
  const nodes = encoded.map((column, j) => nodesAt(column, levels[names[j] as string] ?? 0));
  return groupRows(
    nodes.map((node) => node.codes),
    nodes.map((node) => node.count),
    dataset.table.rows,
  );
}

function nodesAt(column: EncodedColumn, level: number): { codes: Uint32Array; count: number } {
  const step = column.hierarchy.levels[level];
  if (step === undefined) throw new RangeError(`${column.hierarchy.column} has no level ${level}`);
  return { codes: column.codes.map((base) => step.codes[base] as number), count: step.labels.length };
}
