import { OUTCOMES } from '../epsilon.gallery.ts';
import { OutcomeBars } from '../OutcomeBars.tsx';
import { Card } from './Card.tsx';

export function EpsilonCards() {
  return (
    <Card name="outcome-bars" wide>
      <OutcomeBars
        title="What could have been released"
        description="Bars: this release. Dots: twenty equally likely ones. Ink: the truth."
        bars={OUTCOMES}
        unit="trips"
        measureLabel="Pickup zone"
      />
    </Card>
  );
}
