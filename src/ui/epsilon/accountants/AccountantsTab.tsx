import { useMemo, useState } from 'react';
import { Lines } from '../../../charts/Lines.tsx';
import type { RaceAnswer, RaceQuestion } from '../../../engine/kit/accounting.ts';
import { firstOwn, lawOf, type Own } from '../../../scenario/own-law.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card, Select } from '../../parts/controls.tsx';
import { ErrorNote, ProgressLine, StoppedNote } from '../../parts/notes.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { useLaws } from '../lens/use-laws.ts';
import { useQuestion } from '../use-question.ts';
import type { Epsilon } from '../use-epsilon.ts';
import './accountants.css';
import { Amplify } from './Amplify.tsx';
import { epsilonAt, raceLines, standing } from './lanes.ts';
import { OwnLaw } from './OwnLaw.tsx';
import { ownRepeats, presets } from './presets.ts';
import { words } from './words.ts';

const grid = 1e-3;

/** Every accountant on the same releases: which is tight, which is loose, and which is no bound at all. */
export function AccountantsTab({ page }: { readonly page: Epsilon }) {
  const { tx } = useText();
  const [chosen, choose] = useState<string>('page');
  const [own, setOwn] = useState<Own>(firstOwn);
  const [lastGood, setLastGood] = useState<Own>(firstOwn);
  const laws = useLaws(page);
  const hasLaws = laws !== undefined && !('en' in laws) && laws.settled.length > 0;
  const question = useMemo((): RaceQuestion | undefined => {
    const preset = presets.find(({ id }) => id === chosen);
    if (preset !== undefined) return { laws: preset.laws, delta: preset.delta, repeats: preset.repeats, grid };
    if (chosen === 'own') {
      const law = lawOf(lastGood);
      return law === undefined ? undefined : { laws: [law], delta: lastGood.delta, repeats: ownRepeats, grid };
    }
    return hasLaws ? { laws: laws.settled, delta: page.delta, repeats: ownRepeats, grid } : undefined;
  }, [chosen, lastGood, hasLaws, laws, page.delta]);
  const race = useQuestion('race', question);
  const [wanted, setWanted] = useState<number | null>(null);
  const repeats = race.question?.repeats ?? [];
  const found = wanted === null ? -1 : repeats.indexOf(wanted);
  const at = found >= 0 ? found : repeats.length - 1;
  const firstLaw = question?.laws[0]?.law;
  const note = presets.find(({ id }) => id === chosen)?.note ?? (chosen === 'own' ? words.customNote : words.ownNote);
  return (
    <div className="epsilon-column accountants">
      {race.answer !== undefined && race.question !== undefined ? (
        <Finding answer={race.answer} question={race.question} at={at} />
      ) : (
        <section className="choose-finding">
          <h2>{tx(words.working)}</h2>
        </section>
      )}
      <Card title={tx(words.what)}>
        <Select
          bare
          label={tx(words.what)}
          value={chosen}
          options={[
            { value: 'page', label: tx(words.own) },
            ...presets.map(({ id, label }) => ({ value: id, label: tx(label) })),
            { value: 'own', label: tx(words.custom) },
          ]}
          onChange={choose}
        />
        <p className="small soft">{tx(note)}</p>
        {laws !== undefined && 'en' in laws && chosen === 'page' && <p>{tx(laws)}</p>}
        {chosen === 'own' && (
          <OwnLaw
            own={own}
            onChange={(next) => {
              setOwn(next);
              if (lawOf(next) !== undefined && next.delta > 0 && next.delta < 1) setLastGood(next);
            }}
          />
        )}
      </Card>
      {race.pending && <ProgressLine progress={race.progress} onCancel={race.stop} />}
      {race.stopped && <StoppedNote onResume={race.resume} />}
      {race.problem !== undefined && <ErrorNote problem={race.problem} />}
      {race.answer !== undefined && race.question !== undefined && (
        <Race answer={race.answer} question={race.question} pending={race.pending} at={at} onWanted={setWanted} />
      )}
      {firstLaw !== undefined && question !== undefined && <Amplify law={firstLaw} delta={question.delta} />}
    </div>
  );
}

function Race(props: {
  readonly answer: RaceAnswer;
  readonly question: RaceQuestion;
  readonly pending: boolean;
  /** Which number of releases is read. */
  readonly at: number;
  readonly onWanted: (repeats: number) => void;
}) {
  const tools = useText();
  const { tx, number } = tools;
  const { answer, question, at } = props;
  const { repeats, delta } = question;
  const lines = useMemo(() => raceLines(answer, repeats, tx), [answer, repeats, tx]);
  const lanes = answer.lanes.toSorted(
    (a, b) => (epsilonAt(a, at) ?? Number.POSITIVE_INFINITY) - (epsilonAt(b, at) ?? Number.POSITIVE_INFINITY),
  );
  return (
    <>
      <Card className={props.pending ? 'stale' : ''}>
        <Lines
          chrome="full"
          title={tx(words.race)}
          description={tx(words.raceHint)}
          series={lines}
          x={{ label: tx(words.releases), log: true, format: (x) => number(x) }}
          y={{
            label: tx(words.epsilon, { delta: delta.toExponential(0) }),
            log: true,
            better: 'lower',
            format: (y) => number(y, 3),
          }}
          current={repeats[at]}
          onCurrent={props.onWanted}
          height={430}
          fileName="bound-race"
        />
        <p className="small soft">{tx(words.raceHint)}</p>
      </Card>
      <Card className={props.pending ? 'stale' : ''}>
        <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.race)}>
          <table>
            <thead>
              <tr>
                <th scope="col">{tx(words.accountant)}</th>
                <th scope="col" className="number">
                  {tx(words.says, { n: repeats[at] ?? 1 })}
                </th>
                <th scope="col">{tx(words.standing)}</th>
                <th scope="col">{tx(words.source)}</th>
              </tr>
            </thead>
            <tbody>
              {lanes.map((lane) => {
                const epsilon = epsilonAt(lane, at);
                return (
                  <tr key={lane.id}>
                    <th scope="row">{tx(lane.label)}</th>
                    <td className={lane.proves === 'heuristic' ? 'number is-risk' : 'number'}>
                      {epsilon === undefined ? '–' : number(epsilon, 5)}
                    </td>
                    <td>{standing(lane, answer, at, tools)}</td>
                    <td className="small soft">
                      {lane.citation.authors}, {lane.citation.year}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </Card>
    </>
  );
}

function Finding(props: { readonly answer: RaceAnswer; readonly question: RaceQuestion; readonly at: number }) {
  const { tx, number } = useText();
  const { answer, question, at } = props;
  const truth = answer.truth[at];
  const basic = answer.lanes.find(({ id }) => id === 'basic');
  const sum = basic === undefined ? undefined : epsilonAt(basic, at);
  const wrong = answer.lanes.find(
    (lane) => lane.proves === 'heuristic' && (epsilonAt(lane, at) ?? Infinity) < (truth?.lower ?? 0) * (1 - 1e-9),
  );
  if (truth === undefined) return null;
  const [low, high] = [number(truth.lower, 4), number(truth.upper, 4)];
  const shown = low === high ? high : `${low} – ${high}`;
  const times = sum === undefined || !(truth.upper > 0) ? 1 : sum / truth.upper;
  const parts = {
    n: number(question.repeats[at] ?? 1),
    truth: <Figure meaning="privacy">{shown}</Figure>,
    basic: sum === undefined ? '∞' : number(sum, 4),
    times: <Figure meaning="utility">{number(times, 2)}</Figure>,
  };
  return (
    <section className="choose-finding">
      <h2>
        <Rich text={tx(times > 1.02 ? words.finding : words.findingTight)} parts={parts} />
      </h2>
      <p className="small soft">
        {wrong !== undefined && (
          <strong className="is-risk">
            {tx(words.findingInvalid, { name: tx(wrong.label), value: number(epsilonAt(wrong, at) ?? 0, 4) })}{' '}
          </strong>
        )}
        {tx(words.hint)}
      </p>
    </section>
  );
}
