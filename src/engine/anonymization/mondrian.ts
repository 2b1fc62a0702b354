import type { Ctx } from '../kit/context.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice } from '../kit/params.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import { rangeColumn, rangeLoss, type ReleasedCells } from './cells.ts';
import { classRelease, type FormedClasses } from './class-release.ts';
import { allMonotone, type Secret } from './class-rules.ts';
import { type ChosenSecret, chosenSecrets, classClaim, classColumns } from './class-secrets.ts';
import { differentValues, knownColumns, modelParams, sensitiveColumn, smallestGroup } from './model-params.ts';
import { mondrianPartition } from './mondrian-partition.ts';
import { requireRows, sizesOf, tableInput } from './table-input.ts';
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
    k: smallestGroup,
    l: differentValues,
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
    quasiIdentifiers: knownColumns,
    sensitive: sensitiveColumn,
    ...modelParams,
  },
  stage: 'release',
  does: 'coarsen',
  dimensions: { serves: ['identity', 'location'] },
  view: 'classes',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: (params): Guarantee => classClaim(params, params.sensitive === '' ? 'sensitive' : params.sensitive),
});

/** @throws infeasible for k above the number of rows, a model the whole table breaks, or no quasi-identifier */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx: Ctx) => {
  const source = tableInput(input);
  const { k, l } = params;
  requireRows(source.table.rows, k);
  const begin = (): Promise<void> => ctx.checkpoint(0);
  const secrets = await chosenSecrets(source, params, begin);
  const encoded = await classColumns(source, params.quasiIdentifiers, secrets, begin);
  const [main] = secrets;
  const sizes = sizesOf(encoded);
  const partition = await mondrianPartition(
    {
      columns: encoded.map((each) => each.codes),
      sizes,
      k,
      l,
      ...(main === undefined ? {} : { sensitive: main }),
      further: furtherSecrets(secrets),
      // Relaxed classes may have equal cells; their union must then satisfy the models too.
      relaxed: params.mode === 'relaxed' && allMonotone(secrets),
    },
    ctx,
  );
  const writing = text('writing the released table', 'escribiendo la tabla publicada');
  const pause = (): Promise<void> => ctx.checkpoint(0.9, writing);
  await pause();
  const { classOf, low, high, count } = partition;
  const width = encoded.length;
  const cells: ReleasedCells[] = [];
  for (const [j, column] of encoded.entries()) {
    cells.push(rangeColumn(column, source.dataset, classOf, low, high, width, j));
    await pause();
  }
  const formed: FormedClasses = {
    classOf,
    sizes: partition.sizes,
    count,
    cells,
    losses: sizes.map((size, j) => rangeLoss(partition.sizes, low, high, width, j, size, 0)),
  };
  return classRelease(source, encoded, formed, secrets, classClaim(params, main?.name), k, pause);
};

/** Models that the cut by distinct l does not decide by itself. */
const furtherSecrets = (secrets: readonly ChosenSecret[]): readonly Secret[] =>
  secrets
    .map((secret, i) => ({
      ...secret,
      criteria: secret.criteria.filter((one) => i > 0 || one.model.type !== 'distinct-l'),
    }))
    .filter((secret) => secret.criteria.length > 0);

export const verify = verifyClasses;
