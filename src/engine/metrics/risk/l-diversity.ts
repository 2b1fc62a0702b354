import { exp, log } from '../../kit/portable-math.ts';
import { type Codes, type Grouping, refine, rowsByClass } from '../../table/group.ts';

/** Diversity of one sensitive column inside each class (Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam 2007). */
export interface ClassDiversity {
  /** Different values. */
  readonly distinct: Uint32Array;
  /** exp of the entropy: the largest l for which the class is entropy l-diverse. */
  readonly entropy: Float64Array;
  /** Largest l with r_1 < c (r_l + ... + r_m), r the counts of the values in descending order; 1 where none is. */
  readonly recursive: Uint32Array;
}

/** Distinct, entropy and recursive (c, l) diversity of every class. O(rows log rows). */
export function classDiversity(grouping: Grouping, codes: Codes, cardinality: number, c: number): ClassDiversity {
  const cells = refine(grouping, codes, cardinality);
  // Cells of one class: a cell is a class of rows that share the sensitive value too.
  const parent = Uint32Array.from(cells.first, (row) => grouping.classOf[row] as number);
  const distinct = new Uint32Array(grouping.count);
  for (const each of parent) distinct[each] = (distinct[each] as number) + 1;
  const { start, rows } = rowsByClass({ classOf: parent, sizes: distinct, count: grouping.count, first: parent });
  const entropy = new Float64Array(grouping.count);
  const recursive = new Uint32Array(grouping.count);
  for (let each = 0; each < grouping.count; each += 1) {
    const counts = Uint32Array.from(rows.subarray(start[each], start[each + 1]), (cell) => cells.sizes[cell] as number);
    counts.sort().reverse();
    entropy[each] = effectiveValues(counts, grouping.sizes[each] as number);
    recursive[each] = recursiveL(counts, grouping.sizes[each] as number, c);
  }
  return { distinct, entropy, recursive };
}

function effectiveValues(counts: Uint32Array, size: number): number {
  let sum = 0;
  for (const count of counts) sum -= (count / size) * log(count / size);
  return exp(sum);
}

function recursiveL(counts: Uint32Array, size: number, c: number): number {
  const top = counts[0] ?? 0;
  let tail = size - top;
  let l = 1;
  while (l < counts.length && top < c * tail) {
    tail -= counts[l] as number;
    l += 1;
  }
  return l;
}

/**
 * Multi-attribute diversity: each sensitive column is as diverse as in the poorest part of the class in which all other
 * sensitive columns are equal, and the least of the columns counts. `undefined` with fewer than two columns.
 */
export function multiDiversity(
  grouping: Grouping,
  sensitive: readonly { readonly codes: Codes; readonly count: number }[],
  c: number,
): { readonly entropy: Float64Array; readonly recursive: Uint32Array } | undefined {
  if (sensitive.length < 2) return undefined;
  const entropy = new Float64Array(grouping.count).fill(Infinity);
  const recursive = new Uint32Array(grouping.count).fill(0xffff_ffff);
  for (const [s, column] of sensitive.entries()) {
    let parts = grouping;
    for (const [t, other] of sensitive.entries()) if (t !== s) parts = refine(parts, other.codes, other.count);
    const found = classDiversity(parts, column.codes, column.count, c);
    for (let part = 0; part < parts.count; part += 1) {
      const each = grouping.classOf[parts.first[part] as number] as number;
      entropy[each] = Math.min(entropy[each] as number, found.entropy[part] as number);
      recursive[each] = Math.min(recursive[each] as number, found.recursive[part] as number);
    }
  }
  return { entropy, recursive };
}
