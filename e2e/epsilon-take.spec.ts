import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { open, settled, slow } from './steps.ts';
import { expect, test } from './support.ts';

test.use({ serviceWorkers: 'block' });

const openTake = async (page: Page): Promise<void> => {
  await open(page, '/epsilon');
  await settled(page);
  await page.getByRole('tab', { name: 'Take it with you' }).click();
};
const code = (page: Page) => page.getByRole('region', { name: /^Text of / });

test('a release is taken along as a script, with what it keeps and what differs', async ({ page }) => {
  await openTake(page);
  const title = page.locator('.take-finding').getByRole('heading', { level: 2 });
  await expect(title).toContainText('ε = 1', slow);
  await expect(title).toContainText('OpenDP');
  await expect(code(page)).toContainText('NOT EXECUTED HERE. Written for OpenDP');
  await expect(code(page)).toContainText('import opendp.prelude as dp');
  await expect(page.getByText('The scenario’s seed is not used', { exact: false })).toBeVisible();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download .*opendp\.py$/ }).click();
  const saved = await saving;
  expect(readFileSync(await saved.path(), 'utf8')).toBe(await code(page).textContent());
});

test('another library is a key press away, and the scenario itself can be saved for the runner', async ({ page }) => {
  await openTake(page);
  const first = page.getByRole('radio', { name: 'OpenDP' });
  await expect(code(page)).toBeVisible(slow);
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await expect(code(page)).toContainText('import apache_beam as beam');
  await page.keyboard.press('ArrowRight');
  await expect(code(page)).toContainText('import pyspark');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the scenario (JSON)' }).click();
  const spec: unknown = JSON.parse(readFileSync(await (await saving).path(), 'utf8'));
  expect(spec).toMatchObject({ version: 1, branches: [{ steps: [{ params: {} }] }] });
});

for (const width of [1280, 390]) {
  test(`axe finds nothing on the tab, ${width} px wide, and it fits`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await openTake(page);
    await expect(code(page)).toBeVisible(slow);
    await expect(page.locator('.take .stale')).toHaveCount(0, slow);
    const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
