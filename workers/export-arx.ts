import type { Ctx } from '../src/engine/kit/context.ts';
import { claimedModels } from '../src/engine/kit/guarantee.ts';
import type { TableRelease } from '../src/engine/kit/release.ts';
import { writeHierarchyCsv } from '../src/engine/table/hierarchy-csv.ts';
import type { Hierarchy } from '../src/engine/table/hierarchy.ts';
import { hierarchyRows } from '../src/engine/table/hierarchy-rows.ts';
import { MISSING, numberText } from '../src/engine/table/ladders.ts';
import { namedHierarchy } from '../src/engine/table/ladder-spec.ts';
import { minuteText } from '../src/engine/table/ordered-base.ts';
import { cellText, type Column, isValid } from '../src/engine/table/table.ts';
import { type ArxHierarchy, type ArxQuestion, arxSettings } from './export-arx-settings.ts';
import { arxReadme } from './export-arx-readme.ts';
import type { ZipEntry } from './zip.ts';

/** How ARX writes a missing value. */
const NULL = 'NULL';
const rowsPerPart = 8192;

/**
 * What ARX can import, as files of an archive: the input table, one hierarchy a quasi-identifier in ARX's own CSV form,
 * and the settings as a sheet to follow. ARX's project format is no exchange format: it holds serialized Java objects.
 */
export async function arxEntries(
  source: TableRelease,
  question: ArxQuestion,
  progress: (fraction: number) => ReturnType<Ctx['checkpoint']>,
): Promise<readonly ZipEntry[]> {
  const { dataset, table } = source;
  const data = await dataParts(table.columns, table.rows, (fraction) => progress(fraction * 0.7));
  const entries: ZipEntry[] = [{ name: 'data.csv', parts: data }];
  const hierarchies = new Map<string, ArxHierarchy>();
  const wanted = hierarchiesFor(source, question);
  for (const [at, name] of wanted.entries()) {
    const column = table.columns.find((each) => each.name === name);
    if (column === undefined) continue;
    const rows = arxRows(namedHierarchy(dataset, name), column, table.rows);
    const file = `hierarchies/${fileName(name, hierarchies)}.csv`;
    hierarchies.set(name, { file, levels: rows[0]?.length ?? 1 });
    entries.push({ name: file, parts: [writeHierarchyCsv(rows)] });
    await progress(0.7 + (0.3 * (at + 1)) / wanted.length);
  }
  const described = table.columns.map((column) => {
    const found = dataset.descriptor.columns.find((each) => each.name === column.name);
    return { name: column.name, ...(found === undefined ? {} : { descriptor: found }) };
  });
  const settings = arxSettings(described, hierarchies, question);
  entries.push({ name: 'settings.csv', parts: [writeHierarchyCsv(settings)] });
  entries.push({ name: 'README.txt', parts: [arxReadme(settings)] });
  return entries;
}

/** Quasi-identifiers the last step names itself, else those of their role; and columns a distance needs a tree of. */
function hierarchiesFor(source: TableRelease, { guarantee, params }: ArxQuestion): readonly string[] {
  const own = params['quasiIdentifiers'];
  const named = Array.isArray(own) ? own.filter((name) => typeof name === 'string') : [];
  const trees = claimedModels(guarantee).flatMap((model) =>
    model.type === 't-closeness' && model.distance === 'hierarchical' ? [model.column] : [],
  );
  return [...new Set([...(named.length > 0 ? named : source.quasiIdentifiers), ...trees])];
}

/** A hierarchy's rows as the cells of the data file name the values, with one for missing values where there are any. */
function arxRows(hierarchy: Hierarchy, column: Column, count: number): readonly (readonly string[])[] {
  const seen = new Set<string>();
  const rows = hierarchyRows(hierarchy)
    .map((row) =>
      row.map((label, level) =>
        label === MISSING ? NULL : level === 0 && column.kind === 'time' ? toMinute(label) : label,
      ),
    )
    .filter(([value = '']) => !seen.has(value) && seen.add(value));
  if (seen.has(NULL) || !hasMissing(column, count)) return rows;
  return [...rows, [...Array.from({ length: hierarchy.levels.length - 1 }, () => NULL), '*']];
}

/** A time of a hierarchy file as far as the minute, as times are written here. */
const toMinute = (label: string): string =>
  /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}/.test(label) ? label.slice(0, 16).replace('T', ' ') : label;

async function dataParts(
  columns: readonly Column[],
  rows: number,
  progress: (fraction: number) => ReturnType<Ctx['checkpoint']>,
): Promise<readonly string[]> {
  const parts = [writeHierarchyCsv([columns.map(({ name }) => name)])];
  for (let from = 0; from < rows; from += rowsPerPart) {
    const to = Math.min(rows, from + rowsPerPart);
    const lines = Array.from({ length: to - from }, (_, at) => columns.map((column) => arxCell(column, from + at)));
    parts.push(writeHierarchyCsv(lines));
    await progress(to / rows);
  }
  return parts;
}

/** The text a hierarchy file names the value by: times to the minute, numbers without trailing zeros. */
function arxCell(column: Column, row: number): string {
  if (!isValid(column, row)) return NULL;
  if (column.kind === 'category') return String(cellText(column, row) ?? NULL);
  const value = column.values[row] as number;
  if (!Number.isFinite(value)) return NULL;
  return column.kind === 'time' ? minuteText(Math.floor(value / 60_000)) : numberText(value);
}

const hasMissing = (column: Column, rows: number): boolean => {
  for (let row = 0; row < rows; row += 1) if (arxCell(column, row) === NULL) return true;
  return false;
};

/** A file name any system takes; a number is added where two columns would share one. */
function fileName(column: string, taken: ReadonlyMap<string, ArxHierarchy>): string {
  const plain = column.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 60) || 'column';
  const used = new Set([...taken.values()].map(({ file }) => file));
  let name = plain;
  for (let i = 2; used.has(`hierarchies/${name}.csv`); i += 1) name = `${plain}-${i}`;
  return name;
}
