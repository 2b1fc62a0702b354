import { exp, log, log2 } from '../kit/portable-math.ts';
import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { SensitiveModel } from './verify-check.ts';
import type { SourceSide } from './verify-source.ts';

/**
 * The definitions of the models, written for the checker alone: plain shares in floating point, one class at a time.
 * Where a quantity has two formulas, this file takes the other one than models/*.ts (total variation as a one-sided sum,
 * tree distance edge by edge), so that one mistake does not hide in both.
 */

type ClassModel = SensitiveModel | Extract<PrivacyModel, { type: 'k-anonymity' }>;

/** A class is its sensitive values, one entry a row, sorted. */
type ClassMeasure = (values: Uint32Array) => number;

/** Whether a model compares with the distribution of the whole source. */
export const usesSource = ({ type }: PrivacyModel): boolean =>
  type === 't-closeness' || type === 'delta-disclosure' || type === 'basic-beta' || type === 'enhanced-beta';

/** Limits are met up to the roundings of a share; the criteria forgive 1e-12 themselves. */
const SLACK = 2e-12;

/** Whether a class with this number and this many rows satisfies the model. */
export function satisfied(model: ClassModel, value: number, rows: number): boolean {
  switch (model.type) {
    case 'k-anonymity':
      return rows >= model.k;
    case 'distinct-l':
      return value >= model.l;
    case 'entropy-l':
      return value >= model.l * (1 - SLACK);
    case 'recursive-cl':
      return value < model.c * (1 - SLACK / 4);
    case 't-closeness':
      return value <= model.t + SLACK;
    case 'delta-disclosure':
      return value < model.delta * (1 - SLACK / 4);
    case 'basic-beta':
    case 'enhanced-beta':
      return value <= model.beta + SLACK * Math.max(1, model.beta);
    case 'alpha-k':
      return rows >= model.k && value <= model.alpha + SLACK;
  }
}

/** The number of a class, and whether the largest or the smallest one is the worst. */
export function measures(
  model: ClassModel,
  side: SourceSide | undefined,
): { readonly of: ClassMeasure; readonly largest: boolean } {
  const worstOfLarge = (of: ClassMeasure) => ({ of, largest: true });
  switch (model.type) {
    case 'k-anonymity':
      return { of: (values) => values.length, largest: false };
    case 'distinct-l':
      return { of: (values) => runs(values).length, largest: false };
    case 'entropy-l':
      return { of: effectiveValues, largest: false };
    case 'recursive-cl':
      return worstOfLarge((values) => recursive(values, model.l));
    case 'alpha-k':
      return worstOfLarge((values) => most(values, ({ share }) => share));
    default:
      return worstOfLarge(side === undefined ? () => Infinity : distanceFrom(model, side));
  }
}

interface Run {
  readonly value: number;
  readonly rows: number;
  readonly share: number;
}

function runs(values: Uint32Array): readonly Run[] {
  const found: Run[] = [];
  let start = 0;
  for (let i = 1; i <= values.length; i += 1) {
    if (i < values.length && values[i] === values[start]) continue;
    found.push({ value: values[start] as number, rows: i - start, share: (i - start) / values.length });
    start = i;
  }
  return found;
}

function most(values: Uint32Array, of: (run: Run) => number): number {
  return runs(values).reduce((largest, run) => Math.max(largest, of(run)), -Infinity);
}

function effectiveValues(values: Uint32Array): number {
  let entropy = 0;
  for (const { share } of runs(values)) entropy -= share * log(share);
  return exp(entropy);
}

function recursive(values: Uint32Array, l: number): number {
  const rows = runs(values)
    .map((run) => run.rows)
    .sort((a, b) => b - a);
  const rest = rows.slice(l - 1).reduce((sum, each) => sum + each, 0);
  return rest === 0 ? Infinity : (rows[0] as number) / rest;
}

type SourceModel = Extract<PrivacyModel, { type: 't-closeness' | 'delta-disclosure' | 'basic-beta' | 'enhanced-beta' }>;

function distanceFrom(model: SourceModel, side: SourceSide): ClassMeasure {
  const share = (value: number): number => (side.overall[value] as number) / side.rows;
  switch (model.type) {
    case 't-closeness':
      if (model.distance === 'equal') return (values) => surplus(values, share);
      return model.distance === 'ordered' ? onLine(side) : onTree(side);
    case 'delta-disclosure':
      return (values) => most(values, (run) => Math.abs(log2(run.share / share(run.value))));
    case 'basic-beta':
      return (values) => most(values, (run) => run.share / share(run.value) - 1);
    case 'enhanced-beta':
      return (values) =>
        most(values, (run) => {
          const gain = run.share / share(run.value) - 1;
          return gain > -log(share(run.value)) + SLACK ? Infinity : gain;
        });
  }
}

/** Total variation: the mass that the class has too much of. */
function surplus(values: Uint32Array, share: (value: number) => number): number {
  let sum = 0;
  for (const run of runs(values)) sum += Math.max(0, run.share - share(run.value));
  return sum;
}

/** Mass carried over each gap between neighbouring numbers of the source, by the number of gaps. */
function onLine({ numbers, overall, rows }: SourceSide): ClassMeasure {
  const line = Array.from(overall.keys())
    .filter((value) => (overall[value] as number) > 0)
    .sort((a, b) => compare(numbers?.[a] ?? 0, numbers?.[b] ?? 0) || a - b);
  const held = new Uint32Array(overall.length);
  return (values) => {
    const found = runs(values);
    for (const run of found) held[run.value] = run.rows;
    let inClass = 0;
    let inSource = 0;
    let work = 0;
    for (const value of line) {
      inClass += held[value] as number;
      inSource += overall[value] as number;
      work += Math.abs(inClass / values.length - inSource / rows);
    }
    for (const run of found) held[run.value] = 0;
    return line.length < 2 ? 0 : work / (line.length - 1);
  };
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Mass carried over each edge of the tree; every edge is 1 / (2 x levels above) long, so that the root is at distance 1/2. */
function onTree({ above, count, overall, rows }: SourceSide): ClassMeasure {
  const levels = [Uint32Array.from({ length: count }, (_, value) => value), ...above.slice(0, -1)];
  const needed = levels.map((nodes) => rowsOver(nodes, overall));
  return (values) => {
    let work = 0;
    levels.forEach((nodes, h) => {
      const held = new Map<number, number>();
      for (const run of runs(values)) {
        const node = nodes[run.value] as number;
        held.set(node, (held.get(node) ?? 0) + run.rows);
      }
      let untouched = rows;
      for (const [node, count] of held) {
        const wanted = needed[h]?.[node] ?? 0;
        work += Math.abs(count / values.length - wanted / rows);
        untouched -= wanted;
      }
      work += untouched / rows;
    });
    return above.length === 0 ? 0 : work / (2 * above.length);
  };
}

/** Source rows below each node. */
function rowsOver(nodes: Uint32Array, overall: Float64Array): Float64Array {
  const sums = new Float64Array(nodes.reduce((largest, node) => Math.max(largest, node + 1), 0));
  nodes.forEach((node, value) => {
    sums[node] = (sums[node] as number) + (overall[value] as number);
  });
  return sums;
}
