import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { BenchRow } from '../bench-kit.ts';
import { ensureChromium } from '../chromium.ts';
import { serve } from '../serve.mjs';

const root = process.env['EPSILON_DIST'] ?? 'dist';
const steps = 100;
const coldLoads = 5;

/**
 * The first page in a real browser, on the built site: time from an input event of the epsilon slider to the frame that
 * shows its answer (260 zone shapes x 24 hours, 100 steps), and time from a cold start to a map that holds data.
 */
export const bench = async (): Promise<readonly BenchRow[]> => {
  if (!existsSync(`${root}/index.html`)) throw new Error(`no built site in ${root}: run "npx vite build" first`);
  const site = await serve({ root, base: '/epsilon-city/' });
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
  });
  try {
    const cold: number[] = [];
    for (let i = 0; i < coldLoads; i += 1) cold.push(await firstData(browser, site.url));
    const drag = await dragOf(browser, site.url);
    return [
      rowOf(`slider: input to painted, median of ${steps} steps`, drag, 0.5, 16),
      rowOf(`slider: input to painted, 95th percentile of ${steps} steps`, drag, 0.95, 33),
      rowOf('cold load to a map with data', cold, 0.5, 2500),
    ];
  } finally {
    await browser.close();
    await site.close();
  }
};

function rowOf(name: string, samples: readonly number[], quantile: number, budgetMs: number): BenchRow {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { name, ours: { ms: at(quantile), minMs: at(0), maxMs: at(1), repeats: samples.length }, budgetMs };
}

/** A page of a fresh profile that notes when its map first holds data. */
async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  // tsx marks functions with a helper that the page does not have.
  await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('[data-place][class]') === null) return;
      observer.disconnect();
      requestAnimationFrame(() => Object.assign(globalThis, { chartMs: performance.now() }));
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
  });
  return page;
}

const chartMs = (page: Page): Promise<number> =>
  page
    .waitForFunction(() => (globalThis as { readonly chartMs?: number }).chartMs)
    .then((handle) => handle.evaluate((ms) => ms ?? Number.NaN));

async function firstData(browser: Browser, url: string): Promise<number> {
  const page = await freshPage(browser);
  await page.goto(url);
  const ms = await chartMs(page);
  await page.context().close();
  return ms;
}

/** Milliseconds from each input event to the end of the frame after it: one step a frame, as a hand would move. */
async function dragOf(browser: Browser, url: string): Promise<readonly number[]> {
  const page = await freshPage(browser);
  await page.goto(url);
  await page.locator('main [data-digest]').first().waitFor({ state: 'attached', timeout: 120_000 });
  // The standard scenarios run in the background at first; on two cores they would be measured too.
  await page.waitForFunction(() => !/\d+ of \d+ standard scenarios/.test(document.body.innerText), undefined, {
    timeout: 120_000,
  });
  const samples = await page.getByRole('slider', { name: 'Privacy budget' }).evaluate(async (element, n) => {
    const input = element as HTMLInputElement;
    // React listens to the native setter's change, as a real hand on the control would cause it.
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const painted = (): Promise<void> =>
      new Promise((done) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => done(), { once: true });
          port1.start();
          port2.postMessage(null);
        });
      });
    const found: number[] = [];
    for (let i = 0; i < n; i += 1) {
      await painted();
      const startedAt = performance.now();
      set?.call(input, String(Math.round(500 + 300 * Math.sin(i / 8))));
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await painted();
      found.push(performance.now() - startedAt);
    }
    return found;
  }, steps);
  await page.context().close();
  return samples;
}
