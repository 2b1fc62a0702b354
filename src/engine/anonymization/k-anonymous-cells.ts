import { infeasible } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, number } from '../kit/params.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import { levelColumn } from './cells.ts';
import { levelOf, type LocatedRows, locatedRows, regionLabel, SLOTS, setColumn } from './location-cells.ts';
import { locationRelease } from './location-release.ts';
import { mergeRegions } from './region-merging.ts';
import { requireRows, tableInput } from './table-input.ts';
import { verifyClasses } from './verify.ts';
import { placeColumn, rowsInCell, slotOptions } from './location-params.ts';

/** One map of merged zones, each cell of zone and slot of time with at least k rows. */
export const descriptor = defineTechnique({
  id: 'k-anonymous-cells',
  version: 1,
  family: 'anonymization',
  label: text('k-anonymous cells', 'celdas k-anónimas'),
  summary: text(
    'Merges neighbouring zones into one map for all times, until almost every cell of zone and time holds at least k rows; the rest is left out.',
    'Une zonas vecinas en un único mapa para todas las horas, hasta que casi cada celda de zona y hora tiene al menos k filas; el resto se omite.',
  ),
  citations: [
    {
      authors: 'Openshaw',
      year: 1977,
      title:
        'A geographical solution to scale and aggregation problems in region-building, partitioning and spatial modelling',
      doi: '10.2307/622300',
    },
    {
      authors: 'Sweeney',
      year: 2002,
      title: 'k-anonymity: a model for protecting privacy',
      doi: '10.1142/S0218488502001648',
    },
  ],
  limits: [
    text(
      'Hides one place and its slot of time; other columns stay exact.',
      'Oculta un lugar y su franja horaria; las demás columnas quedan exactas.',
    ),
    text(
      'k counts rows, not people: several rows of one person can fill a cell.',
      'k cuenta filas, no personas: varias filas de una persona pueden llenar una celda.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    k: rowsInCell,
    slot: choice({
      label: text('slot of time', 'franja horaria'),
      help: text('Times are released as slots.', 'Las horas se publican como franjas.'),
      options: slotOptions,
      default: 'day',
    }),
    leftOut: number({
      label: text('rows that may be left out', 'filas que se pueden omitir'),
      help: text(
        'Zones are merged until no more rows than this share lie in cells that are too small.',
        'Se unen zonas hasta que como mucho esta proporción de filas está en celdas demasiado pequeñas.',
      ),
      min: 0,
      max: 0.5,
      default: 0.05,
    }),
    place: placeColumn,
  },
  stage: 'release',
  does: 'places',
  dimensions: { serves: ['location', 'identity'] },
  view: 'classes',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: (params): Guarantee => ({ kind: 'k-anonymity', k: params.k }),
});

/** @throws infeasible where even one region for all places leaves out too many rows */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  const { k } = params;
  requireRows(source.table.rows, k);
  await ctx.checkpoint(0, text('placing rows on the map', 'situando las filas en el mapa'));
  const rows = locatedRows(source, params.place, SLOTS.find((slot) => slot === params.slot) ?? 'day');
  await ctx.checkpoint(0);
  const allowed = Math.floor(params.leftOut * rows.located.length);
  const placeOf = rows.located.map((row) => rows.place.codes[row] as number);
  const slotOf = rows.located.map((row) => rows.slotOf[row] as number);
  const merged = await mergeRegions({ points: rows.points, placeOf, slotOf, slots: rows.slots, k, allowed }, (done) =>
    ctx.checkpoint(0.9 * done),
  );
  if (merged.small > allowed) {
    throw infeasible(
      `even with all places in one region, ${merged.small} of ${rows.located.length} rows lie in slots with fewer than ${k} rows`,
      'choose wider slots of time, lower k, or let more rows be left out',
      { param: 'slot' },
    );
  }
  const pause = (): Promise<void> => ctx.checkpoint(0.95);
  await pause();
  const kept = keptRows(rows, merged.regionOf, merged.regions.length, k);
  const labels = merged.regions.map((set, region) => regionLabel(rows.place, set, String(region + 1)));
  const labelOf = kept.map((row) => merged.regionOf[rows.place.codes[row] as number] as number);
  const cells = setColumn(rows.place, labelOf, labels, merged.regions);
  await pause();
  const { time } = rows;
  const spans =
    time === undefined ? [] : [levelColumn(time, time.hierarchy.levels.indexOf(levelOf(time, params.slot)), kept)];
  const occupied = new Set(labelOf).size;
  return locationRelease(
    source,
    rows,
    kept,
    [cells, ...spans],
    k,
    [
      text(
        `${merged.places} places became ${merged.regions.length} regions, ${occupied} of them with rows.`,
        `${merged.places} lugares pasan a ${merged.regions.length} regiones, ${occupied} de ellas con filas.`,
      ),
    ],
    pause,
  );
};

/** Located rows whose cell of region and slot holds k of them. */
function keptRows(rows: LocatedRows, regionOf: Uint32Array, regions: number, k: number): Uint32Array {
  const cellOf = (row: number): number =>
    (rows.slotOf[row] as number) * regions + (regionOf[rows.place.codes[row] as number] as number);
  const counts = new Map<number, number>();
  for (const row of rows.located) counts.set(cellOf(row), (counts.get(cellOf(row)) ?? 0) + 1);
  return rows.located.filter((row) => (counts.get(cellOf(row)) as number) >= k);
}

export const verify = verifyClasses;
