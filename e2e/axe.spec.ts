import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { routes } from './routes.ts';
import { open, openExplore, slow } from './steps.ts';
import { expect, test } from './support.ts';

/** Every run: light, English, a desk and a phone. EPSILON_FULL=1 (nightly): both themes, both languages, 320 px too. */
const full = process.env['EPSILON_FULL'] === '1';
const themes = full ? (['light', 'dark'] as const) : (['light'] as const);
const languages = full ? (['en', 'es'] as const) : (['en'] as const);
const sizes = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
  ...(full ? [{ width: 320, height: 640 }] : []),
];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The page is there and nothing on it is still being fetched or computed. */
async function calm(page: Page): Promise<void> {
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeAttached(slow);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await expect(page.getByRole('main').getByRole('progressbar')).toHaveCount(0, slow);
  // What is being computed again is dimmed until it is there.
  await expect(page.getByRole('main').locator('.stale')).toHaveCount(0, slow);
}

for (const route of routes) {
  for (const theme of themes) {
    for (const language of languages) {
      test(`axe finds nothing on ${route} (${theme}, ${language})`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        // The first view computes in the background before it says so; what is dimmed then has no contrast to judge.
        if (route === '/explore') await openExplore(page, `lang=${language}`);
        else await open(page, route, `lang=${language}`);
        await checkSizes(page);
      });
    }
  }
}

/** Tabs of the Epsilon page after its first. */
const epsilonTabs = ['accountants', 'budget', 'break', 'time', 'take'] as const;
for (const [at, tab] of epsilonTabs.entries()) {
  for (const theme of themes) {
    for (const language of languages) {
      test(`axe finds nothing on /epsilon, ${tab} (${theme}, ${language})`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await open(page, '/epsilon', `lang=${language}`);
        await page
          .getByRole('tab')
          .nth(at + 1)
          .click(slow);
        await checkSizes(page);
      });
    }
  }
}

async function checkSizes(page: Page): Promise<void> {
  for (const size of sizes) {
    await test.step(`${size.width} px`, async () => {
      await page.setViewportSize(size);
      await calm(page);
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
      );
      expect(found).toEqual([]);
      await noSidewaysScroll(page);
    });
  }
  if (!full) {
    await page.setViewportSize({ width: 320, height: 640 });
    await noSidewaysScroll(page);
  }
}

async function noSidewaysScroll(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
    .toBeLessThanOrEqual(0);
}

test('everything on Explore is reached by Tab, with a focus one can see, and no trap', async ({ page }) => {
  await openExplore(page);
  await page.evaluate(() => document.body.focus());
  const names: string[] = [];
  let hidden = 0;
  for (let i = 0; i < 150; i += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const style = getComputedStyle(element);
      const visible = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      const label = element.closest('label');
      const outer = label === null ? null : getComputedStyle(label);
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      return {
        name: `${element.tagName} ${name.slice(0, 60)}`,
        seen: visible || (outer !== null && (outer.outlineStyle !== 'none' || outer.boxShadow !== 'none')),
      };
    });
    if (at === null) break;
    names.push(at.name);
    if (!at.seen) {
      hidden += 1;
      console.log(`no visible focus: ${at.name}`);
    }
  }
  expect(hidden).toBe(0);
  expect(names.length).toBeLessThan(150);
  for (const wanted of [
    /Skip to the content/,
    /Explore/,
    /Santander/,
    /Share/,
    /Pickup zone/,
    /Hour of day/,
    /Find one person/,
    /Privacy budget$/,
    /New seed/,
  ]) {
    expect(
      names.some((name) => wanted.test(name)),
      String(wanted),
    ).toBe(true);
  }
});

test('? lists the keys, Escape closes the list and gives the focus back', async ({ page }) => {
  await openExplore(page);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});
