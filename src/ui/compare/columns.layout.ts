import { defaultOf, type ParamSpec } from '../../engine/kit/params.ts';
import type { Text } from '../../engine/kit/text.ts';
import { techniqueOf } from '../../engine/registry.ts';
import type { BranchSummary, ScoreSummary } from '../../scenario/collate.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { isPresenceGame } from '../explore/scores.ts';

/** Id of the one row every kind of release can be compared by: "was this one in the data?" */
export const presenceId = 'presence';

/** A score of a scenario, and the branch it was read from where there are several. */
export interface ColumnScore extends ScoreSummary {
  readonly from: string | undefined;
}

/** One scenario as a column: its branches, and for every question the one answer that counts for the whole. */
export interface Column {
  readonly id: string;
  readonly branches: readonly BranchSummary[];
  readonly scores: readonly ColumnScore[];
  readonly done: number;
  readonly planned: number;
}

/**
 * The scores of a scenario made of several branches. Whoever attacks picks the weakest branch, whoever plans uses the
 * best one, and costs add up (sums carry no interval).
 */
export function columnOf(id: string, branches: readonly BranchSummary[]): Column {
  const byId = new Map<string, ColumnScore[]>();
  const several = branches.length > 1;
  for (const summary of branches) {
    const from = several ? (summary.branch.label ?? summary.branch.id) : undefined;
    const game = summary.scores.find(({ score }) => isPresenceGame(score));
    const all = game === undefined ? summary.scores : [{ ...game, id: presenceId }, ...summary.scores];
    for (const one of all) byId.set(one.id, [...(byId.get(one.id) ?? []), { ...one, from }]);
  }
  return {
    id,
    branches,
    scores: [...byId.values()].map(combined),
    done: branches.reduce((sum, { done }) => sum + done, 0),
    planned: branches.reduce((sum, { planned }) => sum + planned, 0),
  };
}

function combined(found: readonly ColumnScore[]): ColumnScore {
  const first = found[0] as ColumnScore; // never empty: made with its first element
  if (found.length === 1) return first;
  const { meaning, direction } = first.score;
  if (meaning === 'cost') {
    const { interval: _one, sd: _two, ...rest } = first;
    return { ...rest, from: undefined, mean: found.reduce((sum, { mean }) => sum + mean, 0) };
  }
  const better = direction === 'lower-is-better' ? -1 : 1;
  const wanted = meaning === 'utility' ? better : -better;
  return found.reduce((kept, one) => (wanted * one.mean > wanted * kept.mean ? one : kept));
}

/** Columns as the comparison reads them. */
export const asSummaries = (columns: readonly Column[]): readonly BranchSummary[] =>
  columns.map((column) => ({
    branch: { id: column.id, steps: [] },
    status: 'ok',
    done: column.done,
    planned: column.planned,
    scores: column.scores,
  }));

/** How a cell stands beside the baseline's: only disjoint intervals (or values without any) are called a difference. */
export type Standing = 'better' | 'worse' | 'same' | 'unclear';
export interface Difference {
  readonly by: number;
  readonly standing: Standing;
}

export function differenceOf(cell: ScoreSummary, base: ScoreSummary): Difference {
  const by = cell.mean - base.mean;
  if (by === 0) return { by, standing: 'same' };
  if (cell.interval !== undefined && base.interval !== undefined) {
    const apart = cell.interval.low > base.interval.high || cell.interval.high < base.interval.low;
    if (!apart) return { by, standing: 'unclear' };
  }
  const { direction } = cell.score;
  if (direction === 'neutral') return { by, standing: 'unclear' };
  return { by, standing: by > 0 === (direction === 'higher-is-better') ? 'better' : 'worse' };
}

/** A setting that is not the same in all scenarios; a cell is empty where a scenario lacks the technique. */
export interface SettingRow {
  readonly id: string;
  readonly technique: Text;
  readonly spec: ParamSpec;
  readonly values: readonly (string | undefined)[];
}

/** Settings of techniques used by at least two scenarios, where they differ: the rest is told by which techniques there are. */
export function differingSettings(specs: readonly ScenarioSpec[]): readonly SettingRow[] {
  const used = specs.map((spec) => spec.branches.flatMap((branch) => branch.steps));
  const ids = [...new Set(used.flat().map(({ id }) => id))];
  return ids.flatMap((id) => {
    const technique = techniqueOf(id);
    if (technique === undefined) return [];
    return Object.entries(technique.params).flatMap(([name, spec]): SettingRow[] => {
      const values = used.map((steps) => {
        const step = steps.find((ref) => ref.id === id);
        return step === undefined ? undefined : JSON.stringify(step.params?.[name] ?? defaultOf(spec));
      });
      const given = values.filter((value) => value !== undefined);
      if (given.length < 2 || new Set(given).size < 2) return [];
      return [{ id: `${id}/${name}`, technique: technique.label, spec, values }];
    });
  });
}
