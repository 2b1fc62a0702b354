import { ChartFrame } from './ChartFrame.tsx';
import type { ScatterProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function Scatter(props: ScatterProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
