import { ChartFrame } from './ChartFrame.tsx';
import type { HourStripProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function HourStrip(props: HourStripProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
