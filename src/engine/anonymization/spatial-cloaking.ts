import { infeasible } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice } from '../kit/params.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import { type LocatedRows, locatedRows, regionLabel, SLOTS, setColumn } from './location-cells.ts';
import { locationRelease } from './location-release.ts';
import { quadtreeCells } from './quadtree.ts';
import { requireRows, tableInput } from './table-input.ts';
import { timeSlots } from './time-slots.ts';
import { verifyClasses } from './verify.ts';
import { placeColumn, rowsInCell, slotOptions } from './location-params.ts';

/** Spatial and temporal cloaking by a quadtree (Gruteser, Grunwald, 2003). */
export const descriptor = defineTechnique({
  id: 'spatial-cloaking',
  version: 1,
  family: 'anonymization',
  label: text('spatial cloaking', 'ocultación espacial'),
  summary: text(
    'Quarters the map for each slot of time as long as every cell keeps at least k rows, and releases cells instead of places.',
    'Divide el mapa en cuartos, en cada franja horaria, mientras cada celda conserve al menos k filas, y publica celdas en vez de lugares.',
  ),
  citations: [
    {
      authors: 'Gruteser, Grunwald',
      year: 2003,
      title: 'Anonymous usage of location-based services through spatial and temporal cloaking',
      doi: '10.1145/1066116.1189037',
    },
  ],
  limits: [
    text(
      'Hides one place and its time. Whoever knows another column, such as the destination, can use it.',
      'Oculta un lugar y su hora. Quien conozca otra columna, como el destino, puede usarla.',
    ),
    text(
      'k counts rows, not people, and several cells of one person can be intersected.',
      'k cuenta filas, no personas, y varias celdas de una persona se pueden cruzar.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    k: rowsInCell,
    slot: choice({
      label: text('slot of time', 'franja horaria'),
      help: text(
        'Slots with fewer than k rows join the next one.',
        'Las franjas con menos de k filas se unen a la siguiente.',
      ),
      options: slotOptions,
      default: 'hour',
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

/** @throws infeasible for k above the number of rows with a place and a time, or places without coordinates */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  const { k } = params;
  requireRows(source.table.rows, k);
  await ctx.checkpoint(0, text('placing rows on the map', 'situando las filas en el mapa'));
  const rows = locatedRows(source, params.place, SLOTS.find((slot) => slot === params.slot) ?? 'hour');
  if (k > rows.located.length) {
    throw infeasible(
      `k = ${k}, but only ${rows.located.length} rows have a place with coordinates and a time`,
      `set k to at most ${rows.located.length}`,
      { param: 'k' },
    );
  }
  await ctx.checkpoint(0);
  const slots = timeSlots(rows, k);
  const { labels, sets, labelOf } = await cloak(rows, slots.slotOf, slots.count, k, (done) => ctx.checkpoint(done));
  const pause = (): Promise<void> => ctx.checkpoint(0.95);
  await pause();
  const cells = setColumn(rows.place, labelOf, labels, sets);
  await pause();
  const spans = slots.released(rows.located);
  return locationRelease(
    source,
    rows,
    rows.located,
    [cells, ...(spans === undefined ? [] : [spans])],
    k,
    [
      text(
        `${labels.length} cells in ${slots.count} slots of time, ${mean(sets).toFixed(1)} places a cell on average.`,
        `${labels.length} celdas en ${slots.count} franjas horarias, ${mean(sets).toFixed(1)} lugares por celda de media.`,
      ),
    ],
    pause,
  );
};

const mean = (sets: readonly Uint32Array[]): number =>
  sets.reduce((sum, set) => sum + set.length, 0) / Math.max(1, sets.length);

interface Cloaked {
  readonly labels: readonly string[];
  readonly sets: readonly Uint32Array[];
  /** Label of each located row. */
  readonly labelOf: Uint32Array;
}

async function cloak(
  rows: LocatedRows,
  slotOf: Uint32Array,
  slots: number,
  k: number,
  checkpoint: (done: number) => Promise<void>,
): Promise<Cloaked> {
  const size = rows.points.x.length;
  const codes = Uint32Array.from({ length: size }, (_, code) => code).filter((code) =>
    Number.isFinite(rows.points.x[code]),
  );
  const bySlot: number[][] = Array.from({ length: slots }, () => []);
  rows.located.forEach((row, i) => bySlot[slotOf[row] as number]?.push(i));
  const labels: string[] = [];
  const sets: Uint32Array[] = [];
  const known = new Map<string, number>();
  const labelOf = new Uint32Array(rows.located.length);
  const labelAt = new Uint32Array(size);
  for (const [slot, members] of bySlot.entries()) {
    await checkpoint(0.9 * (slot / slots));
    const counts = new Uint32Array(size);
    const placeOf = (i: number): number => rows.place.codes[rows.located[i] as number] as number;
    for (const i of members) counts[placeOf(i)] = (counts[placeOf(i)] as number) + 1;
    for (const cell of quadtreeCells(rows.points, codes, counts, k)) {
      const label = regionLabel(rows.place, cell.places, cell.path);
      let code = known.get(label);
      if (code === undefined) {
        code = labels.length;
        known.set(label, code);
        labels.push(label);
        sets.push(cell.places);
      }
      for (const place of cell.places) labelAt[place] = code;
    }
    for (const i of members) labelOf[i] = labelAt[placeOf(i)] as number;
  }
  return { labels, sets, labelOf };
}

export const verify = verifyClasses;
