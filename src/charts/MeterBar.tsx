import type { MeterBarProps } from './props.ts';

/** First state: the label; the drawing follows. */
export function MeterBar(props: MeterBarProps) {
  return <div>{props.label}</div>;
}
