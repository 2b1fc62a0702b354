import { invalidData } from '../kit/errors.ts';
import type { TableRelease } from '../kit/release.ts';
import { encodeColumn } from '../table/encode.ts';
import { baseSize, type EncodedColumn, type GeneralizedCells } from '../table/hierarchy.ts';
import { compareText, EVERYTHING } from '../table/ladders.ts';
import { type CategoryColumn, codesFor, columnOf, hasColumn, isValid } from '../table/table.ts';
import { rangeColumn } from './cells.ts';
import { type ItemRecords, itemRecords } from './models/k-m.ts';
import type { ItemCut } from './models/k-m-repair.ts';

/** Set-valued data read from a table. */
export interface ItemInput {
  /** Which column the items are in, and how records are told apart: what the model says of them. */
  readonly of: { readonly column: string; readonly separator?: string; readonly records?: string };
  readonly records: ItemRecords;
  /** Node of each item at each level, and labels of the nodes. */
  readonly levels: readonly Uint32Array[];
  readonly labels: readonly (readonly string[])[];
  /** Records that hold each item. */
  readonly support: Uint32Array;
  /** Of trajectories: the place column and the record of each row. */
  readonly points?: { readonly place: EncodedColumn; readonly recordOf: Uint32Array };
  /** Of lists: items of each label of the column. */
  readonly itemsOfLabel?: readonly (readonly number[])[];
}

/** What is released of it. */
export interface ItemOutput {
  readonly columns: readonly CategoryColumn[];
  readonly generalized: Readonly<Record<string, GeneralizedCells>>;
  /** Positions in the input table, ascending. */
  readonly kept: Uint32Array;
  readonly dropped: Uint32Array;
  readonly support: Uint32Array;
  readonly coarser: number;
  readonly gone: number;
  /** Mean over item occurrences of the share of all items a released one may be. */
  readonly loss: number;
}

/** The places of each person's rows: one record a person. Undefined where the table lacks one of the columns. */
export function trajectoryInput(source: TableRelease, entity: string, place: string): ItemInput | undefined {
  if (!hasColumn(source.table, entity) || !hasColumn(source.table, place)) return undefined;
  const people = encodeColumn(source.dataset, entity, source.table);
  const places = encodeColumn(source.dataset, place, source.table);
  const dense = renumbered(people.codes, baseSize(people));
  const records = itemRecords(dense.codes, places.codes, dense.count, baseSize(places));
  const levels = places.hierarchy.levels;
  return {
    of: { column: place, records: entity },
    records,
    levels: levels.map((level) => level.codes),
    labels: levels.map((level) => level.labels),
    support: supportOf(records),
    points: { place: places, recordOf: dense.codes },
  };
}

/** Codes in order of first appearance. */
function renumbered(codes: Uint32Array, size: number): { readonly codes: Uint32Array; readonly count: number } {
  const known = new Uint32Array(size);
  let count = 0;
  const out = codes.map((code) => {
    if (known[code] === 0) {
      count += 1;
      known[code] = count;
    }
    return (known[code] as number) - 1;
  });
  return { codes: out, count };
}

/** The lists in a column's labels: one record a row. A hierarchy of the column, where it has one, is one of items. */
export function listInput(source: TableRelease, name: string, separator: string): ItemInput {
  const column = columnOf(source.table, name);
  if (column.kind !== 'category') {
    throw invalidData(`"${name}" holds numbers or times, not lists of items`, 'choose a text column', { column: name });
  }
  const parts = column.levels.map((label) =>
    label
      .split(separator)
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  );
  const items = [...new Set(parts.flat())].sort(compareText);
  const codeOf = new Map(items.map((item, code) => [item, code]));
  const itemsOfLabel = parts.map((list) => list.map((item) => codeOf.get(item) as number));
  const record: number[] = [];
  const item: number[] = [];
  for (let i = 0; i < column.codes.length; i += 1) {
    if (!isValid(column, i)) continue;
    for (const code of itemsOfLabel[column.codes[i] as number] ?? []) {
      record.push(i);
      item.push(code);
    }
  }
  const records = itemRecords(Uint32Array.from(record), Uint32Array.from(item), source.table.rows, items.length);
  const tree = treeOf(source, name, items);
  return { of: { column: name, separator }, records, ...tree, support: supportOf(records), itemsOfLabel };
}

/** The user's hierarchy over the items, or straight to left out. */
function treeOf(source: TableRelease, name: string, items: readonly string[]): Pick<ItemInput, 'levels' | 'labels'> {
  const own = Object.hasOwn(source.dataset.hierarchies, name) ? source.dataset.hierarchies[name] : undefined;
  const base = new Map(own?.levels[0]?.labels.map((label, code) => [label, code]));
  if (own === undefined || items.some((item) => !base.has(item))) {
    return {
      levels: [Uint32Array.from(items, (_, i) => i), new Uint32Array(items.length)],
      labels: [items, [EVERYTHING]],
    };
  }
  return {
    levels: own.levels.map(({ codes }) => Uint32Array.from(items, (item) => codes[base.get(item) as number] as number)),
    labels: own.levels.map(({ labels }) => labels),
  };
}

function supportOf({ items, size }: ItemRecords): Uint32Array {
  const counts = new Uint32Array(size);
  for (const item of items) counts[item] = (counts[item] as number) + 1;
  return counts;
}

/** The place column in cells, rows of places left out dropped, and the person as a record number. */
export function trajectoryOutput(source: TableRelease, given: ItemInput, cut: ItemCut): ItemOutput {
  const { points, of } = given;
  if (points === undefined) throw new RangeError('records of places only');
  const { place, recordOf } = points;
  const positions = Uint32Array.from(place.codes.keys());
  const stays = (row: number): boolean => cut.levelOf[place.codes[row] as number] !== cut.top;
  const kept = positions.filter(stays);
  const dropped = positions.filter((row) => !stays(row));
  const { low, high } = ranges(given, cut);
  const made = rangeColumn(
    place,
    source.dataset,
    kept.map((row) => place.codes[row] as number),
    low,
    high,
    1,
    0,
  );
  const columns = [made.column];
  if (of.records !== undefined) {
    const count = given.records.start.length - 1;
    const codes = codesFor(kept.length, count);
    codes.set(kept.map((row) => recordOf[row] as number));
    columns.push({
      kind: 'category',
      name: of.records,
      codes,
      levels: Array.from({ length: count }, (_, r) => String(r + 1)),
    });
  }
  return { columns, generalized: { [of.column]: made.cells }, kept, dropped, ...summary(given, cut) };
}

/** Smallest and largest item of the node each item is released as. */
function ranges(
  { levels }: ItemInput,
  { levelOf }: ItemCut,
): { readonly low: Uint32Array; readonly high: Uint32Array } {
  const lowOf = levels.map(() => new Map<number, number>());
  const highOf = levels.map(() => new Map<number, number>());
  levels.forEach((codes, h) => {
    codes.forEach((node, item) => {
      if (!lowOf[h]?.has(node)) lowOf[h]?.set(node, item);
      highOf[h]?.set(node, item);
    });
  });
  const at = (of: readonly ReadonlyMap<number, number>[]) =>
    Uint32Array.from(levelOf, (level, item) => of[level]?.get(levels[level]?.[item] ?? item) ?? item);
  return { low: at(lowOf), high: at(highOf) };
}

/** The lists rewritten: released items once each, sorted; those left out leave no trace. */
export function listOutput(source: TableRelease, given: ItemInput, cut: ItemCut): ItemOutput {
  const { of, itemsOfLabel = [], labels, levels } = given;
  const column = columnOf(source.table, of.column) as CategoryColumn;
  const label = (item: number): readonly string[] => {
    const level = cut.levelOf[item] as number;
    return level === cut.top ? [] : [labels[level]?.[levels[level]?.[item] as number] ?? EVERYTHING];
  };
  const separator = of.separator === ' ' ? ' ' : `${of.separator ?? ';'} `;
  const texts = itemsOfLabel.map((items) => [...new Set(items.flatMap(label))].sort(compareText).join(separator));
  const distinct = [...new Set(texts)];
  const codeOf = new Map(distinct.map((each, code) => [each, code]));
  const recode = texts.map((each) => codeOf.get(each) as number);
  const codes = codesFor(column.codes.length, distinct.length);
  codes.set(Array.from(column.codes, (code) => recode[code] as number));
  const positions = Uint32Array.from(column.codes.keys());
  return {
    columns: [{ ...column, codes, levels: distinct }],
    generalized: {},
    kept: positions,
    dropped: new Uint32Array(0),
    ...summary(given, cut),
  };
}

function summary(given: ItemInput, cut: ItemCut): Pick<ItemOutput, 'support' | 'coarser' | 'gone' | 'loss'> {
  const { records, levels, support } = given;
  const released = new Map<string, Set<number>>();
  const covered = new Map<string, number>();
  const nodeOf = (item: number): string => {
    const level = cut.levelOf[item] as number;
    return `${level}/${levels[level]?.[item] ?? item}`;
  };
  for (let item = 0; item < records.size; item += 1) {
    covered.set(nodeOf(item), (covered.get(nodeOf(item)) ?? 0) + 1);
  }
  for (let r = 0; r + 1 < records.start.length; r += 1) {
    for (const item of records.items.subarray(records.start[r], records.start[r + 1])) {
      if (cut.levelOf[item] === cut.top) continue;
      const list = released.get(nodeOf(item)) ?? new Set<number>();
      list.add(r);
      released.set(nodeOf(item), list);
    }
  }
  let loss = 0;
  support.forEach((count, item) => {
    const gone = cut.levelOf[item] === cut.top;
    const share = records.size < 2 ? 0 : ((covered.get(nodeOf(item)) ?? 1) - 1) / (records.size - 1);
    loss += count * (gone ? 1 : share);
  });
  const gone = cut.levelOf.filter((level) => level === cut.top).length;
  return {
    support: Uint32Array.from(released.values(), (list) => list.size),
    coarser: cut.levelOf.filter((level) => level > 0).length - gone,
    gone,
    loss: records.items.length === 0 ? 0 : loss / records.items.length,
  };
}
