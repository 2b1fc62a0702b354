import { goTo } from '../location.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { originOf } from '../parts/why-this.tsx';
import { ScoreList } from '../pictures/ScoreList.tsx';
import { ThreeMeters, type MeterReading } from '../pictures/ThreeMeters.tsx';
import { ExportCard } from './ExportCard.tsx';
import { Finding } from './Finding.tsx';
import { Guards } from './Guards.tsx';
import { LatencyCard } from './LatencyCard.tsx';
import { Ledger } from './Ledger.tsx';
import { PicturesPanel } from './PicturesPanel.tsx';
import { Pipeline } from './Pipeline.tsx';
import { PresetChooser } from './PresetChooser.tsx';
import './protect.css';
import { StepPanel } from './StepPanel.tsx';
import { SweepCard } from './SweepCard.tsx';
import { useProtect, type Protect } from './use-protect.ts';
import { words } from './words.ts';

/** The pipeline of a scenario: what protects the data where, what that leaves, and what it costs. */
export function ProtectPage() {
  const { t, tx } = useText();
  const protect = useProtect();
  const { dataset, spec, result } = protect;
  return (
    <div className="protect" data-digest={protect.stale ? undefined : result?.digest}>
      <h1 className="visually-hidden">{tx(words.title)}</h1>
      <div className="protect-main">
        <Finding protect={protect} />
        {dataset.status === 'failed' && (
          <>
            <ErrorNote problem={dataset.problem} onRetry={dataset.retry} />
            {spec.dataset.kind === 'file' && (
              <p>
                <Button onClick={() => goTo('/data')}>{t('explore.openData')}</Button>
              </p>
            )}
          </>
        )}
        {dataset.status === 'loading' && <ProgressLine progress={dataset.progress} />}
        <PresetChooser spec={spec} descriptor={dataset.status === 'ok' ? dataset.value.descriptor : undefined} />
        <Branches protect={protect} />
        <PicturesPanel protect={protect} />
        <SweepCard key={protect.kept.id} protect={protect} />
        <LatencyCard protect={protect} />
        <Ledger
          events={result?.events ?? []}
          columns={dataset.status === 'ok' ? dataset.value.descriptor.columns : undefined}
          guarantee={result?.guarantee}
        />
        <ExportCard protect={protect} />
      </div>
      <div className="protect-side">
        <StepPanel protect={protect} />
        <Meters protect={protect} />
        <Guards protect={protect} />
        {result !== undefined && (
          <Card title={tx(words.scores)} className={protect.stale ? 'scores stale' : 'scores'}>
            <ScoreList scores={result.scores} skipped={result.skipped} origin={originOf(result, spec.seed)} />
          </Card>
        )}
      </div>
    </div>
  );
}

/** One pipeline, or one a branch where several release side by side. */
function Branches({ protect }: { readonly protect: Protect }) {
  const { tx } = useText();
  const { spec, branchAt } = protect;
  const pipeline = <Pipeline protect={protect} />;
  if (spec.branches.length < 2) return pipeline;
  return (
    <Tabs
      label={tx(words.branches)}
      value={String(branchAt)}
      tabs={spec.branches.map((branch, at) => ({
        value: String(at),
        label: tx(words.branch, { name: branch.label ?? branch.id }),
      }))}
      onChange={(at) => protect.openBranch(Number(at))}
    >
      {pipeline}
    </Tabs>
  );
}

/** The three meters of the open branch; with a technique on trial, both readings one above the other. */
function Meters({ protect }: { readonly protect: Protect }) {
  const { tx } = useText();
  const { draft, result, draftResult, draftRun, spec } = protect;
  const now: MeterReading = {
    id: 'now',
    label: draft === undefined ? undefined : tx(words.now),
    result,
    seed: spec.seed,
  };
  const readings: readonly MeterReading[] =
    draft === undefined
      ? [now]
      : [
          now,
          {
            id: 'trial',
            label: tx(words.withNew, { technique: tx(draft.technique.label) }),
            result: draftResult,
            seed: spec.seed,
          },
        ];
  return (
    <Card className={protect.stale ? 'meters stale' : 'meters'}>
      {draft !== undefined && draftResult === undefined && draftRun.progress !== undefined && (
        <ProgressLine progress={draftRun.progress} onCancel={draftRun.cancel} />
      )}
      <ThreeMeters readings={readings} />
    </Card>
  );
}
