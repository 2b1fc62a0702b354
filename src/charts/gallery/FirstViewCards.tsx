import { useState } from 'react';
import { DotPlot } from '../DotPlot.tsx';
import { HOURS, METERS, POSSIBLE, TRADE_OFF } from '../first-view.gallery.ts';
import { HourStrip } from '../HourStrip.tsx';
import { MeterBar } from '../MeterBar.tsx';
import type { BucketRange } from '../props.ts';
import { Scatter } from '../Scatter.tsx';
import { SizeBar } from '../SizeBar.tsx';
import { Card } from './Card.tsx';

export function FirstViewCards() {
  const [range, setRange] = useState<BucketRange>({ from: 18, to: 18 });
  const [point, setPoint] = useState('dp1');
  return (
    <>
      <Card name="hours" wide>
        <HourStrip
          title="Hour of day"
          description="Trips starting in each hour; bar released, line true, whisker 95 %."
          {...HOURS}
          unit="trips"
          measureLabel="Hour"
          selected={range}
          onSelect={setRange}
        />
      </Card>
      <Card name="dots">
        <DotPlot
          title="Possible releases"
          description="Each dot is one of 60 equally likely releases of this zone."
          quantiles={POSSIBLE.laplace}
          truth={36}
          current={38}
          unit="trips"
          statement="60 possible releases of this zone"
          outcomes={POSSIBLE.outcomes}
        />
        <DotPlot
          title="First place"
          description="Each dot is one of 100 equally likely releases."
          chrome="quiet"
          quantiles={POSSIBLE.gaussian}
          truth={36}
          unit="trips"
          threshold={{ value: 41, label: 'first place', side: 'above' }}
          statement="In 11 of 100 releases this zone ranks first"
        />
      </Card>
      <Card name="scatter">
        <Scatter
          title="Privacy against utility"
          description="Each point is a configuration; lower is better on both axes."
          finding="DP ε = 1 is on the frontier: nothing here is both safer and more exact."
          {...TRADE_OFF}
          currentId={point}
          onSelect={setPoint}
        />
      </Card>
      <Card name="meters">
        {METERS.map((meter) => (
          <MeterBar key={meter.label} {...meter} />
        ))}
        <SizeBar
          label="Sent a round"
          unit="KB"
          parts={[
            { id: 'up', label: 'up', value: 210, meaning: 'cost' },
            { id: 'down', label: 'down', value: 84, meaning: 'neutral' },
          ]}
        />
      </Card>
    </>
  );
}
