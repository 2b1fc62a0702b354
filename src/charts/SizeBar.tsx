import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import type { SizeBarProps } from './props.ts';

const ORDER = ['privacy', 'utility', 'cost', 'risk', 'neutral'] as const;

/** A quantity split into named parts on one bar; each part is told in words under it. */
export function SizeBar(props: SizeBarProps) {
  const { locale } = useChartSetting(props);
  const sum = props.parts.reduce((total, part) => total + part.value, 0);
  const total = Math.max(props.total ?? sum, sum) || 1;
  const tell = (value: number) => `${formatNumber(value, locale)} ${props.unit}`;
  const said = props.parts.map((part) => `${part.label} ${part.text ?? tell(part.value)}`);
  const starts = props.parts.map((_, i) => props.parts.slice(0, i).reduce((before, part) => before + part.value, 0));
  return (
    <div className="ec-meter">
      <div className="ec-meter-head">
        <b>{props.label}</b>
        <span>{tell(sum)}</span>
      </div>
      <svg className="ec-svg" height={12} role="img" aria-label={`${props.label}: ${said.join(', ')}`}>
        <rect y={1} width="100%" height={10} rx={3} className="ec-track" />
        {props.parts.map((part, i) => {
          const meaning = part.meaning ?? ORDER[i % ORDER.length] ?? 'neutral';
          return (
            <rect
              key={part.id}
              x={`${(100 * (starts[i] ?? 0)) / total}%`}
              width={`${(100 * part.value) / total}%`}
              y={1}
              height={10}
              className={`ec-f-${meaning} ec-rim`}
            />
          );
        })}
      </svg>
      <ul className="ec-keys">
        {props.parts.map((part, i) => (
          <li key={part.id}>
            <svg width="9" height="9" aria-hidden="true">
              <rect
                width="9"
                height="9"
                rx="2"
                className={`ec-f-${part.meaning ?? ORDER[i % ORDER.length] ?? 'neutral'}`}
              />
            </svg>
            {said[i]}
          </li>
        ))}
      </ul>
    </div>
  );
}
