import type { Ctx } from '../kit/context.ts';
import { infeasible, invalidParam } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { columns, integer, levels, number } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { own } from '../kit/own.ts';
import { baseSize, type EncodedColumn, type GeneralizedCells } from '../table/hierarchy.ts';
import { type Column, columnOf, withColumns, withoutColumns } from '../table/table.ts';
import type { KeyColumn } from '../metrics/risk/frequency-counts.ts';
import { exactCodes, wholeMinutes } from './cell-codes.ts';
import { levelColumn } from './cells.ts';
import { classesPicture, tablePictures } from './pictures.ts';
import { applyCut, type ColumnLoss, cutSmallClasses, keptRows, minuteNote, suppressionNote } from './small-classes.ts';
import {
  chosenQuasiIdentifiers,
  encodeAll,
  otherIdentifiers,
  removedNote,
  requireRows,
  tableInput,
} from './table-input.ts';
import { verifyClasses } from './verify.ts';

/** Full-domain generalization by given levels, then suppression of classes below k (Samarati, Sweeney 1998). */
export const descriptor = defineTechnique({
  id: 'generalization',
  version: 2,
  family: 'anonymization',
  label: text('generalization by level', 'generalización por niveles'),
  summary: text(
    'Coarsens every value of a column to the same level (zone to borough, minute to hour), then leaves out rows that still stand out.',
    'Reduce el detalle de todos los valores de una columna al mismo nivel (de zona a distrito, de minuto a hora) y omite las filas que aún destacan.',
  ),
  citations: [
    {
      authors: 'Samarati, Sweeney',
      year: 1998,
      title:
        'Protecting privacy when disclosing information: k-anonymity and its enforcement through generalization and suppression',
    },
    {
      authors: 'Sweeney',
      year: 2002,
      title: 'Achieving k-anonymity privacy protection using generalization and suppression',
      doi: '10.1142/S021848850200165X',
    },
  ],
  limits: [
    text(
      'Rows are alike in the chosen columns only. All other columns stay exact, and whoever knows one of them can use it.',
      'Las filas se parecen solo en las columnas elegidas. Las demás quedan exactas, y quien conozca una puede usarla.',
    ),
    text(
      'One level for a whole column: detail is lost even where many rows are alike.',
      'Un solo nivel por columna: se pierde detalle incluso donde muchas filas son iguales.',
    ),
    text(
      'Suppressed rows are the unusual ones, so what is left is biased towards the usual.',
      'Las filas suprimidas son las poco habituales, así que lo que queda está sesgado hacia lo habitual.',
    ),
    text(
      'Says nothing about the sensitive values inside a group.',
      'No dice nada de los valores sensibles dentro de un grupo.',
    ),
  ],
  vetting: 'verified',
  params: {
    levels: levels({
      label: text('levels', 'niveles'),
      help: text(
        'Steps up the ladder of each column; 0 = as it is. With none chosen, all columns rise together until few enough rows are left out.',
        'Pasos en la escala de cada columna; 0 = tal cual. Sin ninguno elegido, todas las columnas suben a la vez hasta omitir bastante pocas filas.',
      ),
      default: {},
    }),
    leftOut: number({
      label: text('rows left out at most', 'filas omitidas como máximo'),
      help: text(
        'Used only while no level is chosen: the columns rise together until at most this share of the rows is left out.',
        'Solo se usa mientras no se elija un nivel: las columnas suben a la vez hasta omitir como mucho esta parte de las filas.',
      ),
      unit: 'share',
      min: 0,
      max: 0.5,
      default: 0.05,
      advanced: true,
    }),
    k: integer({
      label: text('smallest group', 'grupo mínimo'),
      symbol: 'k',
      help: text(
        'Rows of smaller groups are left out. 1 = none is left out, and nothing is promised.',
        'Se omiten las filas de grupos menores. 1 = no se omite ninguna y no se promete nada.',
      ),
      ends: [text('more rows', 'más filas'), text('stronger privacy', 'más privacidad')],
      min: 1,
      max: 1000,
      default: 5,
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
  does: 'coarsen',
  dimensions: { serves: ['identity', 'location'] },
  view: 'classes',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: (params): Guarantee => claim(params.k),
});

const claim = (k: number): Guarantee =>
  k > 1 ? { kind: 'k-anonymity', k } : { kind: 'none', why: 'rows that stand out are still released (k = 1)' };

/** @throws infeasible for k above the number of rows, or when nothing would be left; invalid-param for a level without a column */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  requireRows(source.table.rows, params.k);
  const names = chosenQuasiIdentifiers(source, params.quasiIdentifiers);
  const stray = Object.keys(params.levels).find((name) => !names.includes(name));
  if (stray !== undefined) throw invalidParam('levels', `only the quasi-identifiers ${names.join(', ')}`, stray);
  const encoded = await encodeAll(source, names, () => ctx.checkpoint(0));
  const shown = names.map((name) => wholeMinutes(columnOf(source.table, name)));
  const exact = shown.map((column, j) => exactCodes(column, encoded[j] as EncodedColumn));
  const asked = Object.keys(params.levels).length > 0;
  const tried = asked
    ? tryLevels(
        encoded,
        encoded.map((column, j) => stepOf(column, own(params.levels, names[j] as string) ?? 0)),
        exact,
        source.table.rows,
        params.k,
      )
    : await lowestHeight(encoded, exact, source.table.rows, params, ctx);
  const { chosen, nodes, cut } = tried;
  if (cut.kept.length === 0) {
    throw infeasible(
      `at these levels no group of ${names.join(', ')} has ${params.k} rows: nothing would be released`,
      `raise the level of ${names[0]}, or lower k`,
      { param: 'levels' },
    );
  }
  await ctx.checkpoint(0.7, text('writing the released table', 'escribiendo la tabla publicada'));
  const made = encoded.flatMap((column, j) =>
    chosen[j] === 0 ? [] : [levelColumn(column, chosen[j] as number, cut.kept)],
  );
  const cells = made.map((each) => [each.column.name, each.cells] as const);
  const generalized = Object.fromEntries([...Object.entries(source.generalized ?? {}), ...cells]);
  const columnsMade = made.map((each) => each.column);
  const asTheyAre = shown.filter((_, j) => chosen[j] === 0);
  const base = { ...source, table: withColumns(source.table, asTheyAre) };
  const noted = released(base, cut, columnsMade, names, params.k, generalized);
  const plain = { ...noted, notes: [...noted.notes, ...minuteNote(source.table, asTheyAre)] };
  const release = asked ? plain : { ...plain, notes: [...plain.notes, heightNote(encoded, chosen)] };
  const losses = encoded.map((column, j) =>
    lossOf(column, chosen[j] as number, nodes[j] as Uint32Array, cut.kept, cut.dropped.length),
  );
  await ctx.checkpoint(0.97);
  const picture = classesPicture(encoded, cut.sizes, params.k, release.suppressed.length, losses);
  await ctx.checkpoint(0.98);
  return { ...release, pictures: tablePictures(source, release, picture) };
};

interface Tried {
  readonly chosen: readonly number[];
  readonly nodes: readonly Uint32Array[];
  readonly cut: ReturnType<typeof cutSmallClasses>;
}

function tryLevels(
  encoded: readonly EncodedColumn[],
  chosen: readonly number[],
  exact: readonly KeyColumn[],
  rows: number,
  k: number,
): Tried {
  const nodes = encoded.map((column, j) => nodesOf(column, chosen[j] as number));
  const keys = encoded.map((_, j) => (chosen[j] === 0 ? (exact[j] as KeyColumn) : undefined));
  const cut = cutSmallClasses(
    nodes.map((codes, j) => keys[j]?.codes ?? codes),
    encoded.map((column, j) => keys[j]?.count ?? column.hierarchy.levels[chosen[j] as number]?.labels.length ?? 1),
    rows,
    k,
  );
  return { chosen, nodes, cut };
}

/**
 * The lowest height of all columns together at which few enough rows are left out; the top where none is low enough.
 * Samarati's search restricted to the diagonal of the lattice: safe and quick, rarely the best node.
 */
async function lowestHeight(
  encoded: readonly EncodedColumn[],
  exact: readonly KeyColumn[],
  rows: number,
  params: { readonly k: number; readonly leftOut: number },
  ctx: Ctx,
): Promise<Tried> {
  const top = Math.max(1, ...encoded.map((column) => column.hierarchy.levels.length)) - 1;
  for (let height = 0; ; height += 1) {
    const chosen = encoded.map((column) => stepOf(column, height));
    const tried = tryLevels(encoded, chosen, exact, rows, params.k);
    if (height === top || tried.cut.dropped.length <= params.leftOut * rows) return tried;
    await ctx.checkpoint(0.2 + (0.5 * (height + 1)) / (top + 1));
  }
}

function heightNote(encoded: readonly EncodedColumn[], chosen: readonly number[]): Text {
  const words = encoded.map(
    ({ hierarchy }, j) => `${hierarchy.column}: ${hierarchy.levels[chosen[j] as number]?.name}`,
  );
  return text(
    `No level was chosen, so all columns rose together: ${words.join(', ')}.`,
    `No se eligió ningún nivel, así que todas las columnas subieron a la vez: ${words.join(', ')}.`,
  );
}

function released(
  source: TableRelease,
  cut: ReturnType<typeof cutSmallClasses>,
  replaced: readonly Column[],
  names: readonly string[],
  k: number,
  generalized: Record<string, GeneralizedCells>,
): TableRelease {
  const identifiers = otherIdentifiers(source, names);
  const table = withColumns(withoutColumns(keptRows(source.table, cut), identifiers), replaced);
  const notes = [suppressionNote(cut, source.table.rows, k), ...removedNote(identifiers)];
  const { classOf: _replaced, ...rest } = source;
  return {
    ...rest,
    ...applyCut(source, cut),
    table,
    quasiIdentifiers: names,
    guarantee: claim(k),
    generalized,
    classOf: cut.kept.map((position) => cut.grouping.classOf[position] as number),
    pictures: [],
    notes: [...source.notes, ...notes],
  };
}

/** Levels beyond the top mean the top. */
const stepOf = (column: EncodedColumn, level: number): number => Math.min(level, column.hierarchy.levels.length - 1);

function nodesOf(column: EncodedColumn, level: number): Uint32Array {
  const step = column.hierarchy.levels[level]?.codes;
  if (level === 0 || step === undefined) return column.codes;
  const out = new Uint32Array(column.codes.length);
  for (let i = 0; i < out.length; i += 1) out[i] = step[column.codes[i] as number] as number;
  return out;
}

/** ARX's loss of one attribute: mean share of the domain covered, rescaled so that exact = 0; suppressed rows count 1. */
function lossOf(
  column: EncodedColumn,
  level: number,
  nodes: Uint32Array,
  kept: Uint32Array,
  dropped: number,
): ColumnLoss {
  const size = baseSize(column);
  const step = column.hierarchy.levels[level];
  const members = new Uint32Array(step?.labels.length ?? 0);
  step?.codes.forEach((node) => {
    members[node] = (members[node] as number) + 1;
  });
  let covered = dropped * size;
  for (let i = 0; i < kept.length; i += 1) covered += members[nodes[kept[i] as number] as number] as number;
  const rows = kept.length + dropped;
  const loss = rows === 0 || size < 2 ? 0 : Math.max(0, (covered / size - rows / size) / (rows - rows / size));
  const name = column.hierarchy.column;
  return { column: name, words: text(`${name}: ${step?.name ?? ''}`, `${name}: ${step?.name ?? ''}`), loss };
}

export const verify = verifyClasses;
