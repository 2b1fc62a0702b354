import { Fragment } from 'react';
import type { JobResult } from '../../engine/kit/job.ts';
import type { Interval, Score } from '../../engine/kit/score.ts';
import type { Text } from '../../engine/kit/text.ts';
import { measureOf } from '../../engine/registry.ts';
import { useText, type TextTools } from '../i18n/use-text.ts';
import { Disclosure } from '../parts/controls.tsx';
import { Facts, WhyThis, type Origin } from '../parts/why-this.tsx';
import './pictures.css';
import { pictureWords as words } from './words.ts';

/** Half the width of a score's interval: what its digits are rounded to. */
export const halfWidth = (score: Score): number | undefined =>
  score.interval === undefined ? undefined : (score.interval.high - score.interval.low) / 2;

/** "12 % (10 % – 14 %)": a value with its unit and, where there is one, its interval. */
export function scoreWords(score: Score, tools: Pick<TextTools, 'value' | 'unit'>): string {
  return valueWords(score.value, score.unit, score.interval, tools);
}

/** The same for a value of several runs, with the interval that belongs to it. */
export function valueWords(
  value: number,
  unit: string,
  interval: Interval | undefined,
  tools: Pick<TextTools, 'value' | 'unit'>,
): string {
  const half = interval === undefined ? undefined : (interval.high - interval.low) / 2;
  const plain = (one: number): string => tools.value(one, tools.unit(unit, 2), half);
  if (interval === undefined || interval.low === interval.high) return plain(value);
  return `${plain(value)} (${plain(interval.low)} – ${plain(interval.high)})`;
}

interface Group {
  readonly id: 'risk' | 'utility' | 'cost';
  readonly title: Text;
  readonly scores: readonly Score[];
}

/** Scores by meaning, in the order a council asks: what is at risk, what it is good for, what it costs. */
export function scoreGroups(scores: readonly Score[]): readonly Group[] {
  const groups: readonly Group[] = [
    {
      id: 'risk',
      title: words.risk,
      scores: scores.filter(({ meaning }) => meaning === 'risk' || meaning === 'privacy'),
    },
    { id: 'utility', title: words.utility, scores: scores.filter(({ meaning }) => meaning === 'utility') },
    { id: 'cost', title: words.cost, scores: scores.filter(({ meaning }) => meaning === 'cost') },
  ];
  return groups.filter((group) => group.scores.length > 0);
}

const subjects = [
  ['sample', words.sample],
  ['population', words.population],
  [undefined, words.general],
] as const;

/**
 * All scores of a run, grouped by meaning; what speaks about the table and what speaks about the population stand apart.
 * Each has its interval, what guessing achieves, and its "why". Measures that could not run say so.
 */
export function ScoreList(props: {
  readonly scores: readonly Score[];
  readonly skipped?: JobResult['skipped'];
  readonly origin?: Origin;
}) {
  const { tx } = useText();
  const groups = scoreGroups(props.scores);
  const skipped = props.skipped ?? [];
  return (
    <div className="score-groups">
      {groups.length === 0 && skipped.length === 0 && <p className="soft">{tx(words.noScores)}</p>}
      {groups.map((group) => (
        <section key={group.id} className="stack">
          <h4 className={`is-${group.id}`}>{tx(group.title)}</h4>
          <Subjects scores={group.scores} origin={props.origin} />
        </section>
      ))}
      {skipped.length > 0 && (
        <Disclosure label={tx(words.skipped, { n: skipped.length })}>
          <Facts
            rows={skipped.map((one) => [
              measureName(one.id, tx),
              one.problem.remedy === undefined ? one.problem.message : `${one.problem.message}. ${one.problem.remedy}`,
            ])}
          />
        </Disclosure>
      )}
    </div>
  );
}

/** Name of a measure by its id, as the registry has it. */
export const measureName = (id: string, tx: TextTools['tx']): string => {
  const known = measureOf(id);
  return known === undefined ? id : tx(known.label);
};

function Subjects(props: { readonly scores: readonly Score[]; readonly origin: Origin | undefined }) {
  const { tx } = useText();
  const present = subjects.filter(([of]) => props.scores.some((score) => score.of === of));
  return (
    <>
      {present.map(([of, label]) => (
        <Fragment key={of ?? 'release'}>
          {present.length > 1 && <p className="score-subject">{tx(label)}</p>}
          <ul className="score-rows">
            {props.scores
              .filter((score) => score.of === of)
              .map((score) => (
                <ScoreLine key={score.id} score={score} origin={props.origin} />
              ))}
          </ul>
        </Fragment>
      ))}
    </>
  );
}

/** What a baseline is, by meaning: guessing, doing without the release, or the rows as they are. */
const besides = { risk: words.chance, privacy: words.chance, utility: words.without, cost: words.raw } as const;

function ScoreLine({ score, origin }: { readonly score: Score; readonly origin: Origin | undefined }) {
  const tools = useText();
  const { tx, value, unit } = tools;
  const notes = [
    ...(score.baseline === undefined
      ? []
      : [tx(besides[score.meaning], { value: value(score.baseline, unit(score.unit, 2)) })]),
    ...(score.bound === undefined ? [] : [tx(words.bound, { value: value(score.bound, score.unit) })]),
    ...(score.provenance === 'modelled' ? [tx(words.modelled)] : []),
  ];
  return (
    <li>
      <span>
        {tx(score.label)}
        {notes.length > 0 && <span className="soft"> · {notes.join(' · ')}</span>}
      </span>
      <span className="score-figure">
        <strong>{scoreWords(score, tools)}</strong>{' '}
        <WhyThis score={score} {...(origin === undefined ? {} : { origin })} label="?" />
      </span>
    </li>
  );
}
