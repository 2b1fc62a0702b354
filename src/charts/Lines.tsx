import { ChartFrame } from './ChartFrame.tsx';
import type { LinesProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function Lines(props: LinesProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
