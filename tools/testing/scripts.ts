import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LoadedDataset } from '../../src/engine/kit/dataset.ts';
import type { BranchSpec, JobResult } from '../../src/engine/kit/job.ts';
import type { ParamRecord } from '../../src/engine/kit/params.ts';
import { type Column, isValid } from '../../src/engine/table/table.ts';
import { planJob } from '../../src/scenario/plan.ts';
import type { ScenarioSpec } from '../../src/scenario/spec.ts';
import { makeCheckpoint } from '../../workers/checkpoint.ts';
import { executeJob } from '../../workers/execute.ts';
import { nodePlatform } from '../node-platform.ts';
import { generated } from './datasets.ts';

/** Helpers of the tests of exported scripts: a release to export, its rows as a file, and Python. */

export const scenarioOf = (dataset: string, id: string, params: ParamRecord = {}, rows = 2000): ScenarioSpec => ({
  version: 1,
  dataset: { kind: 'embedded', id: dataset, rows, seed: 1 },
  roles: {},
  branches: [{ id: 'main', steps: [{ id, params }] }],
  metrics: [],
  attacks: [],
  seed: 1,
  repeats: 1,
});

const platform = nodePlatform();

export const branchOf = (spec: ScenarioSpec): BranchSpec => spec.branches[0] as BranchSpec;

export const datasetOf = ({ dataset }: ScenarioSpec): Promise<LoadedDataset> => {
  if (dataset.kind !== 'embedded') throw new Error('tests export generated data');
  return generated(dataset.id, dataset.rows, dataset.seed);
};

/** The release of a scenario, as the runner makes it. */
export async function released(spec: ScenarioSpec): Promise<JobResult> {
  const job = planJob(spec, branchOf(spec));
  if (job === null) throw new Error('no job');
  const outcome = await executeJob(job, {
    open: platform.datasets.open,
    clock: platform.clock,
    asset: platform.asset,
    secure: platform.secure,
    checkpoint: makeCheckpoint({ ...platform, isCancelled: () => false, report: () => undefined }),
  });
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome;
}

/** Rows as a CSV file; times as ISO 8601 on the clock they are kept in. */
export function csvOf({ table }: LoadedDataset): string {
  const cell = (column: Column, row: number): string => {
    if (!isValid(column, row)) return '';
    if (column.kind === 'category') return column.levels[column.codes[row] as number] ?? '';
    const value = column.values[row] as number;
    if (column.kind === 'time') return new Date(value).toISOString().slice(0, 19);
    return Number.isNaN(value) ? '' : String(value);
  };
  const quoted = (field: string): string => (/[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  const lines = [table.columns.map(({ name }) => quoted(name)).join(',')];
  for (let row = 0; row < table.rows; row += 1)
    lines.push(table.columns.map((column) => quoted(cell(column, row))).join(','));
  return `${lines.join('\n')}\n`;
}

const stand = resolve(import.meta.dirname, 'python');

export const hasPython = spawnSync('python3', ['--version']).status === 0;

const made: string[] = [];
/** A folder of its own, gone with `clearFolders`. */
export function folder(): string {
  const at = mkdtempSync(join(tmpdir(), 'epsilon-scripts-'));
  made.push(at);
  return at;
}
export const clearFolders = (): void => {
  for (const at of made.splice(0)) rmSync(at, { recursive: true, force: true });
};

/** What Python says of scripts it compiles; empty where it is content. */
export function compiled(codes: readonly string[]): string {
  const at = folder();
  const paths = codes.map((code, i) => {
    const path = join(at, `script-${i}.py`);
    writeFileSync(path, code);
    return path;
  });
  const { status, stderr } = spawnSync('python3', ['-W', 'error', '-m', 'py_compile', ...paths], { encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}

/** Runs Python source with the stand-ins and gives what it printed. */
export function python(code: string, args: readonly string[], env: Record<string, string> = {}): string {
  const path = join(folder(), 'script.py');
  writeFileSync(path, code);
  const { status, stdout, stderr } = spawnSync('python3', [path, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env, PYTHONPATH: stand, PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Lines of a release a script wrote, without the first `skip`. */
export const linesOf = (path: string, skip: number): readonly string[] =>
  readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(skip);

/** Last field of a line. */
export const lastField = (line: string): number => Number(line.slice(line.lastIndexOf(',') + 1));
