type Cell = string | number | null;

export interface RowChange {
  readonly suppressed: boolean;
  readonly cells: readonly { readonly before: Cell; readonly after: Cell; readonly changed: boolean }[];
}

/** Cell by cell comparison; a suppressed row (null) changes every cell. */
export function rowChanges(
  before: readonly (readonly Cell[])[],
  after: readonly (readonly Cell[] | null)[],
): RowChange[] {
  return before.map((row, r) => {
    const now = after[r] ?? null;
    return {
      suppressed: now === null,
      cells: row.map((value, c) => {
        const next = now === null ? null : (now[c] ?? null);
        return { before: value, after: next, changed: now === null || next !== value };
      }),
    };
  });
}
