import { lazy, Suspense, useState } from 'react';
import type { Problem } from '../../engine/kit/errors.ts';
import type { Progress } from '../../engine/kit/job.ts';
import { parseScenarioText, scenarioText } from '../../scenario/codec.ts';
import type { ExportFormat } from '../../runtime/protocol.ts';
import { planJob } from '../../scenario/plan.ts';
import { change } from '../../store/scenario-store.ts';
import { showToast } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card, Disclosure } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { saveBlob, saveText } from '../pictures/save.ts';
import { runtime } from '../runtime.ts';
import './protect.css';
import type { Protect } from './use-protect.ts';
import { words } from './words.ts';

const CertificateButton = lazy(async () => ({
  default: (await import('../anonymize/CertificateView.tsx')).CertificateButton,
}));

const endings: Readonly<Record<ExportFormat, string>> = {
  csv: '.csv',
  'csv-spreadsheet': '.csv',
  json: '.json',
  parquet: '.parquet',
  arx: '-for-arx.zip',
};

type Work = { readonly progress: Progress; readonly abort: AbortController };

/** The release as a file, and the scenario as a file to keep, send or open again. */
export function ExportCard({ protect }: { readonly protect: Pick<Protect, 'kept' | 'spec'> }) {
  const { tx } = useText();
  const [work, setWork] = useState<Work | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { kept, spec } = protect;
  const stem = `${spec.dataset.kind === 'embedded' ? spec.dataset.id : 'file'}-${kept.id}`;
  const saved = (name: string): void => showToast(tx(words.saved, { name }));
  const [guarded, setGuarded] = useState(false);
  const save = async (format: ExportFormat): Promise<void> => {
    const abort = new AbortController();
    setProblem(null);
    setWork({ progress: { fraction: 0 }, abort });
    const outcome = await runtime().exportTable(planJob({ ...spec, metrics: [], attacks: [] }, kept), format, {
      signal: abort.signal,
      priority: 1,
      onProgress: (progress) => setWork((now) => (now?.abort === abort ? { progress, abort } : now)),
    });
    setWork(null);
    if (outcome.status === 'failed') setProblem(outcome.problem);
    if (outcome.status !== 'ok') return;
    const name = `${stem}${endings[format]}`;
    saveBlob(name, outcome.value);
    saved(name);
  };
  const saveScenario = (): void => {
    saveText('scenario.json', scenarioText(spec));
    saved('scenario.json');
  };
  return (
    <Card title={tx(words.exports)}>
      <p className="small soft">{tx(words.exportHint)}</p>
      <div className="row">
        <Button disabled={work !== null} onClick={() => void save(guarded ? 'csv-spreadsheet' : 'csv')}>
          {tx(words.exportCsv)}
        </Button>
        <Button disabled={work !== null} onClick={() => void save('parquet')}>
          {tx(words.exportParquet)}
        </Button>
        <Button disabled={work !== null} onClick={() => void save('json')}>
          {tx(words.exportJson)}
        </Button>
        <Suspense fallback={null}>
          <CertificateButton spec={spec} branch={kept} stem={stem} />
        </Suspense>
        <Button onClick={saveScenario}>{tx(words.exportScenario)}</Button>
        <OpenScenario onProblem={setProblem} />
      </div>
      <label className="check small">
        <input type="checkbox" checked={guarded} onChange={(event) => setGuarded(event.target.checked)} />
        {tx(words.exportGuarded)}
      </label>
      <Disclosure label={tx(words.exportArx)}>
        <p className="small">{tx(words.exportArxHint)}</p>
        <Button disabled={work !== null} onClick={() => void save('arx')}>
          {tx(words.exportArxSave)}
        </Button>
      </Disclosure>
      {work !== null && <ProgressLine progress={work.progress} onCancel={() => work.abort.abort()} />}
      {problem !== null && <ErrorNote problem={problem} />}
    </Card>
  );
}

/** Opens a scenario file as one step of undo; a file that is none changes nothing and says why. */
function OpenScenario({ onProblem }: { readonly onProblem: (problem: Problem | null) => void }) {
  const { tx } = useText();
  const open = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const parsed = parseScenarioText(await file.text());
    if (parsed.ok) {
      onProblem(null);
      change(words.opened, parsed.value);
    } else onProblem(parsed.errors[0] ?? null);
  };
  return (
    <label className="button file-button">
      {tx(words.openScenario)}
      <input
        type="file"
        accept=".json,application/json"
        onChange={(event) => {
          void open(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </label>
  );
}
