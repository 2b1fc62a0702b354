import { expect, test } from './support.ts';
import { dial, finding, map, mapPlaces, numberIn, openExplore, settled, settledAfter, slow } from './steps.ts';

test('a newcomer sees the city, one person and a finding before any click', async ({ page }) => {
  await openExplore(page);
  await expect(map(page)).toBeVisible();
  expect(await mapPlaces(page).count()).toBeGreaterThan(250);
  expect(
    new Set(await mapPlaces(page).evaluateAll((all) => all.map((one) => one.getAttribute('class')))).size,
  ).toBeGreaterThan(5);
  await expect(page.locator('[data-marked]')).toBeVisible();
  await expect(page.getByText(/^One person is here: .+ h$/)).toBeVisible();
  await expect(finding(page)).toHaveText(
    /^Of 20,000 trips, .+ has [\d,]+\. The released count says [\d,]+, give or take ± [\d,]+\.$/,
  );
  await expect(page.getByText(/tell whether a given trip is in these counts \d+ in 100 times\./)).toBeVisible();
  await expect(page.getByText('Seed 1')).toBeVisible();
  await expect(page.getByText(/Synthetic · 20,000 rows/)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Your data stays in this tab' })).toBeVisible();
});

test('the slider, by keyboard, changes what is released and the odds', async ({ page }) => {
  await openExplore(page);
  const before = await settled(page);
  const sentence = await finding(page).textContent();
  await expect(page.getByText('at most 73:27')).toBeVisible();
  await dial(page).focus();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('PageDown');
  await expect(page.getByText('at most 73:27')).toHaveCount(0);
  await settledAfter(page, before);
  await expect(finding(page)).not.toHaveText(sentence ?? '');
  const wider = numberIn(/±\s*[\d,.]+/.exec((await finding(page).textContent()) ?? '')?.[0] ?? '');
  expect(wider).toBeGreaterThan(numberIn(/±\s*[\d,.]+/.exec(sentence ?? '')?.[0] ?? ''));
});

test('the map shows the truth, the release or their difference, and an hour', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('button', { name: 'Show where' }).click();
  const classes = (): Promise<readonly (string | null)[]> =>
    mapPlaces(page).evaluateAll((all) => all.map((one) => one.getAttribute('class')));
  const released = await classes();
  await page.getByRole('radio', { name: 'Difference' }).check();
  await expect.poll(classes).not.toEqual(released);
  await page.getByRole('radio', { name: 'True' }).check();
  await expect(page.getByRole('radio', { name: 'True' })).toBeChecked();
  await page.getByRole('radio', { name: 'Released' }).check();
  await expect.poll(classes).toEqual(released);

  const hours = page.getByRole('slider', { name: /^Hour of day/ });
  await hours.focus();
  await page.keyboard.press('ArrowRight');
  await expect(hours).toHaveAttribute('aria-valuetext', /released/);
  await expect(map(page)).toHaveAccessibleName(/\d\d–\d\d h/);
  expect(await classes()).not.toEqual(released);
  await page.keyboard.press('Escape');
  await expect(map(page)).toHaveAccessibleName(/all day/);
});

test('every chart has its numbers as a table', async ({ page }) => {
  await openExplore(page);
  await map(page).focus();
  await page.keyboard.press('t');
  const table = page.getByRole('figure', { name: /^Pickup zone/ }).getByRole('table');
  await expect(table).toBeVisible();
  await expect(table.getByRole('row').nth(1)).toContainText(/\d/);
});

test('one person is found step by step, and lost again behind a defence', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('button', { name: /^Find one person/ }).click();
  const story = page.getByRole('region', { name: 'One, found step by step' });
  await expect(story).toBeVisible();
  const chips = story.getByRole('group', { name: 'Add what is known' }).getByRole('button');
  const unique = story.getByText('Only one fits: found.');
  const fits = story.getByText(/[\d,]+ of 20,000 trips fits?\./);
  await expect(fits).toContainText('20,000 of');
  let last = 20_000;
  for (let i = 0; i < (await chips.count()) && last > 1; i += 1) {
    await chips.nth(i).click();
    await expect(chips.nth(i)).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(async () => numberIn(await fits.textContent()), slow).toBeLessThan(last);
    last = numberIn(await fits.textContent());
  }
  await expect(unique).toBeVisible();
  await story.getByRole('button', { name: /^Everyone in groups of at least \d+$/ }).click();
  await expect(story.getByText(/In the protected table, [\d,]+ fits?\.|holds this row back/)).toBeVisible(slow);
  const now = numberIn(await story.getByText(/In the protected table|holds this row back/).textContent());
  expect(Number.isNaN(now) || now > 1).toBe(true);
});

test('another city is one click away', async ({ page }) => {
  await openExplore(page);
  for (const city of ['Santander', 'London']) {
    const before = await settled(page);
    await page.getByRole('button', { name: city, exact: true }).click();
    await settledAfter(page, before);
    await expect(map(page)).toBeVisible();
    await expect(mapPlaces(page).first()).toBeAttached();
    await expect(finding(page)).toHaveText(/\d.+ says .+, give or take ± [\d,.]+\.$/);
  }
});
