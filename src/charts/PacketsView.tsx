import { ChartFrame } from './ChartFrame.tsx';
import type { PacketsViewProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function PacketsView(props: PacketsViewProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
