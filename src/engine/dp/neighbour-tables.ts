import type { DatasetDescriptor, LoadedDataset } from '../kit/dataset.ts';
import type { TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import { makeTable } from '../table/table.ts';
import type { Protects } from './unit.ts';

/**
 * Tiny tables that differ by one hidden unit: what an audit runs a technique on. Everything a technique may ask of a dataset is
 * declared: three places, hours, a value from 0 to 100, and who a row belongs to.
 */
export interface TinyRow {
  readonly place: 'a' | 'b' | 'c';
  readonly hour?: number;
  /** Days after the first. */
  readonly day?: number;
  /** Absent = missing. */
  readonly value?: number;
  readonly who: number;
}

export const TINY_PLACES = ['a', 'b', 'c'] as const;
const TINY_BOUNDS = [0, 100] as const;

/** A cell whose answer the difference shows in, and which way (1: more of it in the second world). */
export interface Seen {
  readonly place: TinyRow['place'];
  readonly hour: number;
  readonly sign: 1 | -1;
}

/** Two tables apart by one unit; index 1 is the world with more, or with the replacement. */
export interface NeighbourPair {
  readonly label: Text;
  readonly worlds: readonly [readonly TinyRow[], readonly TinyRow[]];
  readonly seen: readonly Seen[];
}

const descriptor: DatasetDescriptor = {
  id: 'neighbours',
  city: 'file',
  label: text('Neighbouring tables', 'Tablas vecinas'),
  summary: text('Made to be told apart', 'Hechas para distinguirlas'),
  origin: 'synthetic',
  calibration: text('none', 'ninguno'),
  licence: 'CC0',
  source: 'made for audits',
  portal: { url: '', label: text('none', 'ninguno') },
  rowUnit: 'row',
  privacyUnit: 'person',
  columns: [
    { name: 'place', label: text('Place', 'Lugar'), type: 'category', role: 'quasi-identifier', sensitivity: 'high' },
    { name: 'time', label: text('Time', 'Hora'), type: 'time', role: 'quasi-identifier', sensitivity: 'high' },
    {
      name: 'value',
      label: text('Value', 'Valor'),
      type: 'number',
      role: 'sensitive',
      sensitivity: 'medium',
      bounds: TINY_BOUNDS,
    },
    { name: 'who', label: text('Person', 'Persona'), type: 'integer', role: 'identifier', sensitivity: 'high' },
  ],
  parts: { place: 'place', time: 'time', measure: 'value', secret: 'value', entity: 'who' },
  rows: { default: 0, min: 0, max: 1_000_000 },
  places: 'neighbours',
  assumptions: [],
};

/** Those rows as the first release of a branch. */
export function tinyTable(rows: readonly TinyRow[]): TableRelease {
  const valid = new Uint8Array((rows.length + 7) >> 3);
  rows.forEach(({ value }, i) => {
    if (value !== undefined) valid[i >> 3] = (valid[i >> 3] as number) | (1 << (i & 7));
  });
  const table = makeTable([
    {
      kind: 'category',
      name: 'place',
      levels: TINY_PLACES,
      codes: Uint8Array.from(rows, ({ place }) => TINY_PLACES.indexOf(place)),
    },
    {
      kind: 'time',
      name: 'time',
      zone: 'local',
      values: Float64Array.from(rows, ({ hour = 0, day = 0 }) => (24 * day + hour) * 3_600_000),
    },
    { kind: 'number', name: 'value', values: Float64Array.from(rows, ({ value = 0 }) => value), valid },
    { kind: 'integer', name: 'who', values: Uint32Array.from(rows, ({ who }) => who) },
  ]);
  const dataset: LoadedDataset = {
    descriptor,
    table,
    places: {
      id: 'neighbours',
      coarser: [],
      places: TINY_PLACES.map((id) => ({ id, label: id, parents: [] })),
    },
    hierarchies: {},
    checksum: `neighbours-${rows.length}`,
    report: {
      format: 'synthetic',
      rowsRead: rows.length,
      rowsKept: rows.length,
      problems: [],
      problemCounts: {},
      decisions: [],
      warnings: [],
    },
  };
  return {
    kind: 'table',
    dataset,
    table,
    rowOf: Uint32Array.from(rows, (_, i) => i),
    quasiIdentifiers: ['place', 'time'],
    sensitive: ['value'],
    suppressed: new Uint32Array(0),
    guarantee: { kind: 'none', why: 'nothing protects these rows' },
    events: [],
    pictures: [],
    notes: [],
  };
}

/** How much of a unit the technique lets in. */
export interface PairOptions {
  readonly protects: Protects;
  readonly neighbours: 'add-remove' | 'replace-one';
  /** Rows of a person (or of its day) in one cell, and cells of it, that are kept. */
  readonly rowsPerCell: number;
  readonly cells: number;
}

const strangers: readonly TinyRow[] = [
  { place: 'a', value: 50, who: 1 },
  { place: 'a', value: 50, who: 2 },
  { place: 'a', value: 7, who: 3 },
  { place: 'b', value: 100, who: 4 },
  { place: 'b', value: 0, who: 5 },
];
const A: Seen = { place: 'a', hour: 0, sign: 1 };
const NOBODY = 99;
/** Other days of the person whose first day is in doubt: they are in both worlds, and nothing of that day may depend on them. */
const otherDays: readonly TinyRow[] = [1, 2, 3].map((day) => ({ place: 'a', value: 50, who: NOBODY, day }));

/**
 * Pairs that stress a count or a sum by place: nobody and somebody, extremes of the range and beyond it, ties, missing values, and
 * units with more rows than are kept. At most as many rows as bounding needs to bite.
 */
export function neighbourPairs({ protects, neighbours, rowsPerCell, cells }: PairOptions): readonly NeighbourPair[] {
  const others = protects === 'entity-day' ? [...strangers, ...otherDays] : strangers;
  const spread = protects === 'row' ? 1 : Math.min(cells, 24);
  const rows = protects === 'row' ? 1 : Math.min(rowsPerCell, 50) + 1;
  const unit = (value: number | undefined, place: TinyRow['place'] = 'a', from = 0): readonly TinyRow[] =>
    Array.from({ length: spread }, (_, at) =>
      Array.from(
        { length: rows },
        (): TinyRow => ({ place, hour: from + at, who: NOBODY, ...(value === undefined ? {} : { value }) }),
      ),
    ).flat();
  const shown = (sign: 1 | -1, place: TinyRow['place'] = 'a'): readonly Seen[] =>
    Array.from({ length: spread }, (_, hour) => ({ place, hour, sign }));
  const pair = (
    label: Text,
    first: readonly TinyRow[],
    second: readonly TinyRow[],
    seen: readonly Seen[],
  ): NeighbourPair => ({
    label,
    worlds: [first, second],
    seen,
  });
  if (neighbours === 'replace-one') {
    return [
      pair(
        text('moved from one place to another', 'pasa de un lugar a otro'),
        [...others, ...unit(100, 'b')],
        [...others, ...unit(100)],
        [...shown(1), ...shown(-1, 'b')],
      ),
      pair(
        text('from the smallest value to the largest', 'del valor más pequeño al mayor'),
        [...others, ...unit(0)],
        [...others, ...unit(100)],
        shown(1),
      ),
      pair(text('the only one, moved', 'la única, que se mueve'), unit(0, 'b'), unit(0), [
        ...shown(1),
        ...shown(-1, 'b'),
      ]),
      pair(
        text('from far below the range to far above', 'de muy por debajo del rango a muy por encima'),
        [...others, ...unit(-1e9)],
        [...others, ...unit(1e9)],
        shown(1),
      ),
      pair(
        text('from a missing value to the largest', 'de un valor ausente al mayor'),
        [...others, ...unit(undefined)],
        [...others, ...unit(100)],
        shown(1),
      ),
      pair(
        text('the same value, a tie', 'el mismo valor, un empate'),
        [...others, ...unit(50)],
        [...others, ...unit(50)],
        [A],
      ),
    ];
  }
  return [
    pair(text('nobody, and one with the largest value', 'nadie, y una con el valor mayor'), [], unit(100), shown(1)),
    pair(
      text('nobody, and one with the smallest value', 'nadie, y una con el valor más pequeño'),
      [],
      unit(0),
      shown(1),
    ),
    pair(
      text('one among others, largest value', 'una entre otras, valor mayor'),
      others,
      [...others, ...unit(100)],
      shown(1),
    ),
    pair(
      text('one among others, smallest value', 'una entre otras, valor más pequeño'),
      others,
      [...others, ...unit(0)],
      shown(1),
    ),
    pair(text('a tie with the others', 'un empate con las demás'), others, [...others, ...unit(50)], shown(1)),
    pair(text('far above the range', 'muy por encima del rango'), others, [...others, ...unit(1e9)], shown(1)),
    pair(text('far below the range', 'muy por debajo del rango'), others, [...others, ...unit(-1e9)], shown(1)),
    pair(text('a missing value', 'un valor ausente'), others, [...others, ...unit(undefined)], shown(1)),
  ];
}
