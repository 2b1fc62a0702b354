import type { Codes } from './group.ts';

/** Pairs of matching rows of an equi-join. */
export interface Joined {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
}

/**
 * Inner join of two columns coded over the same dictionary: all pairs (l, r) with left[l] = right[r], ordered by l then r.
 * Counting join: O(rows + cardinality + pairs).
 */
export function joinCodes(left: Codes, right: Codes, cardinality: number): Joined {
  const start = new Uint32Array(cardinality + 1);
  for (let r = 0; r < right.length; r += 1) {
    const next = (right[r] as number) + 1;
    start[next] = (start[next] as number) + 1;
  }
  for (let c = 0; c < cardinality; c += 1) start[c + 1] = (start[c + 1] as number) + (start[c] as number);
  const rows = new Uint32Array(right.length);
  const at = start.slice();
  for (let r = 0; r < right.length; r += 1) {
    const code = right[r] as number;
    rows[at[code] as number] = r;
    at[code] = (at[code] as number) + 1;
  }
  let pairs = 0;
  for (let l = 0; l < left.length; l += 1) pairs += matches(start, left[l] as number);
  const outLeft = new Uint32Array(pairs);
  const outRight = new Uint32Array(pairs);
  let next = 0;
  for (let l = 0; l < left.length; l += 1) {
    const code = left[l] as number;
    for (let i = start[code] as number; i < (start[code + 1] as number); i += 1) {
      outLeft[next] = l;
      outRight[next] = rows[i] as number;
      next += 1;
    }
  }
  return { left: outLeft, right: outRight };
}

const matches = (start: Uint32Array, code: number): number => (start[code + 1] as number) - (start[code] as number);

/** One dictionary for two: the joint levels, and the new code of each old one. */
export function unifyLevels(
  left: readonly string[],
  right: readonly string[],
): { readonly levels: readonly string[]; readonly left: Uint32Array; readonly right: Uint32Array } {
  const codeOf = new Map<string, number>();
  const code = (label: string): number => {
    const known = codeOf.get(label);
    if (known !== undefined) return known;
    codeOf.set(label, codeOf.size);
    return codeOf.size - 1;
  };
  const outLeft = Uint32Array.from(left, code);
  const outRight = Uint32Array.from(right, code);
  return { levels: [...codeOf.keys()], left: outLeft, right: outRight };
}
