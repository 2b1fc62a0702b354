import { DotRows } from '../DotRows.tsx';
import { OUTCOMES, PROOFS } from '../epsilon.gallery.ts';
import { OutcomeBars } from '../OutcomeBars.tsx';
import { SERIES_SAYS, STREAM_OF_WEEKS, TOTALS } from '../series.gallery.ts';
import { SeriesChart } from '../SeriesChart.tsx';
import { Card } from './Card.tsx';

export function EpsilonCards() {
  return (
    <>
      <Card name="outcome-bars" wide>
        <OutcomeBars
          title="What could have been released"
          description="Bars: this release. Dots: twenty equally likely ones. Ink: the truth."
          bars={OUTCOMES}
          unit="trips"
          measureLabel="Pickup zone"
        />
      </Card>
      <Card name="dot-rows">
        <DotRows
          title="Releases of ordinary noise"
          description="A row for each true answer; filled dots prove it."
          rows={PROOFS}
          measureLabel="released"
          markedLabel="proves the answer"
          unmarkedLabel="could be either"
        />
      </Card>
      <Card name="series-totals">
        <SeriesChart
          title="Total so far, day by day"
          description="Released beside true; below, the error and its band."
          unit="trips"
          says={SERIES_SAYS}
          {...TOTALS}
        />
      </Card>
      <Card name="series-window">
        <SeriesChart
          title="A stream with a budget per window"
          description="Released beside true, the error, and what seven days have spent."
          unit="trips"
          says={SERIES_SAYS}
          {...STREAM_OF_WEEKS}
        />
      </Card>
    </>
  );
}
