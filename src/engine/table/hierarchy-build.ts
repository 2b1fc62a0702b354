import type { LoadedDataset } from '../kit/dataset.ts';
import { invalidParam } from '../kit/errors.ts';
import type { DateStep, HierarchySpec } from '../kit/hierarchy-spec.ts';
import { rowsToHierarchy } from './hierarchy-rows.ts';
import type { Hierarchy } from './hierarchy.ts';
import { dayText, intervalLabel, numberText, placeLadder, type Step, stepsToHierarchy, timeSteps } from './ladders.ts';
import { orderedBase, type OrderedBase } from './ordered-base.ts';
import { type Column, columnOf } from './table.ts';

/**
 * The hierarchy a spec means for a column of a dataset: base values are the column's distinct values (times to the
 * minute), all places for a place ladder, or the rows of a table. Missing values are added by `encodeColumn`.
 * @throws invalid-param for a spec that does not nest, or not for this kind of column; invalid-data for a table that
 * is no hierarchy; both name the column
 */
export function buildHierarchy(spec: HierarchySpec, name: string, dataset: LoadedDataset): Hierarchy {
  const column = columnOf(dataset.table, name);
  switch (spec.kind) {
    case 'table':
      return rowsToHierarchy(name, spec.rows, spec.names);
    case 'place':
      return placeHierarchy(column, dataset);
    case 'suppress':
      return finish(name, orderedBase(column), []);
    case 'interval':
      return intervals(column, spec.origin, spec.widths);
    case 'order':
      return orderGroups(column, spec.cuts, spec.names);
    case 'mask':
      return masks(column, spec.from, spec.steps);
    case 'date':
      return dates(column, spec.levels);
  }
}

/** Hierarchies of the columns a user gave one to, ready for `LoadedDataset.hierarchies`. */
export const buildHierarchies = (
  specs: Readonly<Record<string, HierarchySpec>>,
  dataset: LoadedDataset,
): Readonly<Record<string, Hierarchy>> =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, buildHierarchy(spec, name, dataset)]));

function finish(column: string, base: OrderedBase, steps: readonly Step[]): Hierarchy {
  const value: Step = { name: 'value', key: (i) => i, label: base.label };
  const hierarchy = stepsToHierarchy(column, base.size, false, [value, ...steps]);
  return base.values === undefined ? hierarchy : { ...hierarchy, base: base.values };
}

function placeHierarchy(column: Column, dataset: LoadedDataset): Hierarchy {
  if (dataset.places === undefined) {
    throw invalidParam(`hierarchy of ${column.name}`, 'a kind that needs no place table (this data has none)', 'place');
  }
  const base = orderedBase(column);
  const values = Array.from({ length: base.size }, (_, i) => base.label(i));
  return placeLadder(column.name, dataset.places, values, false).hierarchy;
}

/** Quotients this near to a whole number are that number: 0.3 / 0.1 is 2.9999999999999996. */
const NEAR = 1e-9;

function intervals(column: Column, origin: number, widths: readonly number[]): Hierarchy {
  const base = orderedBase(column);
  const at = base.at;
  if (at === undefined || base.values?.kind === 'minutes') {
    throw invalidParam(`hierarchy of ${column.name}`, `a kind for ${column.kind} values, not intervals`, 'interval');
  }
  const ratios = widths.map((width, level) => {
    const before = level === 0 ? width : (widths[level - 1] as number);
    const ratio = Math.round(width / before);
    if (
      !(width > 0) ||
      !Number.isFinite(width) ||
      (level > 0 && (ratio < 2 || Math.abs(width / before - ratio) > NEAR * ratio))
    ) {
      throw invalidParam(
        `width ${numberText(width)} of the hierarchy of ${column.name}`,
        level === 0 ? 'a number above 0' : `a multiple (2 or more) of the width before it, ${numberText(before)}`,
        width,
      );
    }
    return level === 0 ? 1 : ratio;
  });
  if (!Number.isFinite(origin)) throw invalidParam(`origin of the hierarchy of ${column.name}`, 'a number', origin);
  // Coarser intervals are unions of finer ones by counting, so that rounding can never break the nesting.
  const bins: Float64Array[] = [];
  for (const [level, width] of widths.entries()) {
    const finer = bins[level - 1];
    bins.push(
      Float64Array.from({ length: base.size }, (_, i) =>
        finer === undefined
          ? floorNear((at(i) - origin) / width)
          : Math.floor((finer[i] as number) / (ratios[level] as number)),
      ),
    );
  }
  const steps = widths.map((width, level): Step => {
    const bin = (i: number): number => bins[level]?.[i] ?? 0;
    return {
      name: `width ${numberText(width)}`,
      key: bin,
      label: (i) => intervalLabel(origin + bin(i) * width, origin + (bin(i) + 1) * width, base.whole),
    };
  });
  return finish(column.name, base, steps);
}

function floorNear(quotient: number): number {
  const nearest = Math.round(quotient);
  return Math.abs(quotient - nearest) <= NEAR * Math.max(1, Math.abs(nearest)) ? nearest : Math.floor(quotient);
}

function orderGroups(column: Column, cuts: readonly (readonly number[])[], names: readonly string[] = []): Hierarchy {
  const base = orderedBase(column);
  cuts.forEach((positions, level) => checkCuts(column.name, positions, level, cuts[level - 1]));
  const steps = cuts.map((positions, level): Step => {
    const inside = positions.filter((position) => position < base.size);
    const group = new Uint32Array(base.size);
    for (const position of inside) group[position] = 1;
    for (let i = 1; i < base.size; i += 1) group[i] = (group[i] as number) + (group[i - 1] as number);
    return {
      name: names[level] ?? `groups ${level + 1}`,
      key: (i) => group[i] as number,
      label: (i) => spanLabel(base, i, (inside[group[i] as number] ?? base.size) - 1),
    };
  });
  return finish(column.name, base, steps);
}

const spanLabel = (base: OrderedBase, low: number, high: number): string =>
  low === high
    ? base.label(low)
    : base.at === undefined
      ? `${base.label(low)} .. ${base.label(high)} (${high - low + 1})`
      : `${base.label(low)} to ${base.label(high)}`;

function checkCuts(column: string, cuts: readonly number[], level: number, before?: readonly number[]): void {
  const finer = before === undefined ? undefined : new Set(before);
  cuts.forEach((cut, i) => {
    if (!Number.isInteger(cut) || cut < 1 || cut <= (cuts[i - 1] ?? 0)) {
      throw invalidParam(`cuts of level ${level + 1} of ${column}`, 'ascending whole positions from 1', cut);
    }
    if (finer?.has(cut) === false) {
      throw invalidParam(`cuts of level ${level + 1} of ${column}`, `positions that level ${level} also cuts at`, cut);
    }
  });
}

function masks(column: Column, from: 'right' | 'left', given: readonly number[] | undefined): Hierarchy {
  const base = orderedBase(column);
  const letters = Array.from({ length: base.size }, (_, i) => Array.from(base.label(i)));
  const width = letters.reduce((most, word) => Math.max(most, word.length), 0);
  const steps = given ?? Array.from({ length: Math.max(0, width - 1) }, (_, i) => i + 1);
  steps.forEach((count, i) => {
    if (!Number.isInteger(count) || count <= (steps[i - 1] ?? 0)) {
      throw invalidParam(`masked characters of ${column.name}`, 'whole numbers above 0, ascending', count);
    }
  });
  const masked = (i: number, count: number): string => {
    const word = letters[i] ?? [];
    const gap = width - word.length;
    const kept = width - count;
    if (from === 'right') return Array.from({ length: kept }, (_, j) => word[j] ?? '_').join('') + '*'.repeat(count);
    return '*'.repeat(count) + Array.from({ length: kept }, (_, j) => word[count + j - gap] ?? '_').join('');
  };
  // Masks group equal texts wherever they stand in the order, so the hierarchy is made of rows.
  const inner = steps.filter((count) => count < width);
  if (base.size === 0) return finish(column.name, base, []);
  const rows = letters.map((word, i) => [word.join(''), ...inner.map((count) => masked(i, count)), '*']);
  return rowsToHierarchy(
    column.name,
    rows,
    inner.map((count) => `${count} masked`),
  );
}

function dates(column: Column, levels: readonly DateStep[]): Hierarchy {
  const base = orderedBase(column);
  if (base.values?.kind !== 'minutes') {
    throw invalidParam(`hierarchy of ${column.name}`, `a kind for ${column.kind} values, not dates`, 'date');
  }
  levels.forEach((level, i) => {
    const before = levels[i - 1];
    if (before !== undefined && dateOrder.indexOf(level) <= dateOrder.indexOf(before)) {
      throw invalidParam(`date levels of ${column.name}`, `steps from fine to coarse (${dateOrder.join(', ')})`, level);
    }
    if (before === 'week') {
      throw invalidParam(
        `date levels of ${column.name}`,
        `either week or ${level}: a week can lie in two of them`,
        level,
      );
    }
  });
  const minutes = base.values.values;
  const at = (i: number): number => minutes[i] as number;
  const known = timeSteps(at);
  const steps = levels
    .filter((level) => level !== 'minute')
    .map((level): Step => {
      if (level === 'month' || level === 'year') {
        const text = (i: number): string => dayText(at(i)).slice(0, level === 'month' ? 7 : 4);
        return { name: level, key: text, label: text };
      }
      const step = known.find(({ name }) => name === level);
      if (step === undefined) throw invalidParam(`date levels of ${column.name}`, dateOrder.join(', '), level);
      return step;
    });
  return finish(column.name, base, steps);
}

const dateOrder: readonly DateStep[] = ['minute', 'hour', 'daypart', 'day', 'week', 'month', 'year'];
