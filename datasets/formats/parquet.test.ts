import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src/engine/kit/errors.ts';
import { parquetOf, type TestColumn } from './fixtures/parquet-writer.ts';
import { cellsOf, readText } from './testing.ts';

const NOON_UTC = Date.UTC(2019, 6, 1, 12);
const speeds = (type: TestColumn['type']): TestColumn[] => [
  { name: 'Speed', type: 'double', values: [31.5, 0, null] },
  { name: 'TravelTime', type: 'int32', values: [100, 0, 90] },
  { name: 'Status', type: 'int32', values: [0, -101, 0] },
  { name: 'timedate', type, values: [NOON_UTC, NOON_UTC + 1000, NOON_UTC + 2000] },
  { name: 'LinkId', type: 'int32', values: [7, 8, 7] },
  { name: 'Borough', type: 'text', values: ['Staten island', 'Queens', null] },
];

describe('Parquet', () => {
  it('INT96 and UTC timestamps are instants, shown on New York clocks; naive ones already are', async () => {
    for (const [type, hour] of [
      ['int96', '08'],
      ['micros-utc', '08'],
      ['micros', '12'],
    ] as const) {
      const dataset = await readText(parquetOf([speeds(type)]), {}, 'x.parquet');
      expect(dataset.report.format).toBe('NYC DOT traffic speeds');
      expect(cellsOf(dataset, 'time')[0], type).toBe(`2019-07-01 ${hour}:00:00`);
      expect(cellsOf(dataset, 'speedMph')).toEqual([31.5, null, null]);
      expect(cellsOf(dataset, 'borough')).toEqual(['Staten Island', 'Queens', null]);
    }
  });

  it('several row groups and ZSTD give the same table', async () => {
    const once = await readText(parquetOf([speeds('micros'), speeds('micros')]), {}, 'x.parquet');
    const packed = await readText(parquetOf([speeds('micros'), speeds('micros')], 'zstd'), {}, 'x.parquet');
    expect(once.table.rows).toBe(6);
    expect(packed.checksum).toBe(once.checksum);
    expect(
      (await readText(parquetOf([speeds('micros'), speeds('micros')]), { limit: 4 }, 'x.parquet')).table.rows,
    ).toBe(4);
  });

  it('a row without its time is left out and listed', async () => {
    const columns = speeds('micros').map((column) =>
      column.name === 'timedate' ? { ...column, values: [NOON_UTC, null, NOON_UTC] } : column,
    );
    const dataset = await readText(parquetOf([columns]), {}, 'x.parquet');
    expect([dataset.report.rowsRead, dataset.report.rowsKept]).toEqual([3, 2]);
    expect(dataset.report.problems).toEqual([
      { line: 2, column: 'time', reason: 'no value in a column every row needs' },
    ]);
    expect(cellsOf(dataset, 'link')).toEqual(['7', '7']);
  });

  it('cut and changed files give typed errors only', async () => {
    const good = parquetOf([speeds('int96')], 'zstd');
    const property = fc.asyncProperty(
      fc.nat(good.length - 1),
      fc.integer({ min: 0, max: 255 }),
      fc.boolean(),
      async (at, byte, cut) => {
        const bytes = cut ? good.slice(0, at) : good.slice();
        if (!cut) bytes[at] = byte;
        try {
          await readText(bytes, {}, 'x.parquet');
        } catch (error) {
          if (!(error instanceof EngineError) || error.code === 'internal') throw error;
        }
      },
    );
    await fc.assert(property, { numRuns: 300, seed: 17 });
  });
});
