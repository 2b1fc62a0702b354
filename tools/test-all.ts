import { ensureChromium } from './chromium.ts';
import { browser, build, lint, runSteps, types, unit } from './run-steps.ts';

/** `npm test`: everything. The browser is looked for first, so that a missing one shows before the long part. */
process.env['EPSILON_CHROMIUM'] = ensureChromium();
runSteps([...types, ...lint, unit, build, browser]);
