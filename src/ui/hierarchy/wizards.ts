import type { DateStep, HierarchySpec } from '../../engine/kit/hierarchy-spec.ts';
import type { ColumnTree } from '../../runtime/protocol.ts';

/** How a tree can be made without drawing it by hand. */
export type WizardKind = 'interval' | 'order' | 'mask' | 'date' | 'place' | 'suppress' | 'table';

/** Wizards that fit a column. `table` (from a file, or by hand) always does. */
export function wizardsFor(column: Pick<ColumnTree, 'type' | 'numeric' | 'hasPlaces'>): readonly WizardKind[] {
  if (column.type === 'time') return ['date', 'order', 'suppress', 'table'];
  return [
    ...(column.hasPlaces ? (['place'] as const) : []),
    ...(column.numeric ? (['interval'] as const) : []),
    'order',
    'mask',
    'suppress',
    'table',
  ];
}

/** Where a wizard starts: figures that suit the values at hand. */
export function firstSpec(kind: Exclude<WizardKind, 'table'>, column: ColumnTree): HierarchySpec {
  switch (kind) {
    case 'interval': {
      const [low, high] = column.range ?? [0, 100];
      const width = niceWidth((high - low) / 20);
      return { kind, origin: Math.floor(low / width) * width, widths: [width, width * 2, width * 10] };
    }
    case 'order':
      return orderSpec([5, 4], column.distinct);
    case 'mask':
      return { kind, from: 'right' };
    case 'date':
      return { kind, levels: ['hour', 'daypart', 'day', 'week'] };
    case 'place':
      return { kind };
    case 'suppress':
      return { kind };
  }
}

/** 1, 2 or 5 times a power of ten, not below `x`; at least 1 for x of 0. */
export function niceWidth(x: number): number {
  if (!(x > 0) || !Number.isFinite(x)) return 1;
  let power = 1;
  while (power > x) power /= 10;
  while (power * 10 <= x) power *= 10;
  const factor = [1, 2, 5, 10].find((each) => each * power >= x * 0.999) ?? 10;
  return Number((factor * power).toPrecision(12));
}

/** Groups of so many consecutive values, then of so many of those groups, and so on. */
export function orderSpec(sizes: readonly number[], distinct: number): Extract<HierarchySpec, { kind: 'order' }> {
  const cuts: number[][] = [];
  let step = 1;
  for (const size of sizes) {
    step *= size;
    if (step >= distinct) break;
    cuts.push(Array.from({ length: Math.ceil(distinct / step) - 1 }, (_, i) => (i + 1) * step));
  }
  return { kind: 'order', cuts };
}

/** The sizes an order spec was made of, where its groups are even; undefined where they are not. */
export function sizesOf(spec: Extract<HierarchySpec, { kind: 'order' }>): readonly number[] | undefined {
  const sizes: number[] = [];
  let before = 1;
  for (const cuts of spec.cuts) {
    const step = cuts[0] ?? 0;
    if (step % before !== 0 || step < before || cuts.some((cut, i) => cut !== (i + 1) * step)) return undefined;
    sizes.push(step / before);
    before = step;
  }
  return sizes;
}

/** Numbers of a list typed by hand ("5, 10; 20"), or undefined where one is none. */
export function numbersIn(typed: string): readonly number[] | undefined {
  const parts = typed.split(/[\s,;]+/).filter((part) => part !== '');
  const numbers = parts.map(Number);
  return numbers.every(Number.isFinite) ? numbers : undefined;
}

export const dateSteps: readonly DateStep[] = ['hour', 'daypart', 'day', 'week', 'month', 'year'];

/** The steps with one switched: a week does not fit into months and years, so one of them gives way. */
export function withStep(levels: readonly DateStep[], step: DateStep, on: boolean): readonly DateStep[] {
  const chosen = new Set(levels);
  if (!on) chosen.delete(step);
  else {
    chosen.add(step);
    if (step === 'week') for (const coarse of ['month', 'year'] as const) chosen.delete(coarse);
    if (step === 'month' || step === 'year') chosen.delete('week');
  }
  return dateSteps.filter((each) => chosen.has(each));
}
