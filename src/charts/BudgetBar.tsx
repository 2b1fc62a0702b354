import { ChartFrame } from './ChartFrame.tsx';
import type { BudgetBarProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function BudgetBar(props: BudgetBarProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
