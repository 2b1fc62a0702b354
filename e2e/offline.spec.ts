import { finding, map, mapPlaces, open, openExplore, settled, slow } from './steps.ts';
import { expect, test } from './support.ts';

test('after one visit the page works without a network', async ({ page, context }) => {
  await openExplore(page);
  const digest = await settled(page);
  const sentence = await finding(page).textContent();
  // The first visit ends when the service worker has filled its cache and taken over.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), slow).toBe(true);

  await context.setOffline(true);
  await page.goto('about:blank');
  await open(page);
  expect(await settled(page)).toBe(digest);
  await expect(finding(page)).toHaveText(sentence ?? '');
  await expect(map(page)).toBeVisible();
  await page.getByRole('button', { name: 'Santander', exact: true }).click();
  await expect(mapPlaces(page).first()).toBeAttached(slow);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Data' }).click();
  await expect(page.getByRole('heading', { name: 'What is in the data' })).toBeVisible();
  await context.setOffline(false);
});
