import { useEffect, useMemo, useState } from 'react';
import { CityMap } from '../CityMap.tsx';
import { ringOfPoints, SQUARES } from '../city-map.gallery.ts';
import { NYC_FRAME } from '../city-map.layout.ts';
import type { MapGeometry, MapMode } from '../props.ts';
import { Card } from './Card.tsx';

/** Deterministic wave over zones: stands for counts. */
const wave = (i: number, step: number) =>
  Math.max(0, Math.round(61 * Math.abs(Math.sin(i * 12.9898)) ** 3 + 3 * Math.sin(i + step)));

const why = (id: string) => <a href={`#why-${id}`}>Why this number?</a>;

export function MapCards() {
  const [geometry, setGeometry] = useState<MapGeometry | null>(null);
  const [mode, setMode] = useState<MapMode>('released');
  const [step, setStep] = useState(0);
  const [selected, setSelected] = useState<string | undefined>('230');
  useEffect(() => {
    // The development server serves the repository; the product never loads this page.
    void fetch('/datasets/nyc/facts/zones.geojson')
      .then((response) => response.json() as Promise<MapGeometry>)
      .then(setGeometry);
  }, []);
  const places = useMemo(
    () =>
      (geometry?.features ?? [])
        .map((feature) => ({
          id: String(feature.id),
          label: String(feature.properties?.['z'] ?? `Zone ${feature.id}`),
        }))
        .concat([{ id: '264', label: 'Unknown zone' }]),
    [geometry],
  );
  const truth = useMemo(() => Float64Array.from(places, (_, i) => wave(i, 0)), [places]);
  const values = useMemo(
    () => Float64Array.from(places, (_, i) => wave(i, 0) + Math.round(4 * Math.sin(i * 78.2 + step))),
    [places, step],
  );
  const suppressed = useMemo(() => Uint8Array.from(places, (_, i) => (i % 17 === 3 ? 1 : 0)), [places]);
  return (
    <>
      <div className="g-wide g-bar">
        {(['true', 'released', 'difference'] as const).map((one) => (
          <button type="button" key={one} aria-pressed={mode === one} onClick={() => setMode(one)}>
            {one}
          </button>
        ))}
        <label>
          step{' '}
          <input
            type="range"
            id="step"
            min={0}
            max={100}
            value={step}
            onChange={(event) => setStep(Number(event.target.value))}
          />
        </label>
      </div>
      <Card name="map" wide map>
        {geometry === null ? null : (
          <CityMap
            title="Trips starting by zone"
            description="New York taxi zones coloured by the number of trips that start there."
            chrome="quiet"
            {...{ places, geometry, values, truth, mode, suppressed }}
            domain={mode === 'difference' ? [-8, 8] : [0, 61]}
            scale="sqrt"
            unit="trips"
            measureLabel="Trips, Friday 18–19 h"
            halfWidth95={3}
            selected={selected}
            onSelect={(id) => setSelected(id ?? undefined)}
            marked={{ placeId: '230', note: 'one trip here is yours' }}
            frame={NYC_FRAME}
            cardExtra={why}
          />
        )}
      </Card>
    </>
  );
}

const POINTS = ringOfPoints(40);
const MANY = ringOfPoints(5000);

/** Small maps: every state of a place, points, a canvas of points. */
export function SmallMapCards() {
  return (
    <>
      <Card name="map-squares">
        <CityMap
          title="Every state of a place"
          description="Six squares: low, zero, no data, high, middle, suppressed."
          {...SQUARES}
          mode="released"
          domain={[0, 64]}
          unit="trips"
          measureLabel="Trips"
          halfWidth95={3}
          height="18rem"
        />
      </Card>
      <Card name="map-points">
        <CityMap
          title="Sensors"
          description="Temperature at forty sensors."
          {...POINTS}
          mode="released"
          domain={[0, 20]}
          scale="linear"
          unit="°C"
          measureLabel="Temperature"
          height="18rem"
        />
      </Card>
      <Card name="map-canvas">
        <CityMap
          title="Five thousand points"
          description="Drawn on a canvas."
          {...MANY}
          mode="released"
          domain={[0, 20]}
          scale="linear"
          unit="°C"
          measureLabel="Temperature"
          height="18rem"
        />
      </Card>
    </>
  );
}
