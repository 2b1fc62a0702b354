import { lint, runSteps, types, unit } from './run-steps.ts';

/** `npm run check`: what one runs on every save of an idea; under a minute. */
runSteps([...types, ...lint, unit]);
