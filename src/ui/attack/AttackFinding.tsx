import type { Score } from '../../engine/kit/score.ts';
import { useText } from '../i18n/use-text.ts';
import { Figure, Rich } from '../parts/rich.tsx';
import { originOf, WhyThis } from '../parts/why-this.tsx';
import { halfOf } from '../explore/Meters.tsx';
import { successOf, type Contest } from './contests.ts';
import { countWords } from './TryDots.tsx';
import type { Attack } from './use-attack.ts';
import { attackWords as words, kindWords } from './words.ts';

/** One attack, one measure, one population: after this protection and without it. */
export function AttackFinding({ attack }: { readonly attack: Attack }) {
  const { tx } = useText();
  const { opponent } = attack;
  if (opponent === undefined) return null;
  const who = tx(opponent.adversary.who);
  return (
    <section className="finding attack-finding" aria-live="polite">
      <p className="kicker">
        {capital(who)}. {tx(words.wants, { wants: tx(opponent.adversary.wants) })}
      </p>
      <h2>
        <Sentence attack={attack} />
      </h2>
      <Note attack={attack} />
    </section>
  );
}

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const scoreFor = (attack: Attack, contest: Contest | undefined): Score | undefined =>
  successOf(attack.outcomes[contest?.job?.key ?? '']);

function Sentence({ attack }: { readonly attack: Attack }) {
  const { tx, number } = useText();
  const { own, beside, opponent } = attack;
  const after = scoreFor(attack, own);
  const outcome = attack.outcomes[own?.job?.key ?? ''];
  if (own !== undefined && own.job === null) {
    const reads = (opponent?.accepts ?? []).map((kind) => tx(kindWords[kind])).join(', ');
    const raw = beside?.role === 'raw' ? scoreFor(attack, beside) : undefined;
    const parts = {
      reads,
      kind: tx(kindWords[own.kind]),
      before: <Figure meaning="risk">{countWords(raw?.value ?? 0, tx)}</Figure>,
    };
    return <Rich text={tx(raw === undefined ? words.findingSkipped : words.findingSkippedRaw)} parts={parts} />;
  }
  if (attack.dataset.status === 'failed') return <>{tx(words.findingNoData)}</>;
  if (outcome !== undefined && after === undefined) return <>{tx(words.findingFailed)}</>;
  if (after === undefined) return <>{tx(words.pending)}</>;
  const isRaw = attack.spec.branches[attack.branch]?.steps.length === 0;
  const before = scoreFor(attack, beside);
  const parts = {
    after: <Figure meaning={isRaw ? 'risk' : 'privacy'}>{countWords(after.value, tx)}</Figure>,
    before: <Figure meaning="risk">{before === undefined ? '…' : countWords(before.value, tx)}</Figure>,
    chance: <Figure meaning="truth">{countWords(after.baseline ?? 0, tx)}</Figure>,
    weak:
      beside?.dial === undefined
        ? tx(words.weakRaw)
        : tx(words.weakDial, { symbol: beside.dial.symbol, value: number(beside.dial.value) }),
  };
  if (isRaw) return <Rich text={tx(words.findingRaw)} parts={parts} />;
  // A different measure answers for the other release: then it must not stand in the same sentence.
  const comparable = beside !== undefined && (before === undefined || before.id === after.id);
  return <Rich text={tx(comparable ? words.finding : words.findingChance)} parts={parts} />;
}

function Note({ attack }: { readonly attack: Attack }) {
  const { tx, value, number } = useText();
  const score = scoreFor(attack, attack.own);
  const outcome = attack.outcomes[attack.own?.job?.key ?? ''];
  if (score === undefined || outcome?.status !== 'ok' || attack.opponent === undefined) return null;
  const half = halfOf(score);
  const interval =
    score.interval === undefined
      ? '–'
      : `${value(score.interval.low, score.unit, half)} – ${value(score.interval.high, score.unit, half)}`;
  return (
    <p className="note-line">
      {tx(tx(score.label) === tx(attack.opponent.label) ? words.noteSame : words.note, {
        attack: tx(attack.opponent.label),
        score: tx(score.label),
        n: score.n === undefined ? '–' : number(score.n),
        interval,
        baseline: score.baseline === undefined ? '–' : value(score.baseline, score.unit),
      })}
      {score.bound !== undefined && tx(words.noteBound, { bound: value(score.bound, score.unit) })}
      {aboveByChance(score) && tx(words.noteChance)}.{' '}
      <WhyThis score={score} origin={originOf(outcome, attack.spec.seed)} />
    </p>
  );
}

/** A few tries can come out above a proven limit; where the interval reaches below it, that is said. */
const aboveByChance = ({ value, bound, interval }: Score): boolean =>
  bound !== undefined && value > bound && interval !== undefined && interval.low <= bound;
