import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as bare } from '@playwright/test';
import { fixtures } from '../datasets/formats/fixtures/fixtures.ts';
import { routes } from './routes.ts';
import { chooseFile, given, map, open, openExplore, rowsKept, settled, slow } from './steps.ts';
import { expect, test } from './support.ts';

test('the page carries its policy, first of all', async ({ page }) => {
  await openExplore(page);
  const policy = page.locator('head > meta[http-equiv="Content-Security-Policy"]');
  await expect(policy).toHaveCount(1);
  const content = (await policy.getAttribute('content')) ?? '';
  expect(content).toContain("default-src 'none'");
  expect(content).toContain("connect-src 'self'");
  expect(content).not.toContain("'unsafe-eval'");
  expect(content).not.toContain("'unsafe-inline'");
  expect(await page.evaluate(() => document.head.firstElementChild?.getAttribute('http-equiv'))).toBe(
    'Content-Security-Policy',
  );
});

/** What page or worker try: each must be refused. Runs as text in both, so it names nothing outside itself. */
const attempts = `async (url) => {
  const tried = {};
  try { await fetch(url, { mode: 'no-cors' }); tried.fetch = 'went out'; } catch { tried.fetch = 'refused'; }
  try { (0, eval)('1'); tried.eval = 'ran'; } catch { tried.eval = 'refused'; }
  try { new Function('return 1')(); tried.function = 'ran'; } catch { tried.function = 'refused'; }
  return tried;
}`;
const refused = { fetch: 'refused', eval: 'refused', function: 'refused' };

// Without the watching fixtures: here the policy's refusals, which show as errors, are the point.
bare(
  'neither the page nor a worker started as the app does can reach another host or run text as code',
  async ({ page }) => {
    let visits = 0;
    const other = createServer((_, response) => {
      visits += 1;
      response.end();
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    try {
      await page.goto('./');
      await expect(map(page)).toBeVisible(slow);
      // A script element carries the attempt into the page: text sent by the test itself would escape the policy.
      const own = await page.evaluate(
        ([body, target]) =>
          new Promise((done) => {
            const worker = new Worker(
              URL.createObjectURL(
                new Blob([`const run = ${body}; run(${JSON.stringify(target)}).then((tried) => postMessage(tried));`], {
                  type: 'text/javascript',
                }),
              ),
              { type: 'module' },
            );
            worker.addEventListener('message', (event) => done(event.data));
            worker.addEventListener('error', (event) => done(event.message));
          }),
        [attempts, url],
      );
      expect(own).toEqual(refused);
      const direct = await page.evaluate(
        (target) =>
          fetch(target, { mode: 'no-cors' }).then(
            () => 'went out',
            () => 'refused',
          ),
        url,
      );
      expect(direct).toBe('refused');
      const inline = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.inlineRan = true';
        document.head.append(script);
        return 'inlineRan' in globalThis;
      });
      expect(inline).toBe(false);
      expect(visits).toBe(0);
    } finally {
      await new Promise((done) => other.close(done));
    }
  },
);

test('a whole tour with a file asks no other host and keeps no row', async ({ page }) => {
  const file = fixtures.find(({ name }) => name.includes('citibike'));
  if (file === undefined) throw new Error('no fixture');
  await open(page, '/data');
  await chooseFile(page, given(file.name, file.content));
  await expect(rowsKept(page)).toBeVisible(slow);
  for (const route of routes) {
    await page.evaluate((path) => {
      location.hash = `#${path}?${location.hash.split('?')[1] ?? ''}`;
    }, route);
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeAttached(slow);
  }
  const kept = await page.evaluate(async () => ({
    local: Object.entries(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).length,
    cookies: document.cookie,
  }));
  expect(
    kept.local.map(([name]) => name).filter((name) => !/^epsilon-city\/(preferences|scenario|lessons?)$/.test(name)),
  ).toEqual([]);
  expect(JSON.stringify(kept.local)).not.toMatch(/42381|First|tripduration/);
  expect(kept).toMatchObject({ session: [], databases: 0, cookies: '' });
});

test('the page shows what it has asked for, and erases what it keeps', async ({ page }) => {
  await openExplore(page);
  await settled(page);
  await page.getByRole('button', { name: 'Your data stays in this tab' }).click();
  const panel = page.getByRole('dialog', { name: 'Your data stays in this tab' });
  await expect(panel.getByText(/^All \d+ requests went to /)).toBeVisible();
  await panel.getByRole('button', { name: /Erase/ }).click();
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('epsilon-city/'))),
  ).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
});
