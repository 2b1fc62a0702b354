/**
 * Runs a scenario without a browser: `npm run scenario -- FILE.json [--branch ID] [--rows N] [--file DATA]...`
 * (`-` reads standard input). Prints one JSON document: per job its outcome, with the same digest as the browser's.
 * Exit code 1 when a job failed, 2 when the scenario is not one.
 */
import { openAsBlob, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Problem } from '../src/engine/kit/errors.ts';
import { parseScenarioText } from '../src/scenario/codec.ts';
import { decodeLink } from '../src/scenario/link.ts';
import { planJobs } from '../src/scenario/plan.ts';
import type { ScenarioSpec } from '../src/scenario/spec.ts';
import { makeCheckpoint } from '../workers/checkpoint.ts';
import { digestBlob } from '../workers/digest-blob.ts';
import { executeJob } from '../workers/execute.ts';
import { nodePlatform } from './node-platform.ts';
import { plain } from './vectors-compare.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    branch: { type: 'string' },
    rows: { type: 'string' },
    file: { type: 'string', multiple: true },
    summary: { type: 'boolean' },
  },
});

const source = positionals[0];
if (source === undefined) {
  refuse([
    {
      code: 'invalid-param',
      message: 'usage: npm run scenario -- FILE.json|LINK|- [--branch ID] [--rows N] [--file DATA] [--summary]',
    },
  ]);
}
const text = source.includes('#') ? source : readFileSync(source === '-' ? 0 : source, 'utf8');
const parsed = source.includes('#') ? decodeLink(source.slice(source.indexOf('#'))) : parseScenarioText(text);
if (!parsed.ok) refuse(parsed.errors);
const spec = narrowed(parsed.value, values.branch, values.rows);

const platform = nodePlatform();
for (const path of values.file ?? []) {
  const blob = await openAsBlob(path);
  platform.datasets.registerFile(await digestBlob(blob, async () => undefined), basename(path), blob);
}
const outcomes = [];
for (const job of planJobs(spec)) {
  const outcome = await executeJob(job, {
    open: platform.datasets.open,
    clock: platform.clock,
    asset: platform.asset,
    secure: platform.secure,
    checkpoint: makeCheckpoint({ ...platform, isCancelled: () => false, report: () => undefined }),
  });
  outcomes.push({ branch: job.branch.id, repetition: job.repetition, ...outcome });
  if (outcome.status !== 'ok') process.exitCode = 1;
}
const shown = values.summary === true ? outcomes.map((outcome) => ({ ...outcome, pictures: undefined })) : outcomes;
process.stdout.write(`${JSON.stringify({ scenario: spec, outcomes: plain(shown) }, null, 2)}\n`);

/** The scenario with one branch only, or with another number of rows. */
function narrowed(given: ScenarioSpec, branch: string | undefined, rows: string | undefined): ScenarioSpec {
  const branches = given.branches.filter(({ id }) => branch === undefined || id === branch);
  if (branches.length === 0) {
    const known = given.branches.map(({ id }) => id).join(', ');
    refuse([{ code: 'invalid-param', message: `no branch "${branch}"; the scenario has ${known}` }]);
  }
  if (rows === undefined) return { ...given, branches };
  const count = Number(rows);
  if (!(Number.isInteger(count) && count >= 1)) {
    refuse([{ code: 'invalid-param', message: `--rows: expected a whole number from 1, got ${rows}` }]);
  }
  const { dataset } = given;
  return {
    ...given,
    branches,
    dataset: dataset.kind === 'embedded' ? { ...dataset, rows: count } : { ...dataset, limit: count },
  };
}

function refuse(problems: readonly Problem[]): never {
  for (const { message, remedy } of problems) {
    console.error(remedy === undefined ? message : `${message} (${remedy})`);
  }
  process.exit(2);
}
