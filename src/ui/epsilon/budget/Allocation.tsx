import { type ReactNode, useMemo, useState } from 'react';
import { AllocationBars } from '../../../charts/AllocationBars.tsx';
import { Lines } from '../../../charts/Lines.tsx';
import type { AllocationPolicy, AllocationQuestion } from '../../../engine/kit/allocation.ts';
import type { Sensitivity } from '../../../engine/kit/dataset.ts';
import { withTwinQuestions } from '../../../scenario/allocation-step.ts';
import { planJob } from '../../../scenario/plan.ts';
import type { Receipt } from '../../../store/ledger-store.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card, Select } from '../../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../../parts/notes.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { Slider } from '../../parts/slider.tsx';
import { useRun } from '../../use-run.ts';
import type { Epsilon } from '../use-epsilon.ts';
import { useQuestion } from '../use-question.ts';
import {
  capOf,
  CLASSES,
  epsilonsIn,
  logOf,
  type LogKind,
  type NamedQuestion,
  PERIODS,
  POLICIES,
  type PolicyRow,
  questionsOf,
  sharesOf,
} from './allocation.layout.ts';
import { words } from './allocation-words.ts';
import { words as budgetWords } from './words.ts';

/** The same budget under every rule, over the periods of a log of askings. */
export function Allocation(props: {
  readonly page: Epsilon;
  readonly total: number;
  readonly receipts: readonly Receipt[];
}) {
  const { tx } = useText();
  const { page, total, receipts } = props;
  const [important, setImportant] = useState<Sensitivity | 'nothing'>('nothing');
  const [log, setLog] = useState<LogKind>('rush');
  const [decay, setDecay] = useState(0.5);
  const [room, setRoom] = useState(0.5);
  const job = useMemo(
    () => planJob({ ...page.spec, metrics: [], attacks: [] }, withTwinQuestions(page.branch, 1)),
    [page.spec, page.branch],
  );
  const run = useRun(page.dataset.status === 'ok' ? job : null, 0);
  const { outcome } = run;
  const questions = useMemo(
    () =>
      outcome?.status !== 'ok' || page.descriptor === undefined
        ? undefined
        : questionsOf(outcome, page.descriptor, important),
    [outcome, page.descriptor, important],
  );
  const question = useMemo(
    (): AllocationQuestion | undefined =>
      questions === undefined || questions.length < 2
        ? undefined
        : {
            questions: questions.map(({ label: _label, ...one }) => one),
            total,
            log: logOf(
              log,
              questions,
              receipts.map(({ sensitivityClass }) => sensitivityClass),
            ),
            decay,
            room,
            policies: POLICIES,
          },
    [questions, total, log, receipts, decay, room],
  );
  const asked = useQuestion('allocation', question, true);
  const controls = (
    <div className="budget-form">
      <Select
        label={tx(words.log)}
        value={log}
        options={(Object.keys(words.logs) as LogKind[])
          .filter((kind) => kind !== 'own' || receipts.length > 0)
          .map((value) => ({ value, label: tx(words.logs[value]) }))}
        onChange={setLog}
      />
      <Select
        label={tx(words.important)}
        value={important}
        options={[
          { value: 'nothing' as const, label: tx(words.nothing) },
          ...CLASSES.map((value) => ({ value, label: tx(budgetWords.classes[value]) })),
        ]}
        onChange={setImportant}
      />
      <div className="budget-slider">
        <span className="small soft" aria-hidden="true">
          {tx(words.decay)}
        </span>
        <Slider
          label={tx(words.decay)}
          value={decay}
          min={0}
          max={1}
          step={0.05}
          ends={[tx(words.decayEnds[0]), tx(words.decayEnds[1])]}
          onInput={setDecay}
          onCommit={setDecay}
        />
      </div>
      <div className="budget-slider">
        <span className="small soft" aria-hidden="true">
          {tx(words.room)}
        </span>
        <Slider
          label={tx(words.room)}
          value={room}
          min={0}
          max={1}
          step={0.05}
          ends={[tx(words.roomEnds[0]), tx(words.roomEnds[1])]}
          onInput={setRoom}
          onCommit={setRoom}
        />
      </div>
    </div>
  );
  return (
    <Card title={tx(words.title)} className="budget-allocation">
      {outcome?.status === 'failed' && <ErrorNote problem={outcome.problem} onRetry={run.retry} />}
      {questions === undefined && outcome?.status !== 'failed' && (
        <ProgressLine progress={run.progress} label={tx(words.loading)} onCancel={run.cancel} />
      )}
      {questions !== undefined && questions.length < 2 && <p>{tx(words.one)}</p>}
      {asked.problem !== undefined && <ErrorNote problem={asked.problem} />}
      {questions !== undefined && asked.answer !== undefined && (
        <Compared rows={asked.answer.rows} questions={questions} room={asked.question?.room ?? room}>
          {controls}
        </Compared>
      )}
      <p className="small soft">{tx(words.note)}</p>
    </Card>
  );
}

function Compared(props: {
  readonly rows: readonly PolicyRow[];
  readonly questions: readonly NamedQuestion[];
  readonly room: number;
  readonly children: ReactNode;
}) {
  const { tx, number } = useText();
  const { rows, questions, room } = props;
  const [rule, setRule] = useState<AllocationPolicy>('adaptive');
  const [at, setAt] = useState(PERIODS);
  const period = at - 1;
  const nameOf = (policy: AllocationPolicy): string =>
    tx(policy === '30-50-20' || policy === 'hierarchical' ? words.short[policy] : words.policies[policy]);
  const bars = rows.map((row) => ({
    id: row.policy,
    label: nameOf(row.policy),
    note: tx(row.reversed ? words.timesReversed : words.times, { times: timesOf(row, number) }),
    parts: questions.map((question, i) => ({
      id: question.id,
      label: tx(question.label),
      shade: CLASSES.indexOf(question.sensitivityClass),
      amount: epsilonsIn(row, period, questions.length)[i] as number,
    })),
  }));
  return (
    <>
      <Finding rows={rows} questions={questions} nameOf={nameOf} />
      {props.children}
      <AllocationBars
        chrome="quiet"
        title={tx(words.bars, { period: at })}
        description={tx(words.barsHint)}
        rows={bars}
        unit="ε"
        selected={rule}
        onSelect={(id) => setRule(id as AllocationPolicy)}
        says={{ rule: tx(words.rule), note: tx(words.relative) }}
      />
      <p className="small soft">
        {tx(words.barsHint)} {tx(words.objective)}
      </p>
      <OverPeriods rows={rows} questions={questions} rule={rule} name={nameOf(rule)} room={room} at={at} onAt={setAt} />
      <Figures rows={rows} questions={questions} at={at} nameOf={nameOf} />
    </>
  );
}

const timesOf = (row: PolicyRow, number: (value: number, digits?: number) => string): string =>
  Number.isFinite(row.relativeError) ? number(row.relativeError, 3) : '∞';

function Finding(props: {
  readonly rows: readonly PolicyRow[];
  readonly questions: readonly NamedQuestion[];
  readonly nameOf: (policy: AllocationPolicy) => string;
}) {
  const { tx, number } = useText();
  const { rows, questions, nameOf } = props;
  const paper = rows.find(({ policy }) => policy === '30-50-20');
  const best = rows.reduce(
    (least, row) => (row.relativeError < least.relativeError ? row : least),
    rows[0] as PolicyRow,
  );
  const low = questions.findLast(({ sensitivityClass }) => sensitivityClass === 'low');
  return (
    <>
      {paper?.reversed === true && low !== undefined && (
        <p>
          <strong>{tx(words.reversed, { low: tx(low.label) })}</strong>
        </p>
      )}
      <p>
        <Rich
          text={tx(words.best)}
          parts={{
            rule: <Figure meaning="privacy">{nameOf(best.policy)}</Figure>,
            times: <Figure meaning="utility">{timesOf(best, number)}</Figure>,
          }}
        />
      </p>
    </>
  );
}

function OverPeriods(props: {
  readonly rows: readonly PolicyRow[];
  readonly questions: readonly NamedQuestion[];
  readonly rule: AllocationPolicy;
  readonly name: string;
  readonly room: number;
  readonly at: number;
  readonly onAt: (period: number) => void;
}) {
  const { tx, value, number } = useText();
  const { rows, questions, rule, room, at, onAt, name } = props;
  const row = rows.find(({ policy }) => policy === rule);
  const present = CLASSES.filter((one) => questions.some(({ sensitivityClass }) => sensitivityClass === one));
  const [top] = present;
  if (row === undefined || top === undefined) return null;
  const cap = capOf(questions, top, room);
  const most = Math.max(...sharesOf(row, questions, top));
  const holds = most <= cap * (1 + 1e-9);
  const share = (of: number): string => value(of, 'share', 0.001);
  const vars = {
    class: tx(budgetWords.classes[top]),
    cap: share(cap),
    most: share(holds ? Math.min(most, cap) : most),
  };
  return (
    <>
      <Lines
        chrome="quiet"
        title={tx(words.time, { rule: name })}
        description={tx(words.timeHint, { class: vars.class })}
        series={present.map((one, i) => ({
          id: one,
          label: tx(budgetWords.classes[one]),
          meaning: 'privacy' as const,
          dashed: i > 0,
          points: sharesOf(row, questions, one).map((y, p) => ({ x: p + 1, y })),
        }))}
        x={{ label: tx(words.period), format: (x) => number(Math.round(x)) }}
        y={{ label: tx(words.share), domain: [0, 1], format: share }}
        references={[{ value: cap, label: tx(words.cap) }]}
        current={at}
        onCurrent={(x) => onAt(Math.min(PERIODS, Math.max(1, Math.round(x))))}
        height={230}
      />
      <p className={holds ? 'small' : 'small is-risk'}>{tx(holds ? words.capHolds : words.capBroken, vars)}</p>
      <p className="small soft">{tx(words.timeHint, { class: vars.class })}</p>
    </>
  );
}

/** Epsilon and error by rule and question. */
function Figures(props: {
  readonly rows: readonly PolicyRow[];
  readonly questions: readonly NamedQuestion[];
  readonly at: number;
  readonly nameOf: (policy: AllocationPolicy) => string;
}) {
  const { tx, number } = useText();
  const { rows, questions, at, nameOf } = props;
  const caption = tx(words.table, { period: at });
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption className="small soft">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{tx(words.rule)}</th>
            {questions.map((question) => (
              <th key={question.id} scope="col" className="number">
                {tx(question.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.policy}>
              <th scope="row">{nameOf(row.policy)}</th>
              {questions.map((question, i) => {
                const epsilon = epsilonsIn(row, at - 1, questions.length)[i] as number;
                return (
                  <td key={question.id} className="number">
                    {number(epsilon)} <span className="soft">± {number(question.sensitivity / epsilon)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
