import { useId, useRef, useState } from 'react';
import type { Bracket } from '../../../engine/kit/accounting.ts';
import { useText } from '../../i18n/use-text.ts';
import { parseTyped, positionOf, valueAt, type Scale } from '../../parts/slider.layout.ts';

const steps = 1000;

/** A reading that is also a handle: its proven upper end on a native range, with an exact field. */
export function Handle(props: {
  readonly label: string;
  readonly reading: Bracket | undefined;
  /** What is shown and typed: shares in percent. */
  readonly percent?: boolean;
  readonly scale: Scale;
  readonly meaning: 'privacy' | 'risk' | 'utility';
  readonly unit?: string;
  readonly disabled?: boolean;
  readonly onHold: (value: number, committed: boolean) => void;
}) {
  const { number } = useText();
  const id = useId();
  const { reading, scale, percent = false } = props;
  const [moved, setMoved] = useState<number | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  // Where the hand is now, even before it is drawn: that is where it lets go.
  const hand = useRef<number | null>(null);
  const letGo = (): void => {
    const last = hand.current;
    hand.current = null;
    setMoved(null);
    if (last !== null) props.onHold(last, true);
  };
  const shown = moved ?? reading?.upper ?? scale.min;
  const times = percent ? 100 : 1;
  const digits = (value: number): string => number(value * times, percent ? 2 : 3);
  // A bracket narrower than what is shown is one number.
  const width = reading === undefined ? 0 : reading.upper - reading.lower;
  const open = moved === null && reading !== undefined && digits(reading.lower) !== digits(reading.upper);
  const unit = percent ? ' %' : props.unit === undefined ? '' : ` ${props.unit}`;
  const value = reading === undefined && moved === null ? '…' : digits(shown);
  const settle = (): void => {
    const wanted = typed === null ? undefined : parseTyped(typed);
    setTyped(null);
    if (wanted !== undefined) props.onHold(wanted / times, true);
  };
  return (
    <div className="lens-handle" data-meaning={props.meaning}>
      <label htmlFor={id}>{props.label}</label>
      <output className={`is-${props.meaning}`} htmlFor={id}>
        {open && <span className="lens-lower">{digits(reading.upper - width)} – </span>}
        <input
          type="text"
          inputMode="decimal"
          aria-label={props.label}
          value={typed ?? value}
          disabled={props.disabled === true}
          style={{ width: `${Math.max(2, (typed ?? value).length + 0.5)}ch` }}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={() => (typed === null ? undefined : settle())}
          onKeyDown={(event) => {
            if (event.key === 'Enter') settle();
            if (event.key === 'Escape') setTyped(null);
          }}
        />
        {unit}
      </output>
      <input
        id={id}
        type="range"
        min={0}
        max={steps}
        step={1}
        value={Math.round(positionOf(scale, Math.min(scale.max, Math.max(scale.min, shown))) * steps)}
        disabled={props.disabled === true || reading === undefined}
        aria-valuetext={`${value}${unit}`}
        onChange={(event) => {
          const next = valueAt(scale, Number(event.target.value) / steps);
          hand.current = next;
          setMoved(next);
          props.onHold(next, false);
        }}
        onPointerUp={letGo}
        onPointerCancel={letGo}
        onBlur={letGo}
        onKeyUp={letGo}
      />
    </div>
  );
}
