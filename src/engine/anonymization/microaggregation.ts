import type { Ctx } from '../kit/context.ts';
import { infeasible, unsupported } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, columns, integer } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import { withColumns, withoutColumns } from '../table/table.ts';
import { type Aggregated, aggregated, type Features, featuresOf } from './microaggregation-columns.ts';
import { formColumnGroups, formGroups } from './microaggregation-groups.ts';
import { classesPicture, tablePictures } from './pictures.ts';
import { applyCut, keptRows } from './small-classes.ts';
import { chosenQuasiIdentifiers, encodeAll, otherIdentifiers, requireRows, tableInput } from './table-input.ts';
import { verifyClasses } from './verify.ts';

/** Microaggregation (Domingo-Ferrer, Mateo-Sanz, 2002; MDAV: Domingo-Ferrer, Torra, 2005). */
export const descriptor = defineTechnique({
  id: 'microaggregation',
  version: 1,
  family: 'anonymization',
  label: text('microaggregation', 'microagregación'),
  summary: text(
    'Forms groups of at least k near rows and gives every row the average of its group.',
    'Forma grupos de al menos k filas cercanas y da a cada fila la media de su grupo.',
  ),
  citations: [
    {
      authors: 'Domingo-Ferrer, Torra',
      year: 2005,
      title: 'Ordinal, continuous and heterogeneous k-anonymity through microaggregation',
      doi: '10.1007/s10618-005-0007-5',
    },
  ],
  limits: [
    text(
      'Averages keep means and narrow spreads: variances in the release are too small.',
      'Las medias se conservan, pero la dispersión se estrecha: las varianzas publicadas son demasiado pequeñas.',
    ),
    text(
      'Only the chosen columns are alike inside a group; an average of k alike rows still says what they are.',
      'Solo las columnas elegidas se igualan; la media de k filas parecidas aún dice cómo son.',
    ),
  ],
  vetting: 'verified',
  params: {
    k: integer({
      label: text('smallest group', 'grupo mínimo'),
      symbol: 'k',
      help: text('Every average is of at least k rows.', 'Cada media es de al menos k filas.'),
      ends: [text('more detail', 'más detalle'), text('stronger privacy', 'más privacidad')],
      min: 2,
      max: 1000,
      default: 5,
      scale: 'log',
      stops: [2, 3, 5, 10, 20, 50, 100],
    }),
    method: choice({
      label: text('groups', 'grupos'),
      help: text(
        'MDAV forms compact groups. The others are faster, or baselines.',
        'MDAV forma grupos compactos. Los demás son más rápidos o de referencia.',
      ),
      options: [
        { value: 'mdav', label: text('nearest rows (MDAV)', 'filas más cercanas (MDAV)') },
        { value: 'rmd', label: text('robust distance (RMD)', 'distancia robusta (RMD)') },
        { value: 'pca', label: text('first principal component', 'primera componente principal') },
        { value: 'influence', label: text('clusters, then the leading column', 'clústeres y columna dominante') },
        { value: 'single', label: text('order of the first column', 'orden de la primera columna') },
        { value: 'simple', label: text('as they stand in the table', 'tal como están en la tabla') },
        { value: 'onedims', label: text('each column by itself', 'cada columna por separado') },
      ],
      default: 'mdav',
    }),
    aggregate: choice({
      label: text('value of a group', 'valor del grupo'),
      help: text(
        'For numbers and times. Places become the member nearest to the middle, other categories the commonest one.',
        'Para números y horas. Los lugares pasan al miembro más cercano al centro; las demás categorías, a la más común.',
      ),
      options: [
        { value: 'mean', label: text('mean', 'media') },
        { value: 'median', label: text('median', 'mediana') },
        { value: 'mode', label: text('commonest value', 'valor más común') },
      ],
      default: 'mean',
      advanced: true,
    }),
    columns: columns({
      label: text('columns to average', 'columnas que se promedian'),
      help: text('Empty: all quasi-identifiers.', 'Vacío: todos los cuasi-identificadores.'),
      roles: ['quasi-identifier'],
      max: 20,
    }),
  },
  stage: 'release',
  does: 'perturb',
  dimensions: { serves: ['identity', 'location'] },
  view: 'classes',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: (params): Guarantee => claim(params.k, params.method),
});

const claim = (k: number, method: string): Guarantee =>
  method === 'onedims'
    ? { kind: 'none', why: 'each column alone has groups of k rows, but their combination can be unique' }
    : { kind: 'k-anonymity', k };

/** @throws infeasible for k above the number of rows, or columns without an average */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx: Ctx) => {
  const source = tableInput(input);
  const { k, method } = params;
  requireRows(source.table.rows, k);
  const names = chosenQuasiIdentifiers(source, params.columns);
  const encoded = await encodeAll(source, names, () => ctx.checkpoint(0));
  await ctx.checkpoint(0, text('measuring the columns', 'midiendo las columnas'));
  const features = featuresOf(source, names, k);
  await ctx.checkpoint(0);
  if (features.patterns.length === 0) {
    throw infeasible(
      `no ${k} rows have values in the same columns of ${names.join(', ')}`,
      `lower k, or leave out the column with most missing values`,
      { param: 'k' },
    );
  }
  const grouped = await groupPatterns(features, method, k, ctx);
  await ctx.checkpoint(0.9, text('writing the released table', 'escribiendo la tabla publicada'));
  const cut = features.cut;
  const table = keptRows(source.table, cut);
  const made: Aggregated[] = [];
  for (const [j, name] of names.entries()) {
    await ctx.checkpoint(0.9 + (0.06 * j) / names.length);
    made.push(aggregated(source, table, name, params.aggregate, grouped.columns[j] ?? grouped.classOf));
  }
  const identifiers = otherIdentifiers(source, names);
  const { classOf: _old, generalized, ...rest } = source;
  const kept = Object.entries(generalized ?? {}).filter(([name]) => !names.includes(name));
  const shrunk = made.map((each) => `${each.column.name} ${(100 * each.loss).toFixed(1)} %`).join(', ');
  const sizes = sizesOfClasses(grouped.classOf);
  const release: TableRelease = {
    ...rest,
    ...applyCut(source, cut),
    table: withColumns(
      withoutColumns(table, identifiers),
      made.map((each) => each.column),
    ),
    quasiIdentifiers: names,
    ...(method === 'onedims' ? {} : { classOf: grouped.classOf }),
    guarantee: claim(k, method),
    ...(kept.length > 0 ? { generalized: Object.fromEntries(kept) } : {}),
    pictures: [],
    notes: [
      ...source.notes,
      text(
        `${cut.kept.length} rows form ${sizes.length} groups. Spread lost inside the groups: ${shrunk}.`,
        `${cut.kept.length} filas forman ${sizes.length} grupos. Dispersión perdida dentro de los grupos: ${shrunk}.`,
      ),
      ...(cut.dropped.length === 0
        ? []
        : [
            text(
              `${cut.dropped.length} rows were left out: fewer than ${k} rows miss the same values.`,
              `${cut.dropped.length} filas se han omitido: a menos de ${k} filas les faltan los mismos valores.`,
            ),
          ]),
    ],
  };
  const losses = made.map((each) => ({
    column: each.column.name,
    words: text(
      `${each.column.name}: ${(100 * each.loss).toFixed(1)} % of its spread lost`,
      `${each.column.name}: ${(100 * each.loss).toFixed(1)} % de su dispersión perdida`,
    ),
    loss: each.loss,
  }));
  await ctx.checkpoint(0.97);
  const picture = classesPicture(encoded, sizes, k, release.suppressed.length, losses);
  await ctx.checkpoint(0.98);
  return { ...release, pictures: tablePictures(source, release, picture) };
};

interface Grouped {
  /** Group of each kept row. */
  readonly classOf: Uint32Array;
  /** Groups of each chosen column, where columns are grouped one by one. */
  readonly columns: readonly Uint32Array[];
}

/** Groups rows that miss the same values among themselves, one pattern after the other. */
async function groupPatterns(features: Features, method: string, k: number, ctx: Ctx): Promise<Grouped> {
  const kept = features.cut.kept.length;
  const classOf = new Uint32Array(kept);
  const byColumn = method === 'onedims' ? features.width.map(() => new Uint32Array(kept)) : [];
  let next = 0;
  let done = 0;
  for (const { rows, points, used } of features.patterns) {
    const from = (0.9 * done) / kept;
    done += rows.length;
    const to = (0.9 * done) / kept;
    if (method === 'onedims') {
      if (features.width.some((width) => width !== 1)) {
        throw unsupported(
          'columns of places or names have no order to form groups in by themselves',
          'choose another way to form groups, or leave these columns out',
        );
      }
      const groups = formColumnGroups(points, k);
      used.forEach((column, j) => scatter(byColumn[column] as Uint32Array, rows, groups[j] as Uint32Array, next));
      // A column without values here still keeps these rows apart from others.
      byColumn.forEach((out, column) => {
        if (!used.includes(column)) scatter(out, rows, new Uint32Array(rows.length), next);
      });
      next += Math.max(1, Math.floor(rows.length / k));
      await ctx.checkpoint(to);
      continue;
    }
    const groups = await formGroups(points, method as Parameters<typeof formGroups>[1], k, ctx, from, to);
    scatter(classOf, rows, groups, next);
    next += groups.reduce((most, group) => Math.max(most, group + 1), 0);
    await ctx.checkpoint(to);
  }
  return { classOf: byColumn[0] ?? classOf, columns: byColumn };
}

function scatter(out: Uint32Array, rows: Uint32Array, groups: Uint32Array, shift: number): void {
  for (let i = 0; i < rows.length; i += 1) out[rows[i] as number] = (groups[i] as number) + shift;
}

function sizesOfClasses(classOf: Uint32Array): Uint32Array {
  const sizes = new Uint32Array(classOf.reduce((most, c) => Math.max(most, c + 1), 0));
  for (const c of classOf) sizes[c] = (sizes[c] as number) + 1;
  return sizes;
}

export const verify = verifyClasses;
