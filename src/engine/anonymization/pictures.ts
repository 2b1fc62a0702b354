import type { ClassesPicture, CountsPicture, Picture, RowsPicture } from '../kit/picture.ts';
import type { TableRelease } from '../kit/release.ts';
import { placeHourPicture } from '../metrics/place-hour.ts';
import { groupRows, sizeHistogram } from '../table/group.ts';
import { baseSize, type EncodedColumn } from '../table/hierarchy.ts';
import { cellText, type Table } from '../table/table.ts';

const SHOWN_ROWS = 12;

/** Class sizes of the input on the same columns, beside those of the release. */
export function classesPicture(
  encoded: readonly EncodedColumn[],
  after: Uint32Array,
  k: number,
  suppressedRows: number,
  columnsLoss: ClassesPicture['columnsLoss'],
): ClassesPicture {
  const rows = encoded[0]?.codes.length ?? 0;
  const before = groupRows(
    encoded.map((column) => column.codes),
    encoded.map(baseSize),
    rows,
  );
  return {
    view: 'classes',
    columns: encoded.map((column) => column.hierarchy.column),
    before: sizeHistogram(before.sizes),
    after: sizeHistogram(after),
    k,
    suppressedRows,
    rows,
    columnsLoss,
  };
}

/** A few rows, evenly spread over the input, before and after. `null` = left out. */
export function rowsPicture(before: Table, after: Table, rowOf: Uint32Array, inputRowOf?: Uint32Array): RowsPicture {
  const columns = before.columns.map((column) => column.name);
  const shown = Math.min(SHOWN_ROWS, before.rows);
  const picks = Array.from({ length: shown }, (_, i) => Math.floor((i * before.rows) / shown));
  const byName = new Map(after.columns.map((column) => [column.name, column]));
  return {
    view: 'rows',
    columns,
    before: picks.map((row) => before.columns.map((column) => cellText(column, row))),
    after: picks.map((row) => {
      const at = positionOf(rowOf, inputRowOf === undefined ? row : (inputRowOf[row] as number));
      if (at < 0) return null;
      return columns.map((name) => {
        const column = byName.get(name);
        return column === undefined ? null : cellText(column, at);
      });
    }),
  };
}

/** Index of `row` in the ascending array, or -1. */
function positionOf(rowOf: Uint32Array, row: number): number {
  let low = 0;
  let high = rowOf.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = rowOf[middle] as number;
    if (value === row) return middle;
    if (value < row) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Before/after rows, and released counts per place and hour of day where the dataset has these parts. */
export function tablePictures(
  input: TableRelease,
  release: TableRelease,
  classes?: ClassesPicture,
): readonly Picture[] {
  const rows = rowsPicture(input.table, release.table, release.rowOf, input.rowOf);
  const counts: CountsPicture | undefined = placeHourPicture(release);
  return [...(classes === undefined ? [] : [classes]), rows, ...(counts === undefined ? [] : [counts])];
}
