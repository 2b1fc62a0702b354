import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ColumnDescriptor } from '../../engine/kit/dataset.ts';
import type { BranchSpec, ColumnStats, DatasetSummary, JobResult } from '../../engine/kit/job.ts';
import type { LatticeAnswer, LatticeQuestion, LatticeShape, NodeAnswer } from '../../engine/kit/lattice.ts';
import type { ParamRecord, ParamValue } from '../../engine/kit/params.ts';
import { text, type Text } from '../../engine/kit/text.ts';
import { levelsOf, neighbours, positionOf, reasonsFor, type Reason } from '../../scenario/lattice.ts';
import {
  latticeParams,
  latticePlace,
  latticeTechnique,
  PAPERS,
  pinLevels,
  pinnedNode,
  questionOf,
  rawJob,
  releaseJob,
  studyJob,
  withLatticeStep,
} from '../../scenario/lattice-step.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { change, useScenarioStore } from '../../store/scenario-store.ts';
import { withBranch } from '../protect/pipeline.layout.ts';
import { useDataset, useRun, useRunsInTurn, type Loaded, type Run, useLast } from '../use-run.ts';
import { useNodes, useOptimum, useStudy, type Answered, type Study } from './use-study.ts';
import { words } from './words.ts';

/** A node in short: where it is, what it leaves out, and its smallest kept group. */
export interface NodeBrief {
  readonly node: number;
  readonly levels: readonly number[];
  readonly suppressed: number;
  readonly smallest: number;
}

/** State of the Anonymize page. */
export interface Anonymize {
  readonly dataset: Loaded<DatasetSummary> & { readonly retry: () => void };
  /** Columns with the roles the user gave them. */
  readonly columns: readonly ColumnDescriptor[];
  /** The scenario with the lattice step; on trial while the kept one has none. */
  readonly spec: ScenarioSpec;
  readonly branch: BranchSpec;
  readonly onTrial: boolean;
  readonly keep: () => void;
  /** Parameters as kept, and as the sliders stand now. */
  readonly params: ParamRecord;
  readonly live: ParamRecord;
  readonly turn: (name: string, value: number) => void;
  readonly setParam: (name: string, value: ParamValue) => void;
  readonly setParams: (label: Text, values: ParamRecord) => void;
  readonly study: Study;
  readonly shape: LatticeShape | undefined;
  readonly optimum: Answered<LatticeQuestion, LatticeAnswer>;
  readonly answer: LatticeAnswer | undefined;
  /** The node shown: walked to, else pinned, else the optimum; -1 = none. */
  readonly node: number;
  readonly pinned: number;
  readonly walk: (node: number) => void;
  readonly pin: (node: number) => void;
  readonly unpin: () => void;
  /** What the answer itself says of the node shown: there in the same frame. */
  readonly brief: NodeBrief | undefined;
  /** All there is to know of the node shown, and why it is the optimum. */
  readonly shown: NodeAnswer | undefined;
  readonly reasons: readonly Reason[];
  /** The node pointed at, -1 = none, and what it is. */
  readonly pointed: number;
  readonly point: (node: number) => void;
  readonly peek: NodeAnswer | undefined;
  readonly run: Run;
  readonly result: JobResult | undefined;
  readonly stale: boolean;
  /** The rows before this step, measured alike. */
  readonly raw: JobResult | undefined;
}

/** Everything the page shows follows from the scenario, the slider on its way and the node walked to. */
export function useAnonymize(): Anonymize {
  const kept = useScenarioStore((state) => state.spec);
  const dataset = useDataset(kept.dataset);
  const descriptor = dataset.status === 'ok' ? dataset.value.descriptor : undefined;
  const columns = useMemo(
    () => (descriptor?.columns ?? []).map((column) => ({ ...column, ...kept.roles[column.name] })),
    [descriptor, kept.roles],
  );
  const stats = dataset.status === 'ok' ? dataset.value.columnStats : undefined;
  const { spec, branch, at, onTrial } = useLatticeSpec(kept, columns, stats);
  const step = branch.steps.at(-1);
  const params = useMemo(() => latticeParams(step), [step]);
  const [moving, setMoving] = useState<{ readonly of: ParamRecord; readonly values: ParamRecord } | null>(null);
  const live = useMemo(() => (moving?.of === params ? { ...params, ...moving.values } : params), [params, moving]);

  const job = useMemo(
    () => (descriptor === undefined || latticeTechnique() === undefined ? null : studyJob(spec, branch)),
    [spec, branch, descriptor],
  );
  const study = useStudy(job);
  const { shape } = study;
  const question = useMemo(() => (shape === undefined ? undefined : questionOf(live, shape)), [live, shape]);
  const optimum = useOptimum(study.live, question);
  const { answer } = optimum;
  // A question that was searched for alone says itself what it proves.
  const proof = answer?.proof;
  const proven = useMemo(
    () => (shape === undefined || proof === undefined ? shape : { ...shape, proof }),
    [shape, proof],
  );
  const pinned = useMemo(() => (shape === undefined ? -1 : pinnedNode(params, shape)), [params, shape]);
  const [walked, setWalked] = useState<{ readonly of: unknown; readonly node: number } | null>(null);
  const best = answer?.best ?? -1;
  // A walk belongs to the answer it started from: when the question changes, the optimum is shown again.
  const node = walked !== null && walked.of === answer ? walked.node : pinned >= 0 ? pinned : best;
  const around = useAround(study, shape, optimum.question, node);
  const [pointed, point] = useState(-1);
  const peek = usePeek(study, optimum.question, pointed === node ? -1 : pointed);

  const commit = useCallback(
    (label: Text, values: ParamRecord, gesture?: string) => {
      const steps = [...branch.steps.slice(0, -1), { id: step?.id ?? '', params: { ...step?.params, ...values } }];
      setMoving(null);
      change(label, withBranch(spec, at, { ...branch, steps }), gesture);
    },
    [spec, branch, at, step],
  );
  const release = useMemo(
    () => (descriptor === undefined || step === undefined ? null : releaseJob(spec, branch)),
    [spec, branch, descriptor, step],
  );
  const solvable = study.status === 'solved' && (best >= 0 || pinned >= 0);
  const run = useRun(solvable ? release : null, 1);
  const outcome = run.outcome?.status === 'ok' ? run.outcome : undefined;
  const result = useLast(outcome, `${JSON.stringify(kept.dataset)} ${branch.id}`);
  const before = useMemo(
    () => (descriptor === undefined || outcome === undefined ? [] : [rawJob(spec, branch)]),
    [spec, branch, descriptor, outcome],
  );
  const rawOutcome = useRunsInTurn(before).get(before[0]?.key ?? '');
  return {
    dataset,
    columns,
    spec,
    branch,
    onTrial,
    keep: () => change(words.changeKeep, spec),
    params,
    live,
    turn: (name, value) =>
      setMoving((old) => ({ of: params, values: { ...(old?.of === params ? old.values : {}), [name]: value } })),
    setParam: (name, value) =>
      commit(text(`${name} ${typeof value === 'object' ? '' : String(value)}`.trim()), {
        [name]: value,
        ...unpinned(name, params),
      }),
    setParams: (label, values) => commit(label, values),
    study,
    shape: proven,
    optimum,
    answer,
    node,
    pinned,
    walk: (next) => setWalked(next < 0 ? null : { of: answer, node: next }),
    pin: (next) => {
      if (shape !== undefined) commit(words.changePin, { levels: pinLevels(next, shape) });
    },
    unpin: () => {
      setWalked(null);
      commit(words.changeUnpin, { levels: {} });
    },
    brief: briefOf(node, shape, answer, around.shown),
    ...around,
    pointed,
    point,
    peek,
    run,
    result,
    stale: outcome === undefined || live !== params || optimum.pending,
    raw: rawOutcome?.status === 'ok' ? rawOutcome : undefined,
  };
}

/** From the answer where the node is admissible, else from its own details once they are there. */
function briefOf(
  node: number,
  shape: LatticeShape | undefined,
  answer: LatticeAnswer | undefined,
  shown: NodeAnswer | undefined,
): NodeBrief | undefined {
  if (shape === undefined || answer === undefined || node < 0) return undefined;
  const at = positionOf(answer, node);
  if (at < 0) return shown?.node === node ? shown : undefined;
  const [suppressed = 0, smallest = 0] = [answer.suppressed[at], answer.smallest[at]];
  return { node, levels: levelsOf(node, shape.heights), suppressed, smallest };
}

/** Another question gets its own optimum: a node chosen under the old one is let go. */
const unpinned = (name: string, params: ParamRecord): ParamRecord =>
  name === 'levels' || Object.keys(Object(params['levels'])).length === 0 ? {} : { levels: {} };

/** The scenario's own lattice step, or one put in on trial with the papers' k and l. */
function useLatticeSpec(
  kept: ScenarioSpec,
  columns: readonly ColumnDescriptor[],
  stats: readonly ColumnStats[] | undefined,
) {
  return useMemo(() => {
    const place = latticePlace(kept);
    const at = place?.branch ?? 0;
    const own = kept.branches[at] ?? { id: 'main', steps: [] };
    if (place !== undefined) return { spec: kept, branch: own, at, onTrial: false };
    const secret = columns.find(({ role }) => role === 'sensitive')?.name;
    const values = stats?.find(({ name }) => name === secret)?.distinct ?? PAPERS.l;
    // A column of two values cannot differ three times: the trial starts with what can be had.
    const l = secret === undefined ? 1 : Math.max(1, Math.min(PAPERS.l, values));
    const branch = withLatticeStep(own, { k: PAPERS.k, ...(l > 1 ? { l } : {}) });
    return { spec: withBranch(kept, at, branch), branch, at, onTrial: true };
  }, [kept, columns, stats]);
}

/** The node shown with its finer neighbours. */
function useAround(study: Study, shape: LatticeShape | undefined, question: LatticeQuestion | undefined, node: number) {
  const asked = useMemo(() => {
    if (shape === undefined || question === undefined || node < 0) return undefined;
    const finer = neighbours(node, shape.heights).filter(({ by }) => by < 0);
    return { nodes: [node, ...finer.map((one) => one.node)], question };
  }, [shape, question, node]);
  const { answer } = useNodes(study.live, useRested(asked, 90));
  return useMemo(() => {
    const [shown, ...finer] = answer ?? [];
    return { shown, reasons: shown === undefined ? [] : reasonsFor(shown, finer) };
  }, [answer]);
}

function usePeek(study: Study, question: LatticeQuestion | undefined, node: number): NodeAnswer | undefined {
  const asked = useMemo(
    () => (question === undefined || node < 0 ? undefined : { nodes: [node], question }),
    [question, node],
  );
  const found = useNodes(study.live, asked).answer?.[0];
  return found?.node === node ? found : undefined;
}

/** A value once it has not changed for `ms`: details wait until a slider rests, the answer itself does not. */
function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}
