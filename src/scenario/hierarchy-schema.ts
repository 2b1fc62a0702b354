import * as v from 'valibot';
import type { HierarchySpecs } from '../engine/kit/hierarchy-spec.ts';
import { limits } from './limits.ts';

/** Shape and size of the user's hierarchies; whether they nest and fit their columns is seen where they are built. */
const label = v.pipe(v.string(), v.maxLength(limits.name));
const finite = v.pipe(v.number(), v.finite());
const position = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(limits.rows));
const levelsOf = <T extends v.GenericSchema>(level: T) => v.pipe(v.array(level), v.maxLength(limits.levels));

const hierarchy = v.variant('kind', [
  v.strictObject({ kind: v.literal('interval'), origin: finite, widths: levelsOf(finite) }),
  v.strictObject({
    kind: v.literal('mask'),
    from: v.picklist(['right', 'left']),
    steps: v.optional(v.pipe(v.array(position), v.maxLength(limits.name))),
  }),
  v.strictObject({
    kind: v.literal('date'),
    levels: levelsOf(v.picklist(['minute', 'hour', 'daypart', 'day', 'week', 'month', 'year'])),
  }),
  v.strictObject({
    kind: v.literal('order'),
    names: v.optional(levelsOf(label)),
    cuts: levelsOf(v.array(position)),
  }),
  v.strictObject({ kind: v.literal('place') }),
  v.strictObject({
    kind: v.literal('table'),
    names: v.optional(levelsOf(label)),
    rows: v.array(v.pipe(levelsOf(label), v.minLength(1))),
  }),
  v.strictObject({ kind: v.literal('suppress') }),
]);

export const hierarchies = v.pipe(
  v.record(v.string(), hierarchy),
  v.check((given) => Object.keys(given).length <= limits.columns, `expected at most ${limits.columns} entries`),
  v.check(
    (given) => sizeOf(given as HierarchySpecs) <= limits.labels,
    `expected at most ${limits.labels} labels and group borders in all`,
  ),
);

/** Labels and group borders written out. */
function sizeOf(specs: HierarchySpecs): number {
  let size = 0;
  for (const spec of Object.values(specs)) {
    const lists = spec.kind === 'table' ? spec.rows : spec.kind === 'order' ? spec.cuts : [];
    for (const list of lists) size += list.length;
  }
  return size;
}
