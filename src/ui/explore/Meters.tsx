import { memo } from 'react';
import { MeterBar } from '../../charts/MeterBar.tsx';
import type { JobResult } from '../../engine/kit/job.ts';
import type { Score } from '../../engine/kit/score.ts';
import { useText } from '../i18n/use-text.ts';
import { Card, Disclosure } from '../parts/controls.tsx';
import { Facts, originOf, WhyThis } from '../parts/why-this.tsx';
import { privacyScore, protectionMs, utilityScore } from './scores.ts';

/** Privacy, utility and cost of the release on screen, each with its interval and its why. */
export const Meters = memo(function Meters(props: {
  readonly result: JobResult | undefined;
  readonly seed: number;
  readonly stale: boolean;
  /** Whether the page shows measured values. */
  readonly about?: Score['about'];
}) {
  const { t, tx, value } = useText();
  const { result } = props;
  const scores = result?.scores ?? [];
  const privacy = privacyScore(scores);
  const utility = utilityScore(scores, props.about);
  const ms = result === undefined ? undefined : protectionMs(result);
  const others = scores.filter((score) => score !== privacy && score !== utility);
  const cost = result?.cost;
  const origin = result === undefined ? undefined : originOf(result, props.seed);
  return (
    <Card className={props.stale ? 'meters stale' : 'meters'} lesson="meters">
      <ScoreMeter label={t('explore.privacy')} score={privacy} meaning="privacy" origin={origin} />
      <ScoreMeter label={t('explore.utility')} score={utility} meaning="utility" origin={origin} />
      <div>
        <MeterBar
          label={t('explore.cost')}
          value={ms ?? Number.NaN}
          text={ms === undefined ? '' : t('explore.costMeasured', { ms: value(ms, 'ms') })}
          domain={[0.1, 10_000]}
          log
          meaning="cost"
          note={
            cost === undefined || cost.messages === 0
              ? t('explore.costLocal')
              : t('explore.costNetwork', {
                  messages: cost.messages,
                  bytes: value(cost.bytes, 'bytes'),
                  rounds: cost.rounds,
                })
          }
        />
      </div>
      {others.length > 0 && (
        <Disclosure label={t('explore.more')}>
          <ul className="score-list">
            {others.map((score) => (
              <li key={score.id}>
                <span>{tx(score.label)}</span>
                <span className="score-value">
                  {value(score.value, score.unit, halfOf(score))}
                  <WhyThis score={score} {...(origin === undefined ? {} : { origin })} label="?" />
                </span>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {(result?.skipped.length ?? 0) > 0 && (
        <Disclosure label={t('explore.skipped', { n: result?.skipped.length ?? 0 })}>
          <Facts rows={(result?.skipped ?? []).map((one) => [one.id, one.problem.message])} />
        </Disclosure>
      )}
    </Card>
  );
});

export const halfOf = (score: Score): number | undefined =>
  score.interval === undefined ? undefined : (score.interval.high - score.interval.low) / 2;

function ScoreMeter(props: {
  readonly label: string;
  readonly score: Score | undefined;
  readonly meaning: 'privacy' | 'utility';
  readonly origin: ReturnType<typeof originOf> | undefined;
}) {
  const { t, tx, value } = useText();
  const { score, origin } = props;
  if (score === undefined) {
    return (
      <MeterBar label={props.label} value={Number.NaN} text="" meaning={props.meaning} note={t('explore.pending')} />
    );
  }
  const half = halfOf(score);
  const shown = value(score.value, score.unit, half);
  const range =
    score.interval === undefined
      ? ''
      : ` (${value(score.interval.low, score.unit, half)} – ${value(score.interval.high, score.unit, half)})`;
  return (
    <div>
      <MeterBar
        label={props.label}
        value={score.value}
        text={`${shown}${range}`}
        domain={[0, 1]}
        low={score.interval?.low}
        high={score.interval?.high}
        baseline={
          score.baseline === undefined ? undefined : { value: score.baseline, label: value(score.baseline, score.unit) }
        }
        bound={score.bound === undefined ? undefined : { value: score.bound, label: value(score.bound, score.unit) }}
        meaning={props.meaning}
        provenance={score.provenance}
        note={
          <>
            {tx(score.label)}
            {score.baseline !== undefined &&
              ` · ${
                score.bound === undefined
                  ? t(props.meaning === 'utility' ? 'explore.without' : 'explore.chance', {
                      baseline: value(score.baseline, score.unit),
                    })
                  : t('explore.chanceBound', {
                      baseline: value(score.baseline, score.unit),
                      bound: value(score.bound, score.unit),
                    })
              }`}
          </>
        }
      />
      <WhyThis score={score} {...(origin === undefined ? {} : { origin })} />
    </div>
  );
}
