import { infeasible } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { columns, integer } from '../kit/params.ts';
import { columnOfModel } from '../kit/privacy-model.ts';
import type { TableRelease } from '../kit/release.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import type { EncodedColumn } from '../table/hierarchy.ts';
import { columnOf, withColumns, withoutColumns } from '../table/table.ts';
import { exactCodes, wholeMinutes } from './cell-codes.ts';
import { classesPicture, tablePictures } from './pictures.ts';
import { applyCut, cutSmallClasses, keptRows, minuteNote, suppressionNote } from './small-classes.ts';
import { chosenColumns, chosenQuasiIdentifiers, encodeAll, requireRows, tableInput } from './table-input.ts';
import { verifyClasses } from './verify.ts';

/** Leaving out columns, and rows that fewer than k rows resemble. */
export const descriptor = defineTechnique({
  id: 'suppression',
  version: 1,
  family: 'anonymization',
  label: text('suppression', 'supresión'),
  summary: text(
    'Leaves out whole columns, and whole rows that too few others resemble. Nothing else is changed.',
    'Omite columnas enteras, y filas enteras a las que se parecen muy pocas. No cambia nada más.',
  ),
  citations: [
    {
      authors: 'Samarati, Sweeney',
      year: 1998,
      title:
        'Protecting privacy when disclosing information: k-anonymity and its enforcement through generalization and suppression',
    },
  ],
  limits: [
    text(
      'Rows are alike in the chosen columns only. All other columns stay exact, and whoever knows one of them can use it.',
      'Las filas se parecen solo en las columnas elegidas. Las demás quedan exactas, y quien conozca una puede usarla.',
    ),
    text(
      'On detailed columns almost every row stands out, and almost all are left out.',
      'Con columnas detalladas casi todas las filas destacan y casi todas se omiten.',
    ),
    text('What is left is biased towards the usual.', 'Lo que queda está sesgado hacia lo habitual.'),
  ],
  vetting: 'reviewed',
  params: {
    columns: columns({
      label: text('columns to leave out', 'columnas que se omiten'),
      help: text('Empty: all identifiers.', 'Vacío: todos los identificadores.'),
      roles: ['identifier'],
    }),
    k: integer({
      label: text('smallest group', 'grupo mínimo'),
      symbol: 'k',
      help: text(
        'Rows of smaller groups are left out. 1 = no row is left out.',
        'Se omiten las filas de grupos menores. 1 = no se omite ninguna fila.',
      ),
      ends: [text('more rows', 'más filas'), text('stronger privacy', 'más privacidad')],
      min: 1,
      max: 1000,
      default: 1,
      scale: 'log',
      stops: [1, 2, 3, 5, 10, 20, 50, 100],
    }),
    quasiIdentifiers: columns({
      label: text('what an outsider may know', 'lo que alguien de fuera puede saber'),
      help: text('Columns whose combination must not stand out.', 'Columnas cuya combinación no debe destacar.'),
      roles: ['quasi-identifier'],
      max: 20,
    }),
  },
  stage: 'release',
  does: 'omit',
  dimensions: { serves: ['identity', 'footprint'] },
  view: 'classes',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: (params): Guarantee => claim(params.k),
});

const claim = (k: number): Guarantee =>
  k > 1
    ? { kind: 'k-anonymity', k }
    : { kind: 'none', why: 'leaving out columns alone promises nothing about the others' };

/** A claim that outlives its columns: l-diversity (or another model) of a column that is left out is no longer one. */
function without(guarantee: Guarantee, dropped: readonly string[]): Guarantee {
  if (guarantee.kind !== 'k-anonymity') return guarantee;
  const { k, l, models } = guarantee;
  const left = models?.filter((model) => !dropped.includes(columnOfModel(model) ?? ''));
  return {
    kind: 'k-anonymity',
    k,
    ...(l === undefined || dropped.includes(l.column) ? {} : { l }),
    ...(left === undefined || left.length === 0 ? {} : { models: left }),
  };
}

/** @throws infeasible for k above the number of rows, or when no row would be left */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  await ctx.checkpoint(0);
  const dropped = chosenColumns(source, params.columns, ['identifier']);
  const named = text(
    dropped.length === 0 ? 'No column was left out.' : `Columns left out: ${dropped.join(', ')}.`,
    dropped.length === 0 ? 'No se ha omitido ninguna columna.' : `Columnas omitidas: ${dropped.join(', ')}.`,
  );
  const slim: TableRelease = {
    ...source,
    table: withoutColumns(source.table, dropped),
    quasiIdentifiers: source.quasiIdentifiers.filter((name) => !dropped.includes(name)),
    sensitive: source.sensitive.filter((name) => !dropped.includes(name)),
    notes: [...source.notes, named],
  };
  if (params.k === 1) {
    const release: TableRelease = { ...slim, guarantee: without(source.guarantee, dropped), pictures: [] };
    return { ...release, pictures: tablePictures(source, release) };
  }
  requireRows(slim.table.rows, params.k);
  const names = chosenQuasiIdentifiers(slim, params.quasiIdentifiers);
  const encoded = await encodeAll(slim, names, () => ctx.checkpoint(0));
  const shown = names.map((name) => wholeMinutes(columnOf(slim.table, name)));
  const keys = shown.map((column, j) => exactCodes(column, encoded[j] as EncodedColumn));
  const cut = cutSmallClasses(
    keys.map(({ codes }) => codes),
    keys.map(({ count }) => count),
    slim.table.rows,
    params.k,
  );
  if (cut.kept.length === 0) {
    throw infeasible(
      `no group of ${names.join(', ')} has ${params.k} rows: every row would be left out`,
      `lower k, leave out ${names[0]}, or generalize first`,
      { param: 'k' },
    );
  }
  const share = cut.dropped.length / slim.table.rows;
  const { classOf: _replaced, ...rest } = slim;
  const release: TableRelease = {
    ...rest,
    ...applyCut(source, cut),
    table: keptRows(withColumns(slim.table, shown), cut),
    quasiIdentifiers: names,
    guarantee: claim(params.k),
    classOf: cut.kept.map((position) => cut.grouping.classOf[position] as number),
    pictures: [],
    notes: [...slim.notes, suppressionNote(cut, slim.table.rows, params.k), ...minuteNote(slim.table, shown)],
  };
  const losses = names.map((name) => ({
    column: name,
    words: text(`${name}: as it is, or left out`, `${name}: tal cual, u omitido`),
    loss: share,
  }));
  await ctx.checkpoint(0.97);
  const picture = classesPicture(encoded, cut.sizes, params.k, release.suppressed.length, losses);
  await ctx.checkpoint(0.98);
  return { ...release, pictures: tablePictures(source, release, picture) };
};

export const verify = verifyClasses;
