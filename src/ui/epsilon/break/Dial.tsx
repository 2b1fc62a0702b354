import { useState } from 'react';
import { Slider, type SliderProps } from '../../parts/slider.tsx';

type DialProps = Omit<SliderProps, 'onInput' | 'onCommit'> & {
  /** Once, when the movement ends: to three digits, or whole. */
  readonly onChange: (value: number) => void;
};

/** A slider under its name that shows its own movement and hands over where it comes to rest. */
export function Dial({ onChange, ...props }: DialProps) {
  const [live, setLive] = useState<number | null>(null);
  return (
    <div className="field">
      <span className="soft small" aria-hidden="true">
        {props.label}
      </span>
      <Slider
        {...props}
        value={live ?? props.value}
        onInput={setLive}
        onCommit={(value) => {
          setLive(null);
          onChange(props.whole === true ? Math.round(value) : Number(value.toPrecision(3)));
        }}
      />
    </div>
  );
}
