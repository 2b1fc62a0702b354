import type { Score } from '../../engine/kit/score.ts';
import { paperUtilityOf } from '../../scenario/twin.ts';
import { halfOf } from '../explore/Meters.tsx';
import { useText } from '../i18n/use-text.ts';
import { goTo } from '../location.ts';
import { Button, Card } from '../parts/controls.tsx';
import { originOf, WhyThis } from '../parts/why-this.tsx';
import type { Part } from './use-twin.ts';
import { twinWords as words } from './words.ts';

interface PanelProps {
  readonly parts: readonly Part[];
  readonly seed: number;
}

/** Aggregate, pattern and individual questions apart, part by part, beside the paper's figures. */
export function UtilityPanel({ parts, seed }: PanelProps) {
  const { tx, value } = useText();
  const asked = parts.filter((part) => part.result === undefined || utilitiesOf(part).length > 0);
  return (
    <Card title={tx(words.utility)}>
      <p className="soft small">{tx(words.utilityHelp)}</p>
      {asked.map((part) => (
        <section key={part.branch.id} className="twin-group">
          <h4>{tx(part.technique.label)}</h4>
          <ul className="twin-scores">
            {utilitiesOf(part).map((score) => (
              <li key={score.id}>
                <span>{tx(score.label)}</span>
                <span className="twin-value">
                  <strong className="is-utility">{value(score.value, score.unit, halfOf(score))}</strong>
                  <span className="soft">
                    {tx(words.paper)} {value(paperUtilityOf(score.id) ?? 0, 'share', 0.001)}
                  </span>
                  <Why part={part} score={score} seed={seed} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className="soft small">{tx(words.modelNote)}</p>
    </Card>
  );
}

const utilitiesOf = (part: Part): readonly Score[] =>
  (part.result?.scores ?? []).filter((score) => paperUtilityOf(score.id) !== undefined);

/** One attack per part: its success beside chance and, where proven, the limit. */
export function RiskPanel({ parts, seed }: PanelProps) {
  const { tx, value } = useText();
  return (
    <Card title={tx(words.risk)}>
      <p className="soft small">{tx(words.riskHelp)}</p>
      <ul className="twin-scores">
        {parts.map((part) => {
          const score = riskOf(part);
          if (score === undefined) return null;
          const bound = score.bound === undefined ? '' : tx(words.bound, { bound: value(score.bound, score.unit) });
          return (
            <li key={part.branch.id}>
              <span>
                {tx(part.technique.label)}: {tx(score.label)}
                <span className="soft small block">
                  {tx(words.chanceBound, { chance: value(score.baseline ?? 0, score.unit), bound })}
                </span>
              </span>
              <span className="twin-value">
                <strong className="is-risk">{value(score.value, score.unit, halfOf(score))}</strong>
                <Why part={part} score={score} seed={seed} />
              </span>
            </li>
          );
        })}
      </ul>
      <p>
        <Button onClick={() => goTo('/attack')}>{tx(words.openAttack)}</Button>
      </p>
    </Card>
  );
}

const riskOf = (part: Part): Score | undefined =>
  part.result?.scores.find(
    (score) =>
      score.meaning === 'risk' &&
      score.unit === 'share' &&
      score.baseline !== undefined &&
      score.interval !== undefined,
  );

function Why(props: { readonly part: Part; readonly score: Score; readonly seed: number }) {
  const { result } = props.part;
  if (result === undefined) return null;
  return <WhyThis score={props.score} origin={originOf(result, props.seed)} label="?" />;
}
