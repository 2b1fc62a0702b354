import type { Codes } from './group.ts';

/**
 * Row order by several coded columns, first column most significant; stable. Least-significant-first counting sort
 * (Cormen et al., Introduction to Algorithms, 8.3): O(columns x (rows + cardinality)). Rows are not moved: indices are.
 */
export function sortIndices(columns: readonly Codes[], cardinalities: readonly number[], rows?: number): Uint32Array {
  const n = rows ?? columns[0]?.length ?? 0;
  let order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let j = columns.length - 1; j >= 0; j -= 1) {
    order = countingPass(order, columns[j] as Codes, cardinalities[j] as number);
  }
  return order;
}

function countingPass(order: Uint32Array, codes: Codes, cardinality: number): Uint32Array<ArrayBuffer> {
  const at = new Uint32Array(cardinality + 1);
  for (let i = 0; i < order.length; i += 1) {
    const next = (codes[i] as number) + 1;
    at[next] = (at[next] as number) + 1;
  }
  for (let c = 0; c < cardinality; c += 1) at[c + 1] = (at[c + 1] as number) + (at[c] as number);
  const out = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i += 1) {
    const row = order[i] as number;
    const code = codes[row] as number;
    out[at[code] as number] = row;
    at[code] = (at[code] as number) + 1;
  }
  return out;
}

/** Row order by a numeric column, ascending and stable; NaN last. */
export function sortByValue(values: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i);
  return order.sort((a, b) => {
    const x = values[a] as number;
    const y = values[b] as number;
    if (x < y) return -1;
    if (x > y) return 1;
    const gaps = Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return gaps !== 0 ? gaps : a - b;
  });
}
