import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src/engine/kit/errors.ts';
import { fixtures } from './fixtures/fixtures.ts';
import { cellsOf, readText } from './testing.ts';

const said = (dataset: Awaited<ReturnType<typeof readText>>): string =>
  dataset.report.decisions.map((decision) => decision.en).join('\n');

describe('formats', () => {
  it.each(fixtures)('$name is read as "$format"', async ({ name, format, rows, content }) => {
    const dataset = await readText(content, {}, name);
    expect(dataset.report.format).toBe(format);
    expect(dataset.table.rows).toBe(rows);
    expect(dataset.report.problems).toEqual([]);
    expect(dataset.checksum).toMatch(/^[0-9a-f]{32}$/);
    for (const column of dataset.descriptor.columns) expect(column.ladder, column.name).toBeDefined();
  });

  it('CRLF, gzip, UTF-16 and a byte-order mark give the same table', async () => {
    const plain = fixtures[3]?.content as string;
    const expected = (await readText(plain)).checksum;
    const crlf = plain.replaceAll('\n', '\r\n');
    const utf16 = new Uint8Array(2 + plain.length * 2);
    utf16.set([0xff, 0xfe]);
    for (let i = 0; i < plain.length; i += 1) utf16[2 + i * 2] = plain.charCodeAt(i);
    expect((await readText(crlf)).checksum).toBe(expected);
    expect((await readText(new Uint8Array(gzipSync(plain)))).checksum).toBe(expected);
    expect((await readText(utf16)).checksum).toBe(expected);
    expect((await readText(`\uFEFF${plain}`)).checksum).toBe(expected);
  });

  it('payment words, rate codes and zones of old and new files share their levels', async () => {
    const old = await readText(fixtures[1]?.content as string);
    expect(cellsOf(old, 'payment')).toEqual(['card', 'cash']);
    expect(cellsOf(old, 'pickupLon')).toEqual([-73.9851, null]);
    const recent = await readText(fixtures[0]?.content as string);
    expect(cellsOf(recent, 'payment')).toEqual(['card', 'cash', 'unknown']);
    expect(cellsOf(recent, 'rateCode')).toEqual(['standard', 'JFK', null]);
    expect(cellsOf(recent, 'pickupZone')).toEqual(['161', '132', '264']);
    expect(cellsOf(recent, 'fare')).toEqual([9.5, 52, -3]);
    expect(cellsOf(recent, 'pickupTime')[2]).toBe('2019-01-08 23:59:59');
  });

  it('the generic reader detects types, missing tokens and proposes roles', async () => {
    const dataset = await readText(
      'time;sensor_id;co2;n;age\n2024-01-31 10:00;s1;410.5;1;30\n2024-01-31 10:05;s2;NA;2;31\n',
    );
    expect(dataset.table.columns.map((column) => column.kind)).toEqual([
      'time',
      'category',
      'number',
      'integer',
      'integer',
    ]);
    expect(cellsOf(dataset, 'co2')).toEqual([410.5, null]);
    expect(dataset.descriptor.columns.map((column) => column.role)).toEqual([
      'quasi-identifier',
      'identifier',
      'other',
      'other',
      'quasi-identifier',
    ]);
  });

  it('an integer column that later holds decimals becomes a number column', async () => {
    const body = Array.from({ length: 3000 }, (_, i) => `${i},x`).join('\n');
    const dataset = await readText(`v,w\n${body}\n1.5,x\n`);
    expect(dataset.table.columns[0]?.kind).toBe('number');
    expect(cellsOf(dataset, 'v').at(-1)).toBe(1.5);
    expect(cellsOf(dataset, 'v')[2999]).toBe(2999);
    expect(dataset.report.problems).toEqual([]);
  });
});

describe('dates', () => {
  it('parts above 12 decide the order; without one the file is asked about', async () => {
    expect(cellsOf(await readText('d,v\n13/02/2020,1\n01/02/2020,2\n'), 'd')[1]).toBe('2020-02-01 00:00:00');
    expect(cellsOf(await readText('d,v\n02/13/2020,1\n01/02/2020,2\n'), 'd')[1]).toBe('2020-01-02 00:00:00');
    const open = await readText('d,v\n03/02/2020,1\n01/02/2020,2\n');
    expect(open.report.warnings[0]?.remedy).toContain('dateOrder');
    expect(cellsOf(open, 'd')[1]).toBe('2020-02-01 00:00:00');
    const chosen = await readText('d,v\n03/02/2020,1\n01/02/2020,2\n', { choices: { dateOrder: 'mdy' } });
    expect(cellsOf(chosen, 'd')[1]).toBe('2020-01-02 00:00:00');
    expect(chosen.report.warnings).toEqual([]);
  });
});

describe('bad rows', () => {
  const header = 'Site,Species,ReadingDateTime,Value,Units,Provisional or Ratified\n';
  it('are counted and listed with line, column and reason', async () => {
    const dataset = await readText(
      `${header}X,NO,13/01/2018 00:00,1,ug m-3,R\nX,NO,31/02/2018 00:00,1,ug m-3,R\nX,NO,14/01/2018 00:00,abc,ug m-3,R\nX,NO\nX,NO,14/01/2018 00:00,1,ug,R,extra\n\nX,NO,15/01/2018 00:00,2,ug m-3,R\n`,
    );
    expect(dataset.report.rowsRead).toBe(6);
    expect(dataset.report.rowsKept).toBe(3);
    expect(dataset.report.problems).toEqual([
      { line: 3, column: 'time', reason: 'not a date or time', text: '31/02/2018 00:00' },
      { line: 4, column: 'value', reason: 'not a number', text: 'abc' },
      { line: 5, reason: 'too few fields', text: '2 fields, the header has 6' },
      { line: 6, reason: 'too many fields', text: '7 fields, the header has 6' },
    ]);
    expect(cellsOf(dataset, 'value')).toEqual([1, null, 2]);
    expect(said(dataset)).toContain('1 blank line');
  });

  it('beyond 200 they are counted by reason', async () => {
    const bad = Array.from({ length: 250 }, () => 'X,NO').join('\n');
    const dataset = await readText(`${header}X,NO,13/01/2018 00:00,1,ug,R\n${bad}\n`);
    expect(dataset.report.problems).toHaveLength(200);
    expect(dataset.report.problemCounts).toEqual({ 'too few fields': 50 });
  });

  it('a last line cut off in the middle is left out with a warning', async () => {
    const dataset = await readText(`${header}X,NO,13/01/2018 00:00,1,ug,R\nX,NO,14/01/20`);
    expect(dataset.table.rows).toBe(1);
    expect(dataset.report.warnings[0]).toMatchObject({ place: { line: 3 } });
  });

  it('a quote that never closes costs one row, not the rest of the file', async () => {
    const dataset = await readText('a,b\n1,"x\n2,y\n3,z\n');
    expect(cellsOf(dataset, 'b')).toEqual(['y', 'z']);
    expect(dataset.report.problems[0]).toMatchObject({ line: 2, reason: 'a quote is never closed' });
  });
});

describe('files that are refused say what to do', () => {
  const cases: readonly (readonly [string, string | Uint8Array<ArrayBuffer>, RegExp])[] = [
    ['empty', '', /empty/],
    ['zip', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), /ZIP/],
    ['picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), /picture/],
    ['binary', new Uint8Array(500).map((_, i) => (i * 7919) & 255), /binary|ZIP|not a table/],
    ['header without rows', 'a,b,c\n', /no rows/],
    ['duplicate names', 'a,b,A\n1,2,3\n', /two columns are named/],
    ['10,001 columns', `${Array.from({ length: 10_001 }, (_, i) => `c${i}`).join(',')}\n`, /10001 columns/],
    ['no header', '1,2,3\n4,5,6\n', /holds data/],
    ['truncated Parquet', new Uint8Array([0x50, 0x41, 0x52, 0x31, 1, 2, 3, 4, 5, 6, 7, 8, 9]), /truncated/],
    [
      'damaged Parquet',
      new Uint8Array([0x50, 0x41, 0x52, 0x31, 9, 9, 9, 9, 9, 0, 0, 0, 4, 0, 0, 0, 0x50, 0x41, 0x52, 0x31]),
      /damaged/,
    ],
    ['web page', '<!doctype html><html></html>', /web page/],
    ['cut JSON', '{"resources":[{"a":1', /not valid JSON/],
    ['JSON without records', '{"a":1}', /no list of records/],
    ['GeoJSON', '{"type":"FeatureCollection","features":[]}', /map/],
    ['damaged gzip', new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2, 3, 4]), /damaged/],
    ['spreadsheet times', 'tripduration,starttime,stoptime,start station id\n1,04:50.2,08:37.0,3\n', /spreadsheet/],
  ];
  it.each(cases)('%s', async (_, content, message) => {
    const problem = await readText(content).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(problem).toBeInstanceOf(EngineError);
    expect((problem as EngineError).message).toMatch(message);
    expect((problem as EngineError).remedy).toBeTruthy();
  });

  it('a gzip bomb is stopped', async () => {
    const bomb = gzipSync(new Uint8Array(80 << 20).fill(97));
    await expect(readText(new Uint8Array(bomb))).rejects.toMatchObject({
      message: expect.stringMatching(/unfold|longer/),
    });
  });
});

describe("tables of the user's own", () => {
  it('with an id column hide one of its owners as a whole, not one row', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `u${i % 8},${i}.5`).join('\n');
    const { descriptor } = await readText(`userId,amount\n${rows}\n`);
    expect([descriptor.parts.entity, descriptor.rowUnit, descriptor.privacyUnit]).toEqual(['userId', 'row', 'userId']);
    expect((await readText('a,b\nx,1\ny,2\n')).descriptor.privacyUnit).toBe('row');
  });
});

describe('hostile cells', () => {
  it('a cell of very many digits and a letter is a text, told at once', async () => {
    // Matching in quadratic time would take minutes here, beyond the test's own limit.
    const { table } = await readText(`a,b\n${'1'.repeat(200_000)}x,2\n3,4\n`);
    expect(table.columns[0]?.kind).toBe('category');
  });
});

describe('fuzz', () => {
  const onlyEngineErrors = async (content: string | Uint8Array<ArrayBuffer>): Promise<void> => {
    try {
      await readText(content);
    } catch (error) {
      if (!(error instanceof EngineError) || error.code === 'internal') throw error;
    }
  };

  it('garbage bytes never throw anything but a typed error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('', 'PAR1', 'a,b\n', '[', '{"a":'),
        async (bytes, start) => {
          const head = new TextEncoder().encode(start);
          const content = new Uint8Array(head.length + bytes.length);
          content.set(head);
          content.set(bytes, head.length);
          await onlyEngineErrors(content);
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });

  it('fixtures with bytes changed, cut or doubled never throw anything but a typed error', async () => {
    const one = fc.record({
      fixture: fc.constantFrom(...fixtures),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      change: fc.constantFrom('cut', 'byte', 'double', 'quote', 'newline'),
      byte: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(one, async ({ fixture, at, change, byte }) => {
        const bytes = new TextEncoder().encode(fixture.content);
        const p = Math.floor(at * bytes.length);
        const piece =
          change === 'quote'
            ? [34]
            : change === 'newline'
              ? [10]
              : change === 'byte'
                ? [byte]
                : change === 'cut'
                  ? []
                  : Array.from(bytes.subarray(p));
        const tail = change === 'cut' ? [] : Array.from(bytes.subarray(p + (change === 'byte' ? 1 : 0)));
        await onlyEngineErrors(Uint8Array.from([...bytes.slice(0, p), ...piece, ...tail]));
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  it('quoted text of any kind reads as PapaParse reads it', async () => {
    const cell = fc.stringMatching(/^[ab",;\n\t x1.-]{0,6}$/);
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const quoted = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
        // A first row of plain words keeps the columns text.
        const content = `p,q,r\n"w o","w o","w o"\n${quoted}\n`;
        const expected = Papa.parse<string[]>(content, { skipEmptyLines: false }).data.slice(1, -1);
        const dataset = await readText(content);
        const got = ['p', 'q', 'r'].map((name) =>
          cellsOf(dataset, name).map((value) => (value === null ? '' : String(value))),
        );
        // Blanks around a value are cut on purpose.
        expect(got).toEqual(
          [0, 1, 2].map((i) => expected.map((row) => (row[i] ?? '').replaceAll(/^[ \t]+|[ \t]+$/g, ''))),
        );
      }),
      { numRuns: 200, seed: 13 },
    );
  });
});
