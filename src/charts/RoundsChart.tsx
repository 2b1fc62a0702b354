import { ChartFrame } from './ChartFrame.tsx';
import type { RoundsChartProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function RoundsChart(props: RoundsChartProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
