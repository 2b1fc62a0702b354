import type { Ctx } from '../kit/context.ts';
import { unsupported } from '../kit/errors.ts';
import type { TableRelease } from '../kit/release.ts';
import type { ComparedColumn } from '../metrics/released-cells.ts';
import type { Rng } from '../rng/rng.ts';
import { type Grouping, rowsByClass } from '../table/group.ts';
import { heldBy, type KnownClass, knownClass, type Rule } from './minimality-class.ts';
import { type Belief, beliefAfterLevels, plainBelief, type SplitClass } from './minimality-posterior.ts';

/** Level of each column whose released cells are all nodes of that level; `undefined` where some column mixes levels. */
export function fullDomainLevels(columns: readonly ComparedColumn[]): readonly number[] | undefined {
  const found = columns.map((column) => column.truth.hierarchy.levels.findIndex((_, level) => isLevel(column, level)));
  return found.includes(-1) ? undefined : found;
}

function isLevel(column: ComparedColumn, level: number): boolean {
  const codes = column.truth.hierarchy.levels[level]?.codes;
  if (codes === undefined || column.members !== undefined) return false;
  const used = new Set(column.codes);
  for (const cell of used) {
    const low = column.low[cell] as number;
    const high = column.high[cell] as number;
    const node = codes[low];
    if (node !== codes[high] || (low > 0 && codes[low - 1] === node) || codes[high + 1] === node) return false;
  }
  return true;
}

/** One level lower in column j: that node was refused by the rule, although each of its classes has k rows. */
interface Refusal {
  readonly column: number;
  readonly classes: readonly SplitClass[];
}

/**
 * Reads a full-domain release: per generalized column, the node one level lower in it was refused. It tells something
 * where all classes of that node have k rows, so that only a lack of diversity can have refused it. Of several such
 * columns the one that tells most is used.
 * @throws unsupported where rows were left out, or every such node would have been admissible
 */
export async function readLevels(
  table: TableRelease,
  columns: readonly ComparedColumn[],
  levels: readonly number[],
  secret: Uint32Array,
  grouping: Grouping,
  rule: Rule,
  rng: Rng,
  ctx: Ctx,
): Promise<{
  readonly classes: readonly KnownClass[];
  readonly beliefs: readonly Belief[];
  readonly en: string;
  readonly es: string;
}> {
  if (table.suppressed.length > 0) {
    throw unsupported(
      `${table.suppressed.length} rows were left out: a lower level may have been refused for leaving out more`,
      'attack a release that leaves no row out',
    );
  }
  const members = rowsByClass(grouping);
  const classes = Array.from(grouping.sizes, (_, c) =>
    knownClass(table, columns, secret, members.rows.subarray(members.start[c], members.start[c + 1])),
  );
  const splits = columns.flatMap((column, j) =>
    levels[j] === 0 ? [] : [splitBy(column, j, (levels[j] as number) - 1, classes)],
  );
  const large = splits.filter(({ classes: parts }) =>
    parts.every((each) => partSizes(each).every((size) => size >= rule.k)),
  );
  const refused = large.filter(({ classes: parts }) => parts.some((each) => !isDiverse(each, rule)));
  if (large.length > 0 && refused.length === 0) {
    const name = columns[large[0]?.column ?? 0]?.name ?? '';
    throw unsupported(
      `${name} could have been released one level lower: the release is coarser than it had to be`,
      'attack a release at a lowest admissible node',
    );
  }
  let best: readonly Belief[] | undefined;
  let name = '';
  for (const [i, { column, classes: parts }] of refused.entries()) {
    const beliefs = await beliefAfterLevels(parts, rule, rng.fork(`column/${column}`), (done) =>
      ctx.checkpoint((i + done) / refused.length),
    );
    if (beliefs === undefined || (best !== undefined && sureness(best) >= sureness(beliefs))) continue;
    best = beliefs;
    name = columns[column]?.name ?? '';
  }
  if (best === undefined) {
    return {
      classes,
      beliefs: classes.map(plainBelief),
      en: 'No lower level was refused for a reason that singles out a group',
      es: 'Ningún nivel inferior se rechazó por una razón que señale a un grupo',
    };
  }
  return {
    classes,
    beliefs: best,
    en: `${name} was not released one level lower`,
    es: `${name} no se publicó un nivel más abajo`,
  };
}

function splitBy(column: ComparedColumn, j: number, level: number, classes: readonly KnownClass[]): Refusal {
  const nodes = column.truth.hierarchy.levels[level]?.codes ?? new Uint32Array(0);
  return {
    column: j,
    classes: classes.map((cls) => {
      const partOf = new Map<number, number>();
      const parts = Uint32Array.from(cls.codes[j] ?? [], (base) => {
        const node = nodes[base] as number;
        if (!partOf.has(node)) partOf.set(node, partOf.size);
        return partOf.get(node) ?? 0;
      });
      return { cls, parts };
    }),
  };
}

function partSizes({ cls, parts }: SplitClass): readonly number[] {
  const sizes: number[] = [];
  parts.forEach((part, g) => {
    sizes[part] = (sizes[part] ?? 0) + (cls.groups[g] as number);
  });
  return sizes;
}

const isDiverse = (split: SplitClass, rule: Rule): boolean =>
  partSizes(split).every((_, part) =>
    rule.diverse(heldBy(split.cls.truth, split.cls.counts.length, (g) => split.parts[g] === part)),
  );

/** Mean square of the probabilities: larger the less evenly they are spread. */
function sureness(beliefs: readonly Belief[]): number {
  let sum = 0;
  let entries = 0;
  for (const { probability } of beliefs) {
    sum += probability.reduce((total, p) => total + p * p, 0);
    entries += probability.length;
  }
  return entries === 0 ? 0 : sum / entries;
}
