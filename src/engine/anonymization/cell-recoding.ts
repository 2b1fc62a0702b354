import type { Ctx } from '../kit/context.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import { lowerCells, type NodeInput } from './cell-lowering.ts';
import type { ReleasedCells } from './cells.ts';
import { classRelease } from './class-release.ts';
import { allMonotone } from './class-rules.ts';
import { chosenSecrets, classClaim, classColumns } from './class-secrets.ts';
import { fullDomainRounds } from './full-domain-rounds.ts';
import type { RowClasses } from './greedy-split.ts';
import { differentValues, knownColumns, modelParams, sensitiveColumn, smallestGroup } from './model-params.ts';
import { ColumnTree, nodeColumn } from './node-cells.ts';
import { classNumbers, formed, granularity } from './recoding-classes.ts';
import { requireRows, sizesOf, tableInput } from './table-input.ts';
import { verifyClasses } from './verify.ts';

/** Cell-level local recoding: rounds of full-domain generalization, then every cell as low in its hierarchy as models allow. */
export const descriptor = defineTechnique({
  id: 'cell-recoding',
  version: 2,
  family: 'anonymization',
  label: text('k-anonymity cell by cell', 'k-anonimato celda a celda'),
  summary: text(
    'Generalizes each cell only as far up its hierarchy as its row needs to look like k - 1 others.',
    'Generaliza cada celda en su jerarquía solo lo necesario para que su fila se parezca a otras k - 1.',
  ),
  citations: [
    {
      authors: 'Prasser, Eicher, Spengler, Bild, Kuhn',
      year: 2020,
      title: 'Flexible data anonymization using ARX: current status and challenges ahead',
      where: 'Software: Practice and Experience 50(7)',
      doi: '10.1002/spe.2812',
    },
  ],
  limits: [
    text(
      'Every cell is a node of its hierarchy, easy to read; free sets and ranges keep more detail.',
      'Cada celda es un nodo de su jerarquía, fácil de leer; conjuntos y rangos libres conservan más detalle.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    k: smallestGroup,
    l: differentValues,
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
  const trees = encoded.map((column) => new ColumnTree(column));
  const classes = await cellRecoding({ trees, k: params.k, secrets }, ctx);
  const writing = text('writing the released table', 'escribiendo la tabla publicada');
  const pause = (): Promise<void> => ctx.checkpoint(0.9, writing);
  await pause();
  const classOf = classNumbers(classes);
  const cells: ReleasedCells[] = [];
  for (const tree of trees) {
    cells.push(nodeColumn(tree, classes, classOf));
    await pause();
  }
  const made = formed(cells, classes);
  const claim = classClaim(params, secrets[0]?.name);
  const release = await classRelease(source, encoded, made, secrets, claim, params.k, pause);
  const kept = granularity(made.losses, sizesOf(encoded)).toFixed(4);
  const note = text(
    `Granularity ${kept} (1 = every value as it was, 0 = nothing told).`,
    `Granularidad ${kept} (1 = todos los valores intactos, 0 = nada revelado).`,
  );
  return { ...release, notes: [...release.notes, note] };
};

/**
 * Classes whose cells are nodes of the hierarchies. Classes of different rounds may get equal cells and are then one;
 * where a model does not survive that, all rows start as one class, and lowering keeps cells apart.
 */
export async function cellRecoding(input: NodeInput, ctx: Ctx): Promise<RowClasses> {
  const n = input.trees[0]?.column.codes.length ?? 0;
  const whole: RowClasses = { rows: Uint32Array.from({ length: n }, (_, i) => i), start: Uint32Array.of(0, n) };
  const rounds = allMonotone(input.secrets) ? await fullDomainRounds(input, ctx, [0, 0.6]) : whole;
  return lowerCells(input, rounds, ctx, [0.6, 0.9]);
}

export const verify = verifyClasses;
