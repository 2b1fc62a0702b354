import { useId, useRef, useState, type CSSProperties } from 'react';
import { useText } from '../i18n/use-text.ts';
import { clampTo, parseTyped, positionOf, stepped, valueAt, type Scale } from './slider.layout.ts';

export interface SliderProps {
  readonly label: string;
  readonly symbol?: string | undefined;
  readonly unit?: string | undefined;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly log?: boolean | undefined;
  readonly whole?: boolean | undefined;
  readonly step?: number | undefined;
  readonly stops?: readonly number[] | undefined;
  readonly ends?: readonly [string, string] | undefined;
  readonly warnBelow?: number | undefined;
  readonly warnAbove?: number | undefined;
  /** Every movement, for previews. */
  readonly onInput: (value: number) => void;
  /** Once, when the movement ends or a value is typed: what is kept (one step of undo). */
  readonly onCommit: (value: number) => void;
}

const steps = 1000;

/** A native range with an exact field, steps, named stops, both ends in words, and a word before the extremes. */
export function Slider(props: SliderProps) {
  const { t, number } = useText();
  const id = useId();
  const scale: Scale = {
    min: props.min,
    max: props.max,
    log: props.log === true,
    whole: props.whole === true,
    step: props.step,
  };
  const position = positionOf(scale, props.value);
  const moving = useRef(false);
  const commit = (value: number): void => {
    props.onInput(value);
    props.onCommit(value);
  };
  const endMove = (): void => {
    if (!moving.current) return;
    moving.current = false;
    props.onCommit(props.value);
  };
  const onKey = (event: React.KeyboardEvent): void => {
    const by: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
    const direction = by[event.key];
    if (direction !== undefined) {
      event.preventDefault();
      commit(stepped(scale, props.value, direction));
    } else if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault();
      commit(valueAt(scale, Math.min(1, Math.max(0, position + (event.key === 'PageUp' ? 0.1 : -0.1)))));
    }
  };
  const [low, high] = props.ends ?? [number(props.min), number(props.max)];
  const warning = warningOf(props, position, t, number);
  return (
    <div className="slider">
      <div className="slider-head">
        <span>{low}</span>
        <ExactField {...props} scale={scale} onCommit={commit} />
        <span>{high}</span>
      </div>
      <input
        id={id}
        type="range"
        aria-label={props.label}
        aria-valuetext={`${props.symbol ?? ''} ${number(props.value)} ${props.unit ?? ''}`.trim()}
        aria-describedby={warning === undefined ? undefined : `${id}-warning`}
        min={0}
        max={steps}
        step={1}
        value={Math.round(position * steps)}
        style={{ '--fill': `${position * 100}%` } as CSSProperties}
        onChange={(event) => {
          moving.current = true;
          props.onInput(valueAt(scale, Number(event.target.value) / steps));
        }}
        onPointerUp={endMove}
        onPointerCancel={endMove}
        onBlur={endMove}
        onKeyDown={onKey}
        // Home and End move a native range by themselves.
        onKeyUp={endMove}
      />
      {props.stops !== undefined && props.stops.length > 0 && (
        <div className="stops">
          {props.stops.map((stop) => (
            <button
              key={stop}
              type="button"
              tabIndex={-1}
              aria-label={`${props.label} ${number(stop)}`}
              aria-pressed={stop === props.value}
              style={{ left: `${positionOf(scale, stop) * 100}%` }}
              onClick={() => commit(stop)}
            >
              {number(stop)}
            </button>
          ))}
        </div>
      )}
      {warning !== undefined && (
        <p className="warning" id={`${id}-warning`}>
          {warning}
        </p>
      )}
    </div>
  );
}

/** The value as text one can replace: decimals, fractions, and steps beside it. */
function ExactField(props: SliderProps & { readonly scale: Scale }) {
  const { t, number } = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const [bad, setBad] = useState(false);
  const settle = (): void => {
    if (typed === null) return;
    const value = parseTyped(typed);
    const good = value !== undefined && value >= props.min && value <= props.max;
    setBad(!good);
    setTyped(null);
    if (good) props.onCommit(props.scale.whole ? Math.round(value) : clampTo(props.scale, value));
  };
  const by = (direction: 1 | -1): void => props.onCommit(stepped(props.scale, props.value, direction));
  const shown = typed ?? number(props.value);
  return (
    <span className="exact">
      <button type="button" aria-label={t('param.stepDown', { label: props.label })} onClick={() => by(-1)}>
        −
      </button>
      <label>
        {props.symbol !== undefined && <span>{props.symbol} = </span>}
        <input
          type="text"
          inputMode="decimal"
          aria-label={t('param.exact', { label: props.label })}
          aria-invalid={bad}
          title={bad ? t('param.invalid', { min: props.min, max: props.max }) : undefined}
          value={shown}
          style={{ width: `${Math.max(3, shown.length + 0.6)}ch` }}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={settle}
          onKeyDown={(event) => {
            if (event.key === 'Enter') settle();
            if (event.key === 'Escape') setTyped(null);
          }}
        />
        {props.unit !== undefined && <span className="small soft"> {props.unit}</span>}
      </label>
      <button type="button" aria-label={t('param.stepUp', { label: props.label })} onClick={() => by(1)}>
        +
      </button>
    </span>
  );
}

function warningOf(
  props: SliderProps,
  position: number,
  t: ReturnType<typeof useText>['t'],
  number: (value: number) => string,
): string | undefined {
  const { warnBelow, warnAbove } = props;
  const scale: Scale = { min: props.min, max: props.max, log: props.log === true, whole: false };
  const [low = number(props.min), high = number(props.max)] = props.ends ?? [];
  if (warnBelow !== undefined && props.value < warnBelow)
    return t('param.warnLow', { value: number(warnBelow), end: low });
  if (warnAbove !== undefined && props.value > warnAbove)
    return t('param.warnHigh', { value: number(warnAbove), end: high });
  // A whole number is on one side of the bound or the other: 5 where less than 5 is warned of is good practice.
  if (props.whole === true) return undefined;
  if (warnBelow !== undefined && position - positionOf(scale, warnBelow) < 0.05)
    return t('param.nearLow', { end: low });
  if (warnAbove !== undefined && positionOf(scale, warnAbove) - position < 0.05)
    return t('param.nearHigh', { end: high });
  return undefined;
}
