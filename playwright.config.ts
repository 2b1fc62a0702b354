import { defineConfig } from '@playwright/test';
import { ensureChromium } from './tools/chromium.ts';

/** Where the built site lies, and the port it is served on; other values let several builds be tested side by side. */
const dist = process.env['EPSILON_DIST'] ?? 'dist';
const port = Number(process.env['EPSILON_PORT'] ?? 4188);
const asRoot = process.getuid?.() === 0;

/** Real Chromium against the built site, served under a sub-path as GitHub Pages would. */
export default defineConfig({
  testDir: 'e2e',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  outputDir: process.env['EPSILON_RESULTS'] ?? 'test-results',
  use: {
    baseURL: `http://localhost:${port}/epsilon-city/`,
    viewport: { width: 1280, height: 900 },
    launchOptions: {
      executablePath: ensureChromium(),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: `node tools/serve.mjs --root ${dist} --base /epsilon-city/ --port ${port}`,
    url: `http://localhost:${port}/epsilon-city/`,
    reuseExistingServer: false,
  },
});
