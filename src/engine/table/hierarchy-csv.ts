import { invalidData } from '../kit/errors.ts';

/** What reading a hierarchy file gave. */
export interface ParsedHierarchy {
  /** A row is a base value, then its label at each level. */
  readonly rows: readonly (readonly string[])[];
  readonly separator: HierarchySeparator;
  /** The file had no single root, so a last level "*" was added. */
  readonly rootAdded: boolean;
}

export type HierarchySeparator = ';' | ',' | '\t';

const separators: readonly HierarchySeparator[] = [';', ',', '\t'];
/** As `EVERYTHING` of ladders.ts, which the page does not load. */
const ROOT = '*';
const maxLines = 200_000;
const maxLevels = 60;

/**
 * Reads a hierarchy file of the usual form (that of ARX): no header, one line a base value, level 0 first, `;` between
 * labels; `,` and tabs are recognized. Quotes as in RFC 4180, a byte order mark and blank lines are skipped.
 * @throws invalid-data with the line number: quote never closed, lines of different length, nothing in the file
 */
export function parseHierarchyCsv(source: string, column: string): ParsedHierarchy {
  const plain = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const separator = separatorOf(plain);
  const records = recordsOf(plain, separator, column);
  const first = records[0];
  if (first === undefined) {
    throw invalidData(`the hierarchy file for "${column}" is empty`, 'choose a file with one line a value', { column });
  }
  const depth = first.cells.length;
  if (depth > maxLevels) {
    throw invalidData(
      `the hierarchy file for "${column}" has ${depth} levels (at most ${maxLevels})`,
      'check that one line is one value and its labels',
      { column, line: first.line },
    );
  }
  for (const { cells, line } of records) {
    if (cells.length === depth) continue;
    throw invalidData(
      `line ${line} of the hierarchy of "${column}" ("${cells[0] ?? ''}") has ${cells.length} labels, line ${first.line} has ${depth}`,
      `give line ${line} a label at every level`,
      { column, line },
    );
  }
  const rows = records.map(({ cells }) => cells);
  const rooted = depth > 1 && rows.every((row) => row[depth - 1] === first.cells[depth - 1]);
  return { rows: rooted ? rows : rows.map((row) => [...row, ROOT]), separator, rootAdded: !rooted };
}

/** The file of a hierarchy: what `parseHierarchyCsv` and ARX read. */
export function writeHierarchyCsv(rows: readonly (readonly string[])[], separator: HierarchySeparator = ';'): string {
  const cell = (label: string): string =>
    label.includes(separator) || /["\r\n]/.test(label) || label !== label.trim()
      ? `"${label.replaceAll('"', '""')}"`
      : label;
  return rows.map((row) => `${row.map(cell).join(separator)}\n`).join('');
}

/** The separator that occurs most often outside quotes in the first lines; `;` where none does. */
function separatorOf(source: string): HierarchySeparator {
  const sample = source.slice(0, 20_000).replaceAll(/"(?:[^"]|"")*"/g, '');
  let best: HierarchySeparator = ';';
  let most = 0;
  for (const candidate of separators) {
    const count = sample.split(candidate).length - 1;
    // Labels such as "1,5" or "Brooklyn, NY" hold commas: a semicolon on most lines wins.
    const weight = candidate === ';' ? count * 4 : count;
    if (weight > most) {
      most = weight;
      best = candidate;
    }
  }
  return best;
}

interface Line {
  readonly cells: readonly string[];
  /** Line of the file the record starts on, from 1. */
  readonly line: number;
}

function recordsOf(source: string, separator: string, column: string): readonly Line[] {
  const out: Line[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let start = 1;
  let quotedAt = 0;
  const close = (): void => {
    cells.push(cell);
    if (cells.length > 1 || cell.trim() !== '') out.push({ cells, line: start });
    cells = [];
    cell = '';
    if (out.length > maxLines) {
      throw invalidData(
        `the hierarchy file for "${column}" has more than ${maxLines} lines`,
        'group the values first, or use a wizard',
        { column, line },
      );
    }
  };
  for (let i = 0; i < source.length; i += 1) {
    const c = source[i] as string;
    if (c === '\n' || (c === '\r' && source[i + 1] !== '\n')) line += 1;
    if (quotedAt > 0) {
      if (c !== '"') cell += c;
      else if (source[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quotedAt = 0;
    } else if (c === '"' && cell === '') quotedAt = line;
    else if (c === separator) {
      cells.push(cell);
      cell = '';
    } else if (c === '\n' || (c === '\r' && source[i + 1] !== '\n')) {
      close();
      start = line;
    } else if (c !== '\r') cell += c;
  }
  if (quotedAt > 0) {
    throw invalidData(
      `a quote opened on line ${quotedAt} of the hierarchy of "${column}" is never closed`,
      `close the quote on line ${quotedAt}`,
      { column, line: quotedAt },
    );
  }
  close();
  return out;
}
