import { runSteps, types } from './run-steps.ts';

/** `npm run types`: every layer against its own globals. */
runSteps(types);
