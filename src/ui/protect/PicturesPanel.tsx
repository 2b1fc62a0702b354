import { useState } from 'react';
import type { DatasetSummary } from '../../engine/kit/job.ts';
import type { Picture } from '../../engine/kit/picture.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { applyPreset } from '../../store/scenario-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card } from '../parts/controls.tsx';
import { EmptyState, ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { PictureView, usePictureTitle } from '../pictures/PictureView.tsx';
import { usePresets } from './PresetChooser.tsx';
import type { Protect } from './use-protect.ts';
import { words } from './words.ts';

/** What the open branch releases (or would, with the technique that is being tried), one picture a tab. */
export function PicturesPanel({ protect }: { readonly protect: Protect }) {
  const { tx } = useText();
  const { dataset, draft, spec } = protect;
  const run = draft === undefined ? protect.run : protect.draftRun;
  const result = draft === undefined ? protect.result : protect.draftResult;
  const failed = run.outcome?.status === 'failed' ? run.outcome.problem : undefined;
  return (
    <Card title={tx(words.pictures)} className="pictures-card">
      {failed !== undefined && <ErrorNote problem={failed} onRetry={run.retry} />}
      {run.outcome === undefined && run.progress !== undefined && (
        <ProgressLine progress={run.progress} onCancel={run.cancel} />
      )}
      {run.outcome === undefined && run.progress === undefined && result === undefined && (
        <p>
          <Button onClick={run.retry}>{tx(words.sweepRun)}</Button>
        </p>
      )}
      {dataset.status === 'ok' && result !== undefined && (
        <>
          <Pictures
            key={protect.branch.id}
            pictures={result.pictures}
            summary={dataset.value}
            protect={protect}
            provenance={{ dataset: result.datasetChecksum, seed: spec.seed, digest: result.digest }}
          />
          {result.notes.length > 0 && (
            <ul className="small soft notes-list" aria-label={tx(words.notes)}>
              {result.notes.map((note) => (
                <li key={note.en}>{tx(note)}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </Card>
  );
}

function Pictures(props: {
  readonly pictures: readonly Picture[];
  readonly summary: DatasetSummary;
  readonly protect: Protect;
  readonly provenance: Readonly<Record<string, unknown>>;
}) {
  const { tx } = useText();
  const titleOf = usePictureTitle();
  const [chosen, choose] = useState('');
  const { pictures, protect, summary } = props;
  const names = pictures.map((one, index) => `${nameOf(one)}-${count(pictures.slice(0, index), nameOf(one))}`);
  // Until one is chosen: the view of the last step.
  const view = techniqueOf(protect.branch.steps.at(-1)?.id ?? '')?.view;
  const own = pictures.findLastIndex((one) => one.view === view);
  const at = names.includes(chosen) ? names.indexOf(chosen) : Math.max(0, own);
  const picture = pictures[at];
  if (picture === undefined) return <NoPicture protect={protect} summary={summary} />;
  const groupStep = stepWithK(protect);
  const drawn = (
    <PictureView
      picture={picture}
      summary={summary}
      provenance={props.provenance}
      {...(picture.view === 'counts' ? protect.preview(picture) : undefined)}
      onK={groupStep === undefined ? undefined : (k) => protect.setParam(groupStep, 'k', k, `k ${protect.branch.id}`)}
    />
  );
  if (pictures.length === 1) return drawn;
  return (
    <Tabs
      label={tx(words.pictures)}
      value={names[at] ?? ''}
      tabs={pictures.map((one, index) => ({ value: names[index] ?? '', label: titleOf(one) }))}
      onChange={choose}
    >
      {drawn}
    </Tabs>
  );
}

const nameOf = (picture: Picture): string => (picture.view === 'counts' ? `counts-${picture.id}` : picture.view);

/** Pictures of that name among some: steps of one kind draw pictures of one name. */
const count = (pictures: readonly Picture[], name: string): number =>
  pictures.filter((one) => nameOf(one) === name).length;

/** The last step whose schema has a group size called k. */
function stepWithK({ branch }: Protect): number | undefined {
  for (let at = branch.steps.length - 1; at >= 0; at -= 1) {
    if (techniqueOf(branch.steps[at]?.id ?? '')?.params['k']?.kind === 'integer') return at;
  }
  return undefined;
}

function NoPicture({ protect, summary }: { readonly protect: Protect; readonly summary: DatasetSummary }) {
  const { tx } = useText();
  const { presets } = usePresets(protect.spec, summary.descriptor);
  const first = presets.find((preset) => preset.spec.branches.some((branch) => branch.steps.length > 0));
  return (
    <EmptyState
      title={tx(words.pictureNone)}
      action={
        first !== undefined && (
          <Button look="primary" onClick={() => applyPreset(first)}>
            {tx(words.startHere, { preset: tx(first.label) })}
          </Button>
        )
      }
    >
      {tx(words.pictureNoneText)}
    </EmptyState>
  );
}
