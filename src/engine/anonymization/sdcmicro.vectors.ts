import { quietContext } from '../kit/context.ts';
import type { SchemaReader, SchemaRow, VectorAdapter, VectorEnv } from '../kit/vectors.ts';
import { householdRisks, individualRisk } from '../metrics/risk/benedetti-franconi.ts';
import { type FrequencyCounts, frequencyCounts, type KeyColumn } from '../metrics/risk/frequency-counts.ts';
import { classDiversity, multiDiversity } from '../metrics/risk/l-diversity.ts';
import { disScores, intruderMatch, minimalSampleUniques } from '../metrics/risk/minimal-sample-uniques.ts';
import { seededRng } from '../rng/rng.ts';
import { groupRows } from '../table/group.ts';
import { readReference } from './reference-tables.ts';
import { perturbation } from './sdcmicro-perturbation.vectors-part.ts';
import { expendableFirst, wildcardSuppression } from './wildcard-suppression.ts';

type Part = Readonly<Record<string, unknown>>;
type Cells = ReadonlyMap<string, readonly string[]>;

/** Parts of the document that describe it. */
const ABOUT = ['schema', 'source', 'data', 'semantics'];
/** Parts read here: whole tables by name, and small tables that carry their rows. The rest are perturbation methods. */
const isRisk = (part: unknown): boolean => ['keyVars', 'freq', 'score'].some((name) => name in asPart(part));

const asPart = (value: unknown): Part => (typeof value === 'object' && value !== null ? (value as Part) : {});
const names = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);
const ctx = quietContext(seededRng('sdcMicro reference'));

/** The sdcMicro reference: risk and local suppression here, methods that change values in their own file. */
const sdcmicro: SchemaReader = async function* (doc, env) {
  const others: [string, unknown][] = [];
  for (const [name, value] of Object.entries(doc as Part)) {
    if (ABOUT.includes(name)) continue;
    const part = asPart(value);
    if (!isRisk(value)) others.push([name, value]);
    else if (Array.isArray(part['data'])) yield* inlineSuda(name, part);
    else yield* tableParts(name, part, sdcTable(env, typeof part['data'] === 'string' ? part['data'] : name));
  }
  yield* perturbation(Object.fromEntries(others), env);
};

const sdcTable = (env: VectorEnv, name: string): Cells => {
  const quoted = readReference(env, `shared/data/anonymization/sdcmicro/${name}.csv`, ',');
  return new Map([...quoted].map(([column, cells]) => [column.replaceAll('"', ''), cells]));
};

async function* tableParts(id: string, part: Part, table: Cells): AsyncGenerator<SchemaRow> {
  if ('keyVars' in part) {
    yield* frequencyRows(id, part, table, keysOf(table, names(part['keyVars'])), 1, String(part['w']));
    return;
  }
  const freq = asPart(part['freq']);
  const weight = String(freq['w']);
  if ('freq' in part) yield* frequencyRows(`${id}.freq`, freq, table, keysOf(table, names(freq['keyVars'])), 1, weight);
  for (const [name, value] of Object.entries(asPart(part['missing']))) {
    const each = asPart(value);
    const gaps = withGaps(table, String(each['rows']));
    const alpha = Number(name.replace('alpha', ''));
    yield* frequencyRows(`${id}.missing.${name}`, each, gaps, keysOf(gaps, names(each['keyVars'])), alpha, weight);
  }
  if ('household' in part) yield* householdRows(`${id}.household`, asPart(part['household']), freq, table);
  for (const [name, value] of Object.entries(part)) {
    if (name.startsWith('ldiversity')) yield* diversityRows(`${id}.${name}`, asPart(value), table);
    else if (name.startsWith('suda2')) yield* sudaRows(`${id}.${name}`, asPart(value), table);
    else if (!['freq', 'missing', 'household', 'localSuppression', 'data'].includes(name)) {
      yield { id: `${id}.${name}`, expected: value, unsupported: true };
    }
  }
  for (const [name, value] of Object.entries(asPart(part['localSuppression']))) {
    const k = Number(/\d+/.exec(name)?.[0]);
    yield* suppressionRows(`${id}.localSuppression.${name}`, asPart(value), k, table);
  }
}

/** Key variables of a table; empty cells and NA are missing. Codes follow first appearance. */
function keysOf(table: Cells, wanted: readonly string[]): readonly KeyColumn[] {
  return wanted.map((name) => {
    const cells = table.get(name);
    if (cells === undefined) throw new RangeError(`unknown column ${name}`);
    const codeOf = new Map<string, number>();
    const codes = Uint32Array.from(cells, (cell) => {
      if (!codeOf.has(cell)) codeOf.set(cell, codeOf.size);
      return codeOf.get(cell) as number;
    });
    const missing = codeOf.get('NA') ?? codeOf.get('');
    return { codes, count: codeOf.size, ...(missing === undefined ? {} : { missing }) };
  });
}

/** "1..300; water NA in rows 1..20, relat NA in rows 5,50,60": a part of the table with values taken out, rows from 1. */
function withGaps(table: Cells, words: string): Cells {
  const [range = '', rest = ''] = words.split(';');
  const [from, to] = range.split('..').map(Number);
  const out = new Map([...table].map(([name, cells]) => [name, cells.slice((from ?? 1) - 1, to)]));
  for (const [, name = '', rows = ''] of rest.matchAll(/(\w+) NA in rows ([\d.,]+)/g)) {
    const cells = [...(out.get(name) ?? [])];
    for (const item of rows.split(',').filter((each) => each !== '')) {
      const [first = 0, last = first] = item.split('..').map(Number);
      cells.fill('NA', first - 1, last);
    }
    out.set(name, cells);
  }
  return out;
}

/** What a part was computed with. */
const SETTINGS = ['keyVars', 'w', 'rows', 'alpha', 'data'];

function* frequencyRows(
  id: string,
  part: Part,
  table: Cells,
  keys: readonly KeyColumn[],
  alpha: number,
  weight: string,
): Generator<SchemaRow> {
  const rows = keys[0]?.codes.length ?? 0;
  const weights = table.get(weight);
  const counts = frequencyCounts(keys, rows, weights && Float64Array.from(weights, Number), alpha);
  const risks = risksOf(counts, 'approx');
  const atMost = (most: number) => counts.sample.filter((f) => f <= most).length;
  const all: Part = {
    fk: counts.sample,
    fkAll: counts.sample,
    Fk: counts.population,
    FkAll: counts.population,
    n1: counts.sample.filter((f) => f === 1).length,
    n2: counts.sample.filter((f) => f === 2).length,
    indivRiskApprox: risks,
    indivRiskExact: risksOf(counts, 'exact'),
    globalRisk: total(risks) / rows,
    expectedReident: total(risks),
    nRiskAbove1pct: risks.filter((risk) => risk > 0.01).length,
  };
  for (const [name, expected] of Object.entries(part)) {
    const below = /^viol(\d+)$/.exec(name)?.[1];
    if (below !== undefined) yield { id: `${id}.${name}`, expected, actual: atMost(Number(below) - 1) };
    else if (name in all) yield* compared(`${id}.${name}`, expected, all[name]);
    else if (!SETTINGS.includes(name)) yield { id: `${id}.${name}`, expected, unsupported: true };
  }
}

const risksOf = (counts: FrequencyCounts, form: 'approx' | 'exact'): Float64Array =>
  counts.sample.map((f, i) => individualRisk(f, counts.population[i] as number, form));
const total = (values: Float64Array): number => values.reduce((sum, each) => sum + each, 0);

/** A column as the file gives it: whole, or as number of rows, sum, mean, least, greatest and the first values. */
function* compared(id: string, expected: unknown, actual: unknown, tolerance?: number): Generator<SchemaRow> {
  const loose = tolerance === undefined ? {} : { tolerance };
  if (!ArrayBuffer.isView(actual) || Array.isArray(expected)) {
    yield { id, expected, actual, ...loose };
    return;
  }
  const values = Array.from(actual as unknown as ArrayLike<number>);
  const sum = values.reduce((a, b) => a + b, 0);
  const found: Part = {
    n: values.length,
    sum,
    mean: sum / values.length,
    min: values.reduce((a, b) => Math.min(a, b), Infinity),
    max: values.reduce((a, b) => Math.max(a, b), -Infinity),
  };
  for (const [name, each] of Object.entries(asPart(expected))) {
    const own = name === 'head' ? values.slice(0, names(each).length) : found[name];
    yield { id: `${id}.${name}`, expected: each, actual: own, ...loose };
  }
}

function* householdRows(id: string, part: Part, freq: Part, table: Cells): Generator<SchemaRow> {
  const keys = keysOf(table, names(part['keyVars'] ?? freq['keyVars']));
  const rows = keys[0]?.codes.length ?? 0;
  const weights = table.get(String(part['w'] ?? freq['w']));
  const risks = risksOf(frequencyCounts(keys, rows, weights && Float64Array.from(weights, Number)), 'approx');
  const [household] = keysOf(table, [String(part['hid'])]);
  const joint = householdRisks(risks, household?.codes ?? [], household?.count ?? 0);
  const all: Part = {
    globalRisk: total(risks) / rows,
    riskER: total(risks),
    hierRisk: total(joint) / rows,
    hierRiskER: total(joint),
    hierRiskPerRecord: joint,
  };
  for (const [name, expected] of Object.entries(part))
    if (name in all) yield* compared(`${id}.${name}`, expected, all[name]);
}

/** c = 2, as the measures were computed. With one sensitive column there is no multi-attribute value: the file has 0. */
function* diversityRows(id: string, part: Part, table: Cells): Generator<SchemaRow> {
  const keys = keysOf(table, names(part['keyVars']));
  const sensitive = names(part['sens']);
  const columns = keysOf(table, sensitive);
  const grouping = groupRows(
    keys.map(({ codes }) => codes),
    keys.map(({ count }) => count),
  );
  const byRow = (values: ArrayLike<number> | undefined) => Float64Array.from(grouping.classOf, (c) => values?.[c] ?? 0);
  const multi = multiDiversity(grouping, columns, 2);
  const all = new Map([
    ['MultiEntropy_Ldiversity', byRow(multi?.entropy)],
    ['MultiRecursive_Ldiversity', byRow(multi?.recursive)],
  ]);
  for (const [s, name] of sensitive.entries()) {
    const { codes, count } = columns[s] as KeyColumn;
    const found = classDiversity(grouping, codes, count, 2);
    all.set(`${name}_Distinct_Ldiversity`, byRow(found.distinct));
    all.set(`${name}_Entropy_Ldiversity`, byRow(found.entropy));
    all.set(`${name}_Recursive_Ldiversity`, byRow(found.recursive));
  }
  for (const [name, expected] of Object.entries(asPart(part['cols']))) {
    yield* compared(`${id}.cols.${name}`, expected, all.get(name));
  }
}

/** sdcMicro keeps D in single precision: DIS scores agree to 1e-6. */
const SINGLE = 1e-6;

async function* sudaRows(id: string, part: Part, table: Cells): AsyncGenerator<SchemaRow> {
  const variables = names(part['variables']);
  const found = await suda(table, variables, part['originalScores'] !== false, Number(part['DisFraction'] ?? 0.01));
  const { score, dis, contribution } = found;
  yield* compared(`${id}.score`, part['score'], score);
  yield* compared(`${id}.disScore`, part['disScore'], dis, SINGLE);
  yield { id: `${id}.nonzero`, expected: part['nonzero'], actual: score.filter((s) => s > 0).length };
  for (const each of (part['contributions'] ?? []) as readonly Part[]) {
    const j = variables.indexOf(String(each['variable']));
    const weighted = score.map((s, i) => s * (contribution[j]?.[i] ?? Number.NaN));
    const actual = (100 * total(weighted)) / total(score);
    yield { id: `${id}.contributions[${String(each['variable'])}]`, expected: each['contribution'], actual };
  }
  const rows = Array.from(score.keys()).filter((i) => (score[i] as number) > 0);
  for (const [i, each] of ((part['scoreNonzeroFirst'] ?? []) as readonly Part[]).entries()) {
    const row = rows[i] ?? -1;
    const { dis: expectedDis, ...exact } = each;
    yield { id: `${id}.scoreNonzeroFirst[${i}]`, expected: exact, actual: { row: row + 1, score: score[row] } };
    yield { id: `${id}.scoreNonzeroFirst[${i}].dis`, expected: expectedDis, actual: dis[row], tolerance: SINGLE };
  }
}

async function* inlineSuda(id: string, part: Part): AsyncGenerator<SchemaRow> {
  const data = part['data'] as readonly Part[];
  const variables = Object.keys(data[0] ?? {});
  const table = new Map(variables.map((name) => [name, data.map((row) => String(row[name] ?? 'NA'))]));
  const { score, dis, contribution } = await suda(table, variables, true, Number(part['DisFraction'] ?? 0.01));
  yield { id: `${id}.score`, expected: part['score'], actual: score };
  yield { id: `${id}.disScore`, expected: part['disScore'], actual: dis, tolerance: SINGLE };
  for (const [i, expected] of ((part['contribution'] ?? []) as readonly Part[]).entries()) {
    const actual = Object.fromEntries(variables.map((name, j) => [`${name}_contribution`, contribution[j]?.[i]]));
    yield { id: `${id}.contribution[${i}]`, expected, actual };
  }
  if (!('suda2b' in part)) return;
  const other = await suda(table, variables, false, 0.01);
  yield { id: `${id}.suda2b`, expected: part['suda2b'], actual: other.score };
}

async function suda(table: Cells, variables: readonly string[], original: boolean, fraction: number) {
  const keys = keysOf(table, variables);
  const rows = keys[0]?.codes.length ?? 0;
  const found = await minimalSampleUniques(keys, rows, original ? 'factorial' : 'subsets', keys.length, ctx);
  const { sample } = frequencyCounts(keys, rows);
  const alone = sample.filter((f) => f === 1).length;
  const match = intruderMatch(alone, sample.filter((f) => f === 2).length, fraction);
  return { ...found, dis: disScores(found.score, keys.length, alone, match) };
}

async function* suppressionRows(id: string, part: Part, k: number, table: Cells): AsyncGenerator<SchemaRow> {
  const variables = names(part['keyVars']);
  const keys = keysOf(table, variables);
  const rows = keys[0]?.codes.length ?? 0;
  // Importance: 1 = left out last.
  const importance = part['importance'];
  const given = Array.isArray(importance) ? importance.map(Number) : undefined;
  const order =
    given === undefined
      ? expendableFirst(keys)
      : keys.map((_, j) => j).sort((a, b) => (given[b] as number) - (given[a] as number));
  const cells = await wildcardSuppression(keys, rows, k, order, ctx);
  for (const [name, expected] of Object.entries(asPart(part['suppressionsPerVar']))) {
    const flags = cells[variables.indexOf(name)];
    yield { id: `${id}.suppressionsPerVar.${name}`, expected, actual: flags?.reduce((sum, each) => sum + each, 0) };
  }
  const after = keys.map(({ codes, count }, j): KeyColumn => {
    const left = Uint32Array.from(codes, (code, i) => (cells[j]?.[i] === 1 ? count : code));
    return { codes: left, count: count + 1, missing: count };
  });
  const below = frequencyCounts(after, rows).sample.filter((f) => f < k).length;
  yield { id: `${id}.violatorsAfter`, expected: part['violatorsAfter'], actual: below };
}

export const vectors: VectorAdapter = { schemas: { 'anonymization-sdcmicro-reference/1': sdcmicro } };
