import type { Locator, Page } from '@playwright/test';
import { expect } from './support.ts';

/** Computed answers may take a while on a slow machine with two cores; states are waited for, never times. */
export const slow = { timeout: 60_000 } as const;

/** Opens a page of the workbench, with a link's settings where given. */
export async function open(page: Page, route = '/explore', query = ''): Promise<void> {
  await page.goto(`./${query === '' ? `#${route}` : `#${route}?${query}`}`);
}

/** Explore with nothing clicked, once every number on it is the exact one. */
export async function openExplore(page: Page, query = ''): Promise<void> {
  await open(page, '/explore', query);
  await settled(page);
}

const measured = (page: Page): Locator => page.locator('main [data-digest]').first();

/** Waits until the page shows the complete result of the settings as they are; resolves to its digest. */
export async function settled(page: Page): Promise<string> {
  await expect(measured(page)).toBeAttached(slow);
  return (await measured(page).getAttribute('data-digest')) ?? '';
}

/** Waits until another result than `before` is complete; resolves to its digest. */
export async function settledAfter(page: Page, before: string): Promise<string> {
  await expect(measured(page)).not.toHaveAttribute('data-digest', before, slow);
  return settled(page);
}

export const map = (page: Page): Locator => page.getByRole('application', { name: /./ });
/** Shapes or points that carry a value. */
export const mapPlaces = (page: Page): Locator => map(page).locator('[data-place]');
/** The slider of the first page. */
export const dial = (page: Page): Locator => page.getByRole('slider', { name: 'Privacy budget' });
export const finding = (page: Page): Locator => page.locator('main').getByRole('heading', { level: 2 });

/** First number in a text, thousands separators dropped. */
export function numberIn(text: string | null): number {
  const found = /\d[\d,]*(\.\d+)?/.exec(text ?? '');
  return found === null ? Number.NaN : Number(found[0].replaceAll(',', ''));
}

/** Hands a file to the page as a user would choose it. */
export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}
export const given = (name: string, content: string | Uint8Array): GivenFile => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content as string),
});

export const chooseFile = (page: Page, file: string | GivenFile): Promise<void> =>
  page.getByLabel('Choose a file', { exact: true }).setInputFiles(file);

/** What reading the file brought to light: "3 of 3 rows kept". */
export const rowsKept = (page: Page): Locator => page.getByText(/^[\d,]+ of [\d,]+ rows kept/);
