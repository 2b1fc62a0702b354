import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnBuilder } from '../builder.ts';
import type { FieldKind } from '../plan.ts';
import { BlockReader } from './block.ts';
import { isoField, stopBytes } from './cells.ts';

const stop = stopBytes(44);

/** Reads plain records of these kinds; returns builders, rows read and the position reached. */
function read(text: string, ...kinds: readonly FieldKind[]) {
  const builders = kinds.map((kind, source) => new ColumnBuilder({ source, column: kind, kind }, 64));
  const reader = new BlockReader(44, stop, builders);
  const content = new TextEncoder().encode(text);
  const bytes = new Uint8Array(content.length + 64);
  bytes.set(content);
  const rows = reader.read(bytes, 0, content.length, 64);
  reader.flush(0, rows);
  return { builders, rows, end: reader.end, first: builders[0] as ColumnBuilder };
}

describe('BlockReader', () => {
  it('numbers are exactly those of the language, wherever the field stands', () => {
    const decimal = fc
      .tuple(fc.boolean(), fc.integer({ min: 0, max: 2 ** 40 }), fc.integer({ min: 0, max: 9 }))
      .map(([negative, mantissa, point]) => {
        const digits = String(mantissa).padStart(point + 1, '0');
        const at = digits.length - point;
        return `${negative ? '-' : ''}${digits.slice(0, at)}${point === 0 ? '' : `.${digits.slice(at)}`}`;
      });
    fc.assert(
      fc.property(decimal, fc.constantFrom('\n', '\r\n'), (value, lineBreak) => {
        const { builders, rows } = read(`${value},${value}${lineBreak}`, 'number', 'number');
        expect(rows).toBe(1);
        for (const { floats } of builders) expect(Object.is(floats[0], Number(value))).toBe(true);
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  it('times agree with the parser of single fields, also with one byte changed', () => {
    const moment = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2099, 11, 31) });
    const change = fc.tuple(fc.nat(18), fc.constantFrom(...'0123456789:/- T.a\u007f'));
    fc.assert(
      fc.property(moment, fc.option(change), (ms, changed) => {
        let iso = new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
        if (changed !== null) iso = iso.slice(0, changed[0]) + changed[1] + iso.slice(changed[0] + 1);
        const expected = new Float64Array(1);
        const readable = isoField(new TextEncoder().encode(`${iso},${' '.repeat(40)}`), 0, stop, expected, 0) >= 0;
        const { first, rows } = read(`${iso},1\n`, 'time', 'integer');
        expect(rows).toBe(Number(readable));
        if (readable) expect(first.floats[0]).toBe(expected[0]);
      }),
      { numRuns: 4000, seed: 8 },
    );
  });

  it('equal texts have equal codes, whatever their length and what else is in the table', () => {
    const texts = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'b', '0', '\u0000', 'é'), minLength: 1, maxLength: 5 }),
      {
        minLength: 1,
        maxLength: 64,
      },
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('\n', '\r\n'), (values, lineBreak) => {
        const { builders, rows } = read(values.map((v) => `${v},${v}${lineBreak}`).join(''), 'category', 'category');
        expect(rows).toBe(values.length);
        for (const { codes, dictionary } of builders) {
          const levels = dictionary.levels();
          expect(values.map((_, i) => levels[codes[i] as number])).toEqual(values);
        }
      }),
      { numRuns: 500, seed: 9 },
    );
  });

  it('stops before records of too few or too many fields and before another kind of line break', () => {
    expect(read('a,1\na\n2,3\n', 'category', 'integer')).toMatchObject({ rows: 1, end: 4 });
    expect(read('a,1\n4\n,3\n', 'category', 'integer')).toMatchObject({ rows: 1, end: 4 });
    expect(read('a,1\na,1,\n', 'category', 'integer')).toMatchObject({ rows: 1, end: 4 });
    expect(read('a,1\na,1\r\n', 'category', 'integer')).toMatchObject({ rows: 1, end: 4 });
    expect(read('a,1\r\na,1\rb,2\r\n', 'category', 'integer')).toMatchObject({ rows: 1, end: 5 });
  });

  it('marks empty fields of the records it kept only', () => {
    const { builders, rows } = read(',1\na,\n,"2"\n', 'category', 'integer');
    expect(rows).toBe(2);
    expect(builders.map((builder) => [0, 1, 2].map((row) => builder.isMissing(row)))).toEqual([
      [true, false, false],
      [false, true, false],
    ]);
  });
});
