import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const candidates = [
  process.env['EPSILON_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a Chromium that is on this machine: named by EPSILON_CHROMIUM, the system's, or Playwright's own. */
export function findChromium(): string | undefined {
  const own = chromium.executablePath();
  return [...candidates, own].find((path): path is string => path !== undefined && path !== '' && existsSync(path));
}

/** As `findChromium`, installing Debian's package where this process may. @throws a sentence that says what to do. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('no Chromium found: installing the Debian package "chromium"');
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'inherit' });
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'no Chromium found: install it (Debian: apt-get install chromium; elsewhere: npx playwright install chromium) or name one in EPSILON_CHROMIUM',
  );
}
