import { MeterBar } from '../../charts/MeterBar.tsx';
import type { JobResult } from '../../engine/kit/job.ts';
import type { Score } from '../../engine/kit/score.ts';
import { privacyScore, protectionMs, sameScore, utilityScore } from '../explore/scores.ts';
import { useText } from '../i18n/use-text.ts';
import { originOf, WhyThis, type Origin } from '../parts/why-this.tsx';
import { scoreWords } from './ScoreList.tsx';

/** One reading of the three meters: whose it is, and the run it is read from. */
export interface MeterReading {
  readonly id: string;
  /** Shown after the meter's name where there are several readings. */
  readonly label?: string | undefined;
  readonly result: JobResult | undefined;
  readonly seed: number;
}

/** Privacy, utility and cost, each with one bar a reading; readings of a second run use the same measures where it has them. */
export function ThreeMeters({ readings }: { readonly readings: readonly MeterReading[] }) {
  const { t } = useText();
  const first = readings[0]?.result;
  const privacy = first === undefined ? undefined : privacyScore(first.scores);
  const utility = first === undefined ? undefined : utilityScore(first.scores);
  const name = (base: string, reading: MeterReading): string =>
    reading.label === undefined ? base : `${base}, ${reading.label}`;
  return (
    <>
      {readings.map((reading) => (
        <ScoreMeter
          key={reading.id}
          label={name(t('explore.privacy'), reading)}
          score={pick(reading.result, privacy, privacyScore)}
          reading={reading}
          meaning="privacy"
        />
      ))}
      {readings.map((reading) => (
        <ScoreMeter
          key={reading.id}
          label={name(t('explore.utility'), reading)}
          score={pick(reading.result, utility, utilityScore)}
          reading={reading}
          meaning="utility"
        />
      ))}
      {readings.map((reading) => (
        <CostMeter key={reading.id} label={name(t('explore.cost'), reading)} result={reading.result} />
      ))}
    </>
  );
}

const pick = (
  result: JobResult | undefined,
  wanted: Score | undefined,
  choose: (scores: readonly Score[]) => Score | undefined,
): Score | undefined =>
  result === undefined
    ? undefined
    : ((wanted === undefined ? undefined : sameScore(result, wanted)) ?? choose(result.scores));

function ScoreMeter(props: {
  readonly label: string;
  readonly score: Score | undefined;
  readonly reading: MeterReading;
  readonly meaning: 'privacy' | 'utility';
}) {
  const tools = useText();
  const { t, tx, value } = tools;
  const { score, reading, meaning } = props;
  if (score === undefined) {
    const pending = reading.result === undefined ? t('explore.pending') : '–';
    return <MeterBar label={props.label} value={Number.NaN} text="" meaning={meaning} note={pending} />;
  }
  const origin: Origin | undefined = reading.result === undefined ? undefined : originOf(reading.result, reading.seed);
  const baseline = score.baseline === undefined ? undefined : value(score.baseline, score.unit);
  const beside =
    baseline === undefined
      ? ''
      : meaning === 'utility'
        ? t('explore.without', { baseline })
        : score.bound === undefined
          ? t('explore.chance', { baseline })
          : t('explore.chanceBound', { baseline, bound: value(score.bound, score.unit) });
  return (
    <div>
      <MeterBar
        label={props.label}
        value={score.value}
        text={scoreWords(score, tools)}
        domain={score.unit === 'share' ? [0, 1] : undefined}
        low={score.interval?.low}
        high={score.interval?.high}
        baseline={score.baseline === undefined ? undefined : { value: score.baseline, label: t('why.baseline') }}
        bound={score.bound === undefined ? undefined : { value: score.bound, label: t('why.bound') }}
        meaning={meaning}
        provenance={score.provenance}
        note={[tx(score.label), beside].filter((part) => part !== '').join(' · ')}
      />
      <WhyThis score={score} {...(origin === undefined ? {} : { origin })} />
    </div>
  );
}

function CostMeter(props: { readonly label: string; readonly result: JobResult | undefined }) {
  const { t, value } = useText();
  const ms = props.result === undefined ? undefined : protectionMs(props.result);
  const cost = props.result?.cost;
  return (
    <MeterBar
      label={props.label}
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
  );
}
