import type { Ctx } from '../kit/context.ts';
import { infeasible } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, column, columns, integer } from '../kit/params.ts';
import type { ClassesPicture } from '../kit/picture.ts';
import type { TableRelease } from '../kit/release.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { baseSize, type EncodedColumn, type GeneralizedCells } from '../table/hierarchy.ts';
import { type CategoryColumn, codesFor, columnOf, withColumns, withoutColumns } from '../table/table.ts';
import { rangeColumn, rangeLoss } from './cells.ts';
import { type MondrianPartition, mondrianPartition } from './mondrian-partition.ts';
import { tablePictures, classesPicture } from './pictures.ts';
import {
  chosenColumns,
  chosenQuasiIdentifiers,
  chosenSensitive,
  distinctCount,
  encodeAll,
  missingCount,
  requireRows,
  type SensitiveCodes,
  sensitiveCodes,
  sizesOf,
  tableInput,
} from './table-input.ts';
import { verifyClasses } from './verify.ts';

/** Mondrian k-anonymity with distinct l-diversity (LeFevre et al. 2006; Machanavajjhala et al. 2007). */
export const descriptor = defineTechnique({
  id: 'mondrian',
  version: 1,
  family: 'anonymization',
  label: text('k-anonymity by cutting (Mondrian)', 'k-anonimato por cortes (Mondrian)'),
  summary: text(
    'Cuts the data into groups of at least k similar rows, each with at least l different sensitive values, and gives all rows of a group the same place, time and other identifying values.',
    'Divide los datos en grupos de al menos k filas parecidas, cada uno con al menos l valores sensibles distintos, y da a todas las filas de un grupo el mismo lugar, hora y demás valores identificativos.',
  ),
  citations: [
    {
      authors: 'LeFevre, DeWitt, Ramakrishnan',
      year: 2006,
      title: 'Mondrian multidimensional k-anonymity',
      where: 'ICDE',
      doi: '10.1109/ICDE.2006.101',
    },
    {
      authors: 'Sweeney',
      year: 2002,
      title: 'k-anonymity: a model for protecting privacy',
      doi: '10.1142/S0218488502001648',
    },
    {
      authors: 'Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam',
      year: 2007,
      title: 'l-diversity: privacy beyond k-anonymity',
      doi: '10.1145/1217299.1217302',
    },
  ],
  limits: [
    text(
      'Protects against linking by the chosen columns only. Whoever knows something in another released column can use it.',
      'Protege solo frente al cruce por las columnas elegidas. Quien conozca algo de otra columna publicada puede usarlo.',
    ),
    text(
      'Two releases of overlapping data can be intersected; k does not survive that.',
      'Dos publicaciones de datos solapados se pueden cruzar; k no lo resiste.',
    ),
    text(
      'l different values can still be unevenly likely or similar in meaning.',
      'l valores distintos pueden seguir siendo muy desiguales o parecidos en significado.',
    ),
    text(
      'k counts rows, not people: several rows of one person can fill a group.',
      'k cuenta filas, no personas: varias filas de una persona pueden llenar un grupo.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    k: integer({
      label: text('smallest group', 'grupo mínimo'),
      symbol: 'k',
      help: text(
        'Every released row looks like at least k - 1 others.',
        'Cada fila publicada se parece al menos a otras k - 1.',
      ),
      ends: [text('more detail', 'más detalle'), text('stronger privacy', 'más privacidad')],
      min: 2,
      max: 1000,
      default: 5,
      scale: 'log',
      stops: [2, 3, 5, 10, 20, 50, 100],
      warnBelow: 5,
    }),
    l: integer({
      label: text('different sensitive values in a group', 'valores sensibles distintos por grupo'),
      symbol: 'l',
      help: text(
        'Knowing the group must leave at least l sensitive values possible. 1 = not asked for.',
        'Conocer el grupo debe dejar posibles al menos l valores sensibles. 1 = no se exige.',
      ),
      min: 1,
      max: 20,
      default: 3,
    }),
    mode: choice({
      label: text('cuts', 'cortes'),
      help: text(
        'Strict groups never overlap. Relaxed cuts may put equal values on both sides, so groups come closer to k.',
        'Los grupos estrictos no se solapan. Los cortes relajados pueden dejar valores iguales a ambos lados y acercan los grupos a k.',
      ),
      options: [
        { value: 'strict', label: text('strict', 'estrictos') },
        { value: 'relaxed', label: text('relaxed', 'relajados') },
      ],
      default: 'strict',
      advanced: true,
    }),
    quasiIdentifiers: columns({
      label: text('what an outsider may know', 'lo que alguien de fuera puede saber'),
      help: text('Columns made equal inside a group.', 'Columnas que se igualan dentro de un grupo.'),
      roles: ['quasi-identifier'],
      max: 20,
    }),
    sensitive: column({
      label: text('sensitive column', 'columna sensible'),
      help: text(
        'Column whose values must differ inside a group. Numbers are released in bands.',
        'Columna cuyos valores deben diferir dentro de un grupo. Los números se publican en bandas.',
      ),
      roles: ['sensitive'],
    }),
  },
  stage: 'release',
  dimensions: { serves: ['identity', 'location'] },
  view: 'classes',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: (params): Guarantee => claim(params.k, params.l, params.sensitive === '' ? 'sensitive' : params.sensitive),
});

const claim = (k: number, l: number, sensitive: string | undefined): Guarantee =>
  l > 1 && sensitive !== undefined
    ? { kind: 'k-anonymity', k, l: { value: l, column: sensitive } }
    : { kind: 'k-anonymity', k };

/** @throws infeasible for k above the number of rows, l above the number of sensitive values, or no quasi-identifier */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx: Ctx) => {
  const source = tableInput(input);
  const { k, l } = params;
  requireRows(source.table.rows, k);
  const sensitive = l > 1 ? chosenSensitive(source, params.sensitive) : undefined;
  const names = chosenQuasiIdentifiers(source, params.quasiIdentifiers).filter((name) => name !== sensitive);
  const secret = requireDiversity(source, sensitive, l);
  const encoded = encodeAll(source, names);
  const partition = await mondrianPartition(
    {
      columns: encoded.map((each) => each.codes),
      sizes: sizesOf(encoded),
      k,
      l,
      ...(secret === undefined ? {} : { sensitive: { codes: secret.codes, size: secret.labels.length } }),
      relaxed: params.mode === 'relaxed',
    },
    ctx,
  );
  await ctx.checkpoint(0.9, text('writing the released table', 'escribiendo la tabla publicada'));
  return assemble(source, encoded, partition, sensitive, secret, claim(k, l, sensitive), k);
};

function requireDiversity(source: TableRelease, sensitive: string | undefined, l: number): SensitiveCodes | undefined {
  if (l <= 1) return undefined;
  if (sensitive === undefined) {
    throw infeasible(
      `l = ${l} needs a sensitive column, the table has none`,
      'give a column the role sensitive, or set l to 1',
      {
        param: 'sensitive',
      },
    );
  }
  const secret = sensitiveCodes(source, sensitive);
  const values = distinctCount(secret.codes, secret.labels.length);
  if (l > values) {
    throw infeasible(
      `l = ${l}, but ${sensitive} has only ${values} different value${values === 1 ? '' : 's'}`,
      values === 1
        ? 'set l to 1, or choose another sensitive column'
        : `set l to at most ${values}, or choose another sensitive column`,
      { column: sensitive, param: 'l' },
    );
  }
  return secret;
}

function assemble(
  source: TableRelease,
  encoded: readonly EncodedColumn[],
  partition: MondrianPartition,
  sensitive: string | undefined,
  secret: SensitiveCodes | undefined,
  guarantee: Guarantee,
  k: number,
): TableRelease {
  const width = encoded.length;
  const generalized: Record<string, GeneralizedCells> = {};
  const replaced: CategoryColumn[] = encoded.map((column, j) => {
    const made = rangeColumn(column, source.dataset, partition.classOf, partition.low, partition.high, width, j);
    generalized[column.hierarchy.column] = made.cells;
    return made.column;
  });
  const hidden =
    secret === undefined || sensitive === undefined ? [] : secretBands(source, sensitive, secret, replaced);
  replaced.push(...hidden);
  const identifiers = chosenColumns(source, [], ['identifier']);
  const kept = Object.entries(source.generalized ?? {}).filter(([name]) => !(name in generalized));
  const release: TableRelease = {
    ...source,
    table: withColumns(withoutColumns(source.table, identifiers), replaced),
    quasiIdentifiers: encoded.map((each) => each.hierarchy.column),
    sensitive: sensitive === undefined ? source.sensitive : [sensitive],
    classOf: partition.classOf,
    guarantee,
    generalized: { ...Object.fromEntries(kept), ...generalized },
    pictures: [],
    notes: [...source.notes, ...findings(source, encoded, partition, identifiers, hidden)],
  };
  const losses = encoded.map((column, j) => lossOf(column, partition, j, width));
  const picture: ClassesPicture = classesPicture(encoded, partition.sizes, k, source.suppressed.length, losses);
  return { ...release, pictures: tablePictures(source, release, picture) };
}

/**
 * The sensitive column in bands, and every other sensitive number too: an exact total would give the fare away that l
 * different bands were to hide.
 */
function secretBands(
  source: TableRelease,
  sensitive: string,
  secret: SensitiveCodes,
  taken: readonly CategoryColumn[],
): readonly CategoryColumn[] {
  const others = chosenColumns(source, [], ['sensitive']).filter(
    (name) =>
      name !== sensitive &&
      !taken.some((column) => column.name === name) &&
      missingCount(columnOf(source.table, name)) < source.table.rows,
  );
  const all = [[sensitive, secret] as const, ...others.map((name) => [name, sensitiveCodes(source, name)] as const)];
  return all.flatMap(([name, bands]) => {
    if (!bands.banded) return [];
    const codes = codesFor(bands.codes.length, bands.labels.length);
    codes.set(bands.codes);
    return [{ kind: 'category', name, codes, levels: bands.labels } as const];
  });
}

function lossOf(
  column: EncodedColumn,
  partition: MondrianPartition,
  j: number,
  width: number,
): ClassesPicture['columnsLoss'][number] {
  const size = baseSize(column);
  const loss = rangeLoss(partition.sizes, partition.low, partition.high, width, j, size, 0);
  const mean = 1 + loss * (size - 1);
  const name = column.hierarchy.column;
  return {
    column: name,
    words: text(
      `${name}: ${mean.toFixed(1)} of ${size} values on average`,
      `${name}: ${mean.toFixed(1)} de ${size} valores de media`,
    ),
    loss,
  };
}

function findings(
  source: TableRelease,
  encoded: readonly EncodedColumn[],
  partition: MondrianPartition,
  identifiers: readonly string[],
  hidden: readonly CategoryColumn[],
): readonly Text[] {
  const mean = (source.table.rows / partition.count).toFixed(1);
  const names = encoded.map((each) => each.hierarchy.column).join(', ');
  const notes = [
    text(
      `${source.table.rows} rows form ${partition.count} groups of ${mean} rows on average, alike in ${names}.`,
      `${source.table.rows} filas forman ${partition.count} grupos de ${mean} filas de media, iguales en ${names}.`,
    ),
    text(
      'On the map, a generalized cell is spread evenly over its places and minutes.',
      'En el mapa, una celda generalizada se reparte por igual entre sus lugares y minutos.',
    ),
  ];
  if (hidden.length > 0) {
    const columns = hidden.map((column) => column.name).join(', ');
    notes.push(text(`Released in bands: ${columns}.`, `Publicados en bandas: ${columns}.`));
  }
  if (identifiers.length > 0) {
    notes.push(
      text(`Identifiers removed: ${identifiers.join(', ')}.`, `Identificadores eliminados: ${identifiers.join(', ')}.`),
    );
  }
  return notes;
}

export const verify = verifyClasses;
