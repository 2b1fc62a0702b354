import { useMemo } from 'react';
import { create } from 'zustand';
import type { DatasetSummary, JobOutcome } from '../../engine/kit/job.ts';
import type { AttackDescriptor } from '../../engine/kit/measure.ts';
import type { ModuleRef } from '../../engine/kit/job.ts';
import type { ParamValue } from '../../engine/kit/params.ts';
import { text } from '../../engine/kit/text.ts';
import { attacks } from '../../engine/registry.ts';
import { standardScenarios } from '../../scenario/presets.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { useRunStore } from '../../store/run-store.ts';
import { change, scenario, useScenarioStore, withParam } from '../../store/scenario-store.ts';
import { useDataset, type Loaded } from '../use-run.ts';
import { besideOf, contestsOf, kindOf, type Contest } from './contests.ts';

/** What is chosen on this page alone: the opponent, and which branch of the scenario is attacked. */
const useChoice = create<{ readonly attack: string | null; readonly branch: number }>(() => ({
  attack: null,
  branch: 0,
}));
export const chooseOpponent = (attack: string): void => useChoice.setState({ attack });
export const chooseBranch = (branch: number): void => useChoice.setState({ branch });

export interface Attack {
  readonly spec: ScenarioSpec;
  readonly dataset: Loaded<DatasetSummary> & { readonly retry: () => void };
  readonly opponent: AttackDescriptor | undefined;
  readonly ref: ModuleRef;
  readonly branch: number;
  readonly contests: readonly Contest[];
  readonly own: Contest | undefined;
  readonly beside: Contest | undefined;
  readonly outcomes: Readonly<Record<string, JobOutcome>>;
}

/** The chosen opponent, its contests and what is known of them. */
export function useAttack(): Attack {
  const spec = useScenarioStore((state) => state.spec);
  const outcomes = useRunStore((state) => state.outcomes);
  const choice = useChoice();
  const dataset = useDataset(spec.dataset);
  const descriptor = dataset.status === 'ok' ? dataset.value.descriptor : undefined;
  const branch = Math.min(choice.branch, Math.max(0, spec.branches.length - 1));
  const own = spec.branches[branch];
  const opponent = useMemo(() => {
    const kind = own === undefined ? 'table' : kindOf(own);
    return (
      attacks.find(({ id }) => id === choice.attack) ??
      attacks.find(({ accepts }) => accepts.includes(kind)) ??
      attacks[0]
    );
  }, [choice.attack, own]);
  const ref = spec.attacks.find(({ id }) => id === opponent?.id) ?? { id: opponent?.id ?? '' };
  const contests = useMemo(() => {
    if (opponent === undefined || own === undefined || descriptor === undefined) return [];
    return contestsOf(spec, own, opponent, ref, standardScenarios(spec.dataset, descriptor));
    // `ref` is part of the scenario, or made of the opponent alone.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [spec, own, opponent, descriptor]);
  return {
    spec,
    dataset,
    opponent,
    ref,
    branch,
    contests,
    own: contests[0],
    beside: besideOf(contests),
    outcomes,
  };
}

/** What the opponent knows is part of the scenario: in the link, and undone like everything else. */
export function setKnowledge(ref: ModuleRef, name: string, value: ParamValue): void {
  const spec = scenario();
  const next = withParam(ref, name, value);
  const known = spec.attacks.some(({ id }) => id === ref.id);
  change(text('what the opponent knows', 'lo que sabe el oponente'), {
    ...spec,
    attacks: known ? spec.attacks.map((each) => (each.id === ref.id ? next : each)) : [...spec.attacks, next],
  });
}
