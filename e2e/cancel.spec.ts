import { dial, finding, mapPlaces, open, openExplore, settled, settledAfter, slow } from './steps.ts';
import { expect, test } from './support.ts';

/** Groups of at least k among a million trips, and what an attacker makes of them: seconds of work on any machine. */
const steps = Buffer.from(JSON.stringify({ v: 1, b: [['main', ['mondrian']]] })).toString('base64url');
const long = `data=nyc-taxi&rows=1000000&seed=1&a=presence-in-answers&s=${steps}`;

test('long work can be cancelled; the page and its workers go on at once', async ({ page }) => {
  await open(page, '/explore', long);
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Cancel' }).first().click(slow);
  await expect(main.getByRole('button', { name: 'Cancel' })).toHaveCount(0, { timeout: 5000 });
  await expect(main.getByText('Stopped.').first()).toBeVisible();
  // The workers are free again: a small question is answered although the large one was never finished.
  await page.getByRole('button', { name: 'Santander', exact: true }).click();
  await expect(mapPlaces(page).first()).toBeAttached(slow);
  await settled(page);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(main.getByText('Stopped.').first()).toBeVisible();
  await expect(main.getByRole('button', { name: 'Try again' }).first()).toBeEnabled();
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
