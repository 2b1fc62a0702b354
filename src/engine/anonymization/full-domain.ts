import type { Ctx, Pause } from '../kit/context.ts';
import { EngineError, infeasible, invalidParam } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import type { LatticeMetric, LatticeQuestion } from '../kit/lattice.ts';
import { choice, integer, levels, number, type Params } from '../kit/params.ts';
import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import { defineTechnique, type Study, type StudyShare, type TechniqueRun } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import { own } from '../kit/own.ts';
import type { EncodedColumn } from '../table/hierarchy.ts';
import { type ChosenSecret, chosenSecrets, classClaim, classColumns, requireSourceValues } from './class-secrets.ts';
import { type ChosenNode, nodeRelease } from './full-domain-release.ts';
import { applyLevels } from './lattice/apply.ts';
import { nodeOfLevels } from './lattice/lattice-columns.ts';
import { nodeDetail } from './lattice/node-detail.ts';
import { type LatticeProblem, prepare } from './lattice/prepared.ts';
import { LatticeStudy, searchOptimum } from './lattice/solution.ts';
import {
  differentValues,
  everyModel,
  knownColumns,
  modelParams,
  sensitiveColumn,
  smallestGroup,
} from './model-params.ts';
import { sensitiveOfRelease } from './models/sensitive-domain.ts';
import { requireRows, tableInput } from './table-input.ts';
import { verifyClasses } from './verify.ts';

/** Optimal full-domain generalization with suppression (Samarati 2001; Kohlmayer et al. 2012), any models, any measure. */
export const descriptor = defineTechnique({
  id: 'full-domain',
  version: 1,
  family: 'anonymization',
  label: text('optimal generalization', 'generalización óptima'),
  summary: text(
    'Tries every combination of levels (zone or borough, minute or hour) and takes the one that keeps most detail while every group keeps the promise; rows that would still stand out are left out.',
    'Prueba todas las combinaciones de niveles (zona o distrito, minuto u hora) y toma la que conserva más detalle mientras cada grupo cumple lo prometido; se omiten las filas que aún destacarían.',
  ),
  citations: [
    {
      authors: 'Samarati',
      year: 2001,
      title: 'Protecting respondents’ identities in microdata release',
      doi: '10.1109/69.971193',
    },
    {
      authors: 'Kohlmayer, Prasser, Eckert, Kemper, Kuhn',
      year: 2012,
      title: 'Flash: efficient, stable and optimal k-anonymity',
      doi: '10.1109/SocialCom-PASSAT.2012.52',
    },
  ],
  limits: [
    text(
      'Optimal among combinations of whole levels, for the chosen measure. Cutting group by group can keep more detail.',
      'Óptima entre combinaciones de niveles completos, para la medida elegida. Cortar grupo a grupo puede conservar más detalle.',
    ),
    text(
      'Rows left out are the unusual ones, so what is left is biased towards the usual.',
      'Las filas omitidas son las poco habituales, así que lo que queda está sesgado hacia lo habitual.',
    ),
    text(
      'k counts rows, not people: several rows of one person can fill a group.',
      'k cuenta filas, no personas: varias filas de una persona pueden llenar un grupo.',
    ),
  ],
  vetting: 'verified',
  params: {
    k: smallestGroup,
    l: { ...differentValues, default: 1 },
    limit: number({
      label: text('rows left out at most', 'filas omitidas como máximo'),
      help: text(
        'Rows whose group breaks a promise are left out, up to this share.',
        'Las filas cuyo grupo incumple una promesa se omiten, hasta esta parte.',
      ),
      ends: [text('keep every row', 'conservar todas'), text('more detail', 'más detalle')],
      unit: 'share',
      min: 0,
      max: 1,
      default: 0.05,
    }),
    metric: choice({
      label: text('detail is measured by', 'el detalle se mide por'),
      help: text(
        'What the optimum is best at. Loss: the share of a column’s values that a cell leaves open.',
        'En qué es mejor el óptimo. Pérdida: la parte de los valores de una columna que una celda deja abiertos.',
      ),
      options: [
        { value: 'loss', label: text('loss', 'pérdida') },
        { value: 'loss-arithmetic', label: text('loss, arithmetic mean', 'pérdida, media aritmética') },
        { value: 'discernibility', label: text('rows that look alike', 'filas que se parecen') },
        { value: 'class-size', label: text('average group size', 'tamaño medio de grupo') },
        { value: 'non-uniform-entropy', label: text('entropy lost', 'entropía perdida') },
        { value: 'normalized-entropy', label: text('entropy lost, per column', 'entropía perdida, por columna') },
        { value: 'precision', label: text('height in the ladders', 'altura en las escalas') },
        { value: 'ambiguity', label: text('combinations left open', 'combinaciones abiertas') },
        { value: 'entropy-loss', label: text('bits left open', 'bits abiertos') },
        { value: 'kl', label: text('divergence from the table', 'divergencia de la tabla') },
      ],
      default: 'loss',
      advanced: true,
    }),
    gsFactor: number({
      label: text('coarsen or leave out', 'generalizar u omitir'),
      help: text(
        'Below 0.5 leaving rows out costs less, above it coarsening costs less. For the loss measures.',
        'Por debajo de 0,5 omitir filas cuesta menos; por encima, generalizar cuesta menos. Para las medidas de pérdida.',
      ),
      ends: [text('leave rows out', 'omitir filas'), text('coarsen', 'generalizar')],
      min: 0,
      max: 1,
      default: 0.5,
      step: 0.05,
      advanced: true,
    }),
    weights: levels({
      label: text('importance of columns', 'importancia de las columnas'),
      help: text(
        'From 0 to 10, 5 where none is given: detail in important columns is given up last. For the loss measures.',
        'De 0 a 10, 5 si no se indica: el detalle de las columnas importantes se pierde al final. Para las medidas de pérdida.',
      ),
      default: {},
      advanced: true,
    }),
    levels: levels({
      label: text('levels chosen by hand', 'niveles elegidos a mano'),
      help: text('With none chosen, the optimum is released.', 'Si no se elige ninguno, se publica el óptimo.'),
      default: {},
      advanced: true,
    }),
    quasiIdentifiers: knownColumns,
    sensitive: sensitiveColumn,
    ...modelParams,
    population: choice({
      label: text('compared with the population', 'comparado con la población'),
      help: text(
        'Every n-th row is released and the whole table is the population it is compared with.',
        'Se publica una de cada n filas y la tabla completa es la población con que se compara.',
      ),
      options: [
        { value: 'none', label: text('no: every row is released', 'no: se publican todas las filas') },
        { value: 'k-map', label: text('k-map: k people look alike', 'k-mapa: k personas se parecen') },
        { value: 'delta-presence', label: text('δ-presence', 'δ-presencia') },
      ],
      default: 'none',
      advanced: true,
    }),
    every: integer({
      label: text('one row in', 'una fila de cada'),
      help: text(
        'Rows released where a population is compared.',
        'Filas publicadas cuando se compara con una población.',
      ),
      min: 2,
      max: 100,
      default: 3,
      advanced: true,
    }),
    present: number({
      label: text('largest chance to be in the release', 'mayor probabilidad de estar en la publicación'),
      symbol: 'δ',
      help: text(
        'For δ-presence: share of each population group that is released, at most.',
        'Para δ-presencia: parte de cada grupo de la población que se publica, como máximo.',
      ),
      min: 0.01,
      max: 1,
      default: 0.5,
      advanced: true,
    }),
  },
  stage: 'release',
  does: 'coarsen',
  dimensions: { serves: ['identity', 'location'] },
  view: 'classes',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: (params): Guarantee => claim(params, params.sensitive === '' ? 'sensitive' : params.sensitive),
});

type FullDomainParams = Params<typeof descriptor.params>;

function claim(params: FullDomainParams, sensitive: string | undefined): Guarantee {
  const base = classClaim(params, sensitive);
  const more = populationModels(params);
  if (base.kind !== 'k-anonymity' || more.length === 0) return base;
  // k-map asks for k people in the population: the released groups themselves may be smaller.
  return { ...base, k: params.population === 'k-map' ? 1 : base.k, models: [...(base.models ?? []), ...more] };
}

function populationModels(params: FullDomainParams): readonly PrivacyModel[] {
  switch (params.population) {
    case 'none':
      return [];
    case 'k-map':
      return [{ type: 'k-map', k: params.k }];
    case 'delta-presence':
      return [{ type: 'delta-presence', min: 0, max: params.present }];
  }
}

function modelsAsked(params: FullDomainParams, sensitive: string | undefined): readonly PrivacyModel[] {
  const all = everyModel(params, sensitive);
  const own = params.population === 'k-map' ? all.filter(({ type }) => type !== 'k-anonymity') : all;
  return [...own, ...populationModels(params)];
}

interface Setting {
  readonly source: TableRelease;
  readonly secrets: readonly ChosenSecret[];
  readonly encoded: readonly EncodedColumn[];
  readonly problem: LatticeProblem;
}

async function setting(input: Release, params: FullDomainParams, pause: Pause): Promise<Setting> {
  const source = tableInput(input);
  requireRows(source.table.rows, params.k);
  const secrets = await chosenSecrets(source, params, pause);
  const encoded = await classColumns(source, params.quasiIdentifiers, secrets, pause);
  const { rows } = source.table;
  if (params.population !== 'none') for (const { hierarchy } of encoded) requireSourceValues(source, hierarchy.column);
  const sample =
    params.population === 'none'
      ? {}
      : { sample: Uint8Array.from({ length: rows }, (_, i) => (i % params.every === 0 ? 1 : 0)) };
  const sensitive = secrets.map(({ name }) => sensitiveOfRelease(source, name, true));
  return { source, secrets, encoded, problem: { columns: encoded, sensitive, rows, ...sample } };
}

function questionOf(
  params: FullDomainParams,
  names: readonly string[],
  sensitive: string | undefined,
): LatticeQuestion {
  const stray = Object.keys(params.weights).find((name) => !names.includes(name));
  if (stray !== undefined) throw invalidParam('weights', `only the quasi-identifiers ${names.join(', ')}`, stray);
  const metric: LatticeMetric = params.metric;
  return {
    kind: 'optimum',
    models: modelsAsked(params, sensitive),
    limit: params.limit,
    metric,
    gsFactor: params.gsFactor,
    ...(Object.keys(params.weights).length === 0
      ? {}
      : { weights: names.map((name) => Math.min(10, own(params.weights, name) ?? 5) / 10) }),
  };
}

/** @throws infeasible for k above the number of rows, a model no table keeps, levels that would leave out too much, or no optimum within the limit */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx: Ctx) => {
  const { source, secrets, encoded, problem } = await setting(input, params, () => ctx.checkpoint(0));
  const names = encoded.map((column) => column.hierarchy.column);
  const main = secrets[0]?.name;
  const question = questionOf(params, names, main);
  const pinned = Object.keys(params.levels).length > 0;
  const found = pinned
    ? await pinnedLevels(problem, params, names, question, () => ctx.checkpoint(0))
    : await optimum(problem, question, {
        checkpoint: (fraction, note) => ctx.checkpoint(0.8 * fraction, note),
      });
  const writing = text('writing the released table', 'escribiendo la tabla publicada');
  const pause = (): Promise<void> => ctx.checkpoint(0.85, writing);
  await pause();
  const applied = applyLevels(problem, found.levels, question.models);
  return nodeRelease(source, encoded, secrets, applied, found, claim(params, main), params.k, pause);
};

async function optimum(
  problem: LatticeProblem,
  question: LatticeQuestion,
  ctx: Pick<Ctx, 'checkpoint'>,
): Promise<ChosenNode> {
  const found = await searchOptimum(await prepare(problem, () => ctx.checkpoint(0)), question, ctx);
  if (found.levels.length === 0) {
    throw infeasible(
      `no combination of levels keeps every promise with at most ${(question.limit * 100).toFixed(1)} % of the rows left out`,
      'allow more rows to be left out, lower k or l, or give a column a coarser top level',
      { param: 'limit' },
    );
  }
  return found;
}

async function pinnedLevels(
  problem: LatticeProblem,
  params: FullDomainParams,
  names: readonly string[],
  question: LatticeQuestion,
  pause: Pause,
): Promise<ChosenNode> {
  const stray = Object.keys(params.levels).find((name) => !names.includes(name));
  if (stray !== undefined) throw invalidParam('levels', `only the quasi-identifiers ${names.join(', ')}`, stray);
  const heights = problem.columns.map((column) => column.hierarchy.levels.length);
  const prepared = await prepare(problem, pause);
  const chosen = names.map((name, j) => Math.min(own(params.levels, name) ?? 0, (heights[j] as number) - 1));
  const detail = await nodeDetail(prepared, { kind: 'node', node: nodeOfLevels(chosen, heights), question });
  if (!detail.admissible) {
    const share = ((100 * detail.suppressed) / detail.rows).toFixed(1);
    throw infeasible(
      `at these levels ${share} % of the rows would be left out, more than the ${(params.limit * 100).toFixed(1)} % allowed`,
      'raise the level of a column, or allow more rows to be left out',
      { param: 'levels' },
    );
  }
  return {
    levels: chosen,
    losses: detail.lossPerColumn,
    proof: undefined,
    evaluated: 1,
    nodes: heights.reduce((all, height) => all * height, 1),
    ties: 1,
  };
}

/** Largest k held in a solved lattice; the parameter's own maximum. */
const LARGEST_K = 1000;
/** Diversities counted beside k: more cost as much memory again each. */
const DIVERSITIES = 8;

/** Every node solved once; k, l, limit, measure, weights and factor are then questions. */
export async function study(input: Release, params: FullDomainParams, ctx: Ctx, share: StudyShare): Promise<Study> {
  const pause = (): Promise<void> => ctx.checkpoint(0);
  // Sensitive columns are taken along whether or not a model asks for them yet.
  const { problem } = await setting(input, await withDiversity(input, params, pause), pause);
  const values = problem.sensitive[0]?.domain.overall.filter((rows) => rows > 0).length ?? 1;
  return LatticeStudy.solve(
    problem,
    {
      ...share,
      least: params.population === 'none' ? 2 : 1,
      limit: STUDY_LIMIT,
      largest: LARGEST_K,
      diversities: Math.max(1, Math.min(DIVERSITIES, values)),
    },
    ctx,
  );
}

/** Largest share of rows left out that a solved lattice answers for. */
const STUDY_LIMIT = 0.5;

async function withDiversity(input: Release, params: FullDomainParams, pause: Pause): Promise<FullDomainParams> {
  const source = tableInput(input);
  const asked = { ...params, l: 2, further: 'none' as const };
  try {
    await chosenSecrets(source, asked, pause);
    return asked;
  } catch (error) {
    // No sensitive column, one without values, or of one value only: then there is no diversity to count.
    const hasNone = error instanceof EngineError && (error.code === 'infeasible' || error.code === 'invalid-data');
    if (!hasNone) throw error;
    return { ...params, l: 1, further: 'none' };
  }
}

export const verify = verifyClasses;
