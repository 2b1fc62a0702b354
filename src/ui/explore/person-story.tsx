import { useMemo, useState } from 'react';
import type { ColumnDescriptor } from '../../engine/kit/dataset.ts';
import type { Job, JobOutcome } from '../../engine/kit/job.ts';
import { planJob } from '../../scenario/plan.ts';
import { standardScenarios } from '../../scenario/presets.ts';
import { selectPerson } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { Figure } from '../parts/rich.tsx';
import { Term } from '../parts/term.tsx';
import { useRun } from '../use-run.ts';
import type { Person } from './map-model.ts';
import type { Explore } from './use-explore.ts';
import type { Scene } from './use-scene.ts';

/** One record, what is known of it one column at a time, how many rows still fit, and what a defence changes. */
export function PersonStory({ scene, explore }: { readonly scene: Scene; readonly explore: Explore }) {
  const { person } = scene;
  if (person === undefined) return null;
  return <Story key={`${scene.summary.checksum}/${person.row}`} scene={scene} explore={explore} person={person} />;
}

interface StoryProps {
  readonly scene: Scene;
  readonly explore: Explore;
  readonly person: Person;
}

function Story({ scene, explore, person }: StoryProps) {
  const { t, tx, number, unit } = useText();
  const [known, setKnown] = useState<readonly string[]>([]);
  const [defended, setDefended] = useState(false);
  const { descriptor, rows } = scene.summary;
  const choices = descriptor.columns.filter((column) => column.role === 'quasi-identifier');
  const { raw, safe, k } = useCandidateJobs(explore, scene, person.row, known);
  const rawRun = useRun(known.length === 0 ? null : raw, 2);
  const safeRun = useRun(defended && known.length > 0 ? safe : null, 2);
  const before = known.length === 0 ? rows : countOf(rawRun.outcome);
  const after = defended ? countOf(safeRun.outcome) : undefined;
  const kept = scoreOf(safeRun.outcome, 'candidates/kept');
  const shown = defended ? after : before;
  const toggle = (name: string): void =>
    setKnown(known.includes(name) ? known.filter((one) => one !== name) : [...known, name]);
  const others = scene.people.indexOf(person);
  return (
    <Card title={t('story.title')} className="story">
      <p className="soft small">{t('story.lead', { row: person.row + 1, unit: unit(descriptor.rowUnit) })}</p>
      <div className="chips" role="group" aria-label={t('story.add')}>
        {choices.map((column) => (
          <button
            key={column.name}
            type="button"
            className="chip"
            aria-pressed={known.includes(column.name)}
            onClick={() => toggle(column.name)}
          >
            {tx(column.label)}
            {known.includes(column.name) && `: ${cellWords(scene, person, column)}`}
          </button>
        ))}
      </div>
      <p className="candidates" aria-live="polite">
        <strong>
          <Figure meaning={shown === 1 ? 'risk' : 'privacy'}>{shown === undefined ? '…' : number(shown)}</Figure>
        </strong>
        <Term of="candidates">{t('story.candidates')}</Term>
      </p>
      <Crowd count={shown} />
      <p className="small">
        {before === 1 && !defended && <strong className="is-risk">{t('story.unique')} </strong>}
        {before !== undefined && t('story.sentence', { n: before, rows, unit: unit(descriptor.rowUnit, rows) })}{' '}
        {after !== undefined && (
          <strong className="is-privacy">{kept === 0 ? t('story.gone') : t('story.defended', { n: after })}</strong>
        )}
      </p>
      {[rawRun, safeRun].map((run, at) =>
        run.outcome?.status === 'failed' ? (
          <ErrorNote
            key={at === 0 ? 'raw' : 'safe'}
            title={t('story.failed')}
            problem={run.outcome.problem}
            onRetry={run.retry}
          />
        ) : (
          run.progress !== undefined &&
          run.outcome === undefined && <ProgressLine key={at === 0 ? 'raw' : 'safe'} progress={run.progress} />
        ),
      )}
      <div className="row">
        {safe !== null && (
          <Button
            look={before === 1 && !defended ? 'primary' : 'quiet'}
            aria-pressed={defended}
            disabled={known.length === 0}
            onClick={() => setDefended(!defended)}
          >
            {k === undefined ? t('story.defend') : t('story.defence', { k })}
          </Button>
        )}
        <Button
          look="quiet"
          onClick={() => selectPerson(scene.people[(others + 1) % scene.people.length]?.row ?? null)}
        >
          {t('story.another', { unit: unit(descriptor.rowUnit) })}
        </Button>
      </div>
    </Card>
  );
}

/** The same question of the raw table and of a k-anonymous one; columns in a fixed order so that results are reused. */
function useCandidateJobs(explore: Explore, scene: Scene, row: number, known: readonly string[]) {
  const { spec } = explore;
  const { descriptor } = scene.summary;
  return useMemo((): { readonly raw: Job; readonly safe: Job | null; readonly k: number | undefined } => {
    const order = descriptor.columns.map((column) => column.name);
    const params = { row, known: known.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)) };
    const asked = { ...spec, metrics: [{ id: 'candidates', params }], attacks: [] };
    const preset = standardScenarios(spec.dataset, descriptor).find((one) => one.id === 'traditional');
    const branch = preset?.spec.branches[0];
    const k = branch?.steps.at(-1)?.params?.['k'];
    return {
      raw: planJob(asked, { id: 'raw', steps: [] }),
      safe: branch === undefined ? null : planJob(asked, branch),
      k: typeof k === 'number' ? k : undefined,
    };
  }, [spec, descriptor, row, known]);
}

const scoreOf = (outcome: JobOutcome | undefined, id: string): number | undefined =>
  outcome?.status === 'ok' ? outcome.scores.find((score) => score.id === id)?.value : undefined;
const countOf = (outcome: JobOutcome | undefined): number | undefined => scoreOf(outcome, 'candidates');

/** What the onlooker knows of the person in one column; times to the hour. */
function cellWords(scene: Scene, person: Person, column: ColumnDescriptor): string {
  const { columns } = scene.summary.descriptor;
  const cell = person.cells[columns.findIndex((one) => one.name === column.name)];
  if (cell === null || cell === undefined) return '–';
  if (column.type === 'time') return `${String(cell).slice(0, 13)} h`;
  if (column.ladder?.kind === 'place')
    return scene.places.find((place) => place.id === String(cell))?.label ?? String(cell);
  return String(cell);
}

/** The candidates as a crowd: every dot a row up to 120; the person among them. */
function Crowd({ count }: { readonly count: number | undefined }) {
  if (count === undefined) return <div className="crowd" />;
  const dots = Math.min(120, Math.max(0, Math.round(count)));
  return (
    <div className="crowd" aria-hidden="true">
      {Array.from({ length: dots }, (_, at) => (
        // Dots are alike; only their number means something.
        // oxlint-disable-next-line react/no-array-index-key
        <i key={at} className={at === Math.floor(dots / 2) ? 'me' : undefined} />
      ))}
    </div>
  );
}
