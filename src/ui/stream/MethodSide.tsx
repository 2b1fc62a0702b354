import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { MethodCard } from '../forms/MethodCard.tsx';
import { ParamForm } from '../forms/ParamForm.tsx';
import { Button, Card, Disclosure, Select } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { originOf } from '../parts/why-this.tsx';
import { ScoreList } from '../pictures/ScoreList.tsx';
import { useRun } from '../use-run.ts';
import type { ViewBranch } from './use-branch.ts';
import { liveWords as words } from './words.ts';

/** The method of a live page: which one, its settings, what it is, and whether the scenario knows it. */
export function MethodSide({ of, note }: { readonly of: ViewBranch; readonly note?: ReactNode }) {
  const { tx } = useText();
  const { technique } = of;
  if (technique === undefined) return <p className="soft">{tx(words.none)}</p>;
  return (
    <Card title={tx(technique.label)}>
      {of.choices.length > 1 && (
        <Select
          label={tx(words.technique)}
          value={technique.id}
          options={of.choices.map((one) => ({ value: one.id, label: tx(one.label) }))}
          onChange={of.choose}
        />
      )}
      <ParamForm schema={technique.params} values={of.params} columns={of.columns} onChange={of.setParam} />
      {note}
      <Disclosure label={tx(words.about)}>
        <MethodCard
          descriptor={technique}
          params={of.params}
          unit={of.dataset.status === 'ok' ? of.dataset.value.descriptor.privacyUnit : 'row'}
        />
      </Disclosure>
      {of.inScenario ? (
        <p className="soft small">{tx(words.adopted)}</p>
      ) : (
        <div className="stack">
          <p className="soft small">{tx(words.adoptHint)}</p>
          <p>
            <Button onClick={of.adopt}>{tx(words.adopt)}</Button>
          </p>
        </div>
      )}
    </Card>
  );
}

/** Every measure that can speak about the whole run, computed in the background once `ready`. */
export function MeasuredCard({ of, ready }: { readonly of: ViewBranch; readonly ready: boolean }) {
  const { tx } = useText();
  const run = useRun(ready ? of.measured : null, 0);
  const { outcome } = run;
  return (
    <Card title={tx(words.measures)}>
      <p className="soft small">{tx(words.measuresHint)}</p>
      {outcome?.status === 'failed' && <ErrorNote problem={outcome.problem} onRetry={run.retry} />}
      {outcome?.status === 'ok' ? (
        <ScoreList scores={outcome.scores} skipped={outcome.skipped} origin={originOf(outcome, of.spec.seed)} />
      ) : (
        outcome === undefined && ready && <ProgressLine progress={run.progress} onCancel={run.cancel} />
      )}
    </Card>
  );
}
