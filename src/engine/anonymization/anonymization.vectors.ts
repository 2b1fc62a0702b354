import type { LoadedDataset } from '../kit/dataset.ts';
import type { SchemaReader, SchemaRow, VectorAdapter, VectorEnv } from '../kit/vectors.ts';
import { populationUniqueness, slidNegativeBinomial } from '../metrics/risk/population-uniqueness.ts';
import { classRisks } from '../metrics/risk/class-risks.ts';
import { encodeColumn } from '../table/encode.ts';
import { distinctPerClass, type Grouping } from '../table/group.ts';
import { baseSize } from '../table/hierarchy.ts';
import { classesAt, loadReference, type ReferenceTable } from './reference-tables.ts';

interface ArxCase {
  readonly id: string;
  readonly dataset: string;
  readonly quasiIdentifiers: readonly string[];
  readonly models: readonly {
    readonly type: string;
    readonly k?: number;
    readonly l?: number;
    readonly attribute?: string;
  }[];
  readonly subsetModulus?: number;
  readonly optimum: { readonly levels: Readonly<Record<string, number>> };
  readonly output: {
    readonly classes: Readonly<Record<string, number>>;
    readonly risk: Readonly<Record<string, unknown>>;
  };
}
interface PopulationCase {
  readonly id: string;
  readonly populationSize: number;
  readonly histogram: readonly (readonly [number, number])[];
  readonly estimatesTight: { readonly zayatz: number; readonly pitman: number };
  readonly snbCorrected?: {
    readonly K: number;
    readonly alpha: number;
    readonly beta: number;
    readonly residual: number;
    readonly uniques: number;
  };
}
interface ArxDocument {
  readonly datasets: Readonly<Record<string, ReferenceTable>>;
  readonly cases: readonly ArxCase[];
  readonly populationUniqueness: { readonly cases: readonly PopulationCase[] };
  readonly localRecoding?: { readonly cases: readonly { readonly id: string }[] };
}

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

/** Output of ARX's optimum, recomputed from its levels; the search for the optimum itself is not in this build. */
const arx: SchemaReader = function* (doc, env) {
  const document = doc as ArxDocument;
  const dataset = library(env, document.datasets);
  for (const each of document.cases) {
    const id = `cases[${each.id}]`;
    const syntactic = each.models.every((model) => model.type === 'kAnonymity' || model.type === 'distinctLDiversity');
    if (syntactic && each.subsetModulus === undefined) yield* arxOutput(id, each, dataset(each.dataset));
    else yield { id: `${id}.output`, expected: each.output, unsupported: true };
    yield { id: `${id}.optimum`, expected: each.optimum, unsupported: true };
  }
  for (const each of document.populationUniqueness.cases) yield* population(each);
  for (const each of document.localRecoding?.cases ?? []) {
    yield { id: `localRecoding.cases[${each.id}]`, expected: each, unsupported: true };
  }
};

function* arxOutput(id: string, each: ArxCase, dataset: LoadedDataset): Generator<SchemaRow> {
  const grouping = classesAt(dataset, each.quasiIdentifiers, each.optimum.levels);
  const sizes = admissible(grouping, each, dataset);
  const risks = classRisks(sizes, 0.2);
  const kept = sizes.reduce((a, b) => a + b, 0);
  yield {
    id: `${id}.output.classes`,
    expected: each.output.classes,
    actual: {
      count: sizes.length,
      min: sizes.reduce((a, b) => Math.min(a, b), Infinity),
      max: sizes.reduce((a, b) => Math.max(a, b), 0),
      avg: kept / sizes.length,
      suppressedRecords: dataset.table.rows - kept,
      records: kept,
    },
  };
  const success = { recordsAtRisk: risks.atRisk, highestRisk: risks.highest, successRate: risks.average };
  yield {
    id: `${id}.output.risk`,
    expected: each.output.risk,
    actual: {
      lowestRisk: risks.lowest,
      highestRisk: risks.highest,
      averageRisk: risks.average,
      fractionAffectedByLowest: risks.shareLowest,
      fractionAffectedByHighest: risks.shareHighest,
      estimatedProsecutorRisk: risks.highest,
      estimatedJournalistRisk: risks.highest,
      estimatedMarketerRisk: risks.average,
      sampleUniques: risks.unique,
      threshold: 0.2,
      prosecutor: success,
      journalist: success,
      marketer: { successRate: risks.average },
    },
  };
}

/** Sizes of the classes that satisfy k and every distinct l. */
function admissible(grouping: Grouping, each: ArxCase, dataset: LoadedDataset): Uint32Array {
  const keep = new Uint8Array(grouping.count).fill(1);
  for (const model of each.models) {
    const least = Math.max(model.k ?? 0, Math.ceil(model.l ?? 0));
    for (let c = 0; c < grouping.count; c += 1) if ((grouping.sizes[c] as number) < least) keep[c] = 0;
    if (model.l === undefined || model.attribute === undefined) continue;
    const secret = encodeColumn(dataset, model.attribute);
    const values = distinctPerClass(grouping, secret.codes, baseSize(secret));
    for (let c = 0; c < grouping.count; c += 1) if ((values[c] as number) < model.l) keep[c] = 0;
  }
  return grouping.sizes.filter((_, c) => keep[c] === 1);
}

function* population(each: PopulationCase): Generator<SchemaRow> {
  const id = `populationUniqueness.cases[${each.id}]`;
  const histogram = {
    size: Uint32Array.from(each.histogram, (pair) => pair[0]),
    classes: Uint32Array.from(each.histogram, (pair) => pair[1]),
  };
  const found = populationUniqueness(histogram, each.populationSize);
  yield { id: `${id}.zayatz`, expected: each.estimatesTight.zayatz, actual: found.zayatz };
  // A Pitman estimate of 0 in the file means that ARX did not converge: no value to compare with.
  const pitman = each.estimatesTight.pitman;
  if (pitman > 0) yield { id: `${id}.pitman`, expected: pitman, actual: found.pitman, tolerance: 1e-6 };
  const snb = each.snbCorrected;
  if (snb === undefined) return;
  const mine = slidNegativeBinomial(histogram, each.populationSize);
  // Where the file's own residual is not 0, its equations have no solution in doubles: to find none is right.
  const solved = snb.residual <= 1e-6;
  if (!solved) yield { id: `${id}.snbCorrected`, expected: snb, actual: mine ?? null, ok: mine === undefined };
  yield {
    id: `${id}.dankar`,
    expected: dankarRule(each, solved ? snb.uniques : undefined),
    actual: found.dankar,
    tolerance: 1e-6,
  };
  if (!solved) return;
  const { K, alpha, beta, uniques } = snb;
  yield {
    id: `${id}.snbCorrected`,
    expected: { K, alpha, beta, uniques },
    actual: { K: mine?.classes, alpha: mine?.alpha, beta: mine?.beta, uniques: mine?.uniques },
    tolerance: 1e-6,
  };
}

/** Dankar's rule over the file's own estimates: Pitman up to a tenth, else the smaller of SNB and Zayatz; Zayatz where one is missing. */
function dankarRule(each: PopulationCase, snb: number | undefined): number {
  const { zayatz, pitman } = each.estimatesTight;
  const n = each.histogram.reduce((sum, [size, classes]) => sum + size * classes, 0);
  if (n / each.populationSize <= 0.1) return pitman > 0 ? pitman : zayatz;
  return Math.min(zayatz, snb ?? zayatz);
}

export const vectors: VectorAdapter = {
  schemas: {
    'anonymization-arx-reference/1': arx,
  },
};
