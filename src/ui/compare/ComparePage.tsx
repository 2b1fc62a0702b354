import { useMemo, useState } from 'react';
import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import { onDataOf } from '../../scenario/hierarchies.ts';
import { standardScenarios } from '../../scenario/presets.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { useScenarioStore } from '../../store/scenario-store.ts';
import { showToast } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card, Segmented, Select } from '../parts/controls.tsx';
import { EmptyState, ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { saveText } from '../pictures/save.ts';
import { useDataset } from '../use-run.ts';
import { CompareFinding } from './CompareFinding.tsx';
import { CompareMaps } from './CompareMaps.tsx';
import { CompareTable } from './CompareTable.tsx';
import { CompareTradeoff, currentId } from './CompareTradeoff.tsx';
import './compare.css';
import { Differences } from './Differences.tsx';
import { comparisonCsv, questionsOf } from './rows.ts';
import { useComparison, type Candidate } from './use-comparison.ts';
import { words } from './words.ts';

const most = 4;
/** Until others are chosen: the scenario on the page beside the first two standard ones. */
const startCount = 3;
/** The choice of this visit, so that a look at another page does not lose it. */
let remembered: readonly string[] | undefined;

/** Two to four scenarios side by side: a table a council could print. */
export function ComparePage() {
  const { tx } = useText();
  const spec = useScenarioStore((state) => state.spec);
  const dataset = useDataset(spec.dataset);
  const [repeats, setRepeats] = useState('1');
  const descriptor = dataset.status === 'ok' ? dataset.value.descriptor : undefined;
  const available = useCandidates(spec, descriptor, Number(repeats));
  const [wanted, setWanted] = useState<readonly string[] | undefined>(remembered);
  const ids = wanted ?? available.slice(0, startCount).map(({ id }) => id);
  const names = ids.join(' ');
  const candidates = useMemo(() => available.filter(({ id }) => names.split(' ').includes(id)), [available, names]);
  const choose = (next: readonly string[] | undefined): void => {
    remembered = next;
    setWanted(next);
  };
  return (
    <div className="text-page compare">
      <h1 className="visually-hidden">{tx(words.title)}</h1>
      {dataset.status === 'failed' && <ErrorNote problem={dataset.problem} onRetry={dataset.retry} />}
      {dataset.status === 'loading' && <ProgressLine progress={dataset.progress} />}
      {dataset.status === 'ok' && (
        <Compared
          candidates={candidates}
          available={available}
          summary={dataset.value}
          repeats={repeats}
          onRepeats={setRepeats}
          onChoose={choose}
        />
      )}
    </div>
  );
}

/** The scenario on the page and the standard ones, all on the same data, seed and number of runs. */
function useCandidates(
  spec: ScenarioSpec,
  descriptor: DatasetDescriptor | undefined,
  repeats: number,
): readonly Candidate[] {
  return useMemo(() => {
    if (descriptor === undefined) return [];
    const alike = (one: ScenarioSpec): ScenarioSpec => onDataOf(spec, { ...one, seed: spec.seed, repeats });
    return [
      { id: currentId, label: words.current, spec: alike(spec) },
      ...standardScenarios(spec.dataset, descriptor).map(({ id, label, spec: own }) => ({
        id,
        label,
        spec: alike(own),
      })),
    ];
  }, [spec, descriptor, repeats]);
}

interface ComparedProps {
  readonly candidates: readonly Candidate[];
  readonly available: readonly Candidate[];
  readonly summary: Parameters<typeof CompareMaps>[0]['summary'];
  readonly repeats: string;
  readonly onRepeats: (repeats: string) => void;
  readonly onChoose: (ids: readonly string[] | undefined) => void;
}

function Compared(props: ComparedProps) {
  const { tx } = useText();
  const { candidates, summary } = props;
  const comparison = useComparison(candidates);
  const [base, setBase] = useState('');
  const [all, setAll] = useState(false);
  const { columns, done, planned } = comparison;
  const questions = useMemo(() => questionsOf(columns, all), [columns, all]);
  const shared = useMemo(() => questionsOf(columns, false), [columns]);
  const baseAt = candidates.findIndex(({ id }) => id === base);
  const save = (): void => {
    saveText(
      'comparison.csv',
      comparisonCsv(
        questions,
        candidates.map(({ label }) => tx(label)),
        tx,
      ),
      'text/csv',
    );
    showToast(tx(words.saved, { name: 'comparison.csv' }));
  };
  if (candidates.length < 2) {
    return (
      <>
        <Chooser {...props} />
        <EmptyState
          title={tx(words.empty)}
          action={<Button onClick={() => props.onChoose(undefined)}>{tx(words.emptyButton)}</Button>}
        >
          {tx(words.emptyText)}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <CompareFinding candidates={candidates} columns={columns} questions={shared} />
      <Chooser {...props} />
      {done < planned && !comparison.stopped && (
        <ProgressLine
          progress={{ fraction: planned === 0 ? 0 : done / planned }}
          label={tx(words.progress, { done, planned })}
          onCancel={comparison.stop}
        />
      )}
      {done < planned && comparison.stopped && (
        <p className="row">
          {tx(words.stopped)} <Button onClick={comparison.go}>{tx(words.go)}</Button>
        </p>
      )}
      <Card title={tx(words.table)} className="compare-card">
        <p className="small soft">
          {tx(words.common, {
            dataset: tx(summary.descriptor.label),
            rows: summary.rows,
            seed: candidates[0]?.spec.seed ?? 0,
            repeats: props.repeats,
          })}
        </p>
        <div className="row no-print">
          <Select
            label={tx(words.baseline)}
            value={baseAt < 0 ? '' : base}
            options={[
              { value: '', label: tx(words.baselineNone) },
              ...candidates.map(({ id, label }) => ({ value: id, label: tx(label) })),
            ]}
            onChange={setBase}
          />
          <label className="check">
            <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} /> {tx(words.all)}
          </label>
          <span className="push row">
            <Button onClick={save}>{tx(words.csv)}</Button>
            <Button onClick={() => print()}>{tx(words.print)}</Button>
          </span>
        </div>
        <CompareTable
          candidates={candidates}
          columns={columns}
          named={summary.descriptor.columns}
          questions={questions}
          base={baseAt < 0 ? undefined : baseAt}
        />
      </Card>
      <CompareMaps candidates={candidates} columns={columns} summary={summary} />
      <div className="compare-pair">
        <CompareTradeoff candidates={candidates} columns={columns} questions={shared} />
        <Differences candidates={candidates} />
      </div>
    </>
  );
}

/** Which scenarios, and how often each is run. */
function Chooser(props: ComparedProps) {
  const { tx } = useText();
  const { candidates, available, onChoose } = props;
  const chosen = new Set(candidates.map(({ id }) => id));
  const toggle = (id: string): void =>
    onChoose(available.map((one) => one.id).filter((each) => (each === id ? !chosen.has(id) : chosen.has(each))));
  return (
    <div className="compare-chooser no-print">
      <fieldset className="plain-fieldset">
        <legend className="small soft">
          {tx(words.choose)}. {tx(words.chooseHint)}
        </legend>
        <div className="chips">
          {available.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              className="chip scenario"
              aria-pressed={chosen.has(id)}
              disabled={!chosen.has(id) && chosen.size >= most}
              onClick={() => toggle(id)}
            >
              {tx(label)}
            </button>
          ))}
        </div>
      </fieldset>
      <div className="stack">
        <span className="small soft">{tx(words.repeats)}</span>
        <Segmented
          label={tx(words.repeats)}
          value={props.repeats}
          options={['1', '5', '20'].map((value) => ({ value, label: value }))}
          onChange={props.onRepeats}
        />
        <span className="small soft">{tx(words.repeatsHint)}</span>
      </div>
    </div>
  );
}
