import type { TableRelease } from '../kit/release.ts';
import { own } from '../kit/own.ts';
import { encodeColumn } from '../table/encode.ts';
import { baseSize, type EncodedColumn } from '../table/hierarchy.ts';
import { EVERYTHING, MISSING } from '../table/ladders.ts';
import type { CategoryColumn, Column } from '../table/table.ts';

/** Released cells of one column: what each covers, in codes of the original column. */
export interface CellRanges {
  /** Cell of each released row. */
  readonly codes: Uint32Array;
  /** Range of codes each cell covers, both ends included. */
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  /** Where cells are sets with gaps: the codes each covers, ascending. */
  readonly members?: readonly Uint32Array[];
}

/** A column of a release beside the same column of the original. */
export interface ComparedColumn extends CellRanges {
  readonly name: string;
  /** Base codes by source row. */
  readonly truth: EncodedColumn;
  /** Number of base values. */
  readonly size: number;
}

/**
 * Reads a released column in base codes of the original: a generalized cell covers a range of them, any other cell one.
 * `undefined` when the column was not released, or its labels say nothing about the original values (pseudonyms).
 */
export function comparedColumn(release: TableRelease, name: string): ComparedColumn | undefined {
  const truth = encodeColumn(release.dataset, name);
  const size = baseSize(truth);
  const identity = Uint32Array.from({ length: size }, (_, code) => code);
  const cells = cellRanges(release, { name, truth, ofBase: identity, count: size });
  return cells === undefined ? undefined : { name, truth, size, ...cells };
}

/** A column as somebody knows it: `ofBase` gives the code of each base value at that precision, ascending. */
export interface KnownColumn {
  readonly name: string;
  readonly ofBase: Uint32Array;
  readonly truth: EncodedColumn;
  readonly count: number;
}

/** Released cells as ranges of codes of a known column; `undefined` when it is not in the release, or says nothing about it. */
export function cellRanges(release: TableRelease, known: KnownColumn): CellRanges | undefined {
  const column = release.table.columns.find((each) => each.name === known.name);
  if (column === undefined) return undefined;
  const generalized = Object.hasOwn(release.generalized ?? {}, known.name)
    ? own(release.generalized, known.name)
    : undefined;
  const { truth, ofBase } = known;
  if (generalized !== undefined && column.kind === 'category') {
    const same = generalized.column.base.kind === truth.base.kind && baseSize(generalized.column) === baseSize(truth);
    if (!same) return undefined;
    const knowledge = (base: number): number => ofBase[Math.min(base, ofBase.length - 1)] as number;
    return {
      codes: Uint32Array.from(column.codes),
      low: generalized.low.map(knowledge),
      high: generalized.high.map(knowledge),
      ...(generalized.members === undefined
        ? {}
        : { members: generalized.members.map((set) => Uint32Array.from(new Set(Array.from(set, knowledge)))) }),
    };
  }
  return exactCells(release, column, known) ?? (column.kind === 'category' ? levelCells(column, known) : undefined);
}

/** Cells that carry labels of one level of the column's own hierarchy (bands of a secret): what each label covers. */
function levelCells(column: CategoryColumn, { truth, ofBase }: KnownColumn): CellRanges | undefined {
  const { levels } = truth.hierarchy;
  for (const level of levels.slice(1)) {
    const nodeOf = new Map(level.labels.map((label, node) => [label, node]));
    const nodes = column.levels.map((label) => (label === EVERYTHING ? LEFT_OUT : nodeOf.get(label)));
    if (nodes.length === 0 || nodes.includes(undefined)) continue;
    const first = new Uint32Array(level.labels.length).fill(0xffffffff);
    const last = new Uint32Array(level.labels.length);
    level.codes.forEach((node, base) => {
      first[node] = Math.min(first[node] as number, base);
      last[node] = Math.max(last[node] as number, base);
    });
    const top = ofBase.length - 1;
    const at = (ends: Uint32Array, node: number | undefined, all: number): number =>
      ofBase[node === undefined || node === LEFT_OUT ? all : (ends[node] as number)] as number;
    return {
      codes: Uint32Array.from(column.codes),
      low: Uint32Array.from(nodes, (node) => at(first, node, 0)),
      high: Uint32Array.from(nodes, (node) => at(last, node, top)),
    };
  }
  return undefined;
}

/** Cells of a column that was not generalized: one code each, and one cell more that covers everything for cells left out. */
function exactCells(release: TableRelease, column: Column, known: KnownColumn): CellRanges | undefined {
  const source = release.dataset.table.columns.find((each) => each.name === known.name);
  if (source === undefined || source.kind !== column.kind) return undefined;
  const { truth, ofBase, count } = known;
  const encoded = encodeColumn(release.dataset, known.name, release.table);
  const recode = recoded(encoded, truth, count);
  if (recode === undefined) return undefined;
  const codes = new Uint32Array(encoded.codes.length);
  let everything = false;
  for (let i = 0; i < codes.length; i += 1) {
    const base = recode[encoded.codes[i] as number];
    if (base === undefined) return undefined;
    if (base === LEFT_OUT) everything = true;
    codes[i] = base === LEFT_OUT ? count : (ofBase[base] as number);
  }
  const low = Uint32Array.from({ length: count + (everything ? 1 : 0) }, (_, v) => (v < count ? v : 0));
  const high = low.map((v, cell) => (cell < count ? v : count - 1));
  return { codes, low, high };
}

/** Mark of a cell that was left out: it may stand for any value. */
const LEFT_OUT = -1;

/** Base code of the original for each base code of the release; `undefined` entries have none. */
function recoded(
  encoded: EncodedColumn,
  truth: EncodedColumn,
  count: number,
): readonly (number | undefined)[] | undefined {
  // A gap in a column that had none can only be a cell that was left out.
  const gap = count === 0 ? undefined : (truth.missingCode ?? LEFT_OUT);
  const mine = truth.base;
  if (mine.kind === 'minutes' || mine.kind === 'numbers') {
    const values = encoded.base.kind === mine.kind ? encoded.base.values : undefined;
    if (values === undefined) return undefined;
    return Array.from({ length: baseSize(encoded) }, (_, code) =>
      code === encoded.missingCode ? gap : lowerBound(mine.values, values[code] as number),
    );
  }
  // Labels: a value keeps its meaning as long as it keeps its text.
  const codeOf = new Map((truth.hierarchy.levels[0]?.labels ?? []).map((label, code) => [label, code]));
  const labels = encoded.hierarchy.levels[0]?.labels ?? [];
  const codes = labels.map(
    (label) => codeOf.get(label) ?? (label === EVERYTHING ? LEFT_OUT : label === MISSING ? gap : undefined),
  );
  return codes.every((code) => code === undefined || code === LEFT_OUT) ? undefined : codes;
}

/** Position of the last value <= x, at least 0. */
function lowerBound(values: Float64Array, x: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] as number) <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}
