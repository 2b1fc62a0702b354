import type { LoadedDataset } from '../kit/dataset.ts';
import type { SchemaReader, SchemaRow, VectorAdapter, VectorEnv } from '../kit/vectors.ts';
import { populationUniqueness, slidNegativeBinomial } from '../metrics/risk/population-uniqueness.ts';
import { classRisks } from '../metrics/risk/class-risks.ts';
import { encodeColumn } from '../table/encode.ts';
import { distinctPerClass, type Grouping, groupRows } from '../table/group.ts';
import { baseSize } from '../table/hierarchy.ts';
import { classesAt, loadReference, readReference, type ReferenceTable } from './reference-tables.ts';
import { Traces } from '../metrics/risk/unicity-core.ts';

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
  // Where the file's own residual is not 0, the equations have no solution in doubles.
  if (snb.residual > 1e-6) {
    yield { id: `${id}.snbCorrected`, expected: snb, unsupported: true };
    return;
  }
  const mine = slidNegativeBinomial(histogram, each.populationSize);
  const { K, alpha, beta, uniques } = snb;
  yield {
    id: `${id}.snbCorrected`,
    expected: { K, alpha, beta, uniques },
    actual: { K: mine?.classes, alpha: mine?.alpha, beta: mine?.beta, uniques: mine?.uniques },
    tolerance: 1e-6,
  };
}

/** Worst case over all k-subsets of a user's points of 1 / matching users; `sequence` (order matters) is not in this build. */
const mobility: SchemaReader = function* (doc, env) {
  const document = doc as {
    readonly data: string;
    readonly risks: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
  const table = readReference(env, document.data, ',');
  for (const [name, expected] of Object.entries(document.risks)) {
    const [kind = '', ...rest] = name.split(':');
    const k = Number((rest.at(-1) ?? '').split('=')[1]);
    const precision = kind === 'locationTime' ? (rest[0] ?? '') : 'none';
    if (kind === 'sequence') yield { id: `risks.${name}`, expected, unsupported: true };
    else yield { id: `risks.${name}`, expected, actual: worstCase(table, precision, k, kind !== 'uniqueLocation') };
  }
};

const CUT: Readonly<Record<string, number>> = { none: 0, year: 4, month: 7, day: 10, hour: 13, minute: 16, second: 19 };

/**
 * Traces are sets of points, so the m-th visit of a user to one point is a point of its own: a multiset is contained in a
 * trace exactly when its first, second... visits are.
 */
function worstCase(
  table: ReadonlyMap<string, readonly string[]>,
  precision: string,
  k: number,
  repeats: boolean,
): Record<string, number> {
  const users = table.get('uid') ?? [];
  const times = table.get('datetime') ?? [];
  const visits = new Map<string, number>();
  const labels = users.map((user, i) => {
    const time = (times[i] ?? '').slice(0, CUT[precision] ?? 19);
    const label = `${table.get('lat')?.[i] ?? ''},${table.get('lng')?.[i] ?? ''} ${time}`;
    const visit = repeats ? (visits.get(`${user} ${label}`) ?? 0) + 1 : 1;
    visits.set(`${user} ${label}`, visit);
    return `${label}#${visit}`;
  });
  const people = [...new Set(users)];
  const points = [...new Set(labels)];
  const who = Uint32Array.from(users, (user) => people.indexOf(user));
  const where = Uint32Array.from(labels, (label) => points.indexOf(label));
  const pairs = groupRows([who, where], [people.length, points.length]);
  const traces = new Traces(who, where, people.length, points.length, pairs);
  const risk = people.map((name, t) => {
    const own = Array.from(traces.points.subarray(traces.start[t], traces.start[t + 1]));
    let worst = 0;
    for (const known of subsets(own, Math.min(k, own.length))) {
      worst = Math.max(worst, 1 / traces.matching(fromFirstVisit(known, points)));
    }
    return [name, worst] as const;
  });
  return Object.fromEntries(risk);
}

/** Knowing the second visit alone is knowing one visit. */
function fromFirstVisit(known: readonly number[], points: readonly string[]): number[] {
  const seen = new Map<string, number>();
  return known.map((point) => {
    const label = (points[point] ?? '').replace(/#\d+$/, '');
    const visit = (seen.get(label) ?? 0) + 1;
    seen.set(label, visit);
    return points.indexOf(`${label}#${visit}`);
  });
}

function* subsets(items: readonly number[], size: number, from = 0): Generator<number[]> {
  if (size === 0) yield [];
  else {
    for (let i = from; i <= items.length - size; i += 1) {
      for (const rest of subsets(items, size - 1, i + 1)) yield [items[i] as number, ...rest];
    }
  }
}

export const vectors: VectorAdapter = {
  schemas: {
    'anonymization-arx-reference/1': arx,
    'anonymization-mobility-risk/1': mobility,
  },
};
