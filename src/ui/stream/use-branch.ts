import { useMemo } from 'react';
import { create } from 'zustand';
import type { BranchSpec, DatasetSummary, Job, ModuleRef } from '../../engine/kit/job.ts';
import { parseParams, type ParamRecord, type ParamValue } from '../../engine/kit/params.ts';
import type { ColumnDescriptor } from '../../engine/kit/dataset.ts';
import type { Guarantee } from '../../engine/kit/guarantee.ts';
import type { TechniqueDescriptor, ViewId } from '../../engine/kit/technique.ts';
import { techniqueOf, techniques } from '../../engine/registry.ts';
import { planJob } from '../../scenario/plan.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { attacksFor, metricsFor } from '../../store/first-spec.ts';
import { change, scenario, setParam, useScenarioStore, withParam } from '../../store/scenario-store.ts';
import { useDataset, type Loaded } from '../use-run.ts';

/** The branch a page plays: the scenario's own where it has one of this view, else a draft kept while the tab is open. */
export interface ViewBranch {
  readonly spec: ScenarioSpec;
  readonly dataset: Loaded<DatasetSummary> & { readonly retry: () => void };
  readonly columns: readonly ColumnDescriptor[];
  /** Techniques drawn by this view. */
  readonly choices: readonly TechniqueDescriptor[];
  readonly technique: TechniqueDescriptor | undefined;
  readonly branch: BranchSpec | undefined;
  readonly params: ParamRecord;
  /** The claim for these parameters, before anything runs. */
  readonly guarantee: Guarantee | undefined;
  readonly inScenario: boolean;
  /** The branch alone, for live views. */
  readonly job: Job | null;
  /** The branch with every measure that can speak about what it releases. */
  readonly measured: Job | null;
  readonly choose: (id: string) => void;
  readonly setParam: (name: string, value: ParamValue) => void;
  /** Makes the draft a branch of the scenario, so that links and other pages know it. */
  readonly adopt: () => void;
}

const useDrafts = create<Readonly<Partial<Record<ViewId, BranchSpec>>>>(() => ({}));

export function useViewBranch(view: ViewId): ViewBranch {
  const spec = useScenarioStore((state) => state.spec);
  const draft = useDrafts((state) => state[view]);
  const dataset = useDataset(spec.dataset);
  const at = spec.branches.findIndex((branch) => viewOf(branch) === view);
  const choices = useMemo(() => techniques.filter((technique) => technique.view === view), [view]);
  const branch = useMemo(
    () => spec.branches[at] ?? draft ?? freshBranch(view, choices[0]),
    [spec.branches, at, draft, view, choices],
  );
  const ref = branch?.steps.at(-1);
  const technique = techniqueOf(ref?.id ?? '');
  const job = useMemo(
    () => (branch === undefined ? null : planJob({ ...spec, metrics: [], attacks: [] }, branch)),
    [spec, branch],
  );
  const measured = branch === undefined || technique === undefined ? null : measuredJob(spec, branch, technique);
  const unit = dataset.status === 'ok' ? dataset.value.descriptor.privacyUnit : 'row';
  const parsed = technique === undefined ? undefined : parseParams(technique.params, ref?.params);
  const put = (next: BranchSpec, label: TechniqueDescriptor['label']): void => {
    if (at < 0) useDrafts.setState({ [view]: next });
    else change(label, { ...spec, branches: spec.branches.map((old, b) => (b === at ? next : old)) });
  };
  return {
    spec,
    dataset,
    columns: dataset.status === 'ok' ? dataset.value.descriptor.columns : [],
    choices,
    technique,
    branch,
    params: ref?.params ?? {},
    guarantee: parsed?.ok === true ? technique?.guarantee(parsed.value, unit) : undefined,
    inScenario: at >= 0,
    job,
    measured,
    choose: (id) => {
      const chosen = techniqueOf(id);
      if (branch !== undefined && chosen !== undefined) put(withLast(branch, { id }), chosen.label);
    },
    setParam: (name, value) => {
      if (branch === undefined || ref === undefined) return;
      if (at >= 0) setParam(at, branch.steps.length - 1, name, value);
      else useDrafts.setState({ [view]: withLast(branch, withParam(ref, name, value)) });
    },
    adopt: () => {
      const now = scenario();
      if (branch === undefined || technique === undefined || at >= 0) return;
      change(technique.label, {
        ...now,
        branches: [...now.branches, { ...branch, id: freeId(now, branch.id) }],
        metrics: union(now.metrics, metricsFor(technique.produces)),
        attacks: union(now.attacks, attacksFor(technique.produces)),
      });
    },
  };
}

const measuredJob = (spec: ScenarioSpec, branch: BranchSpec, { produces }: TechniqueDescriptor): Job =>
  planJob({ ...spec, metrics: metricsFor(produces), attacks: attacksFor(produces) }, branch);

const viewOf = (branch: BranchSpec): ViewId | undefined => techniqueOf(branch.steps.at(-1)?.id ?? '')?.view;

const freshBranch = (view: ViewId, technique: TechniqueDescriptor | undefined): BranchSpec | undefined =>
  technique === undefined ? undefined : { id: view, steps: [{ id: technique.id }] };

const withLast = (branch: BranchSpec, ref: ModuleRef): BranchSpec => ({
  ...branch,
  steps: [...branch.steps.slice(0, -1), ref],
});

const union = (have: readonly ModuleRef[], more: readonly ModuleRef[]): readonly ModuleRef[] => [
  ...have,
  ...more.filter(({ id }) => !have.some((one) => one.id === id)),
];

function freeId(spec: ScenarioSpec, wanted: string): string {
  const taken = new Set(spec.branches.map(({ id }) => id));
  let id = wanted;
  for (let n = 2; taken.has(id); n += 1) id = `${wanted}-${n}`;
  return id;
}
