import type { SizeBarProps } from './props.ts';

/** First state: the label; the drawing follows. */
export function SizeBar(props: SizeBarProps) {
  return <div>{props.label}</div>;
}
