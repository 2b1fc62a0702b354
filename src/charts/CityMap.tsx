import { ChartFrame } from './ChartFrame.tsx';
import type { CityMapProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function CityMap(props: CityMapProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
