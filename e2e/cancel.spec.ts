import { dial, finding, map, open, openExplore, settled, settledAfter, slow } from './steps.ts';
import { expect, test } from './support.ts';

test('long work can be cancelled; the page and its workers go on at once', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Data' }).click();
  const rows = page.getByRole('textbox', { name: 'Rows, exact value' });
  await rows.fill('1000000');
  await rows.press('Enter');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Explore' }).click();
  const cancel = page.getByRole('main').getByRole('button', { name: 'Cancel' }).first();
  await cancel.click(slow);
  await expect(cancel).toHaveCount(0, { timeout: 5000 });
  // The worker is free again: a small question is answered although the large one was never finished.
  await page.getByRole('button', { name: /^Undo/ }).click();
  await settled(page);
  await expect(map(page)).toBeVisible();
});

test('of many quick movements only the last one is shown', async ({ page }) => {
  await openExplore(page);
  const before = await settled(page);
  await dial(page).focus();
  for (let i = 0; i < 12; i += 1) await page.keyboard.press(i % 2 === 0 ? 'PageDown' : 'ArrowRight');
  const value = await page.getByRole('textbox', { name: 'Privacy budget, exact value' }).inputValue();
  const digest = await settledAfter(page, before);
  const sentence = await finding(page).textContent();
  await open(page, '/explore', new URL(page.url()).hash.split('?')[1]);
  await page.reload();
  expect(await settled(page)).toBe(digest);
  await expect(page.getByRole('textbox', { name: 'Privacy budget, exact value' })).toHaveValue(value);
  await expect(finding(page)).toHaveText(sentence ?? '');
});
