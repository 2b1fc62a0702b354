import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Download, Page } from '@playwright/test';
import { chooseFile, given, open, rowsKept, slow } from './steps.ts';
import { expect, test } from './support.ts';

/** Column roles and hierarchies by direct manipulation, and what can be taken away. */

async function openTree(page: Page, column: string): Promise<void> {
  await page.getByRole('button', { name: `How “${column}” is coarsened: open the tree` }).click(slow);
  await expect(page.getByRole('tree')).toBeVisible(slow);
}
const box = (page: Page, name: RegExp) => page.getByRole('treeitem', { name });
const bucket = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}
const saving = async (page: Page, name: string): Promise<Download> => {
  const [download] = await Promise.all([
    page.waitForEvent('download', slow),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  return download;
};

test('a group is moved without a mouse, the check agrees, undo takes it back', async ({ page }) => {
  await open(page, '/data');
  await openTree(page, 'Pickup zone');
  await expect(page.getByText('Every value has one way up')).toBeVisible();
  await page.getByRole('treeitem').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(box(page, /^Bronx:/)).toBeFocused();
  await page.keyboard.press(' ');
  await page.getByLabel('Move to').selectOption({ label: 'Unknown' });
  await expect(page.getByText('Bronx is now under Unknown.')).toBeAttached();
  await expect(box(page, /^Unknown: values 45/).first()).toBeVisible();
  await expect(page.getByLabel('Made by')).toHaveValue('table');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByLabel('Made by')).toHaveValue('place');
});

test('a box is dragged onto another group, renamed, and the tree is saved and opened again', async ({ page }) => {
  await open(page, '/data');
  await openTree(page, 'Pickup zone');
  await box(page, /^Staten Island:/).dragTo(box(page, /^Newark:/));
  await expect(box(page, /^Newark: values 21/)).toBeVisible();
  await box(page, /^Queens:/).click();
  await page.getByLabel('Label').fill('East');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect(box(page, /^East:/)).toBeVisible();
  const saved = (await bytesOf(await saving(page, 'Save as CSV'))).toString('utf8');
  expect(saved).toMatch(/;East;New York City;\*\n/);
  await page.getByRole('button', { name: 'Back to the built-in steps' }).click();
  await expect(box(page, /^Queens:/)).toBeVisible();
  await page.getByLabel('Made by').selectOption('table');
  await page.getByLabel('Open a hierarchy file (CSV)').setInputFiles(given('zones.csv', saved));
  await expect(page.getByText('265 values read from zones.csv.')).toBeVisible();
  await expect(box(page, /^East:/)).toBeVisible();
});

test('what is wrong with a hierarchy file is said with column, value and remedy', async ({ page }) => {
  await open(page, '/data');
  await openTree(page, 'Pickup zone');
  await page.getByLabel('Made by').selectOption('table');
  const file = page.getByLabel('Open a hierarchy file (CSV)');
  await file.setInputFiles(given('short.csv', '4;a;*\n7;*\n'));
  await expect(page.getByText(/Line 2 of the hierarchy of "pickupZone" \("7"\) has 2 labels/)).toBeVisible();
  await file.setInputFiles(given('parents.csv', '4;a;north;*\n7;a;south;*\n'));
  await expect(
    page.getByText(/The label "a" at level 1 has two parents|label "a" at level 1 has two parents/),
  ).toBeVisible();
  await expect(page.getByText(/does not contain the value/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Add the missing values as a group' }).click();
  await expect(page.getByText(/does not contain the value/)).toHaveCount(0);
});

test('roles change by keyboard, by button and by dragging; a wizard coarsens the new quasi-identifier', async ({
  page,
}) => {
  await open(page, '/data');
  const chip = page.getByRole('button', { name: /^Distance: / });
  await chip.focus(slow);
  await page.keyboard.press('ArrowLeft');
  await expect(bucket(page, 'Sensitive').getByRole('button', { name: /^Distance/ })).toBeFocused();
  await chip.click();
  await page.getByRole('button', { name: 'Put Distance here: Quasi-identifier' }).click();
  await expect(bucket(page, 'Quasi-identifier').getByRole('button', { name: /^Distance/ })).toBeVisible();
  await page.getByRole('button', { name: /^Passengers: / }).dragTo(bucket(page, 'Identifier'));
  await expect(bucket(page, 'Identifier').getByRole('button', { name: /^Passengers/ })).toBeVisible();
  await openTree(page, 'Distance');
  await page.getByLabel('Made by').selectOption('interval');
  await page.getByLabel('Widths, each a multiple of the one before').fill('2, 5');
  await expect(page.getByText(/expected a multiple \(2 or more\) of the width before it, 2/)).toBeVisible(slow);
  await page.getByLabel('Widths, each a multiple of the one before').fill('2, 10');
  await expect(page.getByRole('button', { name: 'width 10', exact: true })).toBeVisible(slow);
  // It is in the link: another visit has it.
  await page.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await expect(page.getByText('(your own)')).toBeVisible(slow);
});

test('the release is saved as Parquet and opened again; ARX gets its archive; a certificate says what was proved', async ({
  page,
}) => {
  const scenario = {
    version: 1,
    dataset: { kind: 'embedded', id: 'nyc-taxi', rows: 4000, seed: 1 },
    roles: {},
    branches: [{ id: 'a', steps: [{ id: 'mondrian', params: { k: 5 } }] }],
    metrics: [],
    attacks: [],
    seed: 1,
    repeats: 1,
  };
  await open(page, '/protect');
  await page.getByLabel('Open a scenario file').setInputFiles(given('scenario.json', JSON.stringify(scenario)));
  await expect(page.getByText(/Mondrian/).first()).toBeVisible(slow);
  const parquet = await saving(page, 'Release as Parquet');
  expect(parquet.suggestedFilename()).toMatch(/\.parquet$/);
  await page.getByText('The same question in ARX').click();
  const archive = await saving(page, 'Save for ARX (ZIP)');
  const zip = await bytesOf(archive);
  for (const name of ['data.csv', 'hierarchies/pickupZone.csv', 'settings.csv', 'README.txt']) {
    expect(zip.includes(Buffer.from(name)), name).toBe(true);
  }
  await page.getByRole('button', { name: 'Certificate', exact: true }).click();
  await expect(page.getByText('Everything claimed was re-proved on the released table.').first()).toBeVisible(slow);
  const certificate: unknown = JSON.parse((await bytesOf(await saving(page, 'Save as JSON'))).toString('utf8'));
  expect(certificate).toMatchObject({ schema: 'epsilon-city-certificate/1', holds: true });
  await page.getByRole('button', { name: 'Close' }).click();
  const bytes = await bytesOf(parquet);
  await open(page, '/data');
  await chooseFile(page, given('release.parquet', bytes));
  await expect(rowsKept(page)).toBeVisible(slow);
});

test('the editor fits a phone and breaks no accessibility rule', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '/data');
  await openTree(page, 'Pickup zone');
  await box(page, /^Queens:/).click();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
});
