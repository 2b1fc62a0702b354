import type { MiniHistogramProps } from './props.ts';

/** First state: the label; the drawing follows. */
export function MiniHistogram(props: MiniHistogramProps) {
  return <div>{props.label}</div>;
}
