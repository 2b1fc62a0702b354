import type { Ctx } from '../src/engine/kit/context.ts';
import type { ColumnDescriptor } from '../src/engine/kit/dataset.ts';
import type { Guarantee } from '../src/engine/kit/guarantee.ts';
import type { ParamRecord } from '../src/engine/kit/params.ts';
import type { PrivacyModel } from '../src/engine/kit/privacy-model.ts';
import type { TableRelease } from '../src/engine/kit/release.ts';
import { writeHierarchyCsv } from '../src/engine/table/hierarchy-csv.ts';
import { hierarchyRows } from '../src/engine/table/hierarchy-rows.ts';
import { MISSING, numberText } from '../src/engine/table/ladders.ts';
import { namedHierarchy } from '../src/engine/table/ladder-spec.ts';
import { minuteText } from '../src/engine/table/ordered-base.ts';
import { cellText, type Column, isValid } from '../src/engine/table/table.ts';
import { arxReadme } from './export-arx-readme.ts';
import type { ZipEntry } from './zip.ts';

/** How ARX writes a missing value. */
const NULL = 'NULL';
const rowsPerPart = 8192;

/** What the last step of the branch asks for, as far as ARX has a field for it. */
export interface ArxQuestion {
  readonly guarantee: Guarantee;
  readonly params: ParamRecord;
}

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
  const heights = new Map<string, number>();
  const files = new Map<string, string>();
  for (const [at, name] of source.quasiIdentifiers.entries()) {
    const hierarchy = namedHierarchy(dataset, name);
    const column = table.columns.find((each) => each.name === name);
    const missing = column !== undefined && hasMissing(column, table.rows);
    const rows = hierarchyRows(hierarchy).map((row) => row.map((label) => (label === MISSING ? NULL : label)));
    const depth = hierarchy.levels.length;
    const named = rows.some((row) => row[0] === NULL);
    const own = missing && !named ? [[...Array.from({ length: depth - 1 }, () => NULL), '*']] : [];
    const file = `hierarchies/${fileName(name, files)}.csv`;
    files.set(name, file);
    heights.set(name, depth);
    entries.push({ name: file, parts: [writeHierarchyCsv([...rows, ...own])] });
    await progress(0.7 + (0.3 * (at + 1)) / source.quasiIdentifiers.length);
  }
  const described = table.columns.map((column) => {
    const found = dataset.descriptor.columns.find((each) => each.name === column.name);
    return { name: column.name, ...(found === undefined ? {} : { descriptor: found }) };
  });
  const settings = settingsOf(described, files, heights, question);
  entries.push({ name: 'settings.csv', parts: [writeHierarchyCsv(settings)] });
  entries.push({ name: 'README.txt', parts: [arxReadme(settings)] });
  return entries;
}

interface Described {
  readonly name: string;
  readonly descriptor?: ColumnDescriptor;
}

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
function fileName(column: string, taken: ReadonlyMap<string, string>): string {
  const plain = column.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 60) || 'column';
  const used = new Set(taken.values());
  let name = plain;
  for (let i = 2; used.has(`hierarchies/${name}.csv`); i += 1) name = `${plain}-${i}`;
  return name;
}

const arxTypes: Readonly<Record<ColumnDescriptor['role'], string>> = {
  identifier: 'Identifying',
  'quasi-identifier': 'Quasi-identifying',
  sensitive: 'Sensitive',
  other: 'Insensitive',
};

/** Setting, column, value: one line a thing to set in ARX. */
function settingsOf(
  columns: readonly Described[],
  files: ReadonlyMap<string, string>,
  heights: ReadonlyMap<string, number>,
  { guarantee, params }: ArxQuestion,
): readonly (readonly string[])[] {
  const rows: string[][] = [['setting', 'column', 'value']];
  for (const { name, descriptor } of columns) {
    const type = files.has(name) ? 'Quasi-identifying' : arxTypes[descriptor?.role ?? 'other'];
    rows.push(['attribute type', name, type]);
    const file = files.get(name);
    if (file !== undefined) rows.push(['hierarchy', name, file], ['levels', name, `0-${(heights.get(name) ?? 1) - 1}`]);
  }
  for (const [column, value] of modelLines(guarantee)) rows.push(['privacy model', column, value]);
  const limit = params['limit'] ?? params['maxSuppressed'];
  if (typeof limit === 'number') rows.push(['suppression limit', '', `${numberText(limit * 100)} %`]);
  const metric = params['metric'];
  if (typeof metric === 'string') rows.push(['quality model', '', metric]);
  const factor = params['gsFactor'];
  if (typeof factor === 'number') rows.push(['generalization/suppression factor', '', numberText(factor)]);
  const weights = params['weights'];
  if (typeof weights === 'string' && weights !== '') rows.push(['attribute weights', '', weights]);
  else if (typeof weights === 'object' && weights !== null)
    rows.push(['attribute weights', '', JSON.stringify(weights)]);
  return rows;
}

function modelLines(guarantee: Guarantee): readonly (readonly [string, string])[] {
  if (guarantee.kind !== 'k-anonymity') return [];
  const { k, l, models = [] } = guarantee;
  return [
    ['', `k-Anonymity, k = ${k}`],
    ...(l === undefined ? [] : [[l.column, `Distinct-l-diversity, l = ${l.value}`] as const]),
    ...models.map((model): readonly [string, string] => ['column' in model ? model.column : '', arxModel(model)]),
  ];
}

function arxModel(model: PrivacyModel): string {
  switch (model.type) {
    case 'k-anonymity':
      return `k-Anonymity, k = ${model.k}`;
    case 'k-map':
      return `k-Map, k = ${model.k} (needs the population table)`;
    case 'delta-presence':
      return `d-Presence, min = ${model.min}, max = ${model.max} (needs the population table)`;
    case 'distinct-l':
      return `Distinct-l-diversity, l = ${model.l}`;
    case 'entropy-l':
      return `Shannon-entropy-l-diversity, l = ${model.l}`;
    case 'recursive-cl':
      return `Recursive-(c,l)-diversity, c = ${model.c}, l = ${model.l}`;
    case 't-closeness':
      return `t-Closeness with ${model.distance} distance, t = ${model.t}`;
    case 'delta-disclosure':
      return `d-Disclosure privacy, d = ${model.delta}`;
    case 'basic-beta':
      return `Basic-b-likeness, b = ${model.beta}`;
    case 'enhanced-beta':
      return `Enhanced-b-likeness, b = ${model.beta}`;
    case 'alpha-k':
      return `(alpha, k)-anonymity, alpha = ${model.alpha}, k = ${model.k}: ARX does not have this model`;
    case 'k-m':
      return `k^m-anonymity, k = ${model.k}, m = ${model.m}: ARX does not have this model`;
  }
}
