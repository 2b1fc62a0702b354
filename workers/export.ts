import type { Ctx } from '../src/engine/kit/context.ts';
import { unsupported } from '../src/engine/kit/errors.ts';
import type { Job } from '../src/engine/kit/job.ts';
import type { AnswersRelease, Release, ReportsRelease } from '../src/engine/kit/release.ts';
import type { Rng } from '../src/engine/rng/rng.ts';
import { cellText, type Column, type Table } from '../src/engine/table/table.ts';
import type { ExportFormat } from '../src/runtime/protocol.ts';
import { stretch } from './checkpoint.ts';
import { type ExecuteDeps, jobRng, loadSteps, runSteps, type Step } from './pipeline.ts';

type Cell = string | number | null;

/** Rows to write, made one by one so that a million of them need no memory of their own. */
interface Grid {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly cell: (row: number, column: number) => Cell;
}

const rowsPerPart = 8192;

/** A file to save: its parts in order, and its media type. */
export interface ExportedFile {
  readonly parts: readonly (string | Uint8Array<ArrayBuffer>)[];
  readonly type: string;
}

/**
 * What a branch releases, as a file; `arx` is its input with hierarchies and settings. Of the user's own file,
 * randomized methods draw from the cryptographic source: a release meant to be used must not be repeatable from a link.
 *
 * @throws unsupported for releases that are no table
 */
export async function exportFile(job: Job, format: ExportFormat, deps: ExecuteDeps): Promise<ExportedFile> {
  const rng = job.dataset.kind === 'file' && deps.secure !== undefined ? deps.secure : jobRng(job);
  const steps = await loadSteps(job, deps.technique);
  if (format === 'arx') return arxFile(job, steps, deps, rng);
  const { release } = await runSteps(job, steps, steps.length, deps, rng);
  switch (format) {
    case 'csv':
      return { parts: await csvParts(gridOf(release), deps.checkpoint, csvCell), type: 'text/csv' };
    case 'csv-spreadsheet':
      return { parts: await csvParts(gridOf(release), deps.checkpoint, guardedCell), type: 'text/csv' };
    case 'json':
      return { parts: await jsonParts(gridOf(release), deps.checkpoint), type: 'application/json' };
    case 'parquet': {
      const table = release.kind === 'table' ? release.table : tableOf(gridOf(release));
      const { parquetParts } = await import('./export-parquet.ts');
      return {
        parts: await parquetParts(table, stretch(deps.checkpoint, 0.8, 1)),
        type: 'application/vnd.apache.parquet',
      };
    }
  }
}

/** The input of a branch for ARX. What the last step asks for is read from its own claim, so any method will do. */
async function arxFile(job: Job, steps: readonly Step[], deps: ExecuteDeps, rng: Rng): Promise<ExportedFile> {
  const { release, dataset } = await runSteps(job, steps, 0, deps, rng);
  if (release.kind !== 'table') throw unsupported('this branch does not start from a table');
  const [{ arxEntries }, { zipParts }] = await Promise.all([import('./export-arx.ts'), import('./zip.ts')]);
  const last = steps.at(-1);
  const guarantee = last?.module.descriptor.guarantee(last.params, dataset.descriptor.privacyUnit) ?? release.guarantee;
  const question = { guarantee, params: last?.params ?? {} };
  const entries = await arxEntries(release, question, stretch(deps.checkpoint, 0.25, 1));
  return { parts: zipParts(entries), type: 'application/zip' };
}

/** Columns of a grid that is no table: numbers where every cell is one, else text. */
function tableOf(grid: Grid): Table {
  const columns = grid.columns.map((name, at): Column => {
    const cells = Array.from({ length: grid.rows }, (_, row) => grid.cell(row, at));
    const valid = new Uint8Array((grid.rows + 7) >> 3);
    cells.forEach((cell, row) => {
      if (cell !== null) valid[row >> 3] = (valid[row >> 3] as number) | (1 << (row & 7));
    });
    if (cells.every((cell) => typeof cell !== 'string')) {
      return { kind: 'number', name, valid, values: Float64Array.from(cells, (cell) => cell ?? Number.NaN) };
    }
    const codeOf = new Map<string, number>();
    const codes = Uint32Array.from(cells, (cell) => {
      const label = String(cell ?? '');
      const code = codeOf.get(label) ?? codeOf.size;
      codeOf.set(label, code);
      return code;
    });
    return { kind: 'category', name, valid, codes, levels: [...codeOf.keys()] };
  });
  return { rows: grid.rows, columns };
}

function gridOf(release: Release): Grid {
  switch (release.kind) {
    case 'table': {
      const { table } = release;
      return {
        columns: table.columns.map(({ name }) => name),
        rows: table.rows,
        cell: (row, column) => {
          const found = table.columns[column];
          return found === undefined ? null : cellText(found, row);
        },
      };
    }
    case 'answers':
      return answersGrid(release);
    case 'reports':
      return reportsGrid(release);
    default:
      throw unsupported(
        `this branch releases ${release.kind}, which is not a table`,
        'export its scores instead, or choose a branch that releases a table or answers',
      );
  }
}

/** Answers in long form: which question, its cell, the released value and its 95 % half width. The truth stays out. */
function answersGrid(release: AnswersRelease): Grid {
  const dims = [...new Set(release.answers.flatMap((set) => set.dims.map(({ column }) => column)))];
  const columns = ['question', ...dims, 'value', 'half_width_95', 'unit'];
  const starts = [0];
  for (const set of release.answers) starts.push((starts.at(-1) ?? 0) + set.released.length);
  const cell = (row: number, column: number): Cell => {
    let at = 0;
    while ((starts[at + 1] ?? Infinity) <= row) at += 1;
    const set = release.answers[at];
    if (set === undefined) return null;
    let inside = row - (starts[at] ?? 0);
    if (column === 0) return set.id;
    if (column === dims.length + 1) return set.released[inside] ?? null;
    if (column === dims.length + 2) return set.halfWidth95;
    if (column === dims.length + 3) return set.unit;
    for (const dim of [...set.dims].reverse()) {
      const level = inside % dim.levels.length;
      inside = Math.floor(inside / dim.levels.length);
      if (dim.column === dims[column - 1]) return dim.levels[level] ?? null;
    }
    return null;
  };
  return { columns, rows: starts.at(-1) ?? 0, cell };
}

function reportsGrid(release: ReportsRelease): Grid {
  return {
    columns: ['bucket', 'estimate', 'half_width_95'],
    rows: release.buckets.length,
    cell: (row, column) =>
      (column === 0 ? release.buckets[row] : column === 1 ? release.estimate[row] : release.halfWidth95[row]) ?? null,
  };
}

/** RFC 4180: quotes where a cell needs them, CRLF line ends, empty for a missing value. */
async function csvParts(
  grid: Grid,
  checkpoint: Ctx['checkpoint'],
  written: (value: Cell) => string,
): Promise<readonly string[]> {
  const parts = [`${grid.columns.map(written).join(',')}\r\n`];
  await eachPart(grid, checkpoint, (from, to) => {
    let out = '';
    for (let row = from; row < to; row += 1) {
      for (let column = 0; column < grid.columns.length; column += 1) {
        out += `${column === 0 ? '' : ','}${written(grid.cell(row, column))}`;
      }
      out += '\r\n';
    }
    parts.push(out);
  });
  return parts;
}

const csvCell = (value: Cell): string => {
  if (value === null) return '';
  const plain = String(value);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** Text a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers. */
const guardedCell = (value: Cell): string =>
  csvCell(typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value);

async function jsonParts(grid: Grid, checkpoint: Ctx['checkpoint']): Promise<readonly string[]> {
  const names = grid.columns.map((name) => JSON.stringify(name));
  const parts = ['['];
  await eachPart(grid, checkpoint, (from, to) => {
    let out = '';
    for (let row = from; row < to; row += 1) {
      const members = names.map((name, column) => `${name}:${JSON.stringify(grid.cell(row, column))}`);
      out += `${row === 0 ? '\n' : ',\n'}{${members.join(',')}}`;
    }
    parts.push(out);
  });
  return [...parts, '\n]\n'];
}

async function eachPart(
  grid: Grid,
  checkpoint: Ctx['checkpoint'],
  write: (from: number, to: number) => void,
): Promise<void> {
  const progress = stretch(checkpoint, 0.8, 1);
  for (let from = 0; from < grid.rows; from += rowsPerPart) {
    write(from, Math.min(grid.rows, from + rowsPerPart));
    await progress(from / grid.rows);
  }
}
