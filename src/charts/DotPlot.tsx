import { ChartFrame } from './ChartFrame.tsx';
import type { DotPlotProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function DotPlot(props: DotPlotProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
