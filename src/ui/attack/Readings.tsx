import type { Score } from '../../engine/kit/score.ts';
import { useText } from '../i18n/use-text.ts';
import { halfOf } from '../explore/Meters.tsx';
import { Card, Disclosure } from '../parts/controls.tsx';
import { originOf, WhyThis } from '../parts/why-this.tsx';
import { successOf } from './contests.ts';
import type { Attack } from './use-attack.ts';
import { attackWords as words } from './words.ts';

/** The sample and the city apart, and everything else the attack measures on the release. */
export function Readings({ attack }: { readonly attack: Attack }) {
  const { tx } = useText();
  const outcome = attack.outcomes[attack.own?.job?.key ?? ''];
  const success = successOf(outcome);
  if (outcome?.status !== 'ok' || success === undefined) return null;
  const origin = originOf(outcome, attack.spec.seed);
  const city = outcome.scores.find((score) => score.of === 'population');
  const others = outcome.scores.filter((score) => score !== success && score !== city);
  return (
    <Card title={tx(words.readings)}>
      <dl className="readings">
        <div>
          <dt>{tx(words.sample)}</dt>
          <dd>
            <Value score={success} origin={origin} big />
          </dd>
        </div>
        <div>
          <dt>{tx(words.city)}</dt>
          <dd>
            {city === undefined ? (
              <span className="soft small">{tx(words.cityNone)}</span>
            ) : (
              <Value score={city} origin={origin} big />
            )}
          </dd>
        </div>
      </dl>
      <p className="soft small">{tx(words.readingsHelp)}</p>
      {others.length > 0 && (
        <Disclosure label={tx(words.secondary)} open>
          <ul className="score-list">
            {others.map((score) => (
              <li key={score.id}>
                <span>{tx(score.label)}</span>
                <span className="score-value">
                  <Value score={score} origin={origin} />
                </span>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </Card>
  );
}

function Value(props: { readonly score: Score; readonly origin: ReturnType<typeof originOf>; readonly big?: boolean }) {
  const { t, value } = useText();
  const { score } = props;
  return (
    <>
      <span className={props.big === true ? 'reading-value is-risk' : 'figure'}>
        {value(score.value, score.unit, halfOf(score))}
      </span>{' '}
      {score.provenance === 'modelled' && <span className="soft small">{t('why.modelled')}</span>}{' '}
      <WhyThis score={score} origin={props.origin} label={props.big === true ? t('common.why') : '?'} />
    </>
  );
}
