import { invalidData, type Problem } from '../../src/engine/kit/errors.ts';
import { text, type Text } from '../../src/engine/kit/text.ts';
import { ColumnBuilder } from './builder.ts';
import { DelimitedScanner } from './csv/scanner.ts';
import { keyOf, type FilePlan, type ReadOptions, type Sniff } from './plan.ts';
import type { ProblemList } from './problems.ts';
import { headerOf, sampleLines, type HeaderLine } from './sniff.ts';
import type { ByteSource } from './source.ts';

const HEAD_ROWS = 600;
const PLACE_ROWS = 150;
const PLACE_BYTES = 64 << 10;

/** Header, separator and sample rows (from the head and, where the file can be sliced, four later places). */
export async function sniffDelimited(
  file: string,
  head: Uint8Array,
  whole: boolean,
  blob: Blob | undefined,
): Promise<{ sniff: Sniff; header: HeaderLine }> {
  const header = headerOf(head, file, whole);
  const rows = sampleLines(head.subarray(header.bytes), header.separator, true, HEAD_ROWS);
  if (!whole && blob !== undefined) {
    for (const share of [0.25, 0.5, 0.75, 1]) {
      const from = Math.max(head.length, Math.floor(blob.size * share) - PLACE_BYTES);
      const part = new Uint8Array(await blob.slice(from, from + PLACE_BYTES).arrayBuffer());
      rows.push(...sampleLines(part, header.separator, false, PLACE_ROWS));
    }
  } else if (rows.length === HEAD_ROWS) {
    const tail = head.subarray(Math.max(header.bytes, head.length - PLACE_BYTES));
    rows.push(...sampleLines(tail, header.separator, false, PLACE_ROWS));
  }
  const sample = rows
    .filter((row) => row.length >= header.names.length)
    .map((row) => row.map((value) => (value.trim() === '' ? null : value)));
  const sniff: Sniff = { kind: 'delimited', file, header: header.names, keys: header.names.map(keyOf), sample };
  return { sniff, header };
}

export interface DelimitedResult {
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly builders: readonly ColumnBuilder[];
  readonly decisions: readonly Text[];
  readonly warnings: readonly Problem[];
}

/** Streams the file through the scanner into the plan's columns. */
export async function readDelimited(
  file: string,
  stream: ByteSource,
  sniff: Sniff,
  header: HeaderLine,
  plan: FilePlan,
  problems: ProblemList,
  options: ReadOptions,
): Promise<DelimitedResult> {
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const capacity = Math.min(limit, expectedRows(stream.bytes, header, sniff)) + 64;
  const builders = plan.fields.map((field) => new ColumnBuilder(field, capacity));
  const bySource: (ColumnBuilder | undefined)[] = sniff.header.map(() => undefined);
  for (const builder of builders) bySource[builder.plan.source] = builder;
  const scanner = new DelimitedScanner(
    {
      file,
      separator: header.separator.charCodeAt(0),
      header: sniff.header,
      builders: bySource,
      problems,
      limit,
      firstLine: header.lines + 1,
    },
    capacity,
  );
  await pump(stream, header.bytes, scanner, options);
  return {
    rowsRead: scanner.rowsRead,
    rowsKept: scanner.rows,
    builders,
    decisions: decisionsOf(scanner, sniff),
    warnings: warningsOf(scanner, file),
  };
}

async function pump(stream: ByteSource, skip: number, scanner: DelimitedScanner, options: ReadOptions): Promise<void> {
  let toSkip = skip;
  let chunk = await stream.next();
  while (chunk !== undefined && !scanner.full) {
    const following = await stream.next();
    const rest = toSkip >= chunk.length ? chunk.subarray(chunk.length) : chunk.subarray(toSkip);
    toSkip -= chunk.length - rest.length;
    scanner.push(rest, following === undefined);
    await options.ctx.checkpoint(stream.fraction(), text(`${scanner.rows} rows read`, `${scanner.rows} filas leídas`));
    chunk = following;
  }
}

/** Rows the file should have, from the mean length of the sampled rows. */
function expectedRows(bytes: number, header: HeaderLine, sniff: Sniff): number {
  let length = 0;
  for (const row of sniff.sample) {
    length += row.length + 1;
    for (const value of row) length += value?.length ?? 0;
  }
  const mean = sniff.sample.length === 0 ? header.names.length * 4 : length / sniff.sample.length;
  return Math.min(50_000_000, Math.ceil((bytes / Math.max(mean, 2)) * 1.05));
}

function decisionsOf(scanner: DelimitedScanner, sniff: Sniff): Text[] {
  const decisions: Text[] = [];
  if (scanner.blankLines > 0) {
    const n = scanner.blankLines;
    decisions.push(
      text(
        `${n} blank line${n === 1 ? '' : 's'} skipped.`,
        `${n} línea${n === 1 ? '' : 's'} en blanco omitida${n === 1 ? '' : 's'}.`,
      ),
    );
  }
  if (scanner.widerRows > 0) {
    decisions.push(
      text(
        `${scanner.widerRows} rows have more fields than the header's ${sniff.header.length}; the extra ones are empty and ignored.`,
        `${scanner.widerRows} filas tienen más campos que los ${sniff.header.length} de la cabecera; los sobrantes están vacíos y se ignoran.`,
      ),
    );
  }
  const unnamed = sniff.header.filter((name) => name === '').length;
  if (unnamed > 0) {
    decisions.push(
      text(`${unnamed} columns without a name are left out.`, `${unnamed} columnas sin nombre se omiten.`),
    );
  }
  return decisions;
}

function warningsOf(scanner: DelimitedScanner, file: string): Problem[] {
  if (scanner.cutLine === 0) return [];
  const error = invalidData(
    `the last line (${scanner.cutLine}) is cut off in the middle and was left out`,
    'download the file again if you need its end',
    { file, line: scanner.cutLine },
  );
  return [
    {
      code: error.code,
      message: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      ...(error.place === undefined ? {} : { place: error.place }),
    },
  ];
}
