import { infeasible, invalidData } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, column, integer } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { sizeHistogram } from '../table/group.ts';
import { columnOf, takeRows, withColumns, withoutColumns } from '../table/table.ts';
import {
  type ItemInput,
  type ItemOutput,
  listInput,
  listOutput,
  trajectoryInput,
  trajectoryOutput,
} from './item-columns.ts';
import { repairItems } from './models/k-m-repair.ts';
import { tablePictures } from './pictures.ts';
import { applyCut } from './small-classes.ts';
import { missingCount, otherIdentifiers, removedNote, tableInput } from './table-input.ts';
import { verifyClasses } from './verify.ts';

/** k^m-anonymity of set-valued data by generalizing and leaving out items (Terrovitis, Mamoulis, Kalnis 2008). */
export const descriptor = defineTechnique({
  id: 'k-m-anonymity',
  version: 1,
  family: 'anonymization',
  label: text('k^m-anonymity of items', 'k^m-anonimato de elementos'),
  summary: text(
    'Whoever knows any m places of a person, or m items of a list, still finds at least k that fit. Rare items become coarser, or are left out.',
    'Quien conozca m lugares de una persona, o m elementos de una lista, encuentra al menos k que encajan. Los elementos raros se generalizan u omiten.',
  ),
  citations: [
    {
      authors: 'Terrovitis, Mamoulis, Kalnis',
      year: 2008,
      title: 'Privacy-preserving anonymization of set-valued data',
      where: 'VLDB',
      doi: '10.14778/1453856.1453874',
    },
  ],
  limits: [
    text(
      'Whoever knows more than m items, their order, or another released column can still single people out.',
      'Quien conozca más de m elementos, su orden u otra columna publicada puede seguir señalando a alguien.',
    ),
    text(
      'All k fitting records may share what is sensitive.',
      'Los k registros que encajan pueden compartir lo sensible.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    k: integer({
      label: text('records that must fit', 'registros que deben encajar'),
      symbol: 'k',
      help: text(
        'Every combination of known items fits at least k records, or none.',
        'Toda combinación de elementos conocidos encaja en al menos k registros, o en ninguno.',
      ),
      ends: [text('more detail', 'más detalle'), text('stronger privacy', 'más privacidad')],
      min: 2,
      max: 1000,
      default: 5,
      scale: 'log',
      stops: [2, 3, 5, 10, 20, 50, 100],
      warnBelow: 5,
    }),
    m: integer({
      label: text('items an outsider knows', 'elementos que conoce alguien de fuera'),
      symbol: 'm',
      help: text(
        'How many items of one record may be known. Work grows steeply with it.',
        'Cuántos elementos de un registro se pueden conocer. El trabajo crece mucho con ello.',
      ),
      min: 1,
      max: 4,
      default: 2,
    }),
    items: column({
      label: text('column of items', 'columna de elementos'),
      help: text(
        'Lists as text. Empty: the places of each person, one record a person.',
        'Listas como texto. Vacío: los lugares de cada persona, un registro por persona.',
      ),
      roles: [],
    }),
    separator: choice({
      label: text('between items', 'entre elementos'),
      help: text('What separates the items of a list.', 'Lo que separa los elementos de una lista.'),
      options: [
        { value: ';', label: text('semicolon', 'punto y coma') },
        { value: ',', label: text('comma', 'coma') },
        { value: '|', label: text('bar', 'barra') },
        { value: ' ', label: text('space', 'espacio') },
      ],
      default: ';',
      advanced: true,
    }),
  },
  stage: 'release',
  does: 'coarsen',
  dimensions: { serves: ['identity', 'location', 'footprint'] },
  view: 'classes',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: ({ k, m, items, separator }): Guarantee =>
    items === '' ? claim(k, m, { column: 'place' }) : claim(k, m, { column: items, separator }),
});

const claim = (k: number, m: number, of: ItemInput['of']): Guarantee => ({
  kind: 'k-anonymity',
  k: 1,
  models: [{ type: 'k-m', k, m, ...of }],
});

/** @throws infeasible without items, for k above the number of records, or where nothing could be released */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  const { k, m } = params;
  await ctx.checkpoint(0);
  if (source.table.rows === 0) {
    throw infeasible('the table has no rows', 'load data, or undo the step that removed every row');
  }
  const given = inputOf(source, params.items, params.separator);
  const items = columnOf(source.table, given.of.column);
  if (missingCount(items) === source.table.rows) {
    throw invalidData(
      `column "${items.name}" has no value in any row`,
      'choose a column that holds items, or load a file that fills it',
      { column: items.name },
    );
  }
  const count = given.records.start.length - 1;
  if (k > count) {
    throw infeasible(
      `k = ${k} needs at least ${k} records of ${given.of.column}, there ${count === 1 ? 'is' : 'are'} ${count}`,
      count === 1 ? 'one record cannot hide among others: load more data' : `set k to at most ${count}`,
      { param: 'k' },
    );
  }
  await ctx.checkpoint(0);
  const cut = await repairItems(given.records, given.levels, k, m, ctx);
  await ctx.checkpoint(0.95, text('writing the released table', 'escribiendo la tabla publicada'));
  const out = given.of.separator === undefined ? trajectoryOutput(source, given, cut) : listOutput(source, given, cut);
  if (out.kept.length === 0) {
    throw infeasible(
      `no place is shared by ${k} records: every row would be left out`,
      'lower k or m, or generalize places first',
      { param: 'k' },
    );
  }
  await ctx.checkpoint(0.97);
  return assemble(source, given, out, claim(k, m, given.of), k);
};

function inputOf(source: TableRelease, named: string, separator: string): ItemInput {
  const { entity, place } = source.dataset.descriptor.parts;
  const points = named === '' || (named === place && entity !== undefined);
  if (!points) return listInput(source, named, separator);
  const found = entity === undefined || place === undefined ? undefined : trajectoryInput(source, entity, place);
  if (found !== undefined) return found;
  throw infeasible(
    'there are no items: the table has no person with places',
    'choose a column that holds lists of items',
    { param: 'items' },
  );
}

function assemble(
  source: TableRelease,
  given: ItemInput,
  out: ItemOutput,
  guarantee: Guarantee,
  k: number,
): TableRelease {
  const identifiers = otherIdentifiers(source, [given.of.column, given.of.records ?? '']);
  const { classOf: _replaced, ...rest } = source;
  const { kept, dropped } = out;
  const table = dropped.length === 0 ? source.table : takeRows(source.table, kept);
  const release: TableRelease = {
    ...rest,
    ...applyCut(source, { kept, dropped }),
    table: withColumns(withoutColumns(table, identifiers), out.columns),
    guarantee,
    generalized: { ...source.generalized, ...out.generalized },
    pictures: [],
    notes: [...source.notes, ...findings(given, out, identifiers)],
  };
  const name = given.of.column;
  const classes = {
    view: 'classes',
    columns: [name],
    before: sizeHistogram(given.support),
    after: sizeHistogram(out.support),
    k,
    suppressedRows: release.suppressed.length,
    rows: source.table.rows,
    columnsLoss: [
      {
        column: name,
        words: text(
          `${name}: ${out.coarser} of ${given.records.size} items coarser, ${out.gone} left out`,
          `${name}: ${out.coarser} de ${given.records.size} elementos generalizados, ${out.gone} omitidos`,
        ),
        loss: out.loss,
      },
    ],
  } as const;
  return { ...release, pictures: tablePictures(source, release, classes) };
}

function findings(given: ItemInput, out: ItemOutput, identifiers: readonly string[]): readonly Text[] {
  const count = given.records.start.length - 1;
  const notes = [
    text(
      `${count} records of ${given.records.size} items of ${given.of.column}: ${out.coarser} items became coarser, ${out.gone} were left out, and with them ${out.dropped.length} rows.`,
      `${count} registros de ${given.records.size} elementos de ${given.of.column}: ${out.coarser} se generalizaron, ${out.gone} se omitieron, y con ellos ${out.dropped.length} filas.`,
    ),
  ];
  if (given.of.records !== undefined) {
    notes.push(
      text(`${given.of.records} became a record number.`, `${given.of.records} pasó a ser un número de registro.`),
    );
  }
  return [...notes, ...removedNote(identifiers)];
}

export const verify = verifyClasses;
