import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { chooseFile, finding, given, numberIn, open, rowsKept, settled, settledAfter, slow } from './steps.ts';
import { expect, realFile, test } from './support.ts';

const dial = (page: Page, name: string): Locator => page.locator(`[data-param="${name}"]`);
const slider = (page: Page, name: string): Locator => dial(page, name).getByRole('slider');
const shownRungs = (page: Page): Promise<readonly (string | null)[]> =>
  page
    .locator('main [role="radio"][aria-checked="true"][data-rung]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-rung')));

/** The default dataset, solved, with its release made. */
async function openSolved(page: Page): Promise<string> {
  await open(page, '/anonymize');
  await expect(finding(page)).toContainText('looks like at least', slow);
  return settled(page);
}

test('the proven optimum moves under the slider, and its sentence with it', async ({ page }) => {
  const digest = await openSolved(page);
  await expect(page.getByText(/exhaustive · all [\d,]+ nodes/)).toBeVisible();
  const before = await finding(page).textContent();
  await slider(page, 'k').focus();
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('PageUp');
  await expect(finding(page)).not.toHaveText(before ?? '', slow);
  const k = Number((await dial(page, 'k').getByRole('textbox').inputValue()).replaceAll(',', ''));
  expect(k).toBeGreaterThan(20);
  await expect(finding(page)).toContainText('looks like at least', slow);
  // The smallest released group is at least k: k - 1 others.
  expect(numberIn((await finding(page).locator('.is-privacy').textContent()) ?? '')).toBeGreaterThanOrEqual(k - 1);
  await settledAfter(page, digest);
  // Undo brings the scenario's former state, as every other page does.
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(finding(page)).toContainText('looks like at least', slow);
});

test('a walk along the ladder looks at other combinations, pins one and goes back', async ({ page }) => {
  await openSolved(page);
  const start = await shownRungs(page);
  const rung = page.locator('main [role="radio"][aria-checked="true"][data-rung^="0-"]');
  await rung.focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => shownRungs(page)).not.toEqual(start);
  await expect(page.getByText('You are looking at another combination than the optimum.')).toBeVisible();
  await page.getByRole('button', { name: 'Release this one instead' }).click();
  await expect(page.getByText('You chose this combination; the optimum is another one.')).toBeVisible(slow);
  await page.getByRole('button', { name: 'Back to the optimum', exact: true }).last().click();
  await expect.poll(() => shownRungs(page)).toEqual(start);
});

test('the front is walked by keys and read as a table', async ({ page }) => {
  await openSolved(page);
  const cloud = page.getByRole('application', { name: /^Privacy against utility/ });
  await cloud.focus();
  const reading = page.locator('.front-card .ec-reading');
  const first = await reading.textContent();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(reading).not.toHaveText(first ?? '');
  await page.keyboard.press('t');
  await expect(page.locator('.front-card table').getByRole('row').nth(1)).toBeVisible();
});

test('rows left out are listed, and as many as the sentence says', async ({ page }) => {
  await openSolved(page);
  const said = numberIn((await finding(page).locator('.is-utility').textContent()) ?? '');
  await page.getByRole('tab', { name: 'Rows left out' }).click();
  await expect(page.locator('.left-out')).toContainText('rows are left out', slow);
  expect(numberIn(await page.locator('.left-out p').first().textContent())).toBe(said);
  await expect(page.locator('.left-out tbody tr')).not.toHaveCount(0);
});

test('the release is saved as CSV and can be opened again as a file', async ({ page }) => {
  await openSolved(page);
  const out = numberIn((await finding(page).locator('.is-utility').textContent()) ?? '');
  const saved = page.waitForEvent('download', slow);
  await page.getByRole('button', { name: /CSV/ }).first().click();
  const download = await saved;
  const path = await download.path();
  const rows = readFileSync(path, 'utf8').trimEnd().split('\r\n').length - 1;
  expect(rows).toBe(20_000 - out);
  await open(page, '/data');
  await chooseFile(page, given('released.csv', readFileSync(path, 'utf8')));
  const shown = rows.toLocaleString('en');
  await expect(rowsKept(page)).toHaveText(`${shown} of ${shown} rows kept.`, slow);
});

test('a real file of trips: roles, solve, slide k, export, open again', async ({ page }) => {
  const file = realFile('nyc/yellow_sample_2019-01.csv');
  test.skip(file === undefined, 'the file is not on this machine');
  await open(page, '/data');
  await chooseFile(page, file as string);
  await expect(rowsKept(page)).toHaveText('10,000 of 10,000 rows kept.', slow);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Anonymize' }).click();
  const badge = page.getByRole('button', { name: /exhaustive · all [\d,]+ nodes/ });
  await expect(badge).toBeVisible(slow);
  const nodes = numberIn(await badge.textContent());
  // One column more that an outsider may know: a larger lattice, solved anew.
  await page.getByText('1 · Who could know what?').click();
  await page.locator('[data-role="other"] [data-chip="passengers"], [data-role="other"] [data-chip]').first().click();
  await page.locator('[data-role="quasi-identifier"]').getByRole('button', { name: /^Put / }).click();
  await expect.poll(async () => numberIn(await badge.textContent().catch(() => '')), slow).toBeGreaterThan(nodes);
  const before = await finding(page).textContent();
  await slider(page, 'k').focus();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('PageUp');
  await expect(finding(page)).not.toHaveText(before ?? '', slow);
  await settled(page);
  const out = numberIn((await finding(page).locator('.is-utility').textContent()) ?? '');
  const saved = page.waitForEvent('download', slow);
  await page.getByRole('button', { name: /CSV/ }).first().click();
  const released = readFileSync(await (await saved).path(), 'utf8');
  expect(released.trimEnd().split('\r\n').length - 1).toBe(10_000 - out);
  await open(page, '/data');
  await chooseFile(page, given('again.csv', released));
  const shown = (10_000 - out).toLocaleString('en');
  await expect(rowsKept(page)).toHaveText(`${shown} of ${shown} rows kept.`, slow);
});

test('promises that cannot be kept say what would be needed, and nothing else is lost', async ({ page }) => {
  await openSolved(page);
  const field = dial(page, 'limit').getByRole('textbox');
  await field.fill('0');
  await field.press('Enter');
  await expect(finding(page)).toContainText(/No way of coarsening|looks like at least/, slow);
  await expect(slider(page, 'k')).toBeEnabled();
});
