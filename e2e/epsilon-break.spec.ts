import type { Locator, Page } from '@playwright/test';
import { finding, numberIn, open, slow } from './steps.ts';
import { expect, test } from './support.ts';

const shown = (page: Page): Locator => finding(page).filter({ visible: true });
const card = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

async function openTab(page: Page): Promise<void> {
  await open(page, '/epsilon');
  await page.getByRole('tab', { name: 'Break and audit' }).click();
  await expect(shown(page)).toContainText('gives the true answer away', slow);
}

test('ordinary noise is broken by one release, whole-number noise is not', async ({ page }) => {
  await openTab(page);
  await expect(shown(page)).toContainText(/whole-number noise of this page: 0 of 10,000 times/);
  const floating = card(page, 'The last bits give it away');
  await expect(floating).toContainText('25 % by their last bits alone');
  await expect(floating).toContainText('seed 1');
  // A dot can be read with the keys: all its digits, and what they prove.
  const dots = floating.getByRole('slider', { name: 'Twenty releases of each answer' });
  await dots.press('ArrowRight');
  await expect(dots).toHaveAttribute('aria-valuetext', /\d\.\d{6,} can/);
  await floating.getByRole('button', { name: 'Draw again' }).click();
  await expect(floating).toContainText('seed 2', slow);
});

test('the ledger stops averaging, and a shared budget stops reconstruction', async ({ page }) => {
  await openTab(page);
  await expect(card(page, 'Ask again, and again')).toContainText('The ledger gives 4 and refuses the next', slow);
  const puzzle = card(page, 'Too many questions about the same people');
  await expect(puzzle).toContainText(/of their secrets/, slow);
  const share = async (): Promise<number> => numberIn(await puzzle.locator('.break-lead .is-risk').textContent());
  expect(await share()).toBeGreaterThan(90);
  await puzzle.getByLabel('Who keeps count of the loss').selectOption({ label: 'The ledger: ε for all together' });
  await expect.poll(share, slow).toBeLessThan(70);
});

test('an audit lets a correct mechanism pass and catches a planted bug', async ({ page }) => {
  await openTab(page);
  await page.getByRole('radio', { name: 'Audit it' }).check();
  await page.getByLabel('Runs on each table').selectOption('10000');
  await page.getByRole('button', { name: 'Run the audit' }).click();
  await expect(shown(page)).toContainText('10,000 runs do not refute the claim ε = 1', slow);
  await expect(page.getByText(/A bug that halves the noise would have been caught with probability 100/)).toBeVisible(
    slow,
  );
  await page.getByLabel('Bug planted on purpose').selectOption({ label: 'half the noise' });
  await page.getByRole('button', { name: 'Run the audit' }).click();
  await expect(shown(page)).toContainText('The planted bug is caught: Discrete Laplace (geometric) claims ε = 1', slow);
  expect(numberIn(await shown(page).locator('.is-risk').textContent())).toBeGreaterThan(1);
});

test('mechanisms stand side by side, and each can be audited from its card', async ({ page }) => {
  await openTab(page);
  await page.getByRole('radio', { name: 'Mechanisms' }).check();
  await expect(shown(page)).toContainText('no noise errs less than', slow);
  const noise = card(page, 'Noise added to an answer').first();
  await expect(noise.getByRole('row')).toHaveCount(10);
  await noise.getByRole('button', { name: 'Discrete Gaussian' }).click();
  await expect(card(page, 'Discrete Gaussian')).toContainText('Costs');
  await page.getByRole('button', { name: 'Audit this mechanism' }).click();
  await expect(page.getByLabel('What is audited')).toHaveValue('mechanism/discrete-gaussian');
});
