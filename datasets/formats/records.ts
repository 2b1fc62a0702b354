import { invalidData } from '../../src/engine/kit/errors.ts';
import { cellOf } from './values.ts';
import { checkNames } from './sniff.ts';

/** Records found in a JSON document. */
export interface RecordList {
  readonly envelope: string;
  readonly header: readonly string[];
  /** One array of plain cells per record, in the order of the header. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** How one JSON envelope holds its records. */
interface Envelope {
  readonly id: string;
  readonly open: (json: unknown) => readonly Record<string, unknown>[] | undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectsOf = (value: unknown): readonly Record<string, unknown>[] | undefined =>
  Array.isArray(value) && value.length > 0 && value.every(isObject) ? value : undefined;

/** One record or many under the same name: JSON made from XML has an object where there is only one. */
const oneOrMany = (value: unknown): readonly Record<string, unknown>[] | undefined =>
  isObject(value) ? [value] : objectsOf(value);

const ENVELOPES: readonly Envelope[] = [
  // datos.santander.es: {"summary": {...}, "resources": [...]}
  { id: 'resources', open: (json) => (isObject(json) ? objectsOf(json.resources) : undefined) },
  // api.erg.ic.ac.uk: {"RawAQData": {"@SiteCode", "@SpeciesCode", "Data": [...]}}
  {
    id: 'RawAQData',
    open: (json) => {
      const inner = isObject(json) ? (json.RawAQData ?? json.AirQualityData) : undefined;
      if (!isObject(inner)) return undefined;
      const shared = Object.fromEntries(Object.entries(inner).filter(([, value]) => typeof value === 'string'));
      return oneOrMany(inner.Data)?.map((row) => ({ ...shared, ...row }));
    },
  },
  // api.erg.ic.ac.uk: {"Sites": {"Site": [...]}}
  {
    id: 'Sites',
    open: (json) => (isObject(json) && isObject(json.Sites) ? oneOrMany(json.Sites.Site) : undefined),
  },
  { id: 'ngsi', open: (json) => (isEntity(json) ? [json].map(flatEntity) : entitiesOf(json)?.map(flatEntity)) },
  { id: 'records', open: (json) => objectsOf(json) },
  // Any object with exactly one list of objects in it.
  {
    id: 'wrapped',
    open: (json) => {
      if (!isObject(json)) return undefined;
      const lists = Object.values(json)
        .map(objectsOf)
        .filter((list) => list !== undefined);
      return lists.length === 1 ? lists[0] : undefined;
    },
  },
];

const isEntity = (value: unknown): value is Record<string, unknown> =>
  isObject(value) &&
  typeof value.id === 'string' &&
  typeof value.type === 'string' &&
  Object.values(value).some(isAttribute);
const isAttribute = (value: unknown): value is Record<string, unknown> => isObject(value) && 'value' in value;
const entitiesOf = (json: unknown): readonly Record<string, unknown>[] | undefined =>
  Array.isArray(json) && json.length > 0 && json.every(isEntity) ? json : undefined;

/** NGSI v2 normalized entity as a flat record: the value of each attribute under its name. */
function flatEntity(entity: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entity).map(([name, value]) => [name, isAttribute(value) ? value.value : value]),
  );
}

/**
 * Finds the records of a JSON document.
 * @throws invalid-data when there are none, or when it is a map (GeoJSON) rather than a table.
 */
export function recordsOf(json: unknown, file: string): RecordList {
  if (isObject(json) && (json.type === 'FeatureCollection' || json.type === 'Topology')) {
    throw invalidData(
      `${file} is a map (GeoJSON), not a table of records`,
      'drop a table: CSV, Parquet or JSON records',
      {
        file,
      },
    );
  }
  for (const envelope of ENVELOPES) {
    const records = envelope.open(json);
    if (records !== undefined && records.length > 0) return tabled(records, envelope.id, file);
  }
  throw invalidData(
    `${file}: no list of records found in this JSON`,
    'drop an array of objects, one object per record',
    {
      file,
    },
  );
}

/** Records as rows under the union of their names, in order of appearance. */
export function tabled(records: readonly Record<string, unknown>[], envelope: string, file: string): RecordList {
  const at = new Map<string, number>();
  for (const record of records) {
    for (const name of Object.keys(record)) if (!at.has(name)) at.set(name, at.size);
  }
  const header = [...at.keys()];
  checkNames(header, file, 1);
  const rows = records.map((record) => {
    const row: (string | number | null)[] = Array.from({ length: header.length }, () => null);
    for (const [name, value] of Object.entries(record)) row[at.get(name) as number] = cellOf(value);
    return row;
  });
  return { envelope, header, rows };
}

/**
 * JSON lines: one object per line. Bad lines are reported, not fatal, unless no line is good.
 */
export function recordsOfLines(
  lines: readonly string[],
  file: string,
  bad: (line: number, reason: string) => void,
): RecordList {
  const records: Record<string, unknown>[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const line = (lines[i] as string).trim();
    if (line === '') continue;
    const value = parsedOrUndefined(line);
    if (isObject(value)) records.push(value);
    else bad(i + 1, value === undefined ? 'not valid JSON' : 'not a JSON object');
  }
  if (records.length === 0) {
    throw invalidData(`${file}: no line of it is a JSON object`, 'check that the file is complete', { file, line: 1 });
  }
  return tabled(records, 'lines', file);
}

/** The parsed JSON text, or undefined where it is none. */
export function parsedOrUndefined(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return undefined;
  }
}
