import { ChartFrame } from './ChartFrame.tsx';
import type { PartiesDiagramProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function PartiesDiagram(props: PartiesDiagramProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
