import { useState } from 'react';
import type { Problem } from '../../engine/kit/errors.ts';
import type { Progress } from '../../engine/kit/job.ts';
import { parseScenarioText, scenarioText } from '../../scenario/codec.ts';
import { planJob } from '../../scenario/plan.ts';
import { change } from '../../store/scenario-store.ts';
import { showToast } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { saveBlob, saveText } from '../pictures/save.ts';
import { runtime } from '../runtime.ts';
import './protect.css';
import type { Protect } from './use-protect.ts';
import { words } from './words.ts';

type Work = { readonly progress: Progress; readonly abort: AbortController };

/** The release as a file, and the scenario as a file to keep, send or open again. */
export function ExportCard({ protect }: { readonly protect: Pick<Protect, 'kept' | 'spec'> }) {
  const { tx } = useText();
  const [work, setWork] = useState<Work | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { kept, spec } = protect;
  const stem = `${spec.dataset.kind === 'embedded' ? spec.dataset.id : 'file'}-${kept.id}`;
  const saved = (name: string): void => showToast(tx(words.saved, { name }));
  const save = async (format: 'csv' | 'json'): Promise<void> => {
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
    const name = `${stem}.${format}`;
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
        <Button disabled={work !== null} onClick={() => void save('csv')}>
          {tx(words.exportCsv)}
        </Button>
        <Button disabled={work !== null} onClick={() => void save('json')}>
          {tx(words.exportJson)}
        </Button>
        <Button onClick={saveScenario}>{tx(words.exportScenario)}</Button>
        <OpenScenario onProblem={setProblem} />
      </div>
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
