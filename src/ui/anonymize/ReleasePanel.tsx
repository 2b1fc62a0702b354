import { useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Card } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { PictureView } from '../pictures/PictureView.tsx';
import { LeftOutList } from './LeftOutList.tsx';
import { releaseWords as words } from './release-words.ts';
import type { Anonymize } from './use-anonymize.ts';

type Tab = 'counts' | 'rows' | 'classes' | 'out';
const tabs = [
  { value: 'counts', label: words.map },
  { value: 'rows', label: words.table },
  { value: 'classes', label: words.groups },
  { value: 'out', label: words.out },
] as const;

/** What is released: the city as it is and as it would be read, rows cell by cell, groups, and the rows left out. */
export function ReleasePanel({ page }: { readonly page: Anonymize }) {
  const { tx } = useText();
  const [tab, setTab] = useState<Tab>('counts');
  const { run, result, stale } = page;
  const failed = run.outcome?.status === 'failed' ? run.outcome.problem : undefined;
  const has = (view: Tab): boolean =>
    view === 'out' || result?.pictures.some((picture) => picture.view === view) === true;
  const shown = result === undefined || has(tab) ? tab : 'rows';
  // Nothing to show before the lattice is solved: an empty card would only move when it fills.
  if (result === undefined && failed === undefined && page.node < 0) return null;
  return (
    <Card title={tx(words.step4)} className={stale ? 'release-card stale' : 'release-card'}>
      {failed !== undefined && <ErrorNote problem={failed} onRetry={run.retry} />}
      {failed === undefined && run.outcome === undefined && page.node >= 0 && (
        <ProgressLine progress={run.progress} label={tx(words.making)} onCancel={run.cancel} />
      )}
      {result !== undefined && (
        <Tabs
          label={tx(words.release)}
          value={shown}
          tabs={tabs.filter(({ value }) => has(value)).map(({ value, label }) => ({ value, label: tx(label) }))}
          onChange={setTab}
        >
          <Shown page={page} tab={shown} />
        </Tabs>
      )}
    </Card>
  );
}

function Shown({ page, tab }: { readonly page: Anonymize; readonly tab: Tab }) {
  const { tx } = useText();
  const { result, dataset } = page;
  if (tab === 'out') return <LeftOutList page={page} />;
  const picture = result?.pictures.find(({ view }) => view === tab);
  if (result === undefined || picture === undefined || dataset.status !== 'ok') {
    return <p className="soft">{tx(words.noPicture)}</p>;
  }
  return (
    <PictureView
      picture={picture}
      summary={dataset.value}
      provenance={{ dataset: result.datasetChecksum, seed: page.spec.seed, digest: result.digest }}
      onK={(k) => page.setParam('k', k)}
    />
  );
}
