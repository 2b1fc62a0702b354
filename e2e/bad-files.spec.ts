import { gzipSync } from 'node:zlib';
import { fixtures } from '../datasets/formats/fixtures/fixtures.ts';
import { chooseFile, given, map, open, openExplore, rowsKept, slow } from './steps.ts';
import { expect, test } from './support.ts';

const png = Uint8Array.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0,
]);
const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255);
/** The magic numbers of Parquet at both ends, with nothing readable between them. */
const parquet = Uint8Array.from([0x50, 0x41, 0x52, 0x31, ...noise.subarray(0, 200)]);
const header = (fixtures[0]?.content ?? '').split('\n')[0] ?? '';
const mangled = `${header}\n1,12:34.5,22:01.0,1,2.10,1,N,161,236,1,9.5,0,0.5,2.06,0,0.3,12.36,\n2,00:05.1,31:00.2,2,7.80,2,N,132,48,2,52,0,0.5,0,5.76,0.3,58.56,2.5\n`;
const wide = `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n${Array.from({ length: 10_000 }, () => '1').join(',')}\n`;
const bomb = gzipSync(Buffer.alloc(300_000_000, 'a'));

const bad = [
  ['a picture under the name of a table', given('photo.csv', png)],
  ['a Parquet file cut off', given('cut.parquet', parquet)],
  ['a header without rows', given('empty.csv', `${header}\n`)],
  ['binary under the name of a table', given('noise.csv', noise)],
  ['times a spreadsheet has spoiled', given('mangled.csv', mangled)],
  ['ten thousand columns', given('wide.csv', wide)],
  ['a few kilobytes that unpack to hundreds of megabytes', given('bomb.csv.gz', bomb)],
  ['nothing at all', given('nothing.csv', '')],
] as const;

test('a bad file is explained with a remedy, and the page goes on with what it had', async ({ page }) => {
  await open(page, '/data');
  const good = fixtures[0];
  if (good === undefined) throw new Error('no fixture');
  const failed = page.getByRole('alert').filter({ hasText: 'could not be read' });
  for (const [what, file] of bad) {
    await test.step(what, async () => {
      await chooseFile(page, file);
      await expect(failed.first()).toBeVisible(slow);
      await expect(failed.first()).toContainText(/What to do: .{10,}/);
      // The same page reads a good file right after, and undo finds the way back.
      await chooseFile(page, given(good.name, good.content));
      await expect(rowsKept(page)).toBeVisible(slow);
      await expect(failed).toHaveCount(0);
    });
  }
});

test('after a bad file, the settings before it are one undo away', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Data' }).click();
  await expect(rowsKept(page)).toBeVisible(slow);
  await chooseFile(page, given('photo.csv', png));
  await expect(page.getByRole('alert').filter({ hasText: 'could not be read' }).first()).toBeVisible(slow);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'New York' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Explore' }).click();
  await expect(map(page)).toBeVisible(slow);
});
