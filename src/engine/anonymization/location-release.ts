import type { Pause } from '../kit/context.ts';
import type { ClassesPicture } from '../kit/picture.ts';
import type { TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import { groupRows } from '../table/group.ts';
import { baseSize, valuesCovered } from '../table/hierarchy.ts';
import { takeRows, withColumns, withoutColumns } from '../table/table.ts';
import type { ReleasedCells } from './cells.ts';
import type { LocatedRows } from './location-cells.ts';
import { classesPicture, tablePictures } from './pictures.ts';
import { applyCut } from './small-classes.ts';
import { otherIdentifiers } from './table-input.ts';

/** The release of a location method: kept rows with their cells of place and time, k of them alike. */
export async function locationRelease(
  source: TableRelease,
  located: LocatedRows,
  kept: Uint32Array,
  made: readonly ReleasedCells[],
  k: number,
  notes: readonly Text[],
  pause: Pause,
): Promise<TableRelease> {
  const isKept = new Uint8Array(source.table.rows);
  for (const row of kept) isKept[row] = 1;
  const dropped = Uint32Array.from(isKept.keys()).filter((row) => isKept[row] === 0);
  const grouping = groupRows(
    made.map((each) => each.column.codes),
    made.map((each) => each.column.levels.length),
    kept.length,
  );
  const names = made.map((each) => each.column.name);
  const identifiers = otherIdentifiers(source, names);
  const left = withoutColumns(source.table, identifiers);
  const { generalized: before } = source;
  const other = Object.entries(before ?? {}).filter(([name]) => !names.includes(name));
  const release: TableRelease = {
    ...source,
    ...applyCut(source, { kept, dropped }),
    table: withColumns(
      dropped.length === 0 ? left : takeRows(left, kept),
      made.map((each) => each.column),
    ),
    quasiIdentifiers: names,
    classOf: grouping.classOf,
    guarantee: { kind: 'k-anonymity', k },
    generalized: Object.fromEntries([...other, ...made.map((each) => [each.column.name, each.cells] as const)]),
    pictures: [],
    notes: [...source.notes, ...notes, ...leftOut(dropped.length, source.table.rows)],
  };
  const encoded = [located.place, ...(located.time === undefined ? [] : [located.time])];
  const losses = made.map((each) => lossOf(each));
  await pause();
  const picture = classesPicture(encoded, grouping.sizes, k, release.suppressed.length, losses);
  await pause();
  return { ...release, pictures: tablePictures(source, release, picture) };
}

const leftOut = (dropped: number, rows: number): readonly Text[] =>
  dropped === 0
    ? []
    : [
        text(
          `${dropped} of ${rows} rows were left out: no place on the map, no time, or too few rows near them.`,
          `${dropped} de ${rows} filas se han omitido: sin lugar en el mapa, sin hora o con muy pocas filas cerca.`,
        ),
      ];

/** Mean share of the base values that a released cell covers beyond one. */
function lossOf({ column, cells }: ReleasedCells): ClassesPicture['columnsLoss'][number] {
  const size = baseSize(cells.column);
  let covered = 0;
  for (let i = 0; i < column.codes.length; i += 1) covered += valuesCovered(cells, column.codes[i] as number);
  const mean = column.codes.length === 0 ? 1 : covered / column.codes.length;
  return {
    column: column.name,
    words: text(
      `${column.name}: ${mean.toFixed(1)} of ${size} values on average`,
      `${column.name}: ${mean.toFixed(1)} de ${size} valores de media`,
    ),
    loss: size > 1 ? (mean - 1) / (size - 1) : 0,
  };
}
