import { EngineError, invalidData } from '../../src/engine/kit/errors.ts';

/** What the first bytes of a file say it is. */
export type FileKind = 'parquet' | 'gzip' | 'json' | 'text' | 'utf-16le' | 'utf-16be';

/** City files have at most some hundred; far beyond that a table is a matrix or a mistake, and its page would freeze. */
const MAX_COLUMNS = 2000;

interface Signature {
  readonly bytes: readonly number[];
  readonly what: string;
  readonly remedy: string;
}

/** Files people drop by mistake, by their first bytes. */
const REFUSED: readonly Signature[] = [
  { bytes: [0x50, 0x4b, 3, 4], what: 'a ZIP archive', remedy: 'unpack it and drop the CSV or Parquet file inside' },
  { bytes: [0x50, 0x4b, 5, 6], what: 'an empty ZIP archive', remedy: 'download the file again' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an Excel workbook', remedy: 'save the sheet as CSV and drop that' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document', remedy: 'drop a CSV, Parquet or JSON table' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a picture', remedy: 'drop a CSV, Parquet or JSON table' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture', remedy: 'drop a CSV, Parquet or JSON table' },
  { bytes: [0x42, 0x5a, 0x68], what: 'a bzip2 archive', remedy: 'unpack it and drop the table inside' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'an xz archive', remedy: 'unpack it and drop the table inside' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a zstd archive', remedy: 'unpack it and drop the table inside' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7z archive', remedy: 'unpack it and drop the table inside' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'an SQLite database', remedy: 'export the table as CSV' },
  { bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], what: 'an Arrow file', remedy: 'save it as Parquet or CSV' },
  { bytes: [0x4f, 0x62, 0x6a, 1], what: 'an Avro file', remedy: 'save it as Parquet or CSV' },
];

/**
 * Kind of a file from its first bytes (never from its name).
 * @throws invalid-data for empty files, archives, pictures and other binary data, with what to do instead.
 */
export function kindOfFile(head: Uint8Array, file: string): FileKind {
  if (head.length === 0) throw invalidData(`${file} is empty`, 'download the file again', { file });
  if (startsWith(head, [0x50, 0x41, 0x52, 0x31])) return 'parquet';
  if (startsWith(head, [0x1f, 0x8b])) return 'gzip';
  if (startsWith(head, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(head, [0xfe, 0xff])) return 'utf-16be';
  for (const signature of REFUSED) {
    if (startsWith(head, signature.bytes)) {
      const workbook = signature.what === 'a ZIP archive' && /\.(xlsx|xlsm|ods)$/i.test(file);
      throw invalidData(
        `${file} is ${workbook ? 'a spreadsheet' : signature.what}, not a table`,
        workbook ? 'save the sheet as CSV and drop that' : signature.remedy,
        { file },
      );
    }
  }
  if (looksBinary(head)) {
    throw invalidData(`${file} holds binary data that is no known table`, 'drop a CSV, TSV, Parquet or JSON file', {
      file,
    });
  }
  let first = startsWith(head, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  while (first < head.length && isSpace(head[first] as number)) first += 1;
  const byte = head[first];
  // "[" and "{" start JSON; a header cell may start with "[" too, so a quote, brace, bracket or digit must follow.
  if (byte === 0x7b || byte === 0x5b) return 'json';
  if (byte === 0x3c) {
    throw invalidData(
      `${file} is a web page or XML, not a table`,
      'the download may have been an error page: get the CSV, Parquet or JSON file',
      { file },
    );
  }
  return 'text';
}

const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);
const isSpace = (byte: number): boolean => byte === 32 || byte === 9 || byte === 10 || byte === 13;

/** NUL bytes, or more control bytes than text has. */
function looksBinary(head: Uint8Array): boolean {
  let control = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if (byte < 32 && !isSpace(byte)) control += 1;
  }
  return control > head.length * 0.02;
}

/** Header of a delimited file. */
export interface HeaderLine {
  readonly separator: string;
  readonly names: readonly string[];
  /** Bytes of the header, with its line end (and byte-order mark). */
  readonly bytes: number;
  /** Lines of the header. */
  readonly lines: number;
}

/**
 * Finds header and separator: the one of `, ; tab |` that occurs most in the first line outside quotes.
 * @throws invalid-data for no header, duplicate names, more than 10,000 columns, or data in place of names.
 */
export function headerOf(head: Uint8Array, file: string, whole: boolean): HeaderLine {
  let start = startsWith(head, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  let lines = 1;
  while (head[start] === 10 || head[start] === 13) {
    if (head[start] === 10) lines += 1;
    start += 1;
  }
  const end = endOfLine(head, start);
  if (end < 0 && !whole) {
    throw invalidData(`${file}: the first line is longer than ${head.length >> 10} KiB`, 'check that this is a table', {
      file,
      line: lines,
    });
  }
  const stop = end < 0 ? head.length : end;
  const line = new TextDecoder().decode(head.subarray(start, stop)).replace(/\r$/, '');
  const separator = separatorOf(line);
  const names = splitLine(line, separator).map((name) => name.trim());
  checkNames(names, file, lines);
  return { separator, names, bytes: Math.min(head.length, stop + 1), lines };
}

function endOfLine(head: Uint8Array, start: number): number {
  let quoted = false;
  for (let p = start; p < head.length; p += 1) {
    if (head[p] === 34) quoted = !quoted;
    else if (head[p] === 10 && !quoted) return p;
  }
  return quoted ? head.indexOf(10, start) : -1;
}

function separatorOf(line: string): string {
  const bare = line.replaceAll(/"[^"]*"/g, '""');
  let best = ',';
  let most = 0;
  for (const separator of [',', ';', '\t', '|']) {
    const count = bare.split(separator).length - 1;
    if (count > most) {
      best = separator;
      most = count;
    }
  }
  return best;
}

/** Fields of one line (quotes as in RFC 4180), for headers and samples. */
export function splitLine(line: string, separator: string): string[] {
  const fields: string[] = [];
  let p = 0;
  for (;;) {
    if (line[p] === '"') {
      let value = '';
      p += 1;
      for (;;) {
        const q = line.indexOf('"', p);
        if (q < 0) {
          value += line.slice(p);
          p = line.length;
          break;
        }
        value += line.slice(p, q);
        p = q + 1;
        if (line[p] !== '"') break;
        value += '"';
        p += 1;
      }
      fields.push(value);
      const next = line.indexOf(separator, p);
      if (next < 0) return fields;
      p = next + 1;
    } else {
      const next = line.indexOf(separator, p);
      fields.push(next < 0 ? line.slice(p) : line.slice(p, next));
      if (next < 0) return fields;
      p = next + 1;
    }
  }
}

/** @throws invalid-data when the names cannot name columns. */
export function checkNames(names: readonly string[], file: string, line: number): void {
  if (names.length > MAX_COLUMNS) throw tooManyColumns(file, names.length, line);
  if (names.every((name) => name === '')) {
    throw invalidData(`${file}: no column names in line ${line}`, 'add a first line with column names', { file, line });
  }
  const seen = new Set<string>();
  for (const name of names) {
    const key = name.toLowerCase();
    if (key !== '' && seen.has(key)) {
      throw invalidData(
        `${file}: two columns are named "${name.slice(0, 60)}"`,
        'rename one of them in the first line',
        {
          file,
          line,
          column: name.slice(0, 60),
        },
      );
    }
    seen.add(key);
  }
  if (names.length > 1 && names.every((name) => /^[+-]?[\d.]+([-:/ T]\d+)*$/.test(name))) {
    throw invalidData(`${file}: the first line holds data, not column names`, 'add a first line with column names', {
      file,
      line,
    });
  }
}

/** More columns than any table a person can protect by hand. */
export const tooManyColumns = (file: string, count: number, line: number): EngineError =>
  invalidData(
    `${file} has ${count} columns; at most ${MAX_COLUMNS} can be read`,
    'keep the columns you need and drop the file again',
    { file, line },
  );

/** Rows of a piece of text; the first (unless it starts at a line start) and the last piece of a line are left out. */
export function sampleLines(bytes: Uint8Array, separator: string, fromLineStart: boolean, most: number): string[][] {
  const text = new TextDecoder().decode(bytes);
  const lines = text.split(/\r?\n/);
  const from = fromLineStart ? 0 : 1;
  const rows: string[][] = [];
  for (let i = from; i < lines.length && rows.length < most; i += 1) {
    const line = lines[i] as string;
    // The last piece is whole only when the text ends with it; one odd row in a sample does no harm.
    if (line.trim() === '' || (i === lines.length - 1 && i > from)) continue;
    rows.push(splitLine(line, separator));
  }
  return rows;
}
