import { useText } from '../i18n/use-text.ts';
import { Figure, Rich } from '../parts/rich.tsx';
import { WhyThis } from '../parts/why-this.tsx';
import { valueWords } from '../pictures/ScoreList.tsx';
import { presenceId, type Column } from './columns.layout.ts';
import type { AnsweredRow, Question } from './rows.ts';
import type { Candidate } from './use-comparison.ts';
import { words } from './words.ts';

/** Who leaves an attacker least and most, by one attack; and who keeps most of one use. */
export function CompareFinding(props: {
  readonly candidates: readonly Candidate[];
  readonly columns: readonly Column[];
  readonly questions: readonly Question[];
}) {
  const tools = useText();
  const { tx } = tools;
  const { candidates, columns, questions } = props;
  const started = columns.filter(({ done }) => done > 0).length >= 2;
  if (!started) {
    return <h2 className="compare-finding">{tx(words.findingPending, { n: candidates.length })}</h2>;
  }
  const attack = questions.find(({ id }) => id === 'attack')?.rows[0];
  const use = questions.find(({ id }) => id === 'utility')?.rows[0];
  const name = (at: number): string => tx(candidates[at]?.label ?? { en: '' });
  const risk = attack === undefined ? undefined : endsOf(attack);
  const kept = use === undefined ? undefined : bestKept(use, candidates);
  const cellWords = (row: AnsweredRow, at: number): string => {
    const cell = row.cells[at];
    return cell === undefined ? '–' : valueWords(cell.mean, row.unit, cell.interval, tools);
  };
  const shown = risk === undefined ? undefined : attack?.cells[risk.best];
  return (
    <section className="compare-finding" aria-live="polite">
      <h2>
        {attack === undefined || risk === undefined ? (
          tx(words.findingNone)
        ) : (
          <Rich
            text={tx(words.findingRisk, {})}
            parts={{
              low: <Figure meaning="privacy">{cellWords(attack, risk.best)}</Figure>,
              best: name(risk.best),
              high: <Figure meaning="risk">{cellWords(attack, risk.worst)}</Figure>,
              worst: name(risk.worst),
              baseline: shown?.score.baseline === undefined ? '–' : tools.value(shown.score.baseline, attack.unit),
            }}
          />
        )}
      </h2>
      {attack !== undefined && (
        <p className="small soft">
          {tx(words.findingAttack, { label: tx(attack.id === presenceId ? words.presence : attack.label) })}{' '}
          {shown !== undefined && <WhyThis score={shown.score} />}
        </p>
      )}
      {use !== undefined && kept !== undefined && (
        <p>
          <Rich
            text={tx(words.findingUtility, {})}
            parts={{
              label: tx(use.label),
              best: name(kept),
              value: <Figure meaning="utility">{cellWords(use, kept)}</Figure>,
            }}
          />
        </p>
      )}
    </section>
  );
}

/** Columns with the best and the worst value of a row, the first of equals; undefined where fewer than two have one. */
function endsOf(row: AnsweredRow): { readonly best: number; readonly worst: number } | undefined {
  const sign = row.direction === 'higher-is-better' ? 1 : -1;
  const worth = row.cells.flatMap((cell, at) => (cell === undefined ? [] : [{ at, worth: sign * cell.mean }]));
  const best = worth.toSorted((a, b) => b.worth - a.worth)[0];
  const worst = worth.toSorted((a, b) => a.worth - b.worth)[0];
  return best === undefined || worst === undefined || best.at === worst.at
    ? undefined
    : { best: best.at, worst: worst.at };
}

/** The scenario that keeps most, among those that protect at all. */
function bestKept(row: AnsweredRow, candidates: readonly Candidate[]): number | undefined {
  const sign = row.direction === 'higher-is-better' ? 1 : -1;
  return row.cells
    .flatMap((cell, at) => {
      const protects = candidates[at]?.spec.branches.some((branch) => branch.steps.length > 0) === true;
      return cell === undefined || !protects ? [] : [{ at, worth: sign * cell.mean }];
    })
    .toSorted((a, b) => b.worth - a.worth)[0]?.at;
}
