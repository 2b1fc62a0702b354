import { ChartFrame } from './ChartFrame.tsx';
import type { ClassHistogramProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function ClassHistogram(props: ClassHistogramProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
