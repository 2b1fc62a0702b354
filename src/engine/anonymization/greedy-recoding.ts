import type { Ctx } from '../kit/context.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { integer } from '../kit/params.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import { classRelease } from './class-release.ts';
import { allMonotone } from './class-rules.ts';
import { chosenSecrets, classClaim, classColumns } from './class-secrets.ts';
import { greedySplit, type RecodingInput, type RowClasses } from './greedy-split.ts';
import { differentValues, knownColumns, modelParams, sensitiveColumn, smallestGroup } from './model-params.ts';
import { coveringCells, granularity } from './recoding-classes.ts';
import { refineClasses } from './recoding-refine.ts';
import { cellsAreSets } from './set-cells.ts';
import { requireRows, sizesOf, tableInput } from './table-input.ts';
import { verifyClasses } from './verify.ts';

/** Local recoding by greedy utility-driven splits and row moves, under k-anonymity and any model of classes. */
export const descriptor = defineTechnique({
  id: 'greedy-recoding',
  version: 1,
  family: 'anonymization',
  label: text('k-anonymity that keeps most detail (greedy)', 'k-anonimato con el máximo detalle (voraz)'),
  summary: text(
    'Cuts the data into groups where the released cells lose least, then moves rows to the groups they fit best.',
    'Divide los datos en grupos donde las celdas publicadas pierden menos y después mueve filas a los grupos donde mejor encajan.',
  ),
  citations: [
    {
      authors: 'Xu, Wang, Pei, Wang, Shi, Fu',
      year: 2006,
      title: 'Utility-based anonymization using local recoding',
      where: 'KDD',
      doi: '10.1145/1150402.1150504',
    },
  ],
  limits: [
    text(
      'A very good release, not a proven optimum: the search is greedy.',
      'Una publicación muy buena, no un óptimo demostrado: la búsqueda es voraz.',
    ),
    text(
      'Cells of one column differ in width from row to row; plain counts per value need care.',
      'Las celdas de una columna varían de anchura entre filas; los recuentos por valor exigen cuidado.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    k: smallestGroup,
    l: differentValues,
    passes: integer({
      label: text('improvement passes', 'pasadas de mejora'),
      help: text(
        'Rounds of moving rows between groups; fewer above 300,000 rows, none above 600,000.',
        'Rondas de traslado de filas entre grupos; menos con más de 300.000 filas, ninguna con más de 600.000.',
      ),
      min: 0,
      max: 6,
      default: 2,
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
  requireRows(source.table.rows, params.k);
  const begin = (): Promise<void> => ctx.checkpoint(0);
  const secrets = await chosenSecrets(source, params, begin);
  const encoded = await classColumns(source, params.quasiIdentifiers, secrets, begin);
  const sizes = sizesOf(encoded);
  const asSet = encoded.map(cellsAreSets);
  const classes = await greedyRecoding(
    {
      columns: encoded.map((each) => each.codes),
      sizes,
      asSet,
      k: params.k,
      secrets,
      relaxed: allMonotone(secrets),
    },
    params.passes,
    ctx,
  );
  const writing = text('writing the released table', 'escribiendo la tabla publicada');
  const pause = (): Promise<void> => ctx.checkpoint(0.9, writing);
  await pause();
  const formed = await coveringCells(encoded, source.dataset, classes, asSet, pause);
  const claim = classClaim(params, secrets[0]?.name);
  const release = await classRelease(source, encoded, formed, secrets, claim, params.k, pause);
  const kept = granularity(formed.losses, sizes).toFixed(4);
  const note = text(
    `Granularity ${kept} (1 = every value as it was, 0 = nothing told).`,
    `Granularidad ${kept} (1 = todos los valores intactos, 0 = nada revelado).`,
  );
  return { ...release, notes: [...release.notes, note] };
};

/** Rows looked at in all rounds together: a round costs about twice the splits before it. */
const MOST_MOVES = 600_000;

/**
 * Classes of a table by greedy splits, then rounds of row moves and further splits. With `relaxed` (allowed when all
 * models are monotone) classes may get equal cells; without, cells of different classes never are, and rows stay.
 */
export async function greedyRecoding(input: RecodingInput, passes: number, ctx: Ctx): Promise<RowClasses> {
  const rows = input.columns[0]?.length ?? 0;
  const rounds = input.relaxed ? Math.min(passes, Math.floor(MOST_MOVES / Math.max(1, rows))) : 0;
  const step = 0.9 / (rounds + 1);
  let classes = await greedySplit(input, ctx, [0, step]);
  for (let round = 1; round <= rounds; round += 1) {
    const from = step * round;
    classes = await refineClasses(input, classes, ctx, [from, from + 0.8 * step]);
    classes = await greedySplit(input, ctx, [from + 0.8 * step, from + step], classes);
  }
  return classes;
}

export const verify = verifyClasses;
