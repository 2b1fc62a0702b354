import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatWithin } from './format.ts';
import { bucketAt, labelAt, layoutStrip, strippedKey } from './hour-strip.layout.ts';
import type { HourStripProps } from './props.ts';
import { useSize } from './use-size.ts';
import type { ChartWords } from './words.ts';

/** Ordered buckets (hours): bar released, ink line true, whisker 95 %; click, drag or keys select a range, Esc all. */
export function HourStrip(props: HourStripProps) {
  const { words } = useChartSetting(props);
  const { released, truth } = props;
  const half = (i: number) =>
    typeof props.halfWidth95 === 'number' ? props.halfWidth95 : (props.halfWidth95?.[i] ?? null);
  const table = () => ({
    columns: [
      { label: props.measureLabel },
      { label: `${words.released} (${props.unit})`, numeric: true },
      { label: words.halfWidth, numeric: true },
      ...(truth === undefined ? [] : [{ label: words.true, numeric: true }]),
    ],
    rows: Array.from({ length: released.length }, (_, i) => [
      props.labels?.[i] ?? String(i),
      props.suppressed?.[i] === 1 ? words.suppressed : (released[i] ?? null),
      half(i),
      ...(truth === undefined ? [] : [truth[i] ?? null]),
    ]),
  });
  return (
    <ChartFrame {...props} table={table}>
      <StripPicture {...props} chartWords={words} />
    </ChartFrame>
  );
}

function StripPicture(props: HourStripProps & { chartWords: ChartWords }) {
  const { released, truth, selected, onSelect, chartWords: words } = props;
  const { locale } = useChartSetting(props);
  const id = useId().replaceAll(/[^\w-]/g, '');
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 560, height: 80 });
  const height = props.height ?? 5 * size.em;
  const { bars, base, labelled } = layoutStrip(props, { width: size.width, height, em: size.em });
  const n = bars.length;
  const [anchor, setAnchor] = useState<number | null>(null);
  const [hovered, setHovered] = useState(-1);
  const label = (i: number) => props.labels?.[i] ?? String(i);
  const at = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return bucketAt(event.clientX - box.left, box.width, n);
  };
  const say = (i: number) => {
    const half = typeof props.halfWidth95 === 'number' ? props.halfWidth95 : props.halfWidth95?.[i];
    if (props.suppressed?.[i] === 1) return `${label(i)}: ${words.suppressed}`;
    const reach = half === undefined || !(half > 0) ? '' : ` ± ${formatWithin(half, half, locale)} (95 %)`;
    const known = truth === undefined ? '' : ` · ${words.true} ${formatWithin(truth[i] as number, undefined, locale)}`;
    return `${label(i)}: ${words.released} ${formatWithin(released[i] as number, half, locale)} ${props.unit}${reach}${known}`;
  };
  const everything = props.allLabel ?? words.allDay;
  const rangeText =
    selected === null
      ? everything
      : selected.from === selected.to
        ? say(selected.from)
        : `${label(selected.from)} – ${label(selected.to)}`;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = strippedKey(event.key, event.shiftKey, selected, n);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onSelect?.(next);
  };
  const isIn = (i: number) => selected !== null && i >= selected.from && i <= selected.to;
  return (
    <div ref={root}>
      <svg
        className="ec-svg ec-strip"
        viewBox={`0 0 ${size.width} ${height}`}
        height={height}
        role="slider"
        tabIndex={0}
        aria-label={`${props.title}. ${words.dragToSelect}`}
        aria-valuemin={0}
        aria-valuemax={n - 1}
        aria-valuenow={selected?.from ?? 0}
        aria-valuetext={rangeText}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          const i = at(event);
          event.currentTarget.setPointerCapture(event.pointerId);
          setAnchor(i);
          onSelect?.(selected !== null && selected.from === i && selected.to === i ? null : { from: i, to: i });
        }}
        onPointerMove={(event) => {
          const i = at(event);
          setHovered(i);
          const from = anchor === null ? i : Math.min(anchor, i);
          const to = anchor === null ? i : Math.max(anchor, i);
          if (anchor !== null && i !== anchor && (selected?.from !== from || selected.to !== to))
            onSelect?.({ from, to });
        }}
        onPointerUp={() => setAnchor(null)}
        onPointerLeave={() => setHovered(-1)}
      >
        <defs>
          <pattern id={`${id}h`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0,0V5" className="ec-hatch-ink" />
          </pattern>
        </defs>
        <path d={`M0,${base + 0.5}H${size.width}`} className="ec-line" />
        {bars.map((bar, i) => {
          const middle = bar.x + bar.width / 2;
          return (
            <g key={i}>
              {bar.suppressed ? (
                <rect x={bar.x} width={bar.width} y={base - 14} height={14} fill={`url(#${id}h)`} />
              ) : (
                <rect
                  x={bar.x}
                  width={bar.width}
                  y={bar.y}
                  height={bar.height}
                  className={`ec-f-privacy${selected === null || isIn(i) ? (selected === null ? ' ec-half' : '') : ' ec-pale'}`}
                />
              )}
              {bar.whisker === null ? null : (
                <>
                  <path d={`M${middle},${bar.whisker[0]}V${bar.whisker[1]}`} className="ec-whisker-rim" />
                  <path d={`M${middle},${bar.whisker[0]}V${bar.whisker[1]}`} className="ec-whisker" />
                </>
              )}
              {bar.truthY === null ? null : (
                <path d={`M${bar.x - 1},${bar.truthY}h${bar.width + 2}`} className="ec-truth" />
              )}
              {isIn(i) ? <path d={`M${bar.x},${base + 3}h${bar.width}`} className="ec-s-privacy ec-mid" /> : null}
            </g>
          );
        })}
        {labelled.map((i) => (
          <text key={i} {...labelAt(label(i), bars[i], size)} y={height - 1}>
            {label(i)}
          </text>
        ))}
      </svg>
      <div className="ec-strip-foot">
        <span>{hovered >= 0 ? say(hovered) : selected === null ? '' : rangeText}</span>
        <button type="button" className="ec-button" aria-pressed={selected === null} onClick={() => onSelect?.(null)}>
          {everything}
        </button>
      </div>
    </div>
  );
}
