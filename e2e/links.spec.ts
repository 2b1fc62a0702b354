import { spawnSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { dial, finding, map, open, openExplore, settled, settledAfter, slow } from './steps.ts';
import { expect, test } from './support.ts';

/** Digest of the first branch of a link, computed without a browser. */
function headlessDigest(link: string): string {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'tools/scenario.ts', link, '--summary'], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  expect(run.stderr).toBe('');
  const { outcomes } = JSON.parse(run.stdout) as { readonly outcomes: readonly { readonly digest: string }[] };
  return outcomes[0]?.digest ?? '';
}

/** What the Share button puts on the clipboard. */
async function sharedLink(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

test('a shared link gives the same numbers in another browser, and without one', async ({ page, browser }) => {
  await openExplore(page);
  const first = await settled(page);
  await dial(page).focus();
  await page.keyboard.press('PageDown');
  const digest = await settledAfter(page, first);
  const sentence = await finding(page).textContent();
  const link = await sharedLink(page);

  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  await other.goto(link);
  expect(await settled(other)).toBe(digest);
  await expect(finding(other)).toHaveText(sentence ?? '');
  await stranger.close();

  expect(headlessDigest(link)).toBe(digest);
});

test('a reload keeps the state, with the link and without it', async ({ page }) => {
  await openExplore(page);
  const first = await settled(page);
  await page.getByRole('button', { name: 'Privacy budget 5', exact: true }).click();
  const digest = await settledAfter(page, first);
  await page.reload();
  expect(await settled(page)).toBe(digest);
  await page.goto('about:blank');
  await page.goto('./');
  expect(await settled(page)).toBe(digest);
});

test('hierarchies too long for a link come back in the same browser, and are asked for in another', async ({
  page,
  browser,
  baseURL,
}) => {
  const rows = Array.from({ length: 300 }, (_, i) => [`${i}`, `tens ${Math.floor(i / 10)}`, '*']);
  const scenario = {
    version: 1,
    dataset: { kind: 'embedded', id: 'nyc-taxi', rows: 2000, seed: 3 },
    branches: [{ id: 'counts', steps: [{ id: 'laplace-histogram' }] }],
    hierarchies: { passengers: { kind: 'table', rows } },
    seed: 3,
  };
  await openExplore(page);
  await page.evaluate((kept) => localStorage.setItem('epsilon-city/scenario', JSON.stringify(kept)), scenario);
  await page.goto('about:blank');
  await open(page);
  await expect(page).toHaveURL(/[#?&]s=/, slow);
  const link = page.url();
  expect(link.length).toBeLessThan(2000);
  await page.reload();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page).toHaveURL(link);
  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByText(/link names hierarchies/)).toBeVisible(slow);
  await expect(other.getByText(/open the scenario file/)).toBeVisible();
  await context.close();
});

test('undo and redo walk through the settings, by key and by button', async ({ page }) => {
  await openExplore(page);
  const first = await settled(page);
  await page.getByRole('button', { name: 'Privacy budget 5', exact: true }).click();
  const second = await settledAfter(page, first);
  await page.keyboard.press('Control+z');
  expect(await settledAfter(page, second)).toBe(first);
  await page.getByRole('button', { name: /^Redo: / }).click();
  expect(await settledAfter(page, first)).toBe(second);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
});

const packed = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const good = packed({ v: 1, b: [['main', ['laplace-histogram']]] });
const hostile = [
  ['huge numbers', `data=nyc-taxi&rows=99999999999999999&seed=1e999&epsilon=-1e308&s=${good}`],
  ['unknown ids', `data=nowhere&rows=1000&seed=1&s=${packed({ v: 1, b: [['main', ['no-such-thing']]] })}`],
  [
    'prototype keys',
    `data=nyc-taxi&rows=1000&seed=1&s=${Buffer.from('{"v":1,"b":[["__proto__",[["constructor",{"__proto__":{"x":1}}]]]],"r":{"__proto__":{"role":"other"}}}').toString('base64url')}`,
  ],
  ['a script', `data=<script>document.title='x'</script>&rows=1000&seed=1&s=${good}`],
  ['another version', `data=nyc-taxi&rows=1000&seed=1&s=${packed({ v: 99, b: [] })}`],
  ['not base64', 'data=nyc-taxi&s=%%%%'],
  ['a hundred thousand characters', `data=nyc-taxi&rows=1000&seed=1&s=${'A'.repeat(100_000)}`],
] as const;

test('a hostile link is explained and changes nothing', async ({ page }) => {
  for (const [what, query] of hostile) {
    await test.step(what, async () => {
      await page.goto('about:blank');
      await open(page, '/explore', query);
      const note = page.getByRole('main').getByRole('alert').first();
      await expect(note).toBeVisible();
      await expect(note).toContainText(/What to do: .{5,}/);
      await expect(note.locator('script')).toHaveCount(0);
    });
  }
  await expect(page).toHaveTitle(/Epsilon City/);
  await page.getByRole('main').getByRole('button', { name: 'Close' }).first().click();
  await settled(page);
  await expect(map(page)).toBeVisible(slow);
});
