import type { ReactNode } from 'react';
import type { Score } from '../../engine/kit/score.ts';
import { protectionMs } from '../explore/scores.ts';
import { guaranteeWords } from '../forms/guarantee-words.ts';
import { useText } from '../i18n/use-text.ts';
import { WhyThis } from '../parts/why-this.tsx';
import { valueWords } from '../pictures/ScoreList.tsx';
import type { ColumnDescriptor } from '../../engine/kit/dataset.ts';
import { kindWords } from '../protect/words.ts';
import { differenceOf, presenceId, type Column, type ColumnScore } from './columns.layout.ts';
import type { AnsweredRow, Question } from './rows.ts';
import type { Candidate } from './use-comparison.ts';
import { words } from './words.ts';

export interface CompareTableProps {
  readonly candidates: readonly Candidate[];
  readonly columns: readonly Column[];
  /** Columns of the dataset: what the promises speak about. */
  readonly named: readonly ColumnDescriptor[];
  readonly questions: readonly Question[];
  /** Index of the column differences are taken from; undefined = none shown. */
  readonly base: number | undefined;
}

/** Questions down, scenarios across: every cell a value with its interval on the row's one scale. */
export function CompareTable(props: CompareTableProps) {
  const { tx } = useText();
  const { candidates, columns, questions, base } = props;
  return (
    <div className="scroll-x compare-scroll" tabIndex={0} role="region" aria-label={tx(words.table)}>
      <table className="compare-table">
        <caption className="visually-hidden">{tx(words.tableHint)}</caption>
        <thead>
          <tr>
            <th scope="col">{tx(words.question)}</th>
            {candidates.map((candidate, at) => (
              <th key={candidate.id} scope="col">
                {tx(candidate.label)}
                <Progress column={columns[at]} />
                {base === at && <span className="badge">{tx(words.base)}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <Facts columns={columns} named={props.named} />
        {questions.map((question) => (
          <tbody key={question.id}>
            <tr className="question">
              <th scope="rowgroup" colSpan={columns.length + 1}>
                {tx(question.text)}
              </th>
            </tr>
            {question.rows.map((row) => (
              <Row key={row.id} row={row} base={base} columns={columns} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Progress({ column }: { readonly column: Column | undefined }) {
  const { tx } = useText();
  if (column === undefined || column.done >= column.planned) return null;
  const label = tx(words.progress, { done: column.done, planned: column.planned });
  return (
    <span className="progress">
      <progress aria-label={label} value={column.done} max={column.planned} />
      <span>{label}</span>
    </span>
  );
}

/** What is told by no score: what leaves the city hall, what is promised, how long it took, what went over the line. */
function Facts(props: { readonly columns: readonly Column[]; readonly named: readonly ColumnDescriptor[] }) {
  const { columns, named } = props;
  const tools = useText();
  const { tx, value } = tools;
  const each = (show: (column: Column) => ReactNode): ReactNode =>
    columns.map((column) => <td key={column.id}>{show(column)}</td>);
  const results = (column: Column) => column.branches.flatMap(({ first }) => (first === undefined ? [] : [first]));
  const lines = (texts: readonly string[]): ReactNode => texts.map((one) => <p key={one}>{one}</p>);
  return (
    <tbody className="facts-body">
      <tr>
        <th scope="row">{tx(words.released)}</th>
        {each((column) => [...new Set(results(column).map(({ kind }) => tx(kindWords[kind])))].join(', ') || '…')}
      </tr>
      <tr>
        <th scope="row">{tx(words.promised)}</th>
        {each((column) => {
          const failed = column.branches.find(({ problem }) => problem !== undefined)?.problem;
          if (failed !== undefined) return <p className="is-risk">{failed.message}</p>;
          if (results(column).length === 0) return tx(words.waiting);
          return lines([...new Set(results(column).map((one) => guaranteeWords(one.guarantee, tools, named)))]);
        })}
      </tr>
      <tr>
        <th scope="row">{tx(words.time)}</th>
        {each((column) => {
          const times = results(column)
            .map(protectionMs)
            .filter((ms) => ms !== undefined);
          return times.length === 0
            ? '–'
            : value(
                times.reduce((sum, ms) => sum + ms, 0),
                'ms',
              );
        })}
      </tr>
      <tr>
        <th scope="row">{tx(words.network)}</th>
        {each((column) => {
          const costs = results(column).map(({ cost }) => cost);
          const sum = (of: (cost: (typeof costs)[number]) => number): number =>
            costs.reduce((total, cost) => total + of(cost), 0);
          const messages = sum((cost) => cost.messages);
          if (costs.length === 0) return tx(words.waiting);
          if (messages === 0) return tx(words.messagesNone);
          const bytes = value(
            sum((cost) => cost.bytes),
            'bytes',
          );
          return tx(words.messages, { messages, bytes, rounds: sum((cost) => cost.rounds) });
        })}
      </tr>
    </tbody>
  );
}

function Row(props: {
  readonly row: AnsweredRow;
  readonly base: number | undefined;
  readonly columns: readonly Column[];
}) {
  const { tx, value, unit } = useText();
  const { row, base, columns } = props;
  const cells = columns.map((column) => column.scores.find(({ id }) => id === row.id));
  const baseCell = base === undefined ? undefined : cells[base];
  const known = cells.find((cell) => cell !== undefined);
  const baseline = row.meaning === 'risk' ? known?.score.baseline : undefined;
  const notes = [
    ...(row.measure?.kind === 'attack' ? [tx(row.measure.adversary.who)] : []),
    ...(baseline === undefined ? [] : [tx(words.chance, { value: value(baseline, unit(row.unit, 2)) })]),
  ];
  return (
    <tr>
      <th scope="row">
        {tx(row.id === presenceId ? words.presence : row.label)}
        <span className="row-note">{notes.join(' · ')}</span>
      </th>
      {cells.map((cell, at) => (
        <td key={columns[at]?.id}>
          {cell === undefined ? (
            <span className="soft">{(columns[at]?.done ?? 0) === 0 ? tx(words.waiting) : tx(words.notAsked)}</span>
          ) : (
            <Cell
              cell={cell}
              row={row}
              best={row.best.includes(at)}
              base={at === base ? undefined : baseCell}
              seedOf={columns[at]}
            />
          )}
        </td>
      ))}
    </tr>
  );
}

function Cell(props: {
  readonly cell: ColumnScore;
  readonly row: AnsweredRow;
  readonly best: boolean;
  readonly base: ColumnScore | undefined;
  readonly seedOf: Column | undefined;
}) {
  const tools = useText();
  const { tx } = tools;
  const { cell, row, best, base } = props;
  const shown: Score = {
    ...cell.score,
    value: cell.mean,
    n: cell.values.length > 1 ? cell.values.length : (cell.score.n ?? 1),
    ...(cell.interval === undefined ? {} : { interval: cell.interval }),
  };
  const digest = props.seedOf?.branches.find(
    ({ branch, first }) =>
      first !== undefined && (cell.from === undefined || (branch.label ?? branch.id) === cell.from),
  )?.first?.digest;
  return (
    <div className={best ? 'cell best' : 'cell'}>
      <span>
        <strong>{valueWords(cell.mean, row.unit, cell.interval, tools)}</strong>{' '}
        <WhyThis score={shown} {...(digest === undefined ? {} : { origin: { digest } })} label="?" />
      </span>
      <IntervalBar cell={cell} row={row} />
      {best && <span className="row-note">● {tx(cell.interval === undefined ? words.bestPlain : words.best)}</span>}
      {cell.from !== undefined && <span className="row-note">{tx(words.from, { name: cell.from })}</span>}
      {base !== undefined && <DifferenceWords cell={cell} base={base} unit={row.unit} />}
    </div>
  );
}

/** Value as a dot, interval as a bar, on the scale all cells of the row share. */
function IntervalBar({ cell, row }: { readonly cell: ColumnScore; readonly row: AnsweredRow }) {
  const [low, high] = row.unit === 'share' ? [0, 1] : [Math.min(0, row.range[0]), row.range[1]];
  if (!(high > low)) return null;
  const at = (x: number): number => 4 + (112 * (Math.min(high, Math.max(low, x)) - low)) / (high - low);
  const { interval } = cell;
  return (
    <svg className={`interval-bar is-${row.meaning}`} viewBox="0 0 120 10" aria-hidden="true">
      <line x1="4" x2="116" y1="5" y2="5" className="track" />
      {interval !== undefined && <line x1={at(interval.low)} x2={at(interval.high)} y1="5" y2="5" className="band" />}
      <circle cx={at(cell.mean)} cy="5" r="3.5" />
    </svg>
  );
}

function DifferenceWords(props: { readonly cell: ColumnScore; readonly base: ColumnScore; readonly unit: string }) {
  const { tx, value, unit, number } = useText();
  const { by, standing } = differenceOf(props.cell, props.base);
  const look = standing === 'better' ? 'is-utility' : standing === 'worse' ? 'is-risk' : 'soft';
  // A difference of shares is told in points: "12 % worse" could be read as a ratio.
  const size =
    props.unit === 'share'
      ? tx(words.points, { n: number(100 * Math.abs(by), 2) })
      : value(Math.abs(by), unit(props.unit, 2));
  const mark = standing === 'better' ? '▲ ' : standing === 'worse' ? '▼ ' : '';
  return (
    <span className={`row-note ${look}`}>
      {mark}
      {tx(words[standing], { by: size })}
    </span>
  );
}
