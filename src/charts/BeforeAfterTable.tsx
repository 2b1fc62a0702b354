import { ChartFrame } from './ChartFrame.tsx';
import type { BeforeAfterTableProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function BeforeAfterTable(props: BeforeAfterTableProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
