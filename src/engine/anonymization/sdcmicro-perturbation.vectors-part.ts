import { quietContext } from '../kit/context.ts';
import type { SchemaRow, VectorEnv } from '../kit/vectors.ts';
import { seededRng } from '../rng/rng.ts';
import { moments, type NumberTable } from './matrices.ts';
import { formColumnGroups, formGroups, GROUPING_METHODS, type GroupingMethod } from './microaggregation-groups.ts';
import {
  correlationLoss,
  distinctRows,
  eigenLoss,
  groupMeans,
  il1s,
  intervalRisk,
  sseOverSst,
} from './perturbation-loss.ts';
import { readReference } from './reference-tables.ts';

interface MicroCase {
  readonly data: string;
  readonly method: string;
  readonly k: number;
  readonly variables: readonly string[];
  readonly [measure: string]: unknown;
}

const ABOUT = ['data', 'method', 'k', 'seconds', 'variables'];
/**
 * Measures that only say which columns and how many groups there are: the same for every way to form groups of k.
 * Robust groups (rmd) begin with random subsets of another generator, so nothing else of theirs can be compared.
 */
const EXACT_FOR_ANY_GROUPS = ['colMeans', 'distinctRows'];
/** Rows of the perturbation methods of the sdcMicro reference: microaggregation, and whatever else changes values. */
export async function* perturbation(doc: Readonly<Record<string, unknown>>, env: VectorEnv): AsyncGenerator<SchemaRow> {
  for (const [name, part] of Object.entries(doc)) {
    for (const [key, expected] of Object.entries(part as object)) {
      if (name === 'microaggregation') yield* microaggregated(`${name}[${key}]`, expected as MicroCase, env);
      else yield { id: `${name}[${key}]`, expected, unsupported: true };
    }
  }
}

async function* microaggregated(id: string, given: MicroCase, env: VectorEnv): AsyncGenerator<SchemaRow> {
  const original = numbersOf(given, env);
  const measures = Object.entries(given).filter(([name]) => !ABOUT.includes(name));
  const released = await release(original, given.method, given.k);
  for (const [name, expected] of measures) {
    const row = { id: `${id}.${name}`, expected };
    const actual = released === undefined ? undefined : measure(name, original, released, expected);
    if (actual === undefined) yield { ...row, unsupported: true };
    else if (given.method !== 'rmd' || EXACT_FOR_ANY_GROUPS.includes(name)) yield { ...row, actual };
    else yield { ...row, unsupported: true };
  }
}

async function release(original: NumberTable, method: string, k: number): Promise<NumberTable | undefined> {
  if (method === 'onedims') return groupMeans(original, formColumnGroups(original, k));
  if (!(GROUPING_METHODS as readonly string[]).includes(method)) return undefined;
  const ctx = quietContext(seededRng('reference'));
  return groupMeans(original, await formGroups(original, method as GroupingMethod, k, ctx));
}

/** `undefined` for a quantity that this build does not know, or that the data leave undefined. */
function measure(name: string, original: NumberTable, released: NumberTable, expected: unknown): unknown {
  const [, hundredths] = /^dRisk0(\d+)$/.exec(name) ?? [];
  if (hundredths !== undefined) return intervalRisk(original, released, Number(`0.${hundredths}`));
  switch (name) {
    case 'sseOverSstStandardized':
      return sseOverSst(original, released);
    case 'IL1s':
      return il1s(original, released);
    case 'eigen':
      return eigenLoss(original, released);
    case 'colMeans':
      return Array.from(moments(released).mean);
    case 'distinctRows':
      return distinctRows(released);
    case 'ilCorrel':
      return correlationLoss(original, released) ?? null;
    case 'head':
      return firstRows(released, Array.isArray(expected) ? expected.length : 0);
    default:
      return undefined;
  }
}

const firstRows = (table: NumberTable, count: number): number[][] =>
  Array.from({ length: count }, (_, i) => Array.from(table.values.subarray(i * table.width, (i + 1) * table.width)));

/** Short names of tables whose file is called otherwise. */
const FILES: Readonly<Record<string, string>> = { tarr: 'tarragona' };

function numbersOf(given: MicroCase, env: VectorEnv): NumberTable {
  const file = FILES[given.data] ?? given.data;
  const cells = readReference(env, `shared/data/anonymization/sdcmicro/${file}.csv`, ',');
  const columns = given.variables.map((name) => (cells.get(`"${name}"`) ?? cells.get(name) ?? []).map(Number));
  const rows = columns[0]?.length ?? 0;
  const values = new Float64Array(rows * columns.length);
  columns.forEach((column, j) => {
    column.forEach((value, i) => {
      values[i * columns.length + j] = value;
    });
  });
  return { rows, width: columns.length, values };
}
