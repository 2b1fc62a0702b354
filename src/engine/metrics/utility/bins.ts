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
  const name = truth.hierarchy.column;
  const { binOf, bins } = binsOf(truth, most);
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

function spread({ codes, low, high }: CellRanges, binOf: Uint32Array): SpreadCells {
  const start = new Uint32Array(low.length + 1);
  const bin: number[] = [];
  const weight: number[] = [];
  low.forEach((from, cell) => {
    const to = high[cell] as number;
    let base = from;
    while (base <= to) {
      const here = binOf[base] as number;
      const first = base;
      while (base <= to && binOf[base] === here) base += 1;
      bin.push(here);
      weight.push((base - first) / (to - from + 1));
    }
    start[cell + 1] = bin.length;
  });
  return { codes, start, bin: Uint32Array.from(bin), weight: Float64Array.from(weight) };
}
