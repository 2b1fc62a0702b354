import { useEffect, useRef, useState } from 'react';
import { LatencyChart } from '../../charts/LatencyChart.tsx';
import type { LatencyRow } from '../../charts/props.ts';
import type { CostTotals } from '../../engine/kit/context.ts';
import type { Problem } from '../../engine/kit/errors.ts';
import type { Job, Latency, Progress } from '../../engine/kit/job.ts';
import { planJob } from '../../scenario/plan.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card } from '../parts/controls.tsx';
import { EmptyState, ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { Slider } from '../parts/slider.tsx';
import { runtime } from '../runtime.ts';
import { networkMs, startProfile, type NetworkProfile } from './network.ts';
import type { Protect } from './use-protect.ts';
import { words } from './words.ts';

type Measured =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly progress: Progress }
  | { readonly status: 'ok'; readonly rows: readonly Latency[] }
  | { readonly status: 'failed'; readonly problem: Problem };

const repeats = 200;

/** Times the steps of a job on request; another job forgets the former table. */
function useLatency(job: Job) {
  const [measured, setMeasured] = useState<{ readonly key: string; readonly now: Measured } | null>(null);
  const running = useRef<AbortController | null>(null);
  // Timing of a job that is no longer on screen is given up.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies, react/exhaustive-deps
  useEffect(() => () => running.current?.abort(), [job.key]);
  const start = (): void => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const set = (now: Measured): void => setMeasured({ key: job.key, now });
    set({ status: 'running', progress: { fraction: 0 } });
    void runtime()
      .latency(job, repeats, {
        signal: controller.signal,
        priority: 1,
        onProgress: (progress) => {
          if (!controller.signal.aborted) set({ status: 'running', progress });
        },
      })
      .then((outcome) => {
        if (outcome.status === 'ok') set({ status: 'ok', rows: outcome.value });
        else if (outcome.status === 'failed') set({ status: 'failed', problem: outcome.problem });
        else set({ status: 'idle' });
      });
  };
  const stop = (): void => running.current?.abort();
  return { now: measured?.key === job.key ? measured.now : ({ status: 'idle' } as const), start, stop };
}

/** Time of each step, measured on this machine; the network beside it, modelled and said to be so. */
export function LatencyCard({ protect }: { readonly protect: Protect }) {
  const { tx, value, t } = useText();
  const job = planJob({ ...protect.spec, metrics: [], attacks: [] }, protect.kept);
  const { now, start, stop } = useLatency(job);
  const [profile, setProfile] = useState(startProfile);
  const cost = protect.result?.cost;
  const crosses = cost !== undefined && (cost.rounds > 0 || cost.bytes > 0);
  if (protect.kept.steps.length === 0) {
    return (
      <Card title={tx(words.latency)}>
        <p className="soft">{tx(words.latencySteps)}</p>
      </Card>
    );
  }
  const measured: readonly LatencyRow[] =
    now.status !== 'ok'
      ? []
      : now.rows.map((row, at) => ({
          id: String(at),
          label: tx(row.label),
          min: row.minMs,
          avg: row.avgMs,
          p95: row.p95Ms,
          kind: 'measured',
          n: row.repeats,
        }));
  const ms = crosses ? networkMs(cost, profile) : 0;
  const network: readonly LatencyRow[] = crosses
    ? [{ id: 'network', label: tx(words.networkRow), min: ms, avg: ms, p95: ms, kind: 'modelled' }]
    : [];
  return (
    <Card
      title={tx(words.latency)}
      className="latency-card"
      action={now.status !== 'running' && <Button onClick={start}>{tx(words.latencyRun)}</Button>}
    >
      {now.status === 'running' && <ProgressLine progress={now.progress} onCancel={stop} />}
      {now.status === 'failed' && <ErrorNote problem={now.problem} onRetry={start} />}
      {now.status === 'ok' ? (
        <>
          <LatencyChart
            title={tx(words.latency)}
            description={tx(words.latencyHint)}
            chrome="quiet"
            rows={[...measured, ...network]}
            log
            fileName="latency"
            provenance={{ repeats, seed: protect.spec.seed }}
          />
          <ul className="small soft notes-list">
            {now.rows.map((row) => (
              <li key={row.label.en}>{tx(words.latencyCold, { label: tx(row.label), ms: value(row.coldMs, 'ms') })}</li>
            ))}
          </ul>
        </>
      ) : (
        now.status === 'idle' && <EmptyState title={tx(words.latencyNone)}>{tx(words.latencyNoneText)}</EmptyState>
      )}
      {crosses ? (
        <Network cost={cost} profile={profile} onChange={setProfile} ms={ms} />
      ) : (
        <p className="small soft">{cost === undefined ? t('common.loading') : tx(words.networkNone)}</p>
      )}
    </Card>
  );
}

/** The line between the parties: assumed, shown, and for the user to change. */
function Network(props: {
  readonly cost: CostTotals;
  readonly profile: NetworkProfile;
  readonly onChange: (profile: NetworkProfile) => void;
  readonly ms: number;
}) {
  const { tx, value, number } = useText();
  const { cost, profile, onChange } = props;
  const setTrip = (roundTripMs: number): void => onChange({ ...profile, roundTripMs });
  const setBand = (megabits: number): void => onChange({ ...profile, megabits });
  return (
    <section className="network" aria-label={tx(words.network)}>
      <h4>{tx(words.network)}</h4>
      <p className="small soft">{tx(words.networkHint)}</p>
      <div className="network-fields">
        <div className="field">
          <span className="soft">{tx(words.rtt)}</span>
          <Slider
            label={tx(words.rtt)}
            unit="ms"
            value={profile.roundTripMs}
            min={1}
            max={1000}
            log
            whole
            onInput={setTrip}
            onCommit={setTrip}
          />
        </div>
        <div className="field">
          <span className="soft">{tx(words.bandwidth)}</span>
          <Slider
            label={tx(words.bandwidth)}
            unit="Mbit/s"
            value={profile.megabits}
            min={0.1}
            max={1000}
            log
            onInput={setBand}
            onCommit={setBand}
          />
        </div>
      </div>
      <p className="small is-cost">
        {tx(words.networkWords, {
          rounds: cost.rounds,
          rtt: profile.roundTripMs,
          bytes: value(cost.bytes, 'bytes'),
          mbit: number(profile.megabits),
          ms: value(props.ms, 'ms'),
        })}
      </p>
    </section>
  );
}
