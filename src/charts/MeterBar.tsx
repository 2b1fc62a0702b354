import { useId } from 'react';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import { layoutMeter } from './meter-bar.layout.ts';
import type { MeterBarProps } from './props.ts';

/** One number with its interval as a band, chance as a hollow tick below and the proven bound as a bracket above. */
export function MeterBar(props: MeterBarProps) {
  const { label, text, meaning, baseline, bound } = props;
  const { words, locale } = useChartSetting({});
  const id = useId().replaceAll(/[^\w-]/g, '');
  const at = layoutMeter(props);
  const limits = [
    baseline === undefined ? null : `${words.chance} ${baseline.label}`,
    bound === undefined ? null : `${words.bound} ${bound.label}`,
  ].filter((part) => part !== null);
  const note = props.note ?? (limits.length === 0 ? null : limits.join(' · '));
  const modelled = props.provenance === 'modelled';
  const percent = (value: number) => `${value}%`;
  return (
    <div className="ec-meter">
      <div className="ec-meter-head">
        <b id={`${id}l`}>{label}</b>
        <span>{text}</span>
      </div>
      <svg
        className="ec-svg ec-meter-track"
        height={16}
        role="img"
        aria-label={`${label}: ${text}. ${limits.join(', ')}${modelled ? `, ${words.modelled}` : ''}`}
        data-value={Number.isFinite(props.value) ? formatNumber(props.value, locale) : undefined}
      >
        <defs>
          <pattern id={`${id}p`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0,0V5" className={`ec-s-${meaning} ec-mid`} />
          </pattern>
        </defs>
        <rect y={6} width="100%" height={4} rx={2} className="ec-track" />
        {at.value === null ? null : (
          <rect
            y={6}
            width={percent(at.value)}
            height={4}
            rx={2}
            className={modelled ? undefined : `ec-f-${meaning}`}
            fill={modelled ? `url(#${id}p)` : undefined}
          />
        )}
        {at.band === null ? null : (
          <rect
            x={percent(at.band[0])}
            width={percent(Math.max(0.5, at.band[1] - at.band[0]))}
            y={2.5}
            height={11}
            rx={5.5}
            className={`ec-f-${meaning} ec-interval`}
          />
        )}
        {at.baseline === null ? null : (
          <line x1={percent(at.baseline)} x2={percent(at.baseline)} y1={3} y2={13} className="ec-tick-chance" />
        )}
        {at.bound === null ? null : (
          <svg x={percent(at.bound)} overflow="visible">
            <path d="M-4,1.5H0V14.5H-4" className="ec-tick-bound" />
          </svg>
        )}
        {at.value === null ? null : <circle cx={percent(at.value)} cy={8} r={5} className={`ec-f-${meaning} ec-rim`} />}
      </svg>
      {note === null ? null : <div className="ec-note">{note}</div>}
    </div>
  );
}
