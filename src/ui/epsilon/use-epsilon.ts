import { useCallback, useMemo, useState } from 'react';
import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import type { BranchSpec, DatasetSummary, Job, JobResult } from '../../engine/kit/job.ts';
import { defaultOf, defaultsOf, type NumberParam, type ParamRecord, type ParamValue } from '../../engine/kit/params.ts';
import type { PreviewBank, TechniqueDescriptor } from '../../engine/kit/technique.ts';
import { text, type Text } from '../../engine/kit/text.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { dpPlace, TWIN, withDpStep } from '../../scenario/dp-step.ts';
import { planJob } from '../../scenario/plan.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { change, useScenarioStore } from '../../store/scenario-store.ts';
import { withBranch } from '../protect/pipeline.layout.ts';
import { useDataset, usePreviewBank, useRun, type Loaded, type Run, useLast } from '../use-run.ts';
import { words } from './words.ts';

/** Possible releases drawn at once for the slider's picture. */
const draws = 100;

/** State of the Epsilon page: one noisy step of the scenario, and the loss it is turned to. */
export interface Epsilon {
  readonly dataset: Loaded<DatasetSummary> & { readonly retry: () => void };
  readonly descriptor: DatasetDescriptor | undefined;
  /** The scenario with its noisy step; on trial while the kept one has none. */
  readonly spec: ScenarioSpec;
  readonly branch: BranchSpec;
  readonly onTrial: boolean;
  readonly keep: () => void;
  readonly technique: TechniqueDescriptor | undefined;
  /** Parameters of the step as kept, completed with their defaults. */
  readonly params: ParamRecord;
  /** The parameter of the slider (epsilon, where the technique has it) and where it stands now. */
  readonly dial: NumberParam | undefined;
  readonly epsilon: number;
  /** Moves the slider; null lets go of it. `setParam` keeps a value as one step of undo. */
  readonly turn: (epsilon: number | null) => void;
  readonly moving: boolean;
  /** Changes of one `gesture` are one step of undo. */
  readonly setParam: (name: string, value: ParamValue, gesture?: string) => void;
  readonly setParams: (label: Text, values: ParamRecord) => void;
  readonly setTechnique: (id: string, params?: ParamRecord) => void;
  readonly job: Job | null;
  readonly run: Run;
  /** Newest complete result of this branch, kept while the next is computed (`stale`). */
  readonly result: JobResult | undefined;
  readonly stale: boolean;
  readonly bank: PreviewBank | null;
  /** The delta all losses on this page are read at. */
  readonly delta: number;
  readonly setDelta: (delta: number) => void;
}

export function useEpsilon(): Epsilon {
  const kept = useScenarioStore((state) => state.spec);
  const dataset = useDataset(kept.dataset);
  const { spec, branch, at, onTrial } = useMemo(() => {
    const place = dpPlace(kept);
    const index = place?.branch ?? 0;
    const own = kept.branches[index] ?? { id: 'main', steps: [] };
    if (place !== undefined) return { spec: kept, branch: own, at: index, onTrial: false };
    const tried = withDpStep(own);
    return { spec: withBranch(kept, index, tried), branch: tried, at: index, onTrial: true };
  }, [kept]);
  const step = branch.steps.at(-1);
  const technique = techniqueOf(step?.id ?? '');
  const params = useMemo(() => ({ ...defaultsOf(technique?.params ?? {}), ...step?.params }), [technique, step]);
  const dial = technique?.params['epsilon']?.kind === 'number' ? technique.params['epsilon'] : undefined;
  const [live, setLive] = useState<{ readonly of: ParamRecord; readonly value: number } | null>(null);
  const moving = live !== null && live.of === params;
  const settled = dial === undefined ? 0 : Number(params['epsilon'] ?? defaultOf(dial));
  const [delta, setDelta] = useState<number>(TWIN.delta);

  // Attacks and utilities have their own pages: here a release must follow the slider.
  const job = useMemo(() => planJob({ ...spec, metrics: [], attacks: [] }, branch), [spec, branch]);
  const run = useRun(dataset.status === 'ok' ? job : null, 1);
  const outcome = run.outcome?.status === 'ok' ? run.outcome : undefined;
  const result = useLast(outcome, `${JSON.stringify(kept.dataset)} ${branch.id} ${step?.id ?? ''}`);
  const { bank } = usePreviewBank(useBankJob(spec, branch), draws);

  const replace = useCallback(
    (label: Text, steps: BranchSpec['steps'], gesture?: string) => {
      setLive(null);
      change(label, withBranch(spec, at, { ...branch, steps }), gesture);
    },
    [spec, branch, at],
  );
  const setParams = (label: Text, values: ParamRecord, gesture?: string): void =>
    replace(
      label,
      [...branch.steps.slice(0, -1), { id: step?.id ?? '', params: { ...step?.params, ...values } }],
      gesture,
    );
  return {
    dataset,
    descriptor: dataset.status === 'ok' ? dataset.value.descriptor : undefined,
    spec,
    branch,
    onTrial,
    keep: () => change(words.changeKeep, spec),
    technique,
    params,
    dial,
    epsilon: moving ? live.value : settled,
    turn: (value) => setLive(value === null ? null : { of: params, value }),
    moving,
    setParam: (name, value, gesture) =>
      setParams(text(`${name} ${typeof value === 'object' ? '' : String(value)}`.trim()), { [name]: value }, gesture),
    setParams,
    setTechnique: (id, values = {}) => {
      const next = techniqueOf(id);
      if (next !== undefined) replace(next.label, withDpStep(branch, id, values).steps);
    },
    job,
    run,
    result,
    stale: outcome === undefined || moving,
    bank,
    delta,
    setDelta,
  };
}

/** The job of the step without the value of its slider: one bank serves the whole of it. */
function useBankJob(spec: ScenarioSpec, branch: BranchSpec): Job | null {
  return useMemo(() => {
    const last = branch.steps.at(-1);
    if (last === undefined) return null;
    const { epsilon: _turned, ...rest } = last.params ?? {};
    const steps = [...branch.steps.slice(0, -1), { id: last.id, params: rest }];
    return planJob({ ...spec, metrics: [], attacks: [] }, { ...branch, steps });
  }, [spec, branch]);
}
