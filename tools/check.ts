import { lint, runSteps, types, unit } from './run-steps.ts';

/** `npm run check`: what one runs before a commit: all but the browser. */
runSteps([...types, ...lint, unit]);
