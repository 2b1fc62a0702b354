import { useMemo } from 'react';
import type { DatasetSummary, JobResult } from '../../engine/kit/job.ts';
import { defaultOf } from '../../engine/kit/params.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { planJob } from '../../scenario/plan.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { useRunStore } from '../../store/run-store.ts';
import { useScenarioStore } from '../../store/scenario-store.ts';
import { useViewStore, type HourRange } from '../../store/view-store.ts';
import { byPlace, gridOf, halfWidthOf, rangeOf } from '../explore/grid.layout.ts';
import { peopleOf } from '../explore/map-model.ts';
import { privacyScore, utilityScore } from '../explore/scores.ts';
import { usePath } from '../location.ts';
import { useDataset } from '../use-run.ts';
import type { Facts, Figures } from './engine.ts';

/** What the shared selection points at. */
interface Selection {
  readonly zone: string | null;
  readonly hours: HourRange;
  readonly person: number | null;
}

/** The live page as a lesson sees it; figures are those of exactly the scenario on screen, absent until computed. */
export function useFacts(scores: Readonly<Record<string, string>>): Facts {
  const path = usePath();
  const spec = useScenarioStore((state) => state.spec);
  const truthShown = useViewStore((state) => state.peek || state.mapMode === 'true');
  const zone = useViewStore((state) => state.zone);
  const hours = useViewStore((state) => state.hours);
  const person = useViewStore((state) => state.person);
  const dataset = useDataset(spec.dataset);
  const branch = spec.branches[0];
  const key = useMemo(() => (branch === undefined ? '' : planJob(spec, branch).key), [spec, branch]);
  const outcome = useRunStore((state) => state.outcomes[key]);
  const summary = dataset.status === 'ok' ? dataset.value : undefined;
  const result = outcome?.status === 'ok' ? outcome : undefined;
  return useMemo(
    () => ({ path, spec, truthShown, figures: figuresOf(spec, summary, result, { zone, hours, person }, scores) }),
    [path, spec, truthShown, summary, result, zone, hours, person, scores],
  );
}

/**
 * Figures by name: every numeric parameter of the first branch's steps under its own name (epsilon, k, l); zone, zoneId,
 * resident, residentId; truth, released, half (95 % half width) of the chosen or the resident's zone; ceiling (most an
 * attacker at 50:50 can reach, from the guarantee), attack, attackLow, attackHigh, attempts (measured, per 100);
 * utility (per 100); rows; and the lesson's own scores, by the names it gives them.
 */
export function figuresOf(
  spec: ScenarioSpec,
  summary: DatasetSummary | undefined,
  result: JobResult | undefined,
  selection: Selection,
  scores: Readonly<Record<string, string>> = {},
): Figures {
  const out: Record<string, number | string> = { ...paramsOf(spec) };
  if (summary !== undefined) Object.assign(out, placeFigures(summary, result, selection));
  if (result === undefined) return out;
  if (result.guarantee.kind === 'dp') out['ceiling'] = 100 / (1 + Math.exp(-result.guarantee.epsilon));
  const attack = privacyScore(result.scores);
  if (attack?.unit === 'share' && attack.interval !== undefined) {
    out['attack'] = 100 * attack.value;
    out['attackLow'] = 100 * attack.interval.low;
    out['attackHigh'] = 100 * attack.interval.high;
    if (attack.n !== undefined) out['attempts'] = attack.n;
  }
  const utility = utilityScore(result.scores);
  if (utility?.unit === 'share') out['utility'] = 100 * utility.value;
  for (const [name, id] of Object.entries(scores)) {
    const score = result.scores.find((one) => one.id === id);
    if (score !== undefined) out[name] = score.unit === 'share' ? 100 * score.value : score.value;
    if (score?.baseline !== undefined)
      out[`${name}Baseline`] = score.unit === 'share' ? 100 * score.baseline : score.baseline;
  }
  return out;
}

function paramsOf(spec: ScenarioSpec): Readonly<Record<string, number>> {
  const out: Record<string, number> = {};
  for (const step of spec.branches[0]?.steps ?? []) {
    for (const [name, param] of Object.entries(techniqueOf(step.id)?.params ?? {})) {
      const value = step.params?.[name] ?? defaultOf(param);
      if (typeof value === 'number') out[name] = value;
    }
  }
  return out;
}

function placeFigures(
  summary: DatasetSummary,
  result: JobResult | undefined,
  selection: Selection,
): Readonly<Record<string, number | string>> {
  const people = peopleOf(summary);
  const person = people.find(({ row }) => row === selection.person) ?? people[0];
  const label = (id: string): string => summary.places?.find((place) => place.id === id)?.label ?? id;
  const out: Record<string, number | string> = { rows: summary.rows };
  if (person !== undefined) {
    out['residentId'] = person.place;
    out['resident'] = label(person.place);
  }
  const at = selection.zone ?? person?.place;
  if (at === undefined) return out;
  if (selection.zone !== null) out['zoneId'] = selection.zone;
  out['zone'] = label(at);
  const grid = result === undefined ? undefined : gridOf(result.pictures, summary.descriptor.parts);
  const index = grid?.places.indexOf(at) ?? -1;
  if (grid === undefined || index < 0) return out;
  out['truth'] = byPlace(grid, grid.picture.truth, selection.hours)[index] ?? 0;
  out['released'] = byPlace(grid, grid.picture.released, selection.hours)[index] ?? 0;
  const [from, to] = rangeOf(grid, selection.hours);
  const half = halfWidthOf(grid.picture.noise, to - from + 1);
  if (half === undefined) return out;
  out['half'] = Math.ceil(half);
  out['low'] = Math.max(0, (out['released'] as number) - Math.ceil(half));
  out['high'] = (out['released'] as number) + Math.ceil(half);
  return out;
}
