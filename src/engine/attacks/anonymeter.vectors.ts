import type { SchemaReader, SchemaRow, VectorAdapter } from '../kit/vectors.ts';
import { attackRisk, wilson } from '../metrics/risk/wilson.ts';
import { readReference } from '../anonymization/reference-tables.ts';
import { guessIsRight } from './inference.ts';
import { type AuxiliaryColumn, Neighbours, sharedRows } from './nearest.ts';
import { singlingOutIntegral } from './singling-out-integral.ts';

/** Reader of the Anonymeter reference: estimators, the singling-out integral, and attacks on a table cut by row number. */
interface Estimator {
  readonly nAttacks: number;
  readonly nSuccess: number;
  readonly nBaseline: number;
  readonly nControl: number | null;
  readonly confidenceLevel: number;
  readonly [name: string]: unknown;
}
interface AttackCase {
  readonly mod: number;
  readonly original: number;
  readonly released: number;
  readonly control: number;
  readonly n: number;
  readonly releasedRows: number;
  readonly linkability: readonly {
    readonly columns: readonly (readonly string[])[];
    readonly neighbors: number;
    readonly success: number;
    readonly successControl: number;
  }[];
  readonly inference: readonly {
    readonly aux: readonly string[];
    readonly secret: string;
    readonly success: number;
    readonly successControl: number;
  }[];
  readonly selfRelease?: { readonly linkability: number; readonly inference: number };
}
interface AnonymeterDocument {
  readonly data: string;
  readonly estimators: readonly Estimator[];
  readonly singlingOutIntegral?: readonly {
    readonly n: number;
    readonly wMin: number;
    readonly wMax: number;
    readonly value: number;
  }[];
  readonly attacks?: readonly AttackCase[];
}

const anonymeter: SchemaReader = function* (doc, env) {
  const document = doc as AnonymeterDocument;
  for (const [i, each] of document.estimators.entries()) yield* estimator(`estimators[${i}]`, each);
  for (const [i, { n, wMin, wMax, value }] of (document.singlingOutIntegral ?? []).entries())
    yield { id: `singlingOutIntegral[${i}]`, expected: value, actual: singlingOutIntegral(n, wMin, wMax) };
  const attacks = document.attacks ?? [];
  if (attacks.length === 0) return;
  const table = readReference(env, document.data);
  for (const [i, each] of attacks.entries()) yield* attackCase(`attacks[${i}]`, each, table);
};

function* estimator(id: string, each: Estimator): Generator<SchemaRow> {
  const rate = (successes: number) => wilson(successes, each.nAttacks, each.confidenceLevel);
  const pair = (successes: number) => [rate(successes).centre, rate(successes).half];
  const control = each.nControl === null ? undefined : rate(each.nControl);
  const risk = attackRisk(rate(each.nSuccess), control);
  const baseline = attackRisk(rate(each.nBaseline));
  const all: Readonly<Record<string, unknown>> = {
    attackRate: pair(each.nSuccess),
    baselineRate: pair(each.nBaseline),
    controlRate: each.nControl === null ? null : pair(each.nControl),
    risk: { value: risk.value, ci: [risk.low, risk.high] },
    baselineRisk: { value: baseline.value, ci: [baseline.low, baseline.high] },
  };
  for (const [name, actual] of Object.entries(all)) {
    if (!Object.hasOwn(each, name)) continue;
    // End points computed as centre - half width cancel down to 1e-18 where 0 is meant.
    yield { id: `${id}.${name}`, expected: each[name], actual: snap(actual) };
  }
}

const snap = (value: unknown): unknown => {
  if (typeof value === 'number') return Math.abs(value) < 1e-15 ? 0 : value;
  if (Array.isArray(value)) return value.map(snap);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, snap(each)]));
  }
  return value;
};

type Cells = ReadonlyMap<string, readonly string[]>;
/** Targets and released rows, as row numbers of the file. */
interface Sides {
  readonly table: Cells;
  readonly targets: readonly number[];
  readonly released: readonly number[];
}

function* attackCase(id: string, each: AttackCase, table: Cells): Generator<SchemaRow> {
  const rows = Array.from([...table.values()][0] ?? [], (_, row) => row);
  const part = (rest: number): readonly number[] => rows.filter((row) => row % each.mod === rest);
  const released = part(each.released);
  const original = part(each.original).slice(0, each.n);
  const sides: Sides = { table, targets: original, released };
  const control: Sides = { table, targets: part(each.control).slice(0, each.n), released };
  const self: Sides = { table, targets: original, released: [...original, ...released] };
  yield { id: `${id}.releasedRows`, expected: each.releasedRows, actual: released.length };
  for (const [i, { columns, neighbors, success, successControl }] of each.linkability.entries()) {
    const at = `${id}.linkability[${i}]`;
    yield { id: `${at}.success`, expected: success, actual: linked(sides, columns, neighbors) };
    yield { id: `${at}.successControl`, expected: successControl, actual: linked(control, columns, neighbors) };
  }
  for (const [i, { aux, secret, success, successControl }] of each.inference.entries()) {
    const at = `${id}.inference[${i}]`;
    yield { id: `${at}.success`, expected: success, actual: inferred(sides, aux, secret) };
    yield { id: `${at}.successControl`, expected: successControl, actual: inferred(control, aux, secret) };
  }
  const link = each.linkability[0];
  const infer = each.inference[0];
  if (each.selfRelease === undefined || link === undefined || infer === undefined) return;
  // The first attack of each kind, on a release that holds the originals themselves.
  const { linkability, inference } = each.selfRelease;
  yield {
    id: `${id}.selfRelease.linkability`,
    expected: linkability,
    actual: linked(self, link.columns, link.neighbors),
  };
  yield { id: `${id}.selfRelease.inference`, expected: inference, actual: inferred(self, infer.aux, infer.secret) };
}

function linked(sides: Sides, columns: readonly (readonly string[])[], k: number): number {
  const [left, right] = columns.map((names) => neighbours(sides, names));
  if (left === undefined || right === undefined) throw new RangeError('two sets of columns are needed');
  return sides.targets.reduce((sum, _, t) => {
    const both = sharedRows(left.nearest(t, k, 'lowest row'), right.nearest(t, k, 'lowest row'));
    return sum + (both.length > 0 ? 1 : 0);
  }, 0);
}

function inferred(sides: Sides, aux: readonly string[], secret: string): number {
  const near = neighbours(sides, aux);
  const column = columnOf(sides, secret);
  return sides.targets.reduce((sum, _, t) => {
    const row = near.nearest(t, 1, 'lowest row')[0] ?? 0;
    const guess = column.low[column.codes[row] as number] as number;
    return sum + (guessIsRight(guess, column.truth[t] as number, column.range !== undefined, 0.05) ? 1 : 0);
  }, 0);
}

const neighbours = (sides: Sides, names: readonly string[]): Neighbours =>
  new Neighbours(
    names.map((name) => columnOf(sides, name)),
    sides.released.length,
  );

/** A column of numbers, or of labels numbered by first use. Ranges are taken over targets and released rows together. */
function columnOf({ table, targets, released }: Sides, name: string): AuxiliaryColumn {
  const cells = table.get(name);
  if (cells === undefined) throw new RangeError(`unknown column ${name}`);
  const isNumber = cells.every((cell) => cell.trim() !== '' && Number.isFinite(Number(cell)));
  const codeOf = new Map([...new Set(cells)].map((label, code) => [label, code]));
  const value = (row: number): number => {
    const cell = cells[row] ?? '';
    return isNumber ? Number(cell) : (codeOf.get(cell) ?? 0);
  };
  const truth = Float64Array.from(targets, value);
  const distinct = [...new Set(released.map(value))].sort((a, b) => a - b);
  const cellOf = new Map(distinct.map((each, cell) => [each, cell]));
  const low = Float64Array.from(distinct);
  const all = [...distinct, ...truth];
  const range = all.reduce((a, b) => Math.max(a, b), -Infinity) - all.reduce((a, b) => Math.min(a, b), Infinity);
  return {
    name,
    truth,
    codes: Uint32Array.from(released, (row) => cellOf.get(value(row)) ?? 0),
    low,
    high: low,
    missing: new Uint8Array(low.length),
    ...(isNumber ? { range } : {}),
  };
}

export const vectors: VectorAdapter = { schemas: { 'anonymeter-reference/1': anonymeter } };
