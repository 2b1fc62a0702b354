import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { TableRelease } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import { type CategoryColumn, isValid } from '../table/table.ts';
import { type ModelCheck, unproved } from './verify-check.ts';
import { labelCodes } from './verify-groups.ts';

/**
 * Re-proves k^m-anonymity: every combination of at most m released items occurs in at least k records, or in none.
 * Lists of records are intersected item by item, depth first; only combinations that occur are followed.
 */
export function checkItems(release: TableRelease, model: Extract<PrivacyModel, { type: 'k-m' }>): ModelCheck {
  const column = release.table.columns.find((each) => each.name === model.column);
  if (column === undefined || column.kind !== 'category') {
    return unproved(
      model,
      text(
        `${model.column} is not in the table as a column of items`,
        `${model.column} no está en la tabla como columna de elementos`,
      ),
    );
  }
  const record = recordsOf(release, model.records);
  if (record === undefined) {
    return unproved(
      model,
      text(
        `the source has no column ${model.records ?? ''} to make records of`,
        `el origen no tiene una columna ${model.records ?? ''} con la que formar registros`,
      ),
    );
  }
  const lists = [...postings(column, record, model.separator).values()];
  let broken = 0;
  let followed = 0;
  let worst = Infinity;
  const follow = (list: readonly number[], from: number, size: number): void => {
    followed += 1;
    if (list.length < model.k) broken += 1;
    worst = Math.min(worst, list.length);
    if (size === model.m) return;
    for (let next = from; next < lists.length; next += 1) {
      const both = intersection(list, lists[next] as readonly number[]);
      if (both.length > 0) follow(both, next + 1, size + 1);
    }
  };
  lists.forEach((list, i) => {
    follow(list, i + 1, 1);
  });
  return { model, holds: broken === 0, classes: followed, broken, ...(worst === Infinity ? {} : { worst }) };
}

/** Record of each released row. */
function recordsOf(release: TableRelease, name: string | undefined): Uint32Array | undefined {
  if (name === undefined) return Uint32Array.from({ length: release.table.rows }, (_, i) => i);
  const column = release.dataset.table.columns.find((each) => each.name === name);
  if (column === undefined) return undefined;
  const { codes } = labelCodes(column);
  return release.rowOf.map((row) => codes[row] as number);
}

/** Ascending records of each item. */
function postings(
  column: CategoryColumn,
  record: Uint32Array,
  separator: string | undefined,
): ReadonlyMap<string, readonly number[]> {
  const items = column.levels.map((label) =>
    (separator === undefined ? [label] : label.split(separator))
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  );
  const found = new Map<string, Set<number>>();
  for (let i = 0; i < record.length; i += 1) {
    if (!isValid(column, i)) continue;
    for (const item of items[column.codes[i] as number] ?? []) {
      const list = found.get(item) ?? new Set<number>();
      list.add(record[i] as number);
      found.set(item, list);
    }
  }
  return new Map([...found].map(([item, list]) => [item, [...list].sort((a, b) => a - b)]));
}

function intersection(a: readonly number[], b: readonly number[]): number[] {
  const both: number[] = [];
  let j = 0;
  for (const x of a) {
    while (j < b.length && (b[j] as number) < x) j += 1;
    if (b[j] === x) both.push(x);
  }
  return both;
}
