import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { numberIn, open, slow } from './steps.ts';
import { expect, test } from './support.ts';

test.use({ serviceWorkers: 'block' });

async function openTab(page: Page): Promise<void> {
  await open(page, '/epsilon');
  await page.getByRole('tab', { name: 'Over time' }).click(slow);
}
const title = (page: Page) => page.locator('.choose-finding').getByRole('heading', { level: 2 });
/** The loss of a year, from the sentence. */
const lifetime = async (page: Page): Promise<number> =>
  numberIn(await title(page).locator('.figure.is-risk').first().textContent(slow));

test('a year of releases costs more the oftener one is in them, and renewed books do not show it', async ({ page }) => {
  await openTab(page);
  await expect(title(page)).toContainText('somebody who is in every release', slow);
  const daily = await lifetime(page);
  const books = numberIn(await title(page).locator('.figure.is-privacy').nth(1).textContent());
  expect(daily).toBeGreaterThan(2 * books);
  await page.getByRole('radio', { name: 'every week' }).check({ force: true });
  await expect(title(page)).toContainText('every week', slow);
  expect(await lifetime(page)).toBeLessThan(daily);
  await page.getByRole('radio', { name: 'one only' }).check({ force: true });
  await expect(title(page)).toContainText('however long it goes on', slow);
  expect(await lifetime(page)).toBeCloseTo(1, 2);
});

test('every policy says in a row what it promises over each span', async ({ page }) => {
  await openTab(page);
  const rows = page.locator('.time-promises tbody tr');
  await expect(rows).toHaveCount(6, slow);
  const said = page.locator('.time-says > div');
  await expect(said.filter({ hasText: 'Budget renewed' })).toContainText('does not undo it');
  await expect(said.filter({ hasText: 'Budget for any window' })).toContainText('pays again in every window');
});

test('running totals are played on the own time of the city, looked back at, and read by keyboard', async ({
  page,
}) => {
  await openTab(page);
  const live = page.locator('.time-live');
  await live.getByRole('button', { name: 'To the end' }).click(slow);
  await expect(live).toContainText('31 of 31', slow);
  await expect(live.locator('.time-now')).toContainText('the truth is', slow);
  await live.getByRole('slider', { name: 'Look back' }).fill('5');
  await expect(live.locator('.time-now')).toContainText('2019-10-05');
  const chart = live.getByRole('slider', { name: /^Total so far/ });
  await chart.focus();
  await page.keyboard.press('Home');
  await expect(chart).toHaveAttribute('aria-valuetext', /^2019-10-01: true/);
  await page.keyboard.press('t');
  await expect(live.getByRole('table').first()).toContainText('2019-10-05');
  await expect(live.locator('tbody').filter({ hasText: 'The optimum' })).toContainText('Square-root', slow);
});

test('axe finds nothing on the tab, light or dark, on a desk or a phone', async ({ page }) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openTab(page);
  await expect(page.locator('.time-live')).toContainText('31 of 31', slow);
  await expect(page.getByRole('main').locator('.stale')).toHaveCount(0, slow);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 850 });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
      ).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  }
});
