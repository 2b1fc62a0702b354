import { useEffect, useMemo, useState } from 'react';
import type { Guarantee } from '../../engine/kit/guarantee.ts';
import type { DatasetSummary, Job, JobOutcome, JobResult } from '../../engine/kit/job.ts';
import { defaultOf, parseParams, type NumberParam, type IntegerParam } from '../../engine/kit/params.ts';
import type { PreviewBank, TechniqueDescriptor } from '../../engine/kit/technique.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { planJob } from '../../scenario/plan.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { useScenarioStore } from '../../store/scenario-store.ts';
import { useDataset, usePreviewBank, useRun, type Loaded, type Run } from '../use-run.ts';
import { markDrawn, useFirstPicture } from './first-picture.ts';
import { gridOf, rescale, type Grid } from './grid.layout.ts';
import { rescaleSums, valuesOf, type Values } from './values.layout.ts';

const draws = 100;

/** The parameter the page's slider turns: the one the preview answers to, else the first plain number. */
export interface Dial {
  readonly branch: number;
  readonly step: number;
  readonly name: string;
  readonly spec: NumberParam | IntegerParam;
  readonly value: number;
  readonly technique: TechniqueDescriptor;
}

export interface Explore {
  readonly spec: ScenarioSpec;
  readonly dataset: Loaded<DatasetSummary> & { readonly retry: () => void };
  readonly job: Job | null;
  /** The full job with its measures. */
  readonly run: Run;
  /** Newest complete result, kept on screen while the next one is computed. */
  readonly result: JobResult | undefined;
  readonly stale: boolean;
  readonly failed: JobOutcome | undefined;
  readonly dial: Dial | undefined;
  readonly technique: TechniqueDescriptor | undefined;
  readonly guarantee: Guarantee | undefined;
  readonly bank: PreviewBank | null;
  readonly grid: Grid | undefined;
  /** Released cells on screen, and whether they are the preview's. */
  readonly released: Float64Array | undefined;
  /** What sensors measured, and its released sums, where the release has them. */
  readonly values: Values | undefined;
  readonly releasedSums: Float64Array | undefined;
  readonly preview: boolean;
  readonly turn: (value: number | null) => void;
  /** Whether the user stopped what these settings ask for; `stop` frees every worker at it, `resume` starts again. */
  readonly stopped: boolean;
  readonly stop: () => void;
  readonly resume: () => void;
}

/** Everything the first page shows, from the scenario: a quick picture, a preview bank, and the full measured run. */
export function useExplore(): Explore {
  const spec = useScenarioStore((state) => state.spec);
  const [live, setLive] = useState<number | null>(null);
  const branch = spec.branches[0];
  const job = useMemo(() => (branch === undefined ? null : planJob(spec, branch)), [spec, branch]);
  const [stoppedKey, setStoppedKey] = useState<string | null>(null);
  const stopped = job !== null && stoppedKey === job.key;
  const dataset = useDataset(spec.dataset, stopped);
  const quickJob = useMemo(
    () => (branch === undefined ? null : planJob({ ...spec, metrics: [], attacks: [] }, branch)),
    [spec, branch],
  );
  const bankJob = useMemo(() => bankJobOf(spec), [spec]);
  const { bank, settled } = usePreviewBank(stopped ? null : bankJob, draws);
  // Where there is no preview, the release alone comes before its measures.
  const quick = useRun(settled && bank === null && !stopped ? quickJob : null, 2);
  const drawn = useFirstPicture((state) => state.drawn);
  const run = useRun(stopped || !drawn ? null : job, 1);
  const result = useKept(run.outcome, spec.dataset);
  const dial = useMemo(() => dialOf(spec, bank?.param, live), [spec, bank, live]);
  const technique = techniqueOf(branch?.steps.at(-1)?.id ?? '');
  const exact = [run.outcome, quick.outcome].find((outcome) => outcome?.status === 'ok');
  const descriptor = dataset.status === 'ok' ? dataset.value.descriptor : undefined;
  const keptPictures = result?.pictures;
  const exactPictures = exact?.status === 'ok' ? exact.pictures : undefined;
  const { grid, values } = useMemo(() => {
    const pictures = exactPictures ?? (bank === null ? undefined : bankPictures(bank)) ?? keptPictures;
    if (descriptor === undefined || pictures === undefined) return { grid: undefined, values: undefined };
    return { grid: gridOf(pictures, descriptor.parts), values: valuesOf(pictures, descriptor) };
  }, [exactPictures, bank, keptPictures, descriptor]);
  const preview = bank !== null && dial?.name === bank.param && (live !== null || exactPictures === undefined);
  const value = dial?.value;
  const released = useMemo(() => {
    if (preview && bank !== null && value !== undefined) return rescale(bank, value, 0);
    return grid?.picture.released;
  }, [preview, bank, value, grid]);
  const releasedSums = useMemo(() => {
    if (preview && bank !== null && value !== undefined) return rescaleSums(bank, value, 0);
    return values?.sums.released;
  }, [preview, bank, value, values]);
  const failed = [run.outcome, quick.outcome].find((outcome) => outcome?.status === 'failed');
  // No preview, nothing to map, or nothing at all: the first picture will not come from here.
  const none =
    stopped ||
    dataset.status === 'failed' ||
    (settled && (bank === null || (dataset.status === 'ok' && grid === undefined)));
  useEffect(() => {
    if (none) markDrawn();
  }, [none]);
  return {
    spec,
    dataset,
    job,
    run,
    result,
    stale: run.outcome?.status !== 'ok' || live !== null,
    failed,
    dial,
    technique,
    guarantee: guaranteeOf(technique, spec, dial, descriptor?.privacyUnit ?? 'row'),
    bank,
    grid,
    released,
    values,
    releasedSums,
    preview,
    turn: setLive,
    stopped,
    stop: () => setStoppedKey(job?.key ?? null),
    resume: () => setStoppedKey(null),
  };
}

const bankPictures = (bank: PreviewBank) => [bank.picture, ...(bank.sums === undefined ? [] : [bank.sums.picture])];

/** The job without the value of its turned parameter: one bank serves the whole slider. */
function bankJobOf(spec: ScenarioSpec): Job | null {
  const branch = spec.branches[0];
  const last = branch?.steps.at(-1);
  const technique = techniqueOf(last?.id ?? '');
  if (branch === undefined || last === undefined || technique === undefined || !technique.randomized) return null;
  const { epsilon: _turned, ...rest } = last.params ?? {};
  const steps = [...branch.steps.slice(0, -1), { id: last.id, params: rest }];
  return planJob({ ...spec, metrics: [], attacks: [] }, { ...branch, steps });
}

function dialOf(spec: ScenarioSpec, wanted: string | undefined, live: number | null): Dial | undefined {
  const steps = spec.branches[0]?.steps ?? [];
  for (let step = steps.length - 1; step >= 0; step -= 1) {
    const ref = steps[step];
    const technique = techniqueOf(ref?.id ?? '');
    if (ref === undefined || technique === undefined) continue;
    for (const [name, param] of Object.entries(technique.params)) {
      if (param.kind !== 'number' && param.kind !== 'integer') continue;
      if (wanted !== undefined ? name !== wanted : param.advanced === true) continue;
      const value = live ?? Number(ref.params?.[name] ?? defaultOf(param));
      return { branch: 0, step, name, spec: param, value, technique };
    }
  }
  return undefined;
}

/** The claim for the value on the slider, before anything runs. */
function guaranteeOf(
  technique: TechniqueDescriptor | undefined,
  spec: ScenarioSpec,
  dial: Dial | undefined,
  unit: string,
): Guarantee | undefined {
  const ref = spec.branches[0]?.steps.at(-1);
  if (technique === undefined || ref === undefined) return undefined;
  const turned = dial !== undefined && dial.technique.id === technique.id ? { [dial.name]: dial.value } : {};
  const parsed = parseParams(technique.params, { ...ref.params, ...turned });
  return parsed.ok ? technique.guarantee(parsed.value, unit) : undefined;
}

/** The last good result of the same dataset, so that meters do not flicker while a new one is on its way. */
function useKept(outcome: JobOutcome | undefined, dataset: unknown): JobResult | undefined {
  const [kept, setKept] = useState<{ readonly dataset: unknown; readonly result: JobResult } | null>(null);
  if (outcome?.status === 'ok' && kept?.result !== outcome) setKept({ dataset, result: outcome });
  if (outcome?.status === 'ok') return outcome;
  return kept?.dataset === dataset ? kept?.result : undefined;
}
