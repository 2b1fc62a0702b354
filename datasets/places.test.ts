import { geoArea, geoBounds } from 'd3-geo';
import { expect, test } from 'vitest';
import { fileAsset } from '../tools/testing/datasets.ts';
import { readJson } from './kit.ts';
import { loadPlaces, placeTables } from './places.ts';

const collection = async (url: URL) =>
  (await readJson(url, fileAsset)) as { features: (GeoJSON.Feature & { id: string })[] };

test.each(Object.keys(placeTables))('%s has different ids and a name at every coarser level', async (id) => {
  const table = await loadPlaces(id, fileAsset);
  expect(new Set(table.places.map((place) => place.id)).size).toBe(table.places.length);
  for (const place of table.places) {
    expect(place.parents).toHaveLength(table.coarser.length);
    expect(place.label.length).toBeGreaterThan(0);
  }
  // Monotone: one label has one parent at the next level.
  for (let level = 1; level < table.coarser.length; level += 1) {
    const parent = new Map<string, string>();
    for (const place of table.places) {
      const below = place.parents[level - 1] as string;
      expect(parent.get(below) ?? place.parents[level]).toBe(place.parents[level]);
      parent.set(below, place.parents[level] as string);
    }
  }
});

test('New York has 265 zones, of which 57, 104 and 105 have no shape and 264 and 265 no place', async () => {
  const table = await loadPlaces('nyc-zones', fileAsset);
  const shapes = await collection(table.geometry as URL);
  const shaped = new Set(shapes.features.map((feature) => feature.id));
  const without = table.places.filter((place) => !shaped.has(place.id)).map((place) => place.id);
  expect(without).toEqual(['57', '104', '105', '264', '265']);
  expect(table.places.filter((place) => place.lon === undefined).map((place) => place.id)).toEqual(['264', '265']);
});

test.each(['nyc-zones', 'london-boroughs'])('shapes of %s are wound so that none fills the globe', async (id) => {
  const table = await loadPlaces(id, fileAsset);
  const shapes = await collection(table.geometry as URL);
  for (const feature of shapes.features) {
    // Steradians: a city district is far below 1e-4, its complement about 12.57.
    expect(geoArea(feature), feature.id).toBeLessThan(1e-4);
    const [[west], [east]] = geoBounds(feature);
    expect(Math.abs(east - west)).toBeLessThan(1);
  }
});

test('an unknown place table is refused by name', async () => {
  await expect(loadPlaces('__proto__', fileAsset)).rejects.toMatchObject({ code: 'invalid-param' });
});
