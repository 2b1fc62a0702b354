import type { Score } from '../../engine/kit/score.ts';
import { useText } from '../i18n/use-text.ts';
import { Figure } from '../parts/rich.tsx';
import { WhyThis, type Origin } from '../parts/why-this.tsx';
import { scoreWords } from '../pictures/ScoreList.tsx';

/** Scores made on the page from a frame: name, value with its interval, why, and a line of meaning below. */
export function Figures(props: {
  readonly rows: readonly { readonly score: Score; readonly note?: string }[];
  readonly origin: Origin;
}) {
  const tools = useText();
  return (
    <ul className="live-figures">
      {props.rows.map(({ score, note }) => (
        <li key={score.id}>
          <span>{tools.tx(score.label)}</span>
          <span className="value">
            <Figure meaning={score.meaning}>{scoreWords(score, tools)}</Figure>{' '}
            <WhyThis score={score} origin={props.origin} label="?" />
          </span>
          {note !== undefined && <span className="soft">{note}</span>}
        </li>
      ))}
    </ul>
  );
}
