import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText } from '../../../src/engine/table/table.ts';
import { ColumnBuilder } from '../builder.ts';
import type { FieldKind } from '../plan.ts';
import { ProblemList } from '../problems.ts';
import { integerField, isoField, numberField, stopBytes } from './cells.ts';
import { DelimitedScanner } from './scanner.ts';

const KINDS: readonly FieldKind[] = ['integer', 'number', 'time', 'category'];

/** Scans the body in chunks of `size` bytes; returns rows as text. */
function scan(
  body: string,
  size: number,
  limit = Number.POSITIVE_INFINITY,
): { rows: unknown[][]; scanner: DelimitedScanner; problems: ProblemList } {
  const problems = new ProblemList();
  const header = KINDS.map((kind) => kind as string);
  const builders = KINDS.map((kind, source) => new ColumnBuilder({ source, column: kind, kind }, 2));
  const scanner = new DelimitedScanner(
    { file: 'x', separator: 44, header, builders, problems, limit, firstLine: 2 },
    2,
  );
  const bytes = new TextEncoder().encode(body);
  for (let at = 0; at < bytes.length && !scanner.full; at += size) {
    scanner.push(bytes.subarray(at, at + size), at + size >= bytes.length);
  }
  const columns = builders.map((builder) => builder.finish(scanner.rows));
  const rows = Array.from({ length: scanner.rows }, (_, row) => columns.map((column) => cellText(column, row)));
  return { rows, scanner, problems };
}

const BODY =
  '1,2.5,2020-01-02 03:04:05,abc\r\n-7,-.25,2020-12-31T23:59:59,"a,""b"""\n,,,\n"8","1e3","2020-06-01","x\ny"\n9,1,1999-01-01 00:00:00.5, z \n';

describe('DelimitedScanner', () => {
  it('gives the same rows whatever the size of the chunks', () => {
    const whole = scan(BODY, BODY.length);
    expect(whole.rows).toEqual([
      [1, 2.5, '2020-01-02 03:04:05', 'abc'],
      [-7, -0.25, '2020-12-31 23:59:59', 'a,"b"'],
      [null, null, null, null],
      [8, 1000, '2020-06-01 00:00:00', 'x\ny'],
      [9, 1, '1999-01-01 00:00:00', 'z'],
    ]);
    expect(whole.problems.total).toBe(0);
    for (let size = 1; size < BODY.length; size += 1) expect(scan(BODY, size).rows, `size ${size}`).toEqual(whole.rows);
  });

  it('counts lines inside quotes, so that later problems name the right line', () => {
    const { problems } = scan('1,1,2020-01-01,"a\nb\nc"\n1,bad,2020-01-01,d\n', 7);
    expect(problems.listed).toEqual([{ line: 5, column: 'number', reason: 'not a number', text: 'bad' }]);
  });

  it('stops at the limit', () => {
    const { scanner } = scan(BODY, 10, 2);
    expect([scanner.rows, scanner.full]).toEqual([2, true]);
  });

  it('an empty last chunk adds no row', () => {
    const { rows, scanner } = scan('1,1,2020-01-01,a\n', 100);
    scanner.push(new Uint8Array(0), true);
    expect([rows.length, scanner.rows]).toEqual([1, 1]);
  });
});

describe('cells', () => {
  const stop = stopBytes(44);
  const bytesOf = (value: string): Uint8Array => new TextEncoder().encode(`${value},${' '.repeat(40)}`);

  it('numbers are exactly those of the language, or left to the careful path', () => {
    const out = new Float64Array(1);
    const decimal = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 17n }), fc.integer({ min: 0, max: 12 }))
      .map(([negative, digits, point]) => {
        const plain = digits.toString().padStart(point + 1, '0');
        return `${negative ? '-' : ''}${plain.slice(0, plain.length - point)}${point === 0 ? '' : `.${plain.slice(-point)}`}`;
      });
    fc.assert(
      fc.property(decimal, (value) => {
        if (numberField(bytesOf(value), 0, stop, out, 0) >= 0) expect(Object.is(out[0], Number(value))).toBe(true);
        else expect(value.replaceAll(/\D/g, '').length).toBeGreaterThan(15);
      }),
      { numRuns: 2000, seed: 3 },
    );
  });

  it('whole numbers of up to nine digits are read, longer ones left to the careful path', () => {
    const out = new Int32Array(1);
    expect(integerField(bytesOf('-999999999'), 0, stop, out, 0)).toBe(10);
    expect(out[0]).toBe(-999999999);
    expect(integerField(bytesOf('1234567890'), 0, stop, out, 0)).toBe(-1);
    expect(integerField(bytesOf('1.0'), 0, stop, out, 0)).toBe(-1);
  });

  it('ISO times agree with Date for every valid moment and impossible ones are declined', () => {
    const out = new Float64Array(1);
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2099, 11, 31) }), (ms) => {
        const iso = new Date(ms).toISOString().slice(0, 23).replace('T', ' ');
        expect(isoField(bytesOf(iso), 0, stop, out, 0)).toBe(23);
        expect(out[0]).toBe(ms);
      }),
      { numRuns: 1000, seed: 5 },
    );
    for (const bad of ['2019-02-29 00:00:00', '2019-13-01 00:00:00', '2019-00-01 00:00:00', '2019-01-01 24:00:00'])
      expect(isoField(bytesOf(bad), 0, stop, out, 0)).toBe(-1);
  });
});

describe('blocks of plain records', () => {
  it('give the same columns and problems as reading one record at a time', () => {
    const lines: string[] = [];
    for (let i = 0; i < 5000; i += 1) {
      const odd = i % 700 === 3 ? '"x, y"' : i % 900 === 5 ? 'bad ' : `t${i % 300}`;
      const number = i % 11 === 0 ? '' : i % 1300 === 7 ? 'oops' : `${i % 97}.${i % 10}`;
      lines.push(`${i},${number},2020-01-${10 + (i % 20)} 03:04:05,${odd}${i % 1500 === 9 ? ',extra' : ''}`);
      if (i % 1700 === 11) lines.push('');
    }
    const body = `${lines.join('\r\n')}\r\n`;
    const whole = scan(body, body.length);
    // Chunks shorter than a record leave no room for blocks.
    const singly = scan(body, 17);
    expect(whole.rows).toEqual(singly.rows);
    expect(whole.rows.length).toBe(4996);
    expect(whole.problems.listed).toEqual(singly.problems.listed);
    expect([whole.scanner.rowsRead, whole.scanner.blankLines]).toEqual([singly.scanner.rowsRead, 3]);
    expect(scan(body, body.length, 2500).scanner.rows).toBe(2500);
  });
});
