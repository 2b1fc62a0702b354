import { useMemo, useState } from 'react';
import type { Text } from '../../../engine/kit/text.ts';
import { scenarioText } from '../../../scenario/codec.ts';
import { takeAway, type Taken, type TakeTarget, takeTargets } from '../../../scenario/scripts/take.ts';
import { showToast } from '../../../store/view-store.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card, Segmented } from '../../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../../parts/notes.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { saveText } from '../../pictures/save.ts';
import type { Epsilon } from '../use-epsilon.ts';
import './take.css';
import { libraries, words } from './words.ts';

/** The release of this page as a script for somebody else's library, and as a command of our own. */
export function TakeTab({ page }: { readonly page: Epsilon }) {
  const { tx } = useText();
  const [target, setTarget] = useState<TakeTarget>('opendp');
  const taken = useTaken(page, target);
  return (
    <div className="epsilon-column take">
      <Finding page={page} target={target} taken={taken} />
      <Card className={page.stale ? 'stale' : ''}>
        <div className="take-bar">
          <Segmented
            label={tx(words.target)}
            value={target}
            options={takeTargets.map((value) => ({ value, label: libraries[value].name }))}
            onChange={setTarget}
          />
          {taken?.kind === 'script' && <Actions taken={taken} />}
        </div>
        {taken?.kind === 'script' && (
          <pre className="take-code" tabIndex={0} role="region" aria-label={tx(words.code, { file: taken.fileName })}>
            <code>{taken.code}</code>
          </pre>
        )}
        {taken?.kind === 'none' && <p>{tx(taken.why)}</p>}
      </Card>
      {taken?.kind === 'script' && (
        <div className="take-both">
          <Points title={words.same} points={taken.same} />
          <Points title={words.differs} points={taken.differs} />
        </div>
      )}
      <Runner page={page} />
    </div>
  );
}

/** The script of the newest complete release; the one before it while that is on its way. */
function useTaken({ branch, descriptor, result, stale }: Epsilon, target: TakeTarget): Taken | undefined {
  const [settled, setSettled] = useState({ branch, descriptor, result });
  if (!stale && (settled.branch !== branch || settled.result !== result || settled.descriptor !== descriptor))
    setSettled({ branch, descriptor, result });
  return useMemo(
    () =>
      settled.descriptor === undefined || settled.result === undefined
        ? undefined
        : takeAway(settled.branch, settled.descriptor, settled.result, target),
    [settled, target],
  );
}

function Finding(props: { readonly page: Epsilon; readonly target: TakeTarget; readonly taken: Taken | undefined }) {
  const { tx, number } = useText();
  const { page, target, taken } = props;
  const { dataset, run } = page;
  const library = libraries[target].name;
  if (dataset.status === 'failed') return <ErrorNote problem={dataset.problem} onRetry={dataset.retry} />;
  if (run.outcome?.status === 'failed') {
    return (
      <section className="take-finding">
        <h2>{tx(words.failed)}</h2>
        <ErrorNote problem={run.outcome.problem} onRetry={run.retry} />
      </section>
    );
  }
  if (taken === undefined) {
    return (
      <section className="take-finding">
        <h2>{tx(words.working)}</h2>
        <ProgressLine progress={dataset.status === 'loading' ? dataset.progress : run.progress} onCancel={run.cancel} />
      </section>
    );
  }
  const guarantee = page.result?.guarantee;
  const events = page.result?.events.length ?? 0;
  const epsilon = guarantee?.kind === 'dp' ? guarantee.epsilon : page.epsilon;
  return (
    <section className="take-finding" aria-live="polite" aria-busy={page.stale}>
      <h2>
        {taken.kind === 'none' ? (
          tx(words.none, { library })
        ) : (
          <Rich
            text={tx(words.finding)}
            parts={{
              epsilon: <Figure meaning="privacy">{number(epsilon, 3)}</Figure>,
              events: events === 1 ? tx(words.oneEvent) : tx(words.events, { n: number(events) }),
              library,
            }}
          />
        )}
      </h2>
      {taken.kind === 'script' && (
        <p className="small soft">
          <strong>{tx(words.versions, { versions: libraries[target].versions })}</strong> {tx(words.notRun)}
        </p>
      )}
    </section>
  );
}

function Actions({ taken }: { readonly taken: Extract<Taken, { readonly kind: 'script' }> }) {
  const { tx } = useText();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(taken.code);
      showToast(tx(words.copied));
    } catch {
      showToast(tx(words.refused));
    }
  };
  return (
    <div className="row">
      <Button onClick={() => void copy()}>{tx(words.copy)}</Button>
      <Button look="primary" onClick={() => saveText(taken.fileName, taken.code, 'text/x-python')}>
        {tx(words.download, { file: taken.fileName })}
      </Button>
    </div>
  );
}

function Points({ title, points }: { readonly title: Text; readonly points: readonly Text[] }) {
  const { tx } = useText();
  return (
    <Card title={tx(title)}>
      <ul>
        {points.map((point) => (
          <li key={point.en}>{tx(point)}</li>
        ))}
      </ul>
    </Card>
  );
}

/** The same engine outside the browser. */
function Runner({ page: { spec } }: { readonly page: Epsilon }) {
  const { tx } = useText();
  const isFile = spec.dataset.kind === 'file';
  return (
    <Card title={tx(words.runner)}>
      <p>
        {tx(words.runnerText)} <span className="soft">{tx(isFile ? words.runnerFile : words.runnerSeed)}</span>
      </p>
      <pre className="take-code take-command" tabIndex={0} role="region" aria-label={tx(words.command)}>
        <code>{`npm run scenario -- epsilon-city.json${isFile ? ' --file rows.csv' : ''}`}</code>
      </pre>
      <p>
        <Button onClick={() => saveText('epsilon-city.json', scenarioText(spec))}>{tx(words.scenario)}</Button>
      </p>
    </Card>
  );
}
