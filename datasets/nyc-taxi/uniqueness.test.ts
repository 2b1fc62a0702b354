import { existsSync, openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as uniqueness from '../../src/engine/metrics/risk/uniqueness.ts';
import { quietContext } from '../../src/engine/kit/context.ts';
import type { LoadedDataset } from '../../src/engine/kit/dataset.ts';
import { defaultsOf } from '../../src/engine/kit/params.ts';
import type { Score } from '../../src/engine/kit/score.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import { tinyRelease } from '../../src/engine/testing/tiny-dataset.ts';
import { fileAsset, generated } from '../../tools/testing/datasets.ts';
import { readFile } from '../formats/intake.ts';
import { loadPlaces } from '../places.ts';

/** Trips of January 2019, of which the real file holds 10,000. */
const MONTH = 7_667_792;
const file = join(process.env['EPSILON_ROOT'] ?? '..', 'shared', 'data', 'nyc', 'yellow_sample_2019-01.csv');

const measured = async (dataset: LoadedDataset): Promise<readonly Score[]> => {
  const params = {
    ...defaultsOf(uniqueness.descriptor.params),
    known: ['pickupZone', 'dropoffZone', 'pickupTime'],
    precision: 'hour',
    fraction: dataset.table.rows / MONTH,
  } as const;
  return uniqueness.run(tinyRelease(dataset), params, quietContext(seededRng(1)));
};

/** Of 10,000 trips 98 % are the only ones of their zones and hour; figures of the population are said to be of it, and modelled. */
function expectApart(scores: readonly Score[], rows: number): void {
  const [sample, population, ...others] = scores;
  expect(sample).toMatchObject({ id: 'uniqueness/sample', of: 'sample', provenance: 'measured', n: rows });
  expect(sample?.value).toBeGreaterThan(0.95);
  expect(population).toMatchObject({ id: 'uniqueness/population', of: 'population', provenance: 'modelled' });
  expect(population?.method.en).toContain(`of an assumed ${MONTH}`);
  expect(population?.method.en).toContain('all estimates');
  for (const other of others) expect(other).toMatchObject({ of: 'population', provenance: 'modelled' });
}

describe('uniqueness of 10,000 trips', () => {
  it('is one thing in the sample and another in its month: synthetic trips', async () => {
    expectApart(await measured(await generated('nyc-taxi', 10_000)), 10_000);
  });

  it.runIf(existsSync(file))('is one thing in the sample and another in its month: a real file', async () => {
    const dataset = await readFile('yellow_sample_2019-01.csv', await openAsBlob(file), {
      ctx: { ...quietContext(seededRng(1)), asset: fileAsset },
      choices: {},
      limit: undefined,
      placesOf: (id) => loadPlaces(id, fileAsset),
    });
    const scores = await measured(dataset);
    expectApart(scores, 10_000);
    // The model of demand puts the month at 12 %. From 10,000 of its trips alone Dankar's rule says 29 % (Pitman), while
    // Zayatz and SNB hardly leave the sample's figure: the spread is told beside the number.
    const population = scores.find(({ id }) => id === 'uniqueness/population');
    expect(population?.value).toBeGreaterThan(0.05);
    expect(population?.value).toBeLessThan(0.35);
    expect(population?.method.en).toMatch(/Zayatz 9\d\.\d %, Pitman \d\d\.\d %/);
  });
});
