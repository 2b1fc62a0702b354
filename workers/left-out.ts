import { unsupported } from '../src/engine/kit/errors.ts';
import type { Job } from '../src/engine/kit/job.ts';
import type { LeftOut } from '../src/runtime/protocol.ts';
import { cellText, columnOf } from '../src/engine/table/table.ts';
import { type ExecuteDeps, jobRng, loadSteps, runSteps } from './pipeline.ts';

/**
 * Rows of the data that a branch's release leaves out, with their true values in the columns that decide it: for whoever
 * holds the data, never part of a release. Row numbers count from 1.
 *
 * @throws unsupported where the branch releases no table
 */
export async function leftOutRows(job: Job, most: number, deps: ExecuteDeps): Promise<LeftOut> {
  const steps = await loadSteps(job, deps.technique);
  const { dataset, release } = await runSteps(job, steps, steps.length, deps, jobRng(job));
  if (release.kind !== 'table') throw unsupported(`this branch releases ${release.kind}: it has no rows to leave out`);
  const { table } = dataset;
  const released = new Uint8Array(table.rows);
  for (const row of release.rowOf) released[row] = 1;
  const missing: number[] = [];
  let total = 0;
  for (let row = 0; row < table.rows; row += 1) {
    if (released[row] === 1) continue;
    total += 1;
    if (missing.length < most) missing.push(row);
  }
  const names = release.quasiIdentifiers.filter((name) => table.columns.some((column) => column.name === name));
  const columns = names.map((name) => columnOf(table, name));
  return {
    total,
    rows: table.rows,
    columns: names,
    listed: missing.map((row) => ({ row: row + 1, cells: columns.map((column) => cellText(column, row)) })),
  };
}
