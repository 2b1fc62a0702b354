import type { ColumnDescriptor, DatasetDescriptor, Ladder, LoadedDataset, PlaceTable, Role } from '../kit/dataset.ts';
import type { DateStep, HierarchySpec } from '../kit/hierarchy-spec.ts';
import type { ParamRecord, ParamSchema, ParamSpec, ParamValue } from '../kit/params.ts';
import { text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { buildHierarchy } from '../table/hierarchy-build.ts';
import { cellText, type Column, makeTable, type Table } from '../table/table.ts';

/** Random tables, roles, hierarchies and parameters: what a user may bring, odd names and gaps included. */

const pick = <T>(rng: Rng, from: readonly T[]): T => from[rng.int(from.length)] as T;

const placeIds = ['1', '2', '3', 'p4', 'p5', 'p6', 'p7'];
const places: PlaceTable = {
  id: 'random',
  coarser: ['borough', 'city'],
  places: placeIds.map((id, at) => ({
    id,
    label: `Place ${at + 1}`,
    // One place of the table has no coordinates.
    ...(at === 6 ? {} : { lon: (at * 7) % 5, lat: at % 3 }),
    parents: [at < 3 ? 'north' : 'south', 'city'],
  })),
};

/** Names that have tripped programs before. */
const oddLabels = [
  '',
  '*',
  '(missing)',
  'constructor',
  '__proto__',
  'a;b',
  'b;c;a',
  'ñ, "q"',
  '12',
  '-0',
  'x',
  'y',
  'z',
];
const roles: readonly Role[] = ['quasi-identifier', 'quasi-identifier', 'quasi-identifier', 'sensitive', 'other'];

type Kind = 'person' | 'place' | 'time' | 'number' | 'integer' | 'category';

function randomColumn(rng: Rng, name: string, kind: Kind, rows: number): Column {
  const valid = randomGaps(rng, rows);
  const draw = (size: number): number => (rng.int(2) === 0 ? rng.int(size) : Math.min(rng.int(size), rng.int(size)));
  const values = (make: () => number): Float64Array => Float64Array.from({ length: rows }, make);
  switch (kind) {
    case 'person':
      return {
        kind: 'integer',
        name,
        values: Uint32Array.from({ length: rows }, () => rng.int(1 + Math.ceil(rows / 3))),
        ...valid,
      };
    case 'integer': {
      const low = pick(rng, [0, -3, 0, 200]);
      return {
        kind: 'integer',
        name,
        values: Int32Array.from({ length: rows }, () => low + draw(1 + rng.int(40))),
        ...valid,
      };
    }
    case 'number': {
      const scale = pick(rng, [0.1, 1, 1e-9, 1e12]);
      const size = 1 + rng.int(60);
      return { kind: 'number', name, values: values(() => scale * (draw(size) - 5)), ...valid };
    }
    case 'time': {
      const step = pick(rng, [1000, 60_000, 3_600_000]);
      return {
        kind: 'time',
        name,
        zone: 'local',
        values: values(() => 1_546_300_800_000 + step * draw(400)),
        ...valid,
      };
    }
    case 'place': {
      const levels = rng.int(3) === 0 ? [...placeIds, 'elsewhere'] : placeIds;
      return {
        kind: 'category',
        name,
        codes: Uint8Array.from({ length: rows }, () => draw(levels.length)),
        levels,
        ...valid,
      };
    }
    case 'category': {
      const size = 1 + rng.int(oddLabels.length);
      const from = rng.int(oddLabels.length - size + 1);
      const levels = oddLabels.slice(from, from + size);
      return { kind: 'category', name, codes: Uint8Array.from({ length: rows }, () => draw(size)), levels, ...valid };
    }
  }
}

/** Half of the columns have every value, a few none. */
function randomGaps(rng: Rng, rows: number): { readonly valid?: Uint8Array } {
  const share = pick(rng, [0, 0, 0, 0.05, 0.3, rng.int(8) === 0 ? 1 : 0.5]);
  if (share === 0) return {};
  const valid = new Uint8Array((rows + 7) >> 3);
  for (let i = 0; i < rows; i += 1)
    if (rng.uniform() >= share) valid[i >> 3] = (valid[i >> 3] as number) | (1 << (i & 7));
  return { valid };
}

function randomLadder(rng: Rng, kind: Kind): { readonly ladder?: Ladder } {
  if (rng.int(5) === 0) return {};
  if (kind === 'place') return { ladder: { kind: 'place' } };
  if (kind === 'time') return { ladder: { kind: 'time' } };
  if (kind === 'category') return { ladder: rng.int(2) === 0 ? { kind: 'mask' } : { kind: 'suppress' } };
  const width = pick(rng, [0.5, 1, 5, 10]);
  return { ladder: { kind: 'interval', origin: rng.int(3), widths: [width, 2 * width, 8 * width] } };
}

const describe = (rng: Rng, name: string, kind: Kind): ColumnDescriptor => ({
  name,
  label: text(name, name),
  type: kind === 'person' ? 'integer' : kind === 'place' ? 'category' : kind,
  role: kind === 'person' ? 'identifier' : rng.int(12) === 0 ? 'identifier' : pick(rng, roles),
  sensitivity: 'medium',
  ...randomLadder(rng, kind),
});

/** A dataset of 1 to 60 rows and 1 to 8 columns; some columns have a hierarchy of the user's own. */
export function randomDataset(rng: Rng): LoadedDataset {
  const rows = rng.int(8) === 0 ? 1 + rng.int(4) : 1 + rng.int(60);
  const wanted: readonly (readonly [string, Kind])[] = [
    ['person', 'person'],
    ['from', 'place'],
    ['to', 'place'],
    ['at', 'time'],
    ['amount', 'number'],
    ['age', 'integer'],
    [pick(rng, ['kind', 'constructor', 'a name, with "signs"']), 'category'],
    ['tag', 'category'],
  ];
  const kinds = wanted.filter(() => rng.int(4) > 0);
  const chosen = kinds.length === 0 ? wanted.slice(1, 2) : kinds;
  const columns = chosen.map(([name, kind]) => describe(rng, name, kind));
  const table = makeTable(chosen.map(([name, kind]) => randomColumn(rng, name, kind, rows)));
  const has = (name: string): boolean => chosen.some((each) => each[0] === name) && rng.int(6) > 0;
  const secret = columns.find(({ role }) => role === 'sensitive')?.name;
  const parts: DatasetDescriptor['parts'] = {
    ...(has('from') ? { place: 'from' } : {}),
    ...(has('to') ? { destination: 'to' } : {}),
    ...(has('at') ? { time: 'at' } : {}),
    ...(has('person') ? { entity: 'person' } : {}),
    ...(secret === undefined ? {} : { secret }),
  };
  const plain: LoadedDataset = {
    descriptor: { ...ABOUT, columns, parts },
    table,
    places,
    hierarchies: {},
    checksum: 'random',
    report: {
      format: 'synthetic',
      rowsRead: rows,
      rowsKept: rows,
      problems: [],
      problemCounts: {},
      decisions: [],
      warnings: [],
    },
  };
  const own = columns.flatMap(({ name }, j) => {
    if (rng.int(3) > 0) return [];
    return [[name, buildHierarchy(randomHierarchy(rng, table, j, chosen[j]?.[1] ?? 'category'), name, plain)] as const];
  });
  return { ...plain, hierarchies: Object.fromEntries(own) };
}

const ABOUT: Omit<DatasetDescriptor, 'columns' | 'parts'> = {
  id: 'random',
  city: 'file',
  label: text('Random', 'Aleatorio'),
  summary: text('Made for tests', 'Hecha para pruebas'),
  origin: 'synthetic',
  calibration: text('none', 'ninguno'),
  licence: 'CC0',
  source: 'made for tests',
  portal: { url: 'https://example.org', label: text('none', 'ninguno') },
  rowUnit: 'row',
  privacyUnit: 'row',
  rows: { default: 60, min: 0, max: 60 },
  places: 'random',
  assumptions: [],
};

/** A hierarchy of a kind that fits the column. */
export function randomHierarchy(rng: Rng, table: Table, at: number, kind: Kind): HierarchySpec {
  const general: readonly HierarchySpec[] = [
    { kind: 'suppress' },
    { kind: 'mask', from: pick(rng, ['left', 'right']) },
    { kind: 'order', cuts: [[1 + rng.int(3), 5 + rng.int(3), 9]] },
  ];
  if (kind === 'time') {
    const dates: readonly (readonly DateStep[])[] = [
      ['hour', 'day', 'week'],
      ['daypart', 'month'],
      ['day', 'year'],
      [],
    ];
    return { kind: 'date', levels: pick(rng, dates) };
  }
  if (kind === 'number') return pick(rng, [...general, { kind: 'interval', origin: rng.int(7), widths: [0.3, 0.9] }]);
  if (kind === 'integer' || kind === 'person') {
    return pick(rng, [...general, { kind: 'interval', origin: rng.int(7), widths: [3, 6, 30] }]);
  }
  const column = table.columns[at];
  if (kind === 'place' && rng.int(2) === 0) return { kind: 'place' };
  return rng.int(2) === 0 || column === undefined ? pick(rng, general) : randomTree(rng, column);
}

/** Every value of the column in one of up to four groups, these in up to four; a value the column lacks besides. */
function randomTree(rng: Rng, column: Column): HierarchySpec {
  const values = new Set(
    Array.from({ length: column.kind === 'category' ? column.codes.length : 0 }, (_, row) => cellText(column, row)),
  );
  const groups = 1 + rng.int(4);
  const supers = 1 + rng.int(groups);
  const rows = [...values].flatMap((value) => {
    const group = rng.int(groups);
    return value === null ? [] : [[String(value), `g${group}`, `s${group % supers}`, '*']];
  });
  return rows.length === 0 ? { kind: 'suppress' } : { kind: 'table', rows: [...rows, ['not there', 'g0', 's0', '*']] };
}

/** Values the schema allows, small numbers preferred; columns and levels of this table, seldom one it lacks. */
export function randomParams(rng: Rng, schema: ParamSchema, columns: readonly string[]): ParamRecord {
  const names = rng.int(40) === 0 ? [...columns, 'nowhere'] : columns;
  const some = (): readonly string[] => names.filter(() => rng.int(3) === 0);
  const value = (name: string, spec: ParamSpec): ParamValue => {
    switch (spec.kind) {
      case 'choice':
        return rng.int(2) === 0 ? spec.default : pick(rng, spec.options).value;
      case 'flag':
        return rng.int(2) === 1;
      case 'columns':
        return rng.int(2) === 0 ? [] : some().slice(0, spec.max ?? 64);
      case 'column':
        return rng.int(2) === 0 || names.length === 0 ? '' : pick(rng, names);
      case 'levels':
        return rng.int(3) > 0 ? {} : Object.fromEntries(some().map((column) => [column, rng.int(5)]));
      default: {
        if (rng.int(4) === 0) return spec.default;
        if (name === 'k') return Math.min(spec.max, spec.min + rng.int(7));
        if (name === 'l') return Math.min(spec.max, spec.min + rng.int(3));
        const share = spec.scale === 'log' ? rng.uniform() * rng.uniform() * rng.uniform() : rng.uniform();
        const drawn = spec.min + share * (spec.max - spec.min);
        return spec.kind === 'integer' ? Math.round(drawn) : drawn;
      }
    }
  };
  return Object.fromEntries(Object.entries(schema).map(([name, spec]) => [name, value(name, spec)]));
}
