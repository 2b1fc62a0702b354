import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { finding, open, slow } from './steps.ts';
import { expect, test } from './support.ts';

test.use({ serviceWorkers: 'block' });

const askButton = (page: Page): Locator => page.getByRole('button', { name: /^Ask, and spend ε = / });
const receipts = (page: Page): Locator => page.getByRole('region', { name: 'Answers and receipts' }).getByRole('row');

async function openBudget(page: Page): Promise<void> {
  await open(page, '/epsilon');
  await page.getByRole('tab', { name: 'Budget', exact: true }).click(slow);
  await expect(askButton(page)).toBeEnabled(slow);
}

async function askOnce(page: Page, who: string): Promise<void> {
  await page.getByLabel('Who asks', { exact: true }).fill(who);
  await askButton(page).click(slow);
  await expect(page.getByText(/^Answered and written down/)).toBeVisible(slow);
}

test('what is asked is charged, an overdraw is refused with a remedy, and nothing is forgotten', async ({ page }) => {
  test.slow();
  await openBudget(page);
  await expect(finding(page)).toContainText('Nothing of ε = 2.1 is spent yet');
  await askOnce(page, 'Ana');
  await expect(finding(page)).toContainText('1 is spent on one answer; 1.1 is left', slow);
  await askOnce(page, 'Transport office');
  await expect(finding(page)).toContainText('2 is spent on 2 answers; 0.1 is left', slow);

  // A third one like it would overdraw: said before it is asked, and refused when it is.
  await expect(page.getByText(/it would overdraw the budget and will be refused/)).toBeVisible(slow);
  await askButton(page).click();
  const refusal = page.getByRole('alert').filter({ hasText: 'Refused' });
  await expect(refusal).toContainText('0.1 of 2.1 is left. Nothing was spent.', slow);
  await expect(receipts(page)).toHaveCount(3);

  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(page.locator('.budget .stale')).toHaveCount(0, slow);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.setViewportSize({ width: 1280, height: 900 });

  // The remedy fits.
  await refusal.getByRole('button', { name: 'Ask with ε = 0.1 instead' }).click();
  await expect(page.getByText(/would take ε = 0\.1 and leave 0\./)).toBeVisible(slow);
  await expect(page.getByRole('img', { name: /^Ana, .*ε 1/ })).toBeVisible();

  await page.getByText('Who asked', { exact: true }).click();
  await expect(page.getByRole('img', { name: /^Transport office, ε 1$|^Transport office, .*ε 1/ })).toBeVisible();

  // Neither undo nor a reload gives anything back.
  await page.keyboard.press('Control+z');
  await page.reload();
  await page.getByRole('tab', { name: 'Budget', exact: true }).click(slow);
  await expect(finding(page)).toContainText('2 is spent on 2 answers; 0.1 is left', slow);
  await expect(receipts(page)).toHaveCount(3);

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as JSON' }).click(),
  ]);
  const book = JSON.parse(await readFile(await saved.path(), 'utf8')) as {
    readonly budgets: readonly { readonly receipts: readonly { readonly who: string }[] }[];
  };
  expect(book.budgets.flatMap((budget) => budget.receipts.map(({ who }) => who))).toEqual(['Ana', 'Transport office']);

  // A new budget is opened on purpose; what was told stays told.
  await page.getByRole('button', { name: 'Open a new budget…' }).click();
  await page.getByRole('button', { name: /^Open it/ }).click();
  await expect(finding(page)).toContainText('Nothing of ε = 2.1 is spent yet', slow);
  await expect(page.getByText(/Together they have told ε = 2 /)).toBeVisible();
});

test('rules that divide a budget are compared, and an adverse log meets its cap', async ({ page }) => {
  await openBudget(page);
  const card = page.locator('.budget-allocation');
  await expect(card.getByText(/smallest share, so the strongest noise/)).toBeVisible(slow);
  await expect(card.locator('[data-rule]')).toHaveCount(7);
  await card.getByLabel('Who asks what').selectOption('adverse');
  await expect(card.getByText(/never gets more than 45\s%.*here at most 45\s%\. The cap holds/)).toBeVisible(slow);
  await card.locator('[data-rule="frequency"]').press('Enter');
  await expect(card.getByText(/^This rule has no cap/)).toBeVisible();
});
