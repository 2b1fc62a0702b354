import type { ClassesPicture } from '../kit/picture.ts';
import type { TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import { type Codes, type Grouping, groupRows } from '../table/group.ts';
import { type Column, type Table, takeRows } from '../table/table.ts';

/** Rows that stay and rows that go when classes smaller than k are left out whole. */
export interface SmallClassCut {
  readonly grouping: Grouping;
  /** Positions in the input table, ascending. */
  readonly kept: Uint32Array;
  readonly dropped: Uint32Array;
  /** Sizes of the classes that stay. */
  readonly sizes: Uint32Array;
}

/** Suppresses whole classes of fewer than k rows. Grows with k: a row suppressed for k is suppressed for every larger k. */
export function cutSmallClasses(
  columns: readonly Codes[],
  cardinalities: readonly number[],
  rows: number,
  k: number,
): SmallClassCut {
  const grouping = groupRows(columns, cardinalities, rows);
  let stay = 0;
  for (let c = 0; c < grouping.count; c += 1)
    if ((grouping.sizes[c] as number) >= k) stay += grouping.sizes[c] as number;
  const kept = new Uint32Array(stay);
  const dropped = new Uint32Array(rows - stay);
  let a = 0;
  let b = 0;
  for (let i = 0; i < rows; i += 1) {
    if ((grouping.sizes[grouping.classOf[i] as number] as number) >= k) {
      kept[a] = i;
      a += 1;
    } else {
      dropped[b] = i;
      b += 1;
    }
  }
  return { grouping, kept, dropped, sizes: grouping.sizes.filter((size) => size >= k) };
}

/** Source rows of the kept positions, and all suppressed source rows (earlier ones first, then these), ascending. */
export function applyCut(
  source: TableRelease,
  cut: Pick<SmallClassCut, 'kept' | 'dropped'>,
): Pick<TableRelease, 'rowOf' | 'suppressed'> {
  const rowOf = cut.kept.map((position) => source.rowOf[position] as number);
  const suppressed = new Uint32Array(source.suppressed.length + cut.dropped.length);
  suppressed.set(source.suppressed);
  suppressed.set(
    cut.dropped.map((position) => source.rowOf[position] as number),
    source.suppressed.length,
  );
  return { rowOf, suppressed: suppressed.sort() };
}

/** The table without the dropped rows; the same table when nothing is dropped. */
export const keptRows = (table: Table, cut: SmallClassCut): Table =>
  cut.dropped.length === 0 ? table : takeRows(table, cut.kept);

/** "1,204 of 10,000 rows were left out (12.0 %)". */
export function suppressionNote(cut: SmallClassCut, rows: number, k: number): Text {
  const share = rows === 0 ? '0.0' : ((100 * cut.dropped.length) / rows).toFixed(1);
  return text(
    `${cut.dropped.length} of ${rows} rows (${share} %) were left out: fewer than ${k} rows looked like them.`,
    `${cut.dropped.length} de ${rows} filas (${share} %) se han omitido: menos de ${k} filas eran como ellas.`,
  );
}

/** Says which times lost their seconds, where some did. */
export function minuteNote(before: Table, shown: readonly Column[]): readonly Text[] {
  const changed = shown.filter((column) => !before.columns.includes(column)).map(({ name }) => name);
  if (changed.length === 0) return [];
  const names = changed.join(', ');
  return [text(`Released to the minute: ${names}.`, `Publicado al minuto: ${names}.`)];
}

export type ColumnLoss = ClassesPicture['columnsLoss'][number];
