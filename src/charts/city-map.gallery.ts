/** Examples of the city map: shown in the gallery, laid out in tests. Made-up numbers on made-up squares. */
import type { MapFeature, MapGeometry, MapPlace } from './props.ts';

const square = (id: string, lon: number, lat: number, step: number): MapFeature => ({
  id,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [lon, lat],
        [lon + step, lat],
        [lon + step, lat + step],
        [lon, lat + step],
        [lon, lat],
      ],
    ],
  },
});

/** 3 x 2 squares and one unknown place: suppressed, zero, no data, low, middle and high. */
export const SQUARES: {
  places: MapPlace[];
  geometry: MapGeometry;
  values: Float64Array;
  truth: Float64Array;
  suppressed: Uint8Array;
} = {
  places: ['north west', 'north', 'north east', 'south west', 'south', 'south east', 'Unknown zone'].map(
    (label, i) => ({
      id: String(i),
      label,
    }),
  ),
  geometry: {
    type: 'FeatureCollection',
    features: [0, 1, 2, 3, 4, 5].map((i) => square(String(i), -3.82 + (i % 3) * 0.02, i < 3 ? 43.48 : 43.46, 0.02)),
  },
  values: Float64Array.of(12, 0, Number.NaN, 64, 36, 5, 120),
  truth: Float64Array.of(14, 1, Number.NaN, 60, 36, 3, 118),
  suppressed: Uint8Array.of(0, 0, 0, 0, 0, 1, 0),
};

/** Points without geometry: sensors on a ring, deterministic. */
export function ringOfPoints(n: number): { places: MapPlace[]; values: Float64Array } {
  const places = Array.from({ length: n }, (_, i) => {
    const angle = (i * 2.399963) % 6.283185;
    const radius = 0.012 * Math.sqrt((i + 0.5) / n);
    return {
      id: `s${i}`,
      label: `Sensor ${i}`,
      lon: -3.8 + radius * Math.cos(angle),
      lat: 43.46 + radius * 0.72 * Math.sin(angle),
    };
  });
  return { places, values: Float64Array.from(places, (_, i) => 10 + 8 * Math.sin(i / 7)) };
}
