import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { moveBorder } from './budget-bar.layout.ts';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import type { BudgetBarProps } from './props.ts';

/** One budget in parts that always sum to the total; borders move by drag or arrow keys. */
export function BudgetBar(props: BudgetBarProps) {
  const { parts, total, unit, onShares, step = 0.01 } = props;
  const { words, locale } = useChartSetting(props);
  const bar = useRef<HTMLDivElement>(null);
  const shares = parts.map((part) => part.share);
  const starts = shares.map((_, i) => shares.slice(0, i).reduce((sum, share) => sum + share, 0));
  const amount = (share: number) => `${unit} ${formatNumber(share * total, locale)}`;
  const percent = (share: number) => `${formatNumber(share * 100, locale)} %`;
  const table = () => ({
    columns: [
      { label: words.part },
      { label: `${words.share} (%)`, numeric: true },
      { label: unit, numeric: true },
      { label: words.value },
    ],
    rows: parts.map((part) => [part.label, part.share * 100, part.share * total, part.text ?? null]),
  });
  const move = (i: number, delta: number) => {
    const next = moveBorder(shares, i, delta, step);
    if (next.some((share, j) => share !== shares[j])) onShares?.(next);
  };
  const onKeyDown = (event: KeyboardEvent, i: number) => {
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    move(i, way * step);
  };
  const drag = (event: PointerEvent, i: number) => {
    const box = bar.current?.getBoundingClientRect();
    if (event.buttons !== 1 || box === undefined) return;
    const border = (starts[i] ?? 0) + (shares[i] ?? 0);
    move(i, (event.clientX - box.left) / box.width - border);
  };
  return (
    <ChartFrame {...props} table={table}>
      <div ref={bar} className="ec-budget">
        <svg
          className="ec-svg"
          height={34}
          role="img"
          aria-label={parts.map((part) => `${part.label} ${percent(part.share)}`).join(', ')}
        >
          {parts.map((part, i) => (
            <g key={part.id}>
              <rect
                x={`${100 * (starts[i] ?? 0)}%`}
                width={`${100 * part.share}%`}
                height={34}
                className={`ec-f-privacy ec-part${i % 3} ec-rim`}
              />
              {part.share > 0.09 ? (
                <text
                  x={`${100 * ((starts[i] ?? 0) + part.share / 2)}%`}
                  y={22}
                  textAnchor="middle"
                  className={i % 3 === 0 ? 'ec-on' : 'ec-ink'}
                >
                  {percent(part.share)}
                </text>
              ) : null}
            </g>
          ))}
        </svg>
        {onShares === undefined
          ? null
          : parts
              .slice(0, -1)
              .map((part, i) => (
                <div
                  key={part.id}
                  role="slider"
                  tabIndex={0}
                  className="ec-handle"
                  style={{ left: `${100 * ((starts[i] ?? 0) + part.share)}%` }}
                  aria-label={`${part.label} | ${parts[i + 1]?.label ?? ''}`}
                  aria-valuemin={0}
                  aria-valuemax={100}
                  aria-valuenow={Math.round(part.share * 100)}
                  aria-valuetext={`${part.label} ${percent(part.share)}, ${parts[i + 1]?.label ?? ''} ${percent(parts[i + 1]?.share ?? 0)}`}
                  onKeyDown={(event) => onKeyDown(event, i)}
                  onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
                  onPointerMove={(event) => drag(event, i)}
                />
              ))}
      </div>
      <ul className="ec-keys">
        {parts.map((part, i) => (
          <li key={part.id}>
            <svg width="10" height="10" aria-hidden="true">
              <rect width="10" height="10" rx="2" className={`ec-f-privacy ec-part${i % 3}`} />
            </svg>
            <span>
              {part.label} <b>{amount(part.share)}</b>
              {part.text === undefined ? '' : ` · ${part.text}`}
            </span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}
