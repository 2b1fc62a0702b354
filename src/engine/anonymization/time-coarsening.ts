import { infeasible, invalidData } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, columns } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { encodeColumn } from '../table/encode.ts';
import type { EncodedColumn } from '../table/hierarchy.ts';
import { MISSING, timeSpanLabel } from '../table/ladders.ts';
import { columnOf } from '../table/table.ts';
import { levelColumn, type ReleasedCells } from './cells.ts';
import { setColumn } from './location-cells.ts';
import { perturbed } from './perturbed.ts';
import { chosenColumns, tableInput } from './table-input.ts';

/** Coarser times (de Montjoye et al., 2013: what coarsening does, and does not do, against unicity). */
export const descriptor = defineTechnique({
  id: 'time-coarsening',
  version: 1,
  family: 'anonymization',
  label: text('coarser times', 'horas más gruesas'),
  summary: text(
    'Releases the slot of time a row falls into instead of the minute.',
    'Publica la franja horaria de cada fila en vez del minuto.',
  ),
  citations: [
    {
      authors: 'de Montjoye, Hidalgo, Verleysen, Blondel',
      year: 2013,
      title: 'Unique in the crowd: the privacy bounds of human mobility',
      doi: '10.1038/srep01376',
    },
  ],
  limits: [
    text(
      'Coarse times alone hide nobody: a few points still single people out.',
      'Las horas gruesas no ocultan por sí solas a nadie: unos pocos puntos siguen señalando a personas.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    step: choice({
      label: text('width of a slot', 'anchura de la franja'),
      help: text('Slots begin at whole multiples.', 'Las franjas empiezan en múltiplos enteros.'),
      options: [
        { value: '5', label: text('5 minutes', '5 minutos') },
        { value: '15', label: text('15 minutes', '15 minutos') },
        { value: '30', label: text('30 minutes', '30 minutos') },
        { value: 'hour', label: text('hour', 'hora') },
        { value: 'daypart', label: text('quarter of a day', 'cuarto de día') },
        { value: 'day', label: text('day', 'día') },
        { value: 'week', label: text('week', 'semana') },
      ],
      default: 'hour',
    }),
    columns: columns({
      label: text('time columns', 'columnas de hora'),
      help: text('Empty: all times.', 'Vacío: todas las horas.'),
      roles: ['quasi-identifier'],
    }),
  },
  stage: 'release',
  does: 'places',
  dimensions: { serves: ['location', 'footprint'] },
  view: 'rows',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: (): Guarantee => NONE,
});

const NONE: Guarantee = {
  kind: 'none',
  why: 'coarser times make rows more alike, but nothing makes sure that any two are',
};

/** @throws infeasible where the table has no times; invalid-data for a named column without times */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  const names = timeColumns(source, params.columns);
  const made: ReleasedCells[] = [];
  const notes: Text[] = [];
  for (const [j, name] of names.entries()) {
    await ctx.checkpoint(j / names.length);
    const encoded = encodeColumn(source.dataset, name, source.table);
    const coarse = coarsened(encoded, params.step, source.table.rows);
    made.push(coarse);
    const before = encoded.hierarchy.levels[0]?.codes.length ?? 0;
    const after = coarse.column.levels.length;
    notes.push(
      text(
        `${name}: ${before} different minutes became ${after} slots.`,
        `${name}: ${before} minutos distintos pasan a ${after} franjas.`,
      ),
    );
  }
  return perturbed(
    source,
    made.map((each) => each.column),
    source.guarantee.kind === 'k-anonymity' ? source.guarantee : NONE,
    notes,
    () => ctx.checkpoint(0.99),
    Object.fromEntries(made.map((each) => [each.column.name, each.cells])),
  );
};

function timeColumns(source: TableRelease, named: readonly string[]): readonly string[] {
  const all = named.length > 0 ? chosenColumns(source, named, []) : source.table.columns.map((column) => column.name);
  const found = all.filter((name) => columnOf(source.table, name).kind === 'time');
  const other = all.find((name) => !found.includes(name));
  if (named.length > 0 && other !== undefined) {
    throw invalidData(`column "${other}" has no times`, 'choose columns of times', { column: other });
  }
  if (found.length === 0) throw infeasible('the table has no column of times', 'choose data with times');
  return found;
}

/** The column in slots: a level of its ladder, or multiples of some minutes. */
function coarsened(encoded: EncodedColumn, step: string, rows: number): ReleasedCells {
  const width = Number(step);
  if (!Number.isFinite(width) || encoded.base.kind !== 'minutes') {
    const level = encoded.hierarchy.levels.findIndex((each) => each.name === step);
    return levelColumn(
      encoded,
      level < 0 ? 0 : level,
      Uint32Array.from({ length: rows }, (_, row) => row),
    );
  }
  const minutes = encoded.base.values;
  const labels: string[] = [];
  const sets: number[][] = [];
  const slotOf = new Uint32Array(minutes.length + 1);
  let last = Number.NaN;
  minutes.forEach((minute, code) => {
    const start = Math.floor(minute / width) * width;
    if (start !== last) {
      last = start;
      labels.push(timeSpanLabel(start, start + width - 1));
      sets.push([]);
    }
    sets.at(-1)?.push(code);
    slotOf[code] = labels.length - 1;
  });
  if (encoded.missingCode !== undefined) {
    slotOf[encoded.missingCode] = labels.length;
    labels.push(MISSING);
    sets.push([encoded.missingCode]);
  }
  return setColumn(
    encoded,
    encoded.codes.map((code) => slotOf[code] as number),
    labels,
    sets.map((set) => Uint32Array.from(set)),
  );
}
