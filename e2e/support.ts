import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type BrowserContext, test as base, expect } from '@playwright/test';

/** Folder of real city files, where there is one; the README never needs it. */
const shared = resolve(process.env['EPSILON_ROOT'] ?? '..', 'shared', 'data');

/** Path of a real file, or undefined (said once) where the folder is absent. */
export function realFile(name: string): string | undefined {
  const path = resolve(shared, name);
  if (existsSync(path)) return path;
  console.log(`skipped: no ${name} (set EPSILON_ROOT to the folder that holds shared/)`);
  return undefined;
}

/** Requests of the context, workers included, that leave the page's own origin. Must stay empty. */
function watchForeign(context: BrowserContext, origin: string): readonly string[] {
  const foreign: string[] = [];
  context.on('request', (request) => {
    const url = request.url();
    if (/^(blob|data|about|chrome-extension):/.test(url)) return;
    if (!url.startsWith(origin)) foreign.push(url);
  });
  return foreign;
}

interface Fixtures {
  readonly foreign: readonly string[];
  readonly faults: readonly string[];
}

/** Every test fails on a foreign request, an uncaught error or a policy violation, whatever else it looks at. */
export const test = base.extend<Fixtures>({
  foreign: [
    async ({ context, baseURL }, use) => {
      const foreign = watchForeign(context, new URL(baseURL ?? '').origin);
      await use(foreign);
      expect(foreign, 'requests to other hosts').toEqual([]);
    },
    { auto: true },
  ],
  faults: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      await use(faults);
      expect(faults, 'errors on the page').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
