import { useCallback, useEffect, useMemo, useState } from 'react';
import type { BranchSpec, DatasetSummary, JobOutcome, JobResult } from '../../engine/kit/job.ts';
import type { ParamValue } from '../../engine/kit/params.ts';
import type { CountsPicture } from '../../engine/kit/picture.ts';
import { noiseLaw } from '../../engine/kit/preview.ts';
import type { PreviewBank, TechniqueDescriptor } from '../../engine/kit/technique.ts';
import { text, type Text } from '../../engine/kit/text.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { planJob } from '../../scenario/plan.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { withParam } from '../../scenario/sweep.ts';
import { change, useScenarioStore } from '../../store/scenario-store.ts';
import { rescale } from '../explore/grid.layout.ts';
import { usePreviewBank, useDataset, useRun, type Loaded, type Run } from '../use-run.ts';
import { placeFor, withBranch, withTechnique } from './pipeline.layout.ts';
import { words } from './words.ts';
import { spanishOf } from '../i18n/format.ts';

/** A technique tried but not kept: the scenario with it, and where it stands. */
export interface Draft {
  readonly technique: TechniqueDescriptor;
  readonly spec: ScenarioSpec;
  readonly at: number;
}

/** A slider on its way: which parameter of which step, and where it is now. */
interface Live {
  readonly step: number;
  readonly name: string;
  readonly value: number;
}

export interface Protect {
  /** The kept scenario, and the one on screen (with the technique that is being tried). */
  readonly spec: ScenarioSpec;
  readonly shown: ScenarioSpec;
  readonly dataset: Loaded<DatasetSummary> & { readonly retry: () => void };
  readonly branchAt: number;
  readonly openBranch: (at: number) => void;
  /** The branch on screen, and its kept form. */
  readonly branch: BranchSpec;
  readonly kept: BranchSpec;
  readonly stepAt: number;
  readonly openStep: (at: number) => void;
  readonly run: Run;
  readonly result: JobResult | undefined;
  readonly stale: boolean;
  readonly draft: Draft | undefined;
  readonly draftRun: Run;
  readonly draftResult: JobResult | undefined;
  readonly propose: (technique: TechniqueDescriptor) => void;
  readonly keep: () => void;
  readonly discard: () => void;
  /** Changes one branch of the kept scenario as one step of undo. */
  readonly setBranch: (label: Text, branch: BranchSpec) => void;
  readonly setParam: (step: number, name: string, value: ParamValue, gesture?: string) => void;
  readonly turn: (step: number, name: string, value: number) => void;
  /** What a slider's preview answers for one picture. */
  readonly preview: (picture: CountsPicture) => { released: Float64Array; noise: CountsPicture['noise'] } | undefined;
}

const noBranch: BranchSpec = { id: 'main', steps: [] };
const draws = 20;
/** Jobs wait this long for a slider to rest where no preview answers it. */
const restMs = 160;

/** State of the Protect page: the open branch and step, the technique on trial, and the runs of both. */
export function useProtect(): Protect {
  const spec = useScenarioStore((state) => state.spec);
  const dataset = useDataset(spec.dataset);
  const [wantedBranch, setWantedBranch] = useState(0);
  const [wantedStep, setWantedStep] = useState<number | null>(null);
  const [tried, setTried] = useState<(Draft & { readonly base: ScenarioSpec }) | null>(null);
  const [live, setLive] = useState<Live | null>(null);
  const branchAt = Math.min(wantedBranch, spec.branches.length - 1);
  // A draft belongs to the scenario it was made from: undo, a preset or a link lets it go.
  const draft = tried !== null && tried.base === spec ? tried : undefined;
  const shown = draft?.spec ?? spec;
  const kept = spec.branches[branchAt] ?? noBranch;
  const branch = shown.branches[branchAt] ?? noBranch;
  const stepAt = Math.min(wantedStep ?? branch.steps.length - 1, branch.steps.length - 1);

  const bank = useBank(draft === undefined ? spec : null, kept);
  const answered = live !== null && bank !== null && live.name === bank.param && live.step === kept.steps.length - 1;
  const moving = useMemo(
    () => (live === null || answered ? shown : withParam(shown, branch.id, live.step, live.name, live.value)),
    [shown, branch.id, live, answered],
  );
  const rested = useRested(moving, live === null ? 0 : restMs);
  const target = draft === undefined ? rested : spec;
  const job = useMemo(() => jobOf(target, branchAt), [target, branchAt]);
  const draftJob = useMemo(() => (draft === undefined ? null : jobOf(rested, branchAt)), [draft, rested, branchAt]);
  const run = useRun(job, 1);
  const draftRun = useRun(draftJob, 2);
  const result = useKept(run.outcome, `${kept.id} ${JSON.stringify(spec.dataset)}`);

  const setBranch = useCallback(
    (label: Text, next: BranchSpec) => change(label, withBranch(spec, branchAt, next)),
    [spec, branchAt],
  );
  const propose = (technique: TechniqueDescriptor): void => {
    const placement = placeFor(kept, technique);
    if (placement.how !== 'add' && placement.how !== 'replace') return;
    const next = withBranch(spec, branchAt, withTechnique(kept, technique, placement));
    setTried({ technique, spec: next, at: placement.at, base: spec });
    setWantedStep(placement.at);
  };
  const setParam = (step: number, name: string, value: ParamValue, gesture?: string): void => {
    setLive(null);
    if (draft !== undefined) {
      setTried({ ...draft, base: spec, spec: withParam(draft.spec, branch.id, step, name, value) });
    } else {
      const shownValue = typeof value === 'object' ? '' : ` ${String(value)}`;
      change(text(`${name}${shownValue}`), withParam(spec, branch.id, step, name, value), gesture);
    }
  };
  return {
    spec,
    shown,
    dataset,
    branchAt,
    openBranch: (at) => {
      setWantedBranch(at);
      setWantedStep(null);
      setTried(null);
      setLive(null);
    },
    branch,
    kept,
    stepAt,
    openStep: setWantedStep,
    run,
    result,
    stale: run.outcome?.status !== 'ok' || live !== null,
    draft,
    draftRun,
    draftResult: draftRun.outcome?.status === 'ok' ? draftRun.outcome : undefined,
    propose,
    keep: () => {
      if (draft === undefined) return;
      const { label } = draft.technique;
      change(
        text(
          words.changeAdd.en.replace('{technique}', label.en),
          words.changeAdd.es?.replace('{technique}', spanishOf(label) ?? label.en),
        ),
        draft.spec,
      );
      setTried(null);
    },
    discard: () => {
      setTried(null);
      setWantedStep(null);
    },
    setBranch,
    setParam,
    turn: (step, name, value) => setLive({ step, name, value }),
    preview: (picture) => {
      if (!answered || bank === null || live === null || picture.id !== bank.picture.id) return undefined;
      return { released: rescale(bank, live.value, 0), noise: noiseLaw(bank, live.value) };
    },
  };
}

const jobOf = (spec: ScenarioSpec, at: number) => {
  const branch = spec.branches[at];
  return branch === undefined ? null : planJob(spec, branch);
};

/** The preview bank of a branch's last step; one serves the whole slider, so its turned parameter is left out of the question. */
function useBank(spec: ScenarioSpec | null, branch: BranchSpec): PreviewBank | null {
  const job = useMemo(() => {
    const last = branch.steps.at(-1);
    if (spec === null || last === undefined || techniqueOf(last.id)?.randomized !== true) return null;
    const { epsilon: _turned, ...rest } = last.params ?? {};
    const steps = [...branch.steps.slice(0, -1), { id: last.id, params: rest }];
    return planJob({ ...spec, metrics: [], attacks: [] }, { ...branch, steps });
  }, [spec, branch]);
  return usePreviewBank(job, draws).bank;
}

/** A value once it has not changed for `ms`; at once where `ms` is 0. */
function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    if (ms === 0) return;
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  if (ms === 0 && rested !== value) setRested(value);
  return ms === 0 ? value : rested;
}

/** The last good result of the same branch and data, so that meters do not flicker while a new one is on its way. */
function useKept(outcome: JobOutcome | undefined, of: string): JobResult | undefined {
  const [kept, setKept] = useState<{ readonly of: string; readonly result: JobResult } | null>(null);
  if (outcome?.status === 'ok' && kept?.result !== outcome) setKept({ of, result: outcome });
  if (outcome?.status === 'ok') return outcome;
  return kept?.of === of && outcome?.status !== 'failed' ? kept.result : undefined;
}
