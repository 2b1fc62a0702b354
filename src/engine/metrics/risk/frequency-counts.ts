import { type Codes, groupRows } from '../../table/group.ts';

/** A key variable as codes below `count`; rows with code `missing` have no value. */
export interface KeyColumn {
  readonly codes: Codes;
  readonly count: number;
  readonly missing?: number;
}

/** Rows of the sample that share a row's key (fk), and the rows of the population these stand for (Fk), row by row. */
export interface FrequencyCounts {
  readonly sample: Float64Array;
  readonly population: Float64Array;
}

/** Distinct keys with the same columns missing. */
interface Pattern {
  /** Columns without a value, one bit each. */
  readonly mask: number;
  /** Numbers of the patterns' classes. */
  readonly classes: Uint32Array;
}

/**
 * Frequency counts fk and Fk of the key variables (Capobianchi, Polettini, Lucarelli 2001; missing values as in Templ,
 * Kowarik, Meindl 2015). Two keys match where neither of two values that are present differs. Complete rows with the same
 * key count 1; a row counts `alpha` for another key that matches it only through its own missing values, and a complete
 * row counts 1 for an incomplete key it completes. alpha = 1: a missing value is any value; alpha = 0: only what is
 * certain counts. Linear in distinct keys x (combinations of missing columns)^2.
 * @param weights sampling weight of each row; without them every row stands for itself
 */
export function frequencyCounts(
  columns: readonly KeyColumn[],
  rows: number,
  weights?: Float64Array,
  alpha = 1,
): FrequencyCounts {
  const grouping = groupRows(
    columns.map((column) => column.codes),
    columns.map((column) => column.count),
    rows,
  );
  const own = new Float64Array(grouping.count);
  const ownWeight = new Float64Array(grouping.count);
  for (let i = 0; i < rows; i += 1) {
    const c = grouping.classOf[i] as number;
    own[c] = (own[c] as number) + 1;
    ownWeight[c] = (ownWeight[c] as number) + (weights === undefined ? 1 : (weights[i] as number));
  }
  const sample = own.slice();
  const population = ownWeight.slice();
  const patterns = patternsOf(columns, grouping.first);
  for (let a = 0; a < patterns.length; a += 1) {
    for (let b = a + 1; b < patterns.length; b += 1) {
      addMatches(columns, grouping.first, patterns[a] as Pattern, patterns[b] as Pattern, alpha, [
        { own, out: sample },
        { own: ownWeight, out: population },
      ]);
    }
  }
  return { sample: rowByRow(grouping.classOf, sample), population: rowByRow(grouping.classOf, population) };
}

function rowByRow(classOf: Uint32Array, values: Float64Array): Float64Array {
  const out = new Float64Array(classOf.length);
  for (let i = 0; i < out.length; i += 1) out[i] = values[classOf[i] as number] as number;
  return out;
}

function patternsOf(columns: readonly KeyColumn[], first: Uint32Array): readonly Pattern[] {
  if (columns.every(({ missing }) => missing === undefined)) return [];
  const byMask = new Map<number, number[]>();
  for (let c = 0; c < first.length; c += 1) {
    let mask = 0;
    for (let j = 0; j < columns.length; j += 1) {
      const { codes, missing } = columns[j] as KeyColumn;
      if (codes[first[c] as number] === missing) mask |= 1 << j;
    }
    const known = byMask.get(mask);
    if (known === undefined) byMask.set(mask, [c]);
    else known.push(c);
  }
  return [...byMask].map(([mask, classes]) => ({ mask, classes: Uint32Array.from(classes) }));
}

/** Two keys with other columns missing match where the columns both have are equal. */
function addMatches(
  columns: readonly KeyColumn[],
  first: Uint32Array,
  a: Pattern,
  b: Pattern,
  alpha: number,
  totals: readonly { readonly own: Float64Array; readonly out: Float64Array }[],
): void {
  const both = columns.filter((_, j) => ((a.mask | b.mask) & (1 << j)) === 0);
  const members = Uint32Array.from([...a.classes, ...b.classes]);
  const grouping = groupRows(
    both.map(({ codes }) => Uint32Array.from(members, (c) => codes[first[c] as number] as number)),
    both.map(({ count }) => count),
    members.length,
  );
  const split = a.classes.length;
  for (const { own, out } of totals) {
    const sums = [new Float64Array(grouping.count), new Float64Array(grouping.count)] as const;
    for (let i = 0; i < members.length; i += 1) {
      const sum = i < split ? sums[0] : sums[1];
      const g = grouping.classOf[i] as number;
      sum[g] = (sum[g] as number) + (own[members[i] as number] as number);
    }
    for (let i = 0; i < members.length; i += 1) {
      const [other, mask] = i < split ? [sums[1], b.mask] : [sums[0], a.mask];
      const c = members[i] as number;
      const weight = mask === 0 ? 1 : alpha;
      out[c] = (out[c] as number) + weight * (other[grouping.classOf[i] as number] as number);
    }
  }
}
