import type { Page } from '@playwright/test';
import { dial, map, mapPlaces, numberIn, open, openExplore, rowsKept, settled, settledAfter, slow } from './steps.ts';
import { expect, test } from './support.ts';

const main = (page: Page) => page.getByRole('main');
const headline = (page: Page) => main(page).getByRole('heading', { level: 2 }).first();
const goTo = async (page: Page, name: string): Promise<void> => {
  const pages = page.getByRole('navigation', { name: 'Pages' });
  const link = page.getByRole('link', { name, exact: true });
  if (!(await link.first().isVisible())) await pages.getByRole('button', { name: 'More' }).click();
  await link.first().click();
};

test('Protect: groups of at least k are tried, kept, and turned', async ({ page }) => {
  await open(page, '/protect');
  const counts = await settled(page);
  await page.getByRole('combobox', { name: 'Scenario', exact: true }).selectOption({ label: 'No protection' });
  const first = await settledAfter(page, counts);
  await page.getByRole('button', { name: 'Add a protection at the release' }).click();
  const library = page.getByRole('dialog', { name: 'Protections at the release' });
  const entry = library.getByRole('article').filter({ has: page.getByRole('heading', { name: /Mondrian/ }) });
  await entry
    .locator('..')
    .getByRole('button', { name: /^Try it/ })
    .click();
  await expect(library).toBeHidden();
  await expect(page.getByRole('heading', { name: /^With .*Mondrian.* an(other)? attack/ })).toHaveText(/\d/, slow);
  await page.getByRole('button', { name: 'Keep it' }).click();
  const five = await settledAfter(page, first);
  await expect(headline(page)).toHaveText(/^Against this release an attacker is right \d+/);
  const classes = page.getByRole('figure', { name: 'How many rows look alike' });
  if (!(await classes.isVisible()))
    await page
      .getByRole('tab', { name: /look alike/ })
      .first()
      .click();
  await expect(classes).toBeVisible(slow);
  const k = page.getByRole('textbox', { name: /exact value$/ }).first();
  await k.fill('50');
  await k.press('Enter');
  await settledAfter(page, five);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('button', { name: /^Undo/ }).click();
  expect(await settledAfter(page, five)).toBe(first);
});

test('Protect, slide, compare, share: the link opens with the same numbers', async ({ page, browser }) => {
  await open(page, '/protect');
  const first = await settled(page);
  await page
    .getByRole('combobox', { name: 'Scenario', exact: true })
    .selectOption({ label: 'Traditional anonymization' });
  const digest = await settledAfter(page, first);
  await goTo(page, 'Compare');
  await expect(headline(page)).toHaveText(/An attacker is right \d+/, slow);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  await other.goto(link.replace('#/compare', '#/protect'));
  expect(await settled(other)).toBe(digest);
  await stranger.close();
});

test('Compare: scenarios stand side by side on one scale', async ({ page }) => {
  await open(page, '/compare');
  await expect(headline(page)).toHaveText(/An attacker is right \d+/, slow);
  const table = page.getByRole('table', { name: /^Questions down, scenarios across/ });
  await expect(table.getByRole('columnheader')).toHaveText([
    'Question',
    'Now on the page',
    'No protection',
    'Traditional anonymization',
  ]);
  const choice = main(page).getByRole('group', { name: /^Scenarios, two to four/ });
  await choice.getByRole('button', { name: 'Traditional anonymization' }).click();
  await expect(table.getByRole('columnheader')).toHaveText(['Question', 'Now on the page', 'No protection']);
  await expect(table.getByRole('row').filter({ hasText: 'What is released?' })).toContainText('counts');
});

test('Stream: the estimate gets better with every epoch, and can be paused', async ({ page }) => {
  await open(page, '/stream');
  await page.getByRole('button', { name: 'Pause' }).click(slow);
  await expect(headline(page)).toHaveText(/after [\d,]+ randomized answers, \d+/, slow);
  const answers = numberIn((/after ([\d,]+)/.exec((await headline(page).textContent()) ?? '') ?? [])[1] ?? '');
  await page.getByRole('button', { name: 'To the end' }).click();
  await expect(main(page).getByText('Epoch 30 of 30')).toBeVisible(slow);
  await expect
    .poll(async () => numberIn((/after ([\d,]+)/.exec((await headline(page).textContent()) ?? '') ?? [])[1] ?? ''))
    .toBeGreaterThan(answers);
  // The error so far falls like one over the square root of the answers: the last epoch's is below the first's.
  const look = page.getByRole('slider', { name: 'Look back' });
  const error = async (): Promise<number> =>
    numberIn(await main(page).getByRole('listitem').filter({ hasText: 'Mean error of a share' }).first().textContent());
  const last = await error();
  await look.focus();
  await page.keyboard.press('Home');
  await expect(main(page).getByText('Epoch 1 of 30')).toBeVisible();
  await expect.poll(error).toBeGreaterThan(last);
});

test('Federate: rounds go on, the model learns, and three workers sum in secret', async ({ page }) => {
  await open(page, '/federate');
  await page.getByRole('button', { name: 'To the end' }).click(slow);
  await expect(main(page).getByText('Round 20 of 20')).toBeVisible(slow);
  await expect(headline(page)).toHaveText(/After 20 rounds it is right on \d+/);
  const right = numberIn((/right on ([\d.]+)\s%/.exec((await headline(page).textContent()) ?? '') ?? [])[1] ?? '');
  expect(right).toBeGreaterThan(55);

  await page.getByRole('tab', { name: 'Secure sums' }).click();
  await expect(headline(page)).toHaveText(/^3 parties opened \d+ totals\. All of them equal the plain totals/, slow);
  await page.getByRole('button', { name: 'Run between 3 workers' }).click();
  await expect(page.getByText('3 workers opened the same totals as above.')).toBeVisible(slow);
});

test('Attack: success is a number with its interval beside chance and the proven limit', async ({ page }) => {
  await open(page, '/attack');
  await expect(headline(page)).toHaveText(/^This opponent is right in \d+ of 100 tries against your release/, slow);
  // As many tries as cells of the release have somebody in them.
  await expect(
    main(page).getByText(/1,639 tries, 95\s% interval \d+\s% – \d+\s%; chance 50\s%; proven limit 73\s%/),
  ).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Out of 100 tries' })).toBeVisible();
});

test('Claims: what can be measured is measured, one claim after the other', async ({ page }) => {
  await open(page, '/claims');
  const table = page.getByRole('table', { name: 'Claims of the papers' });
  const pending = table.getByText('not measured yet', { exact: true });
  await expect(pending.first()).toBeVisible(slow);
  const before = await pending.count();
  await page.getByRole('button', { name: 'Measure here' }).click();
  await expect.poll(() => pending.count(), slow).toBeLessThan(before);
  await expect(table.getByText(/^(Holds here|Does not hold here)$/).first()).toBeVisible(slow);
  const cancel = main(page).getByRole('button', { name: 'Cancel' }).first();
  if (await cancel.isVisible()) await cancel.click();
});

test('Lessons: the first one goes on when its task is done on the live page', async ({ page }) => {
  await open(page, '/lessons');
  await page.getByRole('region', { name: 'What ε does' }).getByRole('button', { name: 'Start' }).click();
  await expect(map(page)).toBeVisible(slow);
  await settled(page);
  const task = page.getByText(/Choose the zone of the ringed passenger/);
  await expect(task).toBeVisible(slow);
  await page.getByRole('button', { name: 'Show where' }).click();
  await expect(page.getByText(/trips began, and theirs is one of them/)).toBeVisible(slow);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByText(/If ε falls from .+ to 0\.1/)).toBeVisible(slow);
});

test('Spanish changes every word of the shell, and travels in the link', async ({ page }) => {
  await openExplore(page);
  const words = ['New York', 'Your file', 'Share', 'Data', 'Protect', 'Released', 'Find one person'];
  await page.getByRole('button', { name: 'Español' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page.getByRole('button', { name: 'Compartir', exact: true })).toBeVisible();
  for (const word of words) await expect(page.getByText(word, { exact: true })).toHaveCount(0);
  expect(page.url()).toContain('lang=es');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Compartir', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('see, turn, change city, read the data', async ({ page }) => {
    await openExplore(page);
    await expect(map(page)).toBeInViewport();
    const before = await settled(page);
    await dial(page).scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'A little less Privacy budget' }).tap();
    const after = await settledAfter(page, before);
    await page.getByRole('combobox', { name: 'Hour' }).selectOption('18');
    await expect(map(page)).toHaveAccessibleName(/18–19 h/);
    await page.getByRole('button', { name: 'London', exact: true }).tap();
    await settledAfter(page, after);
    await expect(mapPlaces(page).first()).toBeAttached();
    await goTo(page, 'Data');
    await expect(rowsKept(page)).toBeVisible(slow);
    await goTo(page, 'Compare');
    await expect(main(page).getByRole('heading', { level: 1 })).toBeAttached();
  });
});
