import type { Pause } from '../kit/context.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import type { ClassesPicture } from '../kit/picture.ts';
import type { TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import { baseSize, type EncodedColumn } from '../table/hierarchy.ts';
import { type CategoryColumn, codesFor, columnOf, withColumns, withoutColumns } from '../table/table.ts';
import type { ReleasedCells } from './cells.ts';
import type { ChosenSecret } from './class-secrets.ts';
import { classesPicture, tablePictures } from './pictures.ts';
import {
  chosenColumns,
  missingCount,
  otherIdentifiers,
  removedNote,
  type SensitiveCodes,
  sensitiveCodes,
} from './table-input.ts';

/** Classes a method has formed of all rows of a table. */
export interface FormedClasses {
  /** Class of each row. */
  readonly classOf: Uint32Array;
  readonly sizes: Uint32Array;
  readonly count: number;
  /** Released column and cells of each quasi-identifier, in their order. */
  readonly cells: readonly ReleasedCells[];
  /** Mean share of the domain a cell covers beyond one value, over rows, of each quasi-identifier. */
  readonly losses: readonly number[];
}

/** The released table of a method that keeps every row: cells per class, sensitive numbers in bands, no identifiers. */
export async function classRelease(
  source: TableRelease,
  encoded: readonly EncodedColumn[],
  formed: FormedClasses,
  secrets: readonly ChosenSecret[],
  guarantee: Guarantee,
  k: number,
  pause: Pause,
): Promise<TableRelease> {
  const generalized = formed.cells.map((made) => [made.column.name, made.cells] as const);
  const replaced: CategoryColumn[] = formed.cells.map((made) => made.column);
  const hidden = secrets.length === 0 ? [] : await secretBands(source, secrets, replaced, pause);
  replaced.push(...hidden);
  const identifiers = otherIdentifiers(source, [
    ...encoded.map((each) => each.hierarchy.column),
    ...secrets.map((secret) => secret.name),
  ]);
  const release: TableRelease = {
    ...source,
    table: withColumns(withoutColumns(source.table, identifiers), replaced),
    quasiIdentifiers: encoded.map((each) => each.hierarchy.column),
    sensitive: secrets.length === 0 ? source.sensitive : secrets.map((secret) => secret.name),
    classOf: formed.classOf,
    guarantee,
    generalized: Object.fromEntries([...Object.entries(source.generalized ?? {}), ...generalized]),
    pictures: [],
    notes: [...source.notes, ...findings(source, encoded, formed, identifiers, hidden)],
  };
  const losses = encoded.map((column, j) => lossOf(column, formed.losses[j] as number));
  await pause();
  const picture: ClassesPicture = classesPicture(encoded, formed.sizes, k, source.suppressed.length, losses);
  await pause();
  return { ...release, pictures: tablePictures(source, release, picture) };
}

/**
 * Sensitive columns in bands, and every other sensitive number too: an exact total would give the fare away that l
 * different bands were to hide.
 */
async function secretBands(
  source: TableRelease,
  secrets: readonly ChosenSecret[],
  taken: readonly CategoryColumn[],
  pause: Pause,
): Promise<readonly CategoryColumn[]> {
  const others = chosenColumns(source, [], ['sensitive']).filter(
    (name) =>
      !secrets.some((secret) => secret.name === name) &&
      !taken.some((column) => column.name === name) &&
      missingCount(columnOf(source.table, name)) < source.table.rows,
  );
  const all: (readonly [string, SensitiveCodes])[] = secrets.map((secret) => [secret.name, secret.shown]);
  for (const name of others) {
    all.push([name, sensitiveCodes(source, name)]);
    await pause();
  }
  return all.flatMap(([name, bands]) => {
    if (!bands.banded) return [];
    const codes = codesFor(bands.codes.length, bands.labels.length);
    codes.set(bands.codes);
    return [{ kind: 'category', name, codes, levels: bands.labels } as const];
  });
}

function lossOf(column: EncodedColumn, loss: number): ClassesPicture['columnsLoss'][number] {
  const size = baseSize(column);
  const mean = 1 + loss * (size - 1);
  const name = column.hierarchy.column;
  return {
    column: name,
    words: text(
      `${name}: ${mean.toFixed(1)} of ${size} values on average`,
      `${name}: ${mean.toFixed(1)} de ${size} valores de media`,
    ),
    loss,
  };
}

function findings(
  source: TableRelease,
  encoded: readonly EncodedColumn[],
  formed: FormedClasses,
  identifiers: readonly string[],
  hidden: readonly CategoryColumn[],
): readonly Text[] {
  const mean = (source.table.rows / formed.count).toFixed(1);
  const names = encoded.map((each) => each.hierarchy.column).join(', ');
  const notes = [
    text(
      `${source.table.rows} rows form ${formed.count} groups of ${mean} rows on average, alike in ${names}.`,
      `${source.table.rows} filas forman ${formed.count} grupos de ${mean} filas de media, iguales en ${names}.`,
    ),
    text(
      'On the map, a generalized cell is spread evenly over its places and minutes.',
      'En el mapa, una celda generalizada se reparte por igual entre sus lugares y minutos.',
    ),
  ];
  if (hidden.length > 0) {
    const columns = hidden.map((column) => column.name).join(', ');
    notes.push(text(`Released in bands: ${columns}.`, `Publicados en bandas: ${columns}.`));
  }
  return [...notes, ...removedNote(identifiers)];
}
