import { useState } from 'react';
import { papers } from '../../scenario/claims.ts';
import type { Paper } from '../../scenario/claims.types.ts';
import { Working } from '../attack/Working.tsx';
import { useText } from '../i18n/use-text.ts';
import { Button, Segmented } from '../parts/controls.tsx';
import { ErrorNote } from '../parts/notes.tsx';
import { Figure, Rich } from '../parts/rich.tsx';
import './claims.css';
import { ClaimTable } from './ClaimTable.tsx';
import { measure, stopMeasuring, useMeasurements } from './measurements.ts';
import { useClaims, type Claims } from './use-claims.ts';
import { claimsWords as words } from './words.ts';

const owner = 'claims';

/** What the five papers say, held against what is measured on the present data. */
export function ClaimsPage() {
  const { tx, number } = useText();
  const state = useClaims();
  const [paper, setPaper] = useState<Paper | 'all'>('all');
  const { dataset, judged, spec } = state;
  const shown = judged.filter(({ claim }) => paper === 'all' || claim.paper === paper);
  return (
    <div className="claims-page">
      <h1 className="visually-hidden">{tx(words.title)}</h1>
      <Summary state={state} />
      <p className="claims-intro soft">
        {tx(words.intro)}{' '}
        {dataset.status === 'ok' &&
          tx(words.data, {
            label: tx(dataset.value.descriptor.label),
            rows: number(dataset.value.rows),
            seed: String(spec.seed),
          })}
      </p>
      {dataset.status === 'failed' && <ErrorNote problem={dataset.problem} onRetry={dataset.retry} />}
      {dataset.status === 'loading' && <Working progress={dataset.progress} />}
      <Measure state={state} />
      <div className="claims-filter no-print">
        <Segmented
          plain
          label={tx(words.filter)}
          value={paper}
          options={[
            { value: 'all' as const, label: tx(words.all) },
            ...papers.map((each) => ({ value: each, label: each })),
          ]}
          onChange={setPaper}
        />
      </div>
      <ClaimTable judged={shown} state={state} />
    </div>
  );
}

function Summary({ state }: { readonly state: Claims }) {
  const { tx } = useText();
  const { judged } = state;
  const count = (...wanted: readonly string[]): number =>
    judged.filter(({ verdict }) => wanted.includes(verdict)).length;
  const tested = judged.filter(({ measured }) => measured !== undefined).length;
  const broken = judged.filter(({ claim }) => claim.arithmetic?.agrees === false).length;
  const testable = judged.filter(({ claim }) => claim.test !== undefined).length;
  const parts = {
    n: String(judged.length),
    tested: <Figure meaning="truth">{tested}</Figure>,
    testable: <Figure meaning="truth">{testable}</Figure>,
    holds: <Figure meaning="utility">{count('holds')}</Figure>,
    fails: <Figure meaning="risk">{count('fails')}</Figure>,
    rest: String(count('alone', 'unclear')),
    broken: <Figure meaning="risk">{broken}</Figure>,
  };
  return (
    <section className="finding" aria-live="polite">
      <h2>
        <Rich text={tx(tested === 0 ? words.findingNone : words.finding)} parts={parts} />
      </h2>
    </section>
  );
}

/** Runs what is missing, one scenario after the other; results fill in below as they come. */
function Measure({ state }: { readonly state: Claims }) {
  const { tx } = useText();
  const { running, done, total, problems, latencies } = useMeasurements();
  const { tasks, runs } = state;
  if (tasks.length === 0) return null;
  const open = tasks.filter(({ id, job, kind }) => (kind === 'run' ? !runs.has(id) : latencies[job.key] === undefined));
  const mine = running?.owner === owner ? running : null;
  const task = tasks.find(({ id }) => id === mine?.task);
  const failed = tasks.filter(({ id }) => problems[id] !== undefined);
  const start = (): void => void measure(owner, tasks);
  const name = task === undefined ? '' : tx(task.preset.label);
  return (
    <div className="claims-measure no-print">
      {mine !== null ? (
        <Working
          key={mine.task}
          label={tx(words.measuring, {
            what: tx(task?.kind === 'latency' ? words.timing : words.running, { what: name }),
            done: done + 1,
            total,
          })}
          progress={mine.progress}
          onCancel={stopMeasuring}
        />
      ) : (
        <div className="row">
          {open.length > 0 && (
            <Button look="primary" onClick={start}>
              {tx(open.length === tasks.length ? words.measure : words.measureRest)}
            </Button>
          )}
          <Button onClick={() => print()}>{tx(words.print)}</Button>
        </div>
      )}
      {failed.map(({ id, preset }) => {
        const problem = problems[id];
        return problem === undefined ? null : (
          <ErrorNote key={id} title={tx(preset.label)} problem={problem} onRetry={start} />
        );
      })}
    </div>
  );
}
