import type { ColumnDescriptor } from '../../src/engine/kit/dataset.ts';
import { text } from '../../src/engine/kit/text.ts';
import type { CategoryColumn, Column, NumberColumn } from '../../src/engine/table/table.ts';
import { found, put, toWallClock, without } from './columns-ops.ts';
import { column, sourceOf } from './fields.ts';
import { withPlaces } from './file-places.ts';
import { detectColumn } from './generic.ts';
import type { Draft, FieldPlan, FilePlan, FinishTools, Format, Sniff } from './plan.ts';

/** Attributes that describe the entity's publication, not the city. */
const LEFT_OUT = new Set(['datasource', 'origin', 'reputation', 'description', 'location']);

const lonColumn = column('lon', 'number', text('Longitude', 'Longitud'), {
  unit: '°',
  role: 'quasi-identifier',
  bounds: [-180, 180],
  ladder: { kind: 'interval', origin: 0, widths: [0.001, 0.01, 0.1, 1] },
});
const latColumn = column('lat', 'number', text('Latitude', 'Latitud'), {
  unit: '°',
  role: 'quasi-identifier',
  bounds: [-90, 90],
  ladder: { kind: 'interval', origin: 0, widths: [0.001, 0.01, 0.1, 1] },
});

/** NGSI v2 context entities (FIWARE; SmartSantander through OrganiCity): one row per entity. */
export const ngsiFormat: Format = {
  id: 'ngsi',
  label: text('NGSI v2 entities', 'entidades NGSI v2'),
  matches: (sniff) => (sniff.envelope === 'ngsi' ? 0.9 : 0),
  plan: planNgsi,
};

function planNgsi(sniff: Sniff, choices: Readonly<Record<string, string>>): FilePlan {
  const fields: FieldPlan[] = [];
  const columns: ColumnDescriptor[] = [];
  const add = (field: FieldPlan, described: ColumnDescriptor): void => {
    fields.push(field);
    columns.push(described);
  };
  const time = sourceOf(sniff, 'timeinstant', 'dateobserved', 'datemodified');
  if (time >= 0)
    add(
      { source: time, column: 'time', kind: 'time', time: 'iso', zone: 'utc' },
      column('time', 'time', text('Time', 'Hora'), {
        role: 'quasi-identifier',
        bounds: [Date.UTC(2010, 0, 1), Date.UTC(2031, 0, 1)],
        ladder: { kind: 'time' },
      }),
    );
  add(
    { source: sourceOf(sniff, 'id'), column: 'sensor', kind: 'category' },
    column('sensor', 'category', text('Entity', 'Entidad'), { role: 'quasi-identifier', ladder: { kind: 'place' } }),
  );
  add(
    {
      source: sourceOf(sniff, 'type'),
      column: 'kind',
      kind: 'category',
      level: (raw) => raw.slice(raw.lastIndexOf(':') + 1),
    },
    column('kind', 'category', text('Kind', 'Tipo'), { ladder: { kind: 'suppress' } }),
  );
  const location = sourceOf(sniff, 'location');
  if (location >= 0) fields.push({ source: location, column: 'location', kind: 'category' });
  const taken = new Set(fields.map((field) => field.source));
  sniff.keys.forEach((key, source) => {
    if (taken.has(source) || LEFT_OUT.has(key)) return;
    const detected = detectColumn(sniff, source, choices);
    add(detected.field, detected.descriptor);
  });
  const measure = columns.find((each) => each.type === 'number' || each.type === 'integer');
  return {
    descriptor: {
      id: 'ngsi',
      city: 'santander',
      label: text('NGSI entities (your file)', 'Entidades NGSI (su archivo)'),
      summary: text('Context entities of a city platform.', 'Entidades de contexto de una plataforma urbana.'),
      origin: 'real',
      calibration: text('Rows of your file, nothing added.', 'Filas de su archivo, sin añadir nada.'),
      licence: 'as published by the platform',
      source: 'NGSI v2 context broker',
      portal: { url: 'https://organicityeu.github.io/', label: text('OrganiCity', 'OrganiCity') },
      rowUnit: 'entity',
      privacyUnit: 'entity',
      columns: [...columns, lonColumn, latColumn],
      parts: { place: 'sensor', time: 'time', ...(measure === undefined ? {} : { measure: measure.name }) },
      rows: { default: 0, min: 0, max: 0 },
      assumptions: [],
    },
    fields,
    decisions: [],
    warnings: [],
    finish: finishNgsi,
  };
}

async function finishNgsi(draft: Draft, tools: FinishTools): Promise<Draft> {
  let out = put(draft, [toWallClock(found(draft, 'time'), 'Europe/Madrid')]);
  const location = found(out, 'location');
  if (location?.kind === 'category') {
    out = put(out, splitPoints(location));
    tools.decide(
      text(
        'geo:point is read as "longitude,latitude", as SmartSantander writes it (the NGSI norm is the reverse).',
        'geo:point se lee como "longitud,latitud", como lo escribe SmartSantander (la norma NGSI es la inversa).',
      ),
    );
  }
  const placed = await withPlaces(
    without(out, ['location']),
    [{ place: 'sensor', lon: 'lon', lat: 'lat' }],
    { table: 'santander-nodes', city: 'Santander' },
    tools,
  );
  return placed;
}

/** "lon,lat" by level. A first part beyond any European longitude of the sources would be a latitude: then swapped. */
function splitPoints(location: CategoryColumn): Column[] {
  const points = location.levels.map((level) => {
    const match = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(level);
    const first = Number(match?.[1] ?? Number.NaN);
    const second = Number(match?.[2] ?? Number.NaN);
    return Math.abs(first) > 30 && Math.abs(second) < 30 ? [second, first] : [first, second];
  });
  const part = (name: string, at: number): NumberColumn => ({
    kind: 'number',
    name,
    values: Float64Array.from(location.codes, (code) => points[code]?.[at] ?? Number.NaN),
    ...(location.valid === undefined ? {} : { valid: location.valid }),
  });
  return [part('lon', 0), part('lat', 1)];
}
