import { useEffect, useRef, useState } from 'react';
import type { DatasetSummary, Progress } from '../../../engine/kit/job.ts';
import { dpTechniques } from '../../../scenario/dp-step.ts';
import { readStored, writeStored } from '../../../store/storage.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card, Select } from '../../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../../parts/notes.tsx';
import { Slider } from '../../parts/slider.tsx';
import { runtime } from '../../runtime.ts';
import { ask, type Asked } from './ask.ts';
import { delta } from './Spent.tsx';
import type { Asking } from './use-asking.ts';
import type { Spent } from './use-spent.ts';
import { words } from './words.ts';

/** Name given last, so that it need not be typed again. */
export const lastName = (): string => {
  const raw = readStored('analyst');
  return typeof raw === 'string' ? raw.slice(0, 60) : '';
};

/** Who asks, what, with how much; and the button that spends. */
export function AskCard(props: {
  readonly asking: Asking;
  readonly spent: Spent;
  readonly dataset: DatasetSummary | undefined;
  readonly who: string;
  readonly onWho: (who: string) => void;
}) {
  const { tx, number } = useText();
  const { asking, spent, who } = props;
  const asked = useAsk(props);
  const { dial, technique } = asking;
  return (
    <Card title={tx(words.ask)} className="budget-ask">
      <div className="budget-form">
        <label className="field">
          <span className="soft">{tx(words.name)}</span>
          <input
            type="text"
            maxLength={60}
            value={who}
            placeholder={tx(words.namePlaceholder)}
            onChange={(event) => props.onWho(event.target.value)}
          />
        </label>
        <Select
          label={tx(words.question)}
          value={technique?.id ?? ''}
          options={dpTechniques().map((one) => ({ value: one.id, label: tx(one.label) }))}
          onChange={asking.choose}
        />
      </div>
      {dial === undefined ? (
        <p className="soft">{tx(words.noDial)}</p>
      ) : (
        <Slider
          label={tx(dial.label)}
          symbol={dial.symbol}
          value={asking.epsilon}
          min={dial.min}
          max={dial.max}
          log={dial.scale === 'log'}
          stops={dial.stops}
          ends={dial.ends === undefined ? undefined : [tx(dial.ends[0]), tx(dial.ends[1])]}
          warnBelow={dial.warnBelow}
          warnAbove={dial.warnAbove}
          onInput={asking.turn}
          onCommit={asking.settle}
        />
      )}
      {asking.problem !== undefined && <ErrorNote problem={asking.problem} onRetry={asking.run.retry} />}
      {asking.problem === undefined && asking.events === undefined && asking.run.outcome?.status === 'ok' && (
        <p className="note">{tx(words.noClaim)}</p>
      )}
      {asking.problem === undefined && !asking.settled && asked.progress === undefined && (
        <ProgressLine progress={asking.run.progress} label={tx(words.rehearsing)} onCancel={asking.run.cancel} />
      )}
      {asked.progress === undefined ? (
        <p>
          <Button look="primary" disabled={!asked.ready} onClick={asked.start}>
            {tx(words.askNow, { cost: number(spent.cost) })}
          </Button>
        </p>
      ) : (
        <ProgressLine progress={asked.progress} label={tx(words.asking)} onCancel={asked.cancel} />
      )}
      <Outcome asked={asked.outcome} asking={asking} spent={spent} />
      <p className="small soft">{tx(words.noise)}</p>
    </Card>
  );
}

function Outcome(props: { readonly asked: Asked | null; readonly asking: Asking; readonly spent: Spent }) {
  const { tx, number } = useText();
  const { asked, asking, spent } = props;
  if (asked === null) return null;
  switch (asked.status) {
    case 'answered':
      return <p role="status">{tx(words.answered, { label: tx(asked.receipt.question) })}</p>;
    case 'cancelled':
      return <p role="status">{tx(words.cancelled)}</p>;
    case 'failed':
      return <ErrorNote title={tx(words.failed)} problem={asked.problem} />;
    case 'refused':
      return <Refused asking={asking} spent={spent} number={number} />;
  }
}

function Refused(props: {
  readonly asking: Asking;
  readonly spent: Spent;
  readonly number: (value: number, digits?: number) => string;
}) {
  const { tx } = useText();
  const { asking, spent, number } = props;
  const left = spent.left ?? 0;
  // Rounded down: what is offered must fit. A share of the cost, for methods whose answers cost more or less than their epsilon.
  const share = spent.cost > 0 ? (asking.epsilon * left) / spent.cost : 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.max(share, 1e-300))) - 2);
  const offered = Number((Math.floor(share / unit + 1e-9) * unit).toPrecision(3));
  const { dial } = asking;
  const byDelta = spent.cost <= left && spent.costDelta > 0;
  return (
    <div className="note" role="alert">
      <p>
        {tx(words.refused, { cost: number(spent.cost), left: number(left), total: number(spent.terms.total.epsilon) })}
      </p>
      {byDelta && (
        <p>{tx(words.refusedDelta, { delta: delta(spent.costDelta), allowed: delta(spent.terms.total.delta) })}</p>
      )}
      <p className="row">
        {dial !== undefined && !byDelta && offered >= dial.min && (
          <Button onClick={() => asking.settle(offered)}>{tx(words.remedyEpsilon, { left: number(offered) })}</Button>
        )}{' '}
        <span className="soft">{tx(words.remedyOpen)}</span>
      </p>
    </div>
  );
}

/** One asking at a time; leaving the tab cancels it, and then nothing is spent. */
function useAsk(props: Parameters<typeof AskCard>[0]) {
  const { asking, spent, dataset, who } = props;
  const [progress, setProgress] = useState<Progress | undefined>(undefined);
  const [held, setHeld] = useState<{ readonly of: string; readonly outcome: Asked } | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);
  const { technique, events, key, settled } = asking;
  const ready =
    technique !== undefined && events !== undefined && key !== undefined && dataset !== undefined && settled;
  const of = asking.job.key;
  const start = async (): Promise<void> => {
    if (technique === undefined || events === undefined || key === undefined || dataset === undefined) return;
    const abort = new AbortController();
    controller.current = abort;
    setHeld(null);
    setProgress({ fraction: 0 });
    const name = who.trim();
    writeStored('analyst', name);
    const outcome = await ask({
      live: runtime(),
      job: asking.job,
      events,
      key,
      terms: { total: spent.terms.total, rule: spent.terms.rule },
      dataset,
      technique,
      who: name,
      signal: abort.signal,
      onProgress: (made) => {
        if (!abort.signal.aborted) setProgress(made);
      },
    });
    setProgress(undefined);
    setHeld({ of, outcome });
  };
  return {
    ready,
    progress,
    // It speaks about the question as it was asked.
    outcome: held?.of === of ? held.outcome : null,
    start: () => void start(),
    cancel: () => controller.current?.abort(),
  };
}
