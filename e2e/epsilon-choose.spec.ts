import type { Page } from '@playwright/test';
import { numberIn, open, settled, settledAfter, slow } from './steps.ts';
import { expect, test } from './support.ts';

test.use({ serviceWorkers: 'block' });

const answered = (page: Page) =>
  page.locator('.lens-handle', { hasText: 'Right guesses from even odds' }).getByRole('textbox');

test('sliding epsilon moves the sentence, the bars and the odds; undo takes it back', async ({ page }) => {
  await open(page, '/epsilon');
  const before = await settled(page);
  const title = page.locator('.choose-finding').getByRole('heading', { level: 2 });
  await expect(title).toContainText('ε = 1', slow);
  await expect(title).toContainText('73:27');
  const dial = page.getByRole('slider', { name: 'Privacy budget' });
  await dial.focus();
  await page.keyboard.press('Home');
  const after = await settledAfter(page, before);
  await expect(title).not.toContainText('73:27');
  expect(after).not.toBe(before);
  await page.keyboard.press('Control+z');
  await settledAfter(page, after);
  await expect(title).toContainText('73:27');
});

test('holding on to what an attacker may guess solves for the noise', async ({ page }) => {
  await open(page, '/epsilon');
  const before = await settled(page);
  const reading = answered(page);
  await expect(reading).not.toHaveValue('…', slow);
  expect(numberIn(await reading.inputValue())).toBeGreaterThan(60);
  await reading.fill('55');
  await reading.press('Enter');
  await settledAfter(page, before);
  // (e^epsilon) / (1 + e^epsilon) = 0.55 for Laplace noise is reached near epsilon = 0.2 and proven from above.
  await expect(async () => {
    const shown = numberIn(await answered(page).inputValue());
    expect(shown).toBeGreaterThan(54);
    expect(shown).toBeLessThanOrEqual(55.2);
  }).toPass(slow);
  await expect(page.locator('.choose-finding').getByRole('heading', { level: 2 })).toContainText('ε = 0.2');
});

test('an accuracy asked for becomes an epsilon, and one out of reach says so', async ({ page }) => {
  await open(page, '/epsilon');
  const before = await settled(page);
  const share = page.getByRole('textbox', { name: 'Allowed error in percent' });
  await share.fill('20');
  await share.press('Enter');
  const after = await settledAfter(page, before);
  await share.fill('0.01');
  await share.press('Enter');
  await expect(page.getByText('beyond this slider', { exact: false })).toBeVisible(slow);
  await settledAfter(page, after);
});

test('a delta of one over the rows or more is a loud warning, not a refusal', async ({ page }) => {
  await open(page, '/epsilon');
  await settled(page);
  const delta = page.getByLabel('Read at δ =');
  await delta.fill('0.001');
  await delta.press('Enter');
  await expect(page.getByText('publishes one random row in the clear', { exact: false })).toBeVisible();
  await expect(page.locator('.lens')).toContainText('δ = 1e-3', slow);
});
