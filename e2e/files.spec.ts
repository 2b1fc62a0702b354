import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from '@playwright/test';
import { fixtures } from '../datasets/formats/fixtures/fixtures.ts';
import { chooseFile, given, map, mapPlaces, open, rowsKept, slow } from './steps.ts';
import { expect, realFile, test } from './support.ts';

/** Real files of every kind the page promises to read, the rows a reader must keep, and what Explore can draw of them. */
const real = [
  ['nyc/yellow_sample_2019-01.csv', '10,000', 'map'],
  ['nyc/green_tripdata_2025-11.parquet', '46,912', 'map'],
  ['nyc/yellow_2016-01_lonlat.csv', '7,000', 'map'],
  ['nyc/JC-202003-citibike-tripdata.csv', '17,719', 'map'],
  ['nyc/citibike_2024-09_new.csv', '7,000', 'map'],
  ['nyc/dot_traffic_speeds_2019-03-21.csv', '8,941', 'map'],
  ['santander/sensores_smart_env_monitoring_2016-04-11.json', '456', 'map'],
  ['santander/mediciones_trafico_2021-06-01.json', '338', 'map'],
  ['london/LaqnData_BL0_2018_hourly.csv', '43,800', 'map'],
  ['london/openair_aurn_2009_3sites.csv', '26,280', 'map'],
  ['london/lcl_smart_meter_MAC000002.csv', '15,512', 'any'],
] as const;

/** The file is on Explore: a map with coloured places where the file has places, else a sentence and what can be said. */
async function drawn(page: Page, kind: 'map' | 'any'): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Explore' }).click();
  await expect(
    page
      .getByText(/^Real file · /)
      .or(page.getByText('Nothing to draw on a map'))
      .first(),
  ).toBeVisible(slow);
  if (kind === 'any') return;
  await expect(map(page)).toBeVisible(slow);
  await expect(mapPlaces(page).first()).toBeAttached();
}

for (const [path, rows, kind] of real) {
  test(`real file: ${basename(path)}`, async ({ page }) => {
    const file = realFile(path);
    test.skip(file === undefined, 'the file is not on this machine');
    await open(page, '/data');
    await chooseFile(page, file as string);
    await expect(rowsKept(page)).toHaveText(`${rows} of ${rows} rows kept.`, slow);
    await expect(page.getByRole('alert').filter({ hasText: 'could not be read' })).toHaveCount(0);
    await drawn(page, kind);
  });
}

test('a file dropped onto the page is opened', async ({ page }) => {
  const path = realFile('nyc/yellow_sample_2019-02.csv');
  const small = fixtures[0];
  const name = path === undefined ? (small?.name ?? '') : basename(path);
  const content = path === undefined ? (small?.content ?? '') : readFileSync(path, 'utf8');
  const rows = path === undefined ? (small?.rows ?? 0) : 10_000;
  await open(page, '/data');
  const transfer = await page.evaluateHandle(
    ([text, label]) => {
      const held = new DataTransfer();
      held.items.add(new File([text as string], label as string));
      return held;
    },
    [content, name],
  );
  const zone = page.getByText('Drop a file here').locator('..');
  await zone.dispatchEvent('dragover', { dataTransfer: transfer });
  await zone.dispatchEvent('drop', { dataTransfer: transfer });
  const shown = rows.toLocaleString('en');
  await expect(rowsKept(page)).toHaveText(`${shown} of ${shown} rows kept.`, slow);
  await expect(page.getByRole('button', { name: 'Your file' })).toHaveAttribute('aria-pressed', 'true');
});

test('small hand-made files of every format, one after the other in one page', async ({ page }) => {
  await open(page, '/data');
  for (const fixture of fixtures) {
    await test.step(fixture.name, async () => {
      await chooseFile(page, given(fixture.name, fixture.content));
      await expect(page.getByText(`Read as ${fixture.format}`)).toBeVisible(slow);
      await expect(rowsKept(page)).toHaveText(new RegExp(`^${fixture.rows.toLocaleString('en')} of `));
    });
  }
});
