import type { LoadedDataset } from '../kit/dataset.ts';
import type { LatticeAnswer, LatticeMetric, LatticeQuestion } from '../kit/lattice.ts';
import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { SchemaReader, SchemaRow, VectorAdapter, VectorEnv } from '../kit/vectors.ts';
import { classRisks, journalistRisks } from '../metrics/risk/class-risks.ts';
import { encodeColumn } from '../table/encode.ts';
import { levelsOfNode } from './lattice/lattice-columns.ts';
import { LatticeStudy } from './lattice/solution.ts';
import { sensitiveDomain } from './models/sensitive-domain.ts';
import { type PopulationDocument, populationRows } from './population.vectors-part.ts';
import { type RecodingDocument, localRecoding } from './recoding.vectors-part.ts';
import { qualityOf, type Released, released } from './released.vectors-part.ts';
import { loadReference, type ReferenceTable } from './reference-tables.ts';

/** ARX's cases: one solved lattice answers all questions about the same columns. */
interface ArxModel {
  readonly type: string;
  readonly attribute?: string;
  readonly subsetModulus?: number;
  readonly [name: string]: unknown;
}
export interface ArxCase {
  readonly id: string;
  readonly dataset: string;
  readonly quasiIdentifiers: readonly string[];
  readonly models: readonly ArxModel[];
  readonly suppressionLimit: number;
  readonly metric: {
    readonly name: string;
    readonly aggregate?: string;
    readonly gsFactor?: number;
    readonly monotonic?: boolean;
    readonly attributeWeights?: Readonly<Record<string, number>>;
  };
  readonly anonymousNodes: number;
  readonly optimum: {
    readonly loss: number;
    readonly levels: Readonly<Record<string, number>>;
    readonly lossPerAttribute?: Readonly<Record<string, number>> | null;
    readonly suppressedRecords: number;
    readonly optimalLevelSets: readonly (readonly number[])[];
  };
  readonly output: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
interface ArxDocument extends PopulationDocument, RecodingDocument {
  readonly datasets: Readonly<Record<string, ReferenceTable>>;
  readonly cases: readonly ArxCase[];
}

const arx: SchemaReader = async function* (doc, env) {
  const document = doc as ArxDocument;
  const datasetOf = library(env, document.datasets);
  const groups = new Map<string, ArxCase[]>();
  for (const each of document.cases) {
    const key = JSON.stringify([each.dataset, each.quasiIdentifiers, columnsOf(each), modulusOf(each)]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  for (const cases of groups.values()) yield* group(cases, datasetOf((cases[0] as ArxCase).dataset));
  yield* populationRows(document);
  yield* localRecoding(document, datasetOf, modelOf);
};

/** Datasets are read once for all cases of a document. */
function library(env: VectorEnv, tables: Readonly<Record<string, ReferenceTable>>): (name: string) => LoadedDataset {
  const loaded = new Map<string, LoadedDataset>();
  return (name) => {
    const table = tables[name];
    if (table === undefined) throw new RangeError(`unknown table ${name}`);
    const dataset = loaded.get(name) ?? loadReference(env, table);
    loaded.set(name, dataset);
    return dataset;
  };
}

/** Sensitive columns of a case; those of distinct l first, since only the first one is counted for every l. */
const columnsOf = (each: ArxCase): readonly string[] => {
  const named = (types: (type: string) => boolean): readonly string[] =>
    each.models.flatMap(({ type, attribute }) => (attribute !== undefined && types(type) ? [attribute] : []));
  return [
    ...new Set([...named((type) => type === 'distinctLDiversity'), ...named((type) => type !== 'distinctLDiversity')]),
  ];
};
const modulusOf = (each: ArxCase): number =>
  each.models.reduce((modulus, model) => Math.max(modulus, model.subsetModulus ?? 1), 1);

const METRICS: Readonly<Record<string, LatticeMetric>> = {
  'loss geometricMean': 'loss',
  'loss arithmeticMean': 'loss-arithmetic',
  discernibility: 'discernibility',
  'discernibility monotonic': 'discernibility-monotonic',
  averageEquivalenceClassSize: 'class-size',
  'nonUniformEntropy sum': 'non-uniform-entropy',
  'nonUniformEntropy sum monotonic': 'non-uniform-entropy-monotonic',
  'normalizedNonUniformEntropy sum': 'normalized-entropy',
  'precision arithmeticMean': 'precision',
  'precision arithmeticMean monotonic': 'precision-monotonic',
  'height sum': 'height',
  ambiguity: 'ambiguity',
  entropyBasedInformationLoss: 'entropy-loss',
  klDivergenceArx: 'kl',
};

function metricOf({ metric }: ArxCase): LatticeMetric | undefined {
  const name = [metric.name, metric.aggregate, metric.monotonic === true ? 'monotonic' : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
  return METRICS[name] ?? METRICS[metric.name];
}

function modelOf(model: ArxModel): PrivacyModel | undefined {
  const of = (name: string): number => Number(model[name]);
  const column = model.attribute ?? '';
  switch (model.type) {
    case 'kAnonymity':
      return { type: 'k-anonymity', k: of('k') };
    case 'kMap':
      return { type: 'k-map', k: of('k') };
    case 'deltaPresence':
      return { type: 'delta-presence', min: of('deltaMin'), max: of('deltaMax') };
    case 'distinctLDiversity':
      return { type: 'distinct-l', column, l: of('l') };
    case 'entropyLDiversity':
      return { type: 'entropy-l', column, l: of('l') };
    case 'recursiveCLDiversity':
      return { type: 'recursive-cl', column, c: of('c'), l: of('l') };
    case 'tClosenessEqualDistance':
      return { type: 't-closeness', column, t: of('t'), distance: 'equal' };
    case 'tClosenessOrderedDistance':
      return { type: 't-closeness', column, t: of('t'), distance: 'ordered' };
    case 'tClosenessHierarchicalDistance':
      return { type: 't-closeness', column, t: of('t'), distance: 'hierarchical' };
    case 'basicBetaLikeness':
      return { type: 'basic-beta', column, beta: of('beta') };
    case 'enhancedBetaLikeness':
      return { type: 'enhanced-beta', column, beta: of('beta') };
    case 'deltaDisclosurePrivacyLog2':
      return { type: 'delta-disclosure', column, delta: of('delta') };
    default:
      return undefined;
  }
}

function questionOf(each: ArxCase): LatticeQuestion | undefined {
  const metric = metricOf(each);
  const models = each.models.map(modelOf);
  const known = models.filter((model) => model !== undefined);
  if (metric === undefined || known.length < models.length) return undefined;
  const { attributeWeights, gsFactor } = each.metric;
  return {
    kind: 'optimum',
    models: known,
    limit: each.suppressionLimit,
    metric,
    gsFactor: gsFactor ?? 0.5,
    ...(attributeWeights === undefined
      ? {}
      : { weights: each.quasiIdentifiers.map((name) => attributeWeights[name] ?? 0.5) }),
  };
}

const quiet = { checkpoint: async (): Promise<void> => undefined };

async function* group(cases: readonly ArxCase[], dataset: LoadedDataset): AsyncGenerator<SchemaRow> {
  const first = cases[0] as ArxCase;
  const columns = first.quasiIdentifiers.map((name) => encodeColumn(dataset, name));
  const modulus = modulusOf(first);
  const rows = dataset.table.rows;
  const sample = modulus > 1 ? Uint8Array.from({ length: rows }, (_, i) => (i % modulus === 0 ? 1 : 0)) : undefined;
  const problem = {
    columns,
    sensitive: columnsOf(first).map((name) => sensitiveDomain(dataset, name)),
    rows,
    ...(sample === undefined ? {} : { sample }),
  };
  const questions = cases.map(questionOf);
  const asked = questions.filter((question) => question !== undefined);
  const study = await LatticeStudy.solve(
    problem,
    {
      least: 2,
      limit: asked.reduce((limit, question) => Math.max(limit, question.limit), 0),
      largest: 1000,
      diversities: asked.reduce((most, { models }) => Math.max(most, ...models.map(distinctOf)), 1),
      part: 0,
      parts: 1,
    },
    quiet,
  );
  for (const [i, each] of cases.entries()) {
    const question = questions[i];
    const id = `cases[${each.id}]`;
    if (question === undefined) {
      yield { id: `${id}.optimum`, expected: each.optimum, unsupported: true };
      continue;
    }
    const answer = (await study.ask(question, quiet)) as LatticeAnswer;
    yield* optimumRows(id, each, answer, study.shape.heights);
    const levels = each.quasiIdentifiers.map((name) => each.optimum.levels[name] ?? 0);
    yield* outputRows(id, each, dataset, levels, released(problem, levels, question));
  }
}

const distinctOf = (model: PrivacyModel): number => (model.type === 'distinct-l' ? Math.ceil(model.l) : 1);

function* optimumRows(
  id: string,
  each: ArxCase,
  answer: LatticeAnswer,
  heights: readonly number[],
): Generator<SchemaRow> {
  const { optimum } = each;
  const at = answer.nodes.indexOf(answer.best);
  yield { id: `${id}.optimum.loss`, expected: optimum.loss, actual: answer.bestLoss };
  const levels = levelsOfNode(answer.best, heights);
  yield {
    id: `${id}.optimum.levels`,
    expected: optimum.optimalLevelSets,
    actual: levels,
    ok: optimum.optimalLevelSets.some((set) => set.every((level, j) => level === levels[j])),
  };
  yield { id: `${id}.anonymousNodes`, expected: each.anonymousNodes, actual: answer.nodes.length };
  yield {
    id: `${id}.optimum.ties`,
    expected: optimum.optimalLevelSets.length,
    actual: Math.min(20, answer.ties.length),
  };
  if (levels.every((level, j) => level === optimum.levels[each.quasiIdentifiers[j] as string])) {
    yield { id: `${id}.optimum.suppressedRecords`, expected: optimum.suppressedRecords, actual: answer.suppressed[at] };
    const per = optimum.lossPerAttribute;
    if (per !== undefined && per !== null) {
      const actual = Object.fromEntries(each.quasiIdentifiers.map((name, j) => [name, answer.measurePerColumn[j]]));
      yield { id: `${id}.optimum.lossPerAttribute`, expected: per, actual, ok: alike(per, actual) };
    }
  }
}

/** Columns are cut to ten decimals, so sums that differ in their last place may be one step apart. */
const alike = (
  expected: Readonly<Record<string, number>>,
  actual: Readonly<Record<string, number | undefined>>,
): boolean =>
  Object.entries(expected).every(
    ([name, value]) => Math.abs((actual[name] ?? Number.NaN) - value) <= 1.5e-10 + 1e-9 * Math.abs(value),
  );

function* outputRows(
  id: string,
  each: ArxCase,
  dataset: LoadedDataset,
  levels: readonly number[],
  made: Released,
): Generator<SchemaRow> {
  const { sizes, populations, suppressed } = made;
  const records = sizes.reduce((a, b) => a + b, 0);
  yield {
    id: `${id}.output.classes`,
    expected: each.output['classes'],
    actual: {
      count: sizes.length,
      min: Math.min(...sizes),
      max: Math.max(...sizes),
      avg: records / sizes.length,
      suppressedRecords: suppressed,
      records,
    },
  };
  yield {
    id: `${id}.output.risk`,
    expected: each.output['risk'],
    actual: riskOf(made.allRoots ? [] : sizes, made.allRoots ? [] : populations, each),
  };
  const view = each.output['quality'];
  if (view !== undefined) {
    const actual = qualityOf(dataset, each.quasiIdentifiers, levels, made);
    for (const [name, expected] of Object.entries(view)) {
      yield { id: `${id}.output.quality.${name}`, expected, actual: actual[name as keyof typeof actual] };
    }
  }
}

/** Prosecutor and marketer by classes of the release, journalist by their cells in the population. */
function riskOf(
  sizes: readonly number[],
  populations: readonly number[],
  { models }: ArxCase,
): Readonly<Record<string, unknown>> {
  const own = classRisks(Uint32Array.from(sizes), 0.2);
  const others = journalistRisks(Uint32Array.from(sizes), populations, 0.2);
  return {
    lowestRisk: own.lowest,
    highestRisk: own.highest,
    averageRisk: own.average,
    fractionAffectedByLowest: own.shareLowest,
    fractionAffectedByHighest: own.shareHighest,
    estimatedProsecutorRisk: own.highest,
    // The tool reports what k-map promises where that is asked for.
    estimatedJournalistRisk: models.reduce(
      (risk, { type, k }) => (type === 'kMap' ? 1 / Number(k) : risk),
      own.highest,
    ),
    estimatedMarketerRisk: own.average,
    sampleUniques: own.unique,
    threshold: 0.2,
    prosecutor: { recordsAtRisk: own.atRisk, highestRisk: own.highest, successRate: own.average },
    journalist: { recordsAtRisk: others.atRisk, highestRisk: others.highest, successRate: others.success },
    marketer: { successRate: others.marketer },
  };
}

export const vectors: VectorAdapter = { schemas: { 'anonymization-arx-reference/1': arx } };
