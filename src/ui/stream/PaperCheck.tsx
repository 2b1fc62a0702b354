import { useEffect, useRef, useState } from 'react';
import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import type { Problem } from '../../engine/kit/errors.ts';
import type { DatasetRef, Job } from '../../engine/kit/job.ts';
import type { ParamRecord } from '../../engine/kit/params.ts';
import type { StreamPicture } from '../../engine/kit/picture.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { planJob } from '../../scenario/plan.ts';
import { standardScenarios } from '../../scenario/presets.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { runtime } from '../runtime.ts';
import { Figures } from './Figures.tsx';
import { paperMeasure, type PaperMeasure } from './paper-errors.ts';
import type { ViewBranch } from './use-branch.ts';
import { streamWords as words } from './words.ts';

/** The paper's million devices. */
const paperOwners = 1_000_000;
/** Its claim, in percent, and answers a device gives in a day at one every ten seconds. */
const claimed = 0.5;
const answersPerDay = 8640;

/** The stream paper's accuracy claim beside what its own setting gives on the data at hand. */
export function PaperCheck({ of, descriptor }: { readonly of: ViewBranch; readonly descriptor: DatasetDescriptor }) {
  const { tx, number } = useText();
  const plan = paperJob(of, descriptor);
  const check = usePaperRun();
  if (plan === undefined) return null;
  const { rows, job } = plan;
  return (
    <Card title={tx(words.paperTitle)}>
      <p>{tx(words.paperSays)}</p>
      {rows < paperOwners && <p className="soft small">{tx(words.paperFew, { rows: number(rows) })}</p>}
      {check.problem !== undefined && <ErrorNote problem={check.problem} onRetry={() => check.start(job)} />}
      {check.running ? (
        <ProgressLine
          progress={check.steps === 0 ? undefined : { fraction: check.frames.length / check.steps }}
          label={tx(words.paperRunning, { step: check.frames.length, steps: check.steps === 0 ? '…' : check.steps })}
          onCancel={check.cancel}
        />
      ) : (
        <p>
          <Button onClick={() => check.start(job)}>{tx(words.paperRun, { rows: number(rows) })}</Button>
        </p>
      )}
      <Outcome measure={check.key === job.key && !check.running ? paperMeasure(check.frames) : undefined} job={job} />
    </Card>
  );
}

function Outcome({ measure, job }: { readonly measure: PaperMeasure | undefined; readonly job: Job }) {
  const { tx, number, value } = useText();
  if (measure === undefined) return null;
  const { common, rare } = measure;
  const holds = common.score.value < claimed;
  const both = holds && (rare === undefined || rare.score.value < claimed);
  return (
    <div className="stack" role="status">
      <p className="small">
        {tx(words.paperOwners, {
          owners: number(measure.owners),
          answers: number(Math.round(measure.answersPerSecond)),
          seconds: measure.seconds,
        })}
      </p>
      <Figures
        rows={[
          { score: common.score },
          ...(rare === undefined ? [] : [{ score: rare.score }]),
          ...(measure.expected === undefined ? [] : [{ score: measure.expected, note: tx(words.paperModelled) }]),
        ]}
        origin={{ seed: job.seed }}
      />
      <p>
        {both
          ? tx(words.paperHoldsBoth)
          : holds
            ? tx(words.paperHolds, { ratio: number((rare?.score.value ?? 0) / common.score.value, 2) })
            : tx(words.paperFails, { share: value(common.share, 'share') })}
      </p>
      <p className="small">
        {tx(words.paperEpsilon, {
          each: number(measure.epsilonPerAnswer),
          day: number(Math.round(measure.epsilonPerAnswer * answersPerDay)),
        })}
      </p>
    </div>
  );
}

/** The paper's own branch on as many owners as the data allows, asking the question of the page. */
function paperJob(
  of: ViewBranch,
  descriptor: DatasetDescriptor,
): { readonly rows: number; readonly job: Job } | undefined {
  const { spec, technique } = of;
  const rows =
    spec.dataset.kind === 'embedded'
      ? Math.min(paperOwners, descriptor.rows.max)
      : of.dataset.status === 'ok'
        ? of.dataset.value.rows
        : 0;
  const dataset: DatasetRef = spec.dataset.kind === 'embedded' ? { ...spec.dataset, rows } : spec.dataset;
  const preset = standardScenarios(dataset, descriptor).find(({ paper }) => paper === 'Streams');
  const branch = preset?.spec.branches.find(({ steps }) => techniqueOf(steps.at(-1)?.id ?? '')?.view === 'stream');
  const last = branch?.steps.at(-1);
  if (branch === undefined || last === undefined || rows === 0) return undefined;
  const question: ParamRecord =
    technique?.id !== last.id
      ? {}
      : Object.fromEntries(Object.entries(of.params).filter(([name]) => technique.params[name]?.kind === 'column'));
  const steps = [...branch.steps.slice(0, -1), { ...last, params: { ...last.params, ...question } }];
  return { rows, job: planJob({ ...spec, dataset, metrics: [], attacks: [] }, { ...branch, steps }) };
}

interface PaperRun {
  readonly key: string;
  readonly running: boolean;
  readonly steps: number;
  readonly frames: readonly StreamPicture[];
  readonly problem: Problem | undefined;
}

const nothing: PaperRun = { key: '', running: false, steps: 0, frames: [], problem: undefined };

/** Runs a session to its end in the background and keeps its pictures. */
function usePaperRun() {
  const [state, setState] = useState(nothing);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const cancel = (): void => {
    abort.current?.abort();
    setState(nothing);
  };
  const start = (job: Job): void => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    const { signal } = controller;
    setState({ ...nothing, key: job.key, running: true });
    void play(job, signal, (part) => {
      if (!signal.aborted) setState((old) => ({ ...old, ...part }));
    });
  };
  return { ...state, start, cancel };
}

async function play(job: Job, signal: AbortSignal, tell: (part: Partial<PaperRun>) => void): Promise<void> {
  const started = await runtime().session(job, { signal });
  if (started.status === 'failed') tell({ running: false, problem: started.problem });
  if (started.status !== 'ok') return;
  const session = started.value;
  const frames: StreamPicture[] = [];
  tell({ steps: session.frames[0]?.steps ?? 0 });
  let toldAt = performance.now();
  for (let done = session.frames[0]?.done === true; !done; ) {
    const frame = await session.step({ signal });
    if (frame.status === 'failed') tell({ running: false, problem: frame.problem });
    if (frame.status !== 'ok') break;
    done = frame.value.done;
    const picture = frame.value.pictures.find((one) => one.view === 'stream');
    if (picture?.view === 'stream') frames.push(picture);
    if (done || performance.now() - toldAt > 200) {
      toldAt = performance.now();
      tell({ frames: [...frames], running: !done });
    }
  }
  await session.stop();
}
