import { text } from '../../src/engine/kit/text.ts';
import type { CategoryColumn, NumberColumn } from '../../src/engine/table/table.ts';
import { isValid } from '../../src/engine/table/table.ts';
import { cleared, found, put, without } from './columns-ops.ts';
import { column } from './fields.ts';
import { withPlaces } from './file-places.ts';
import type { Draft, FinishTools } from './plan.ts';
import { simpleFormat } from './simple.ts';

/** "Staten island" and "Staten Island" are one borough. */
const boroughLevel = (raw: string): string => raw.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());

/** The archive begins in 2017; earlier readings are junk dates. */
const FIRST_READING = Date.UTC(2017, 0, 1);

/** NYC DOT real-time traffic speeds: Socrata CSV (lower case), Open Data CSV (upper case), Spark tables (Parquet). */
export const dotSpeeds = simpleFormat({
  id: 'dot-speeds',
  label: text('NYC DOT traffic speeds', 'velocidades de tráfico NYC DOT'),
  city: 'nyc',
  score: 0.95,
  dateOrder: 'mdy',
  // CSV is New York time already; Spark's INT96 holds UTC instants.
  wallClock: 'America/New_York',
  dataset: {
    id: 'dot-speeds',
    label: text('Road speeds (your file)', 'Velocidad en vías (su archivo)'),
    summary: text('Real speeds on instrumented road links.', 'Velocidades reales en tramos con sensores.'),
    licence: 'NYC Open Data terms of use',
    source: 'NYC Department of Transportation, real-time traffic speeds',
    portal: {
      url: 'https://data.cityofnewyork.us/Transportation/DOT-Traffic-Speeds-NBE/i4gi-tjb9',
      label: text('NYC Open Data, DOT traffic speeds', 'NYC Open Data, velocidades DOT'),
    },
    rowUnit: 'reading',
    privacyUnit: 'reading',
    parts: { place: 'link', time: 'time', measure: 'speedMph', secret: 'speedMph' },
    places: 'nyc-links',
    assumptions: [
      text(
        'A reading is of a road link, not of a person: per-person privacy does not apply.',
        'Una lectura es de un tramo, no de una persona: no procede la privacidad por persona.',
      ),
    ],
  },
  fields: [
    {
      keys: ['linkid'],
      needed: true,
      column: column('link', 'category', text('Road link', 'Tramo'), {
        role: 'quasi-identifier',
        ladder: { kind: 'place' },
      }),
      plan: { required: true },
    },
    {
      keys: ['dataasof', 'timedate'],
      needed: true,
      column: column('time', 'time', text('Time', 'Hora'), {
        role: 'quasi-identifier',
        bounds: [FIRST_READING, Date.UTC(2031, 0, 1)],
        ladder: { kind: 'time' },
      }),
      plan: { required: true },
    },
    {
      keys: ['speed'],
      needed: true,
      column: column('speedMph', 'number', text('Speed', 'Velocidad'), {
        role: 'sensitive',
        unit: 'mph',
        bounds: [0, 80],
        ladder: { kind: 'interval', origin: 0, widths: [5, 10, 20, 80] },
      }),
    },
    {
      keys: ['traveltime'],
      column: column('travelSeconds', 'integer', text('Travel time', 'Tiempo de recorrido'), {
        unit: 's',
        bounds: [0, 3600],
        ladder: { kind: 'interval', origin: 0, widths: [60, 300, 1200, 3600] },
      }),
    },
    {
      keys: ['status'],
      column: column('status', 'category', text('Status', 'Estado'), {
        ladder: { kind: 'suppress' },
        note: text('-101 = no reading.', '-101 = sin lectura.'),
      }),
    },
    {
      keys: ['borough'],
      column: column('borough', 'category', text('Borough', 'Distrito'), {
        role: 'quasi-identifier',
        ladder: { kind: 'suppress' },
      }),
      plan: { level: boroughLevel },
    },
    { keys: ['linkname'], column: column('linkName', 'category', { en: 'linkName' }) },
    { keys: ['linkpoints'], column: column('linkPoints', 'category', { en: 'linkPoints' }) },
  ],
  finish: finishSpeeds,
});

async function finishSpeeds(draft: Draft, tools: FinishTools): Promise<Draft> {
  const silenced = withoutSilent(draft, tools);
  noteJunkDates(silenced, tools);
  const points = found(silenced, 'linkPoints');
  const withPoints = points?.kind === 'category' ? put(silenced, firstPoints(points)) : silenced;
  const placed = await withPlaces(
    withPoints,
    [{ place: 'link', lon: 'pointLon', lat: 'pointLat', label: 'linkName' }],
    { table: 'nyc-links', city: 'New York City' },
    tools,
  );
  return { ...without(placed, ['linkName', 'linkPoints', 'pointLon', 'pointLat']) };
}

/** Status -101 means that there was no reading; the speed 0 (or a stale one) beside it is not a speed. */
function withoutSilent(draft: Draft, tools: FinishTools): Draft {
  const status = found(draft, 'status');
  if (status?.kind !== 'category') return draft;
  const silent = status.levels.indexOf('-101');
  if (silent < 0) return draft;
  const mark = new Uint8Array(draft.rows);
  let count = 0;
  for (let i = 0; i < draft.rows; i += 1) {
    if (status.codes[i] !== silent || !isValid(status, i)) continue;
    mark[i] = 1;
    count += 1;
  }
  tools.decide(
    text(
      `${count} readings have status -101 (no reading): their speed and travel time are missing.`,
      `${count} lecturas tienen estado -101 (sin lectura): su velocidad y tiempo faltan.`,
    ),
  );
  const changed = ['speedMph', 'travelSeconds'].map((name) => {
    const own = found(draft, name);
    return own === undefined ? undefined : cleared(own, mark, draft.rows).column;
  });
  return put(draft, changed);
}

function noteJunkDates(draft: Draft, tools: FinishTools): void {
  const time = found(draft, 'time');
  if (time?.kind !== 'time') return;
  let junk = 0;
  for (let i = 0; i < draft.rows; i += 1) if ((time.values[i] as number) < FIRST_READING) junk += 1;
  if (junk > 0)
    tools.decide(
      text(
        `${junk} readings are dated before 2017; kept.`,
        `${junk} lecturas tienen fecha anterior a 2017; se conservan.`,
      ),
    );
}

/** First point of each link's polyline ("40.75829,-73.997531 40.7605,..."), whose last point may be cut off. */
function firstPoints(points: CategoryColumn): NumberColumn[] {
  const pairs = points.levels.map((level) => /^\s*(-?\d+\.\d+),(-?\d+\.\d+)(?:\s|$)/.exec(level));
  const lat = Float64Array.from(pairs, (pair) => (pair === null ? Number.NaN : Number(pair[1])));
  const lon = Float64Array.from(pairs, (pair) => (pair === null ? Number.NaN : Number(pair[2])));
  const spread = (byLevel: Float64Array): Float64Array =>
    Float64Array.from(points.codes, (code) => byLevel[code] as number);
  const valid = points.valid === undefined ? {} : { valid: points.valid };
  return [
    { kind: 'number', name: 'pointLon', values: spread(lon), ...valid },
    { kind: 'number', name: 'pointLat', values: spread(lat), ...valid },
  ];
}
