import type { EncodedColumn } from '../../table/hierarchy.ts';
import { baseSize } from '../../table/hierarchy.ts';
import { type CellRanges, comparedColumn } from '../released-cells.ts';
import type { TableRelease } from '../../kit/release.ts';

/** A column in few bins: what two-way tables and classifiers count. */
export interface BinnedColumn {
  readonly name: string;
  readonly bins: number;
  /** Bin of each base value; base values of a bin are neighbours. */
  readonly binOf: Uint32Array;
  /** Bin of each original row. */
  readonly truth: Uint32Array;
  /** Bins of each released cell: evenly over its base values. Absent where the release says nothing about the column. */
  readonly cells?: SpreadCells;
}

/** Cell c lies in bins `bin[start[c]] .. bin[start[c + 1] - 1]` with the weights beside, which add up to 1. */
export interface SpreadCells {
  readonly codes: Uint32Array;
  readonly start: Uint32Array;
  readonly bin: Uint32Array;
  readonly weight: Float64Array;
}

/** Bins by the lowest level with at most `most` and at least two nodes, else by neighbouring base values, equally many a bin. */
export function binnedColumn(release: TableRelease, truth: EncodedColumn, most: number): BinnedColumn {
  return binnedBy(release, truth, binsOf(truth, most));
}

/** The same in given bins of the base values. */
export function binnedBy(
  release: TableRelease,
  truth: EncodedColumn,
  { binOf, bins }: { readonly binOf: Uint32Array; readonly bins: number },
): BinnedColumn {
  const name = truth.hierarchy.column;
  const compared = comparedColumn(release, name);
  return {
    name,
    bins,
    binOf,
    truth: truth.codes.map((code) => binOf[code] as number),
    ...(compared === undefined ? {} : { cells: spread(compared, binOf) }),
  };
}

export function binsOf(column: EncodedColumn, most: number): { readonly binOf: Uint32Array; readonly bins: number } {
  const size = baseSize(column);
  for (const { codes } of column.hierarchy.levels) {
    const nodes = codes.reduce((count, node) => Math.max(count, node + 1), 0);
    if (nodes <= most && (nodes > 1 || size <= 1)) return { binOf: codes, bins: Math.max(1, nodes) };
  }
  const bins = Math.max(1, Math.min(most, size));
  return { binOf: Uint32Array.from({ length: size }, (_, code) => Math.floor((code * bins) / size)), bins };
}

function spread(cells: CellRanges, binOf: Uint32Array): SpreadCells {
  const start = new Uint32Array(cells.low.length + 1);
  const bin: number[] = [];
  const weight: number[] = [];
  const runEnd = runEnds(binOf);
  for (let cell = 0; cell < cells.low.length; cell += 1) {
    const low = cells.low[cell] as number;
    const high = cells.high[cell] as number;
    const members = cells.members?.[cell];
    // Bin by bin, not value by value: a cell of times may cover half a million minutes.
    for (let base = members === undefined ? low : high + 1; base <= high; ) {
      const end = Math.min(high, runEnd[base] as number);
      bin.push(binOf[base] as number);
      weight.push((end - base + 1) / (high - low + 1));
      base = end + 1;
    }
    for (const code of members ?? []) {
      bin.push(binOf[code] as number);
      weight.push(1 / (members?.length ?? 1));
    }
    start[cell + 1] = bin.length;
  }
  return { codes: cells.codes, start, bin: Uint32Array.from(bin), weight: Float64Array.from(weight) };
}

/** For each base value the last one after it in the same bin, without another bin between. */
function runEnds(binOf: Uint32Array): Uint32Array {
  const out = new Uint32Array(binOf.length);
  for (let base = binOf.length - 1; base >= 0; base -= 1) {
    out[base] = binOf[base + 1] === binOf[base] ? (out[base + 1] as number) : base;
  }
  return out;
}
