import type { JobResult } from '../../engine/kit/job.ts';
import type { Score } from '../../engine/kit/score.ts';
import { useText } from '../i18n/use-text.ts';
import { Disclosure } from './controls.tsx';
import { Popover } from './popover.tsx';

/** What the number came from: enough to compute it again. */
export interface Origin {
  readonly seed?: number;
  readonly digest?: string;
  readonly inputs?: readonly (readonly [string, string])[];
}

export const originOf = (result: JobResult, seed: number): Origin => ({ seed, digest: result.digest });

/** "Why this number?": a sentence first, then the parts it is made of, then how to compute it again. */
export function WhyThis(props: { readonly score: Score; readonly origin?: Origin; readonly label?: string }) {
  const { t, tx } = useText();
  return (
    <Popover label={props.label ?? t('common.why')} name={`${t('common.why')} ${tx(props.score.label)}`}>
      {() => <WhyBody score={props.score} origin={props.origin} />}
    </Popover>
  );
}

function WhyBody({ score, origin }: { readonly score: Score; readonly origin: Origin | undefined }) {
  const { t, tx, value, number } = useText();
  const { interval } = score;
  const half = interval === undefined ? undefined : (interval.high - interval.low) / 2;
  const rows: (readonly [string, string])[] = [[t('why.value'), value(score.value, score.unit, half)]];
  if (interval !== undefined) {
    rows.push([
      t('why.interval', { level: `${Math.round(interval.level * 100)} %` }),
      `${value(interval.low, score.unit, half)} – ${value(interval.high, score.unit, half)}; ${t(`why.interval.${interval.kind}`)}`,
    ]);
  }
  if (score.baseline !== undefined) rows.push([t('why.baseline'), value(score.baseline, score.unit)]);
  if (score.bound !== undefined) rows.push([t('why.bound'), value(score.bound, score.unit)]);
  if (score.n !== undefined) rows.push([t('why.n'), number(score.n)]);
  const deep: (readonly [string, string])[] = [
    [t('why.id'), score.id],
    ...(origin?.inputs ?? []),
    ...(origin?.seed === undefined ? [] : [[t('common.seed'), String(origin.seed)] as const]),
    ...(origin?.digest === undefined ? [] : [[t('why.digest'), origin.digest.slice(0, 16)] as const]),
  ];
  return (
    <div className="why">
      <h4>{tx(score.label)}</h4>
      <p>{tx(score.method)}</p>
      <Facts rows={rows} />
      <p className="soft">
        {t(score.provenance === 'measured' ? 'why.measured' : 'why.modelled')}
        {score.of !== undefined && <> · {t(`why.of.${score.of}`)}</>}
        {score.direction !== 'neutral' && (
          <> · {t(score.direction === 'higher-is-better' ? 'why.direction.higher' : 'why.direction.lower')}</>
        )}
      </p>
      <Disclosure label={t('why.inputs')}>
        <Facts rows={deep} />
        {score.source !== undefined && <p className="soft">{t('why.source', { source: score.source })}</p>}
      </Disclosure>
    </div>
  );
}

/** Two columns of names and values. */
export function Facts(props: { readonly rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className="facts">
      {props.rows.map(([name, what]) => (
        <div key={name} className="facts-row">
          <dt>{name}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
