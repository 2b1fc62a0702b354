import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import type { Ctx } from '../src/engine/kit/context.ts';
import { type Column, isValid, type Table } from '../src/engine/table/table.ts';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

const rowsPerGroup = 50_000;

/**
 * A table as a Parquet file, Snappy-compressed, one row group every 50,000 rows. Wall-clock times are written as times
 * without a zone, so that nothing shifts them by hours on the way back.
 */
export async function parquetParts(
  table: Table,
  progress: (fraction: number) => ReturnType<Ctx['checkpoint']>,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const writer = new ByteWriter();
  const schema: SchemaElement[] = [
    { name: 'root', num_children: table.columns.length },
    ...table.columns.map(elementOf),
  ];
  const file = new ParquetWriter({ writer, schema, createdBy: 'Epsilon City' });
  for (let from = 0; from < table.rows; from += rowsPerGroup) {
    const to = Math.min(table.rows, from + rowsPerGroup);
    const columnData = table.columns.map(
      (column): ColumnSource => ({
        name: column.name,
        data: valuesOf(column, from, to),
      }),
    );
    await file.write({ columnData, rowGroupSize: rowsPerGroup });
    await progress(to / table.rows);
  }
  await file.finish();
  return [new Uint8Array(writer.getBuffer())];
}

function elementOf(column: Column): SchemaElement {
  const { name } = column;
  const repetition_type = 'OPTIONAL';
  switch (column.kind) {
    case 'category':
      return { name, repetition_type, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
    case 'time':
      return {
        name,
        repetition_type,
        type: 'INT64',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: column.zone === 'utc', unit: 'MILLIS' },
      };
    case 'integer':
      // Unsigned 32-bit numbers do not fit INT32.
      return { name, repetition_type, type: column.values instanceof Uint32Array ? 'INT64' : 'INT32' };
    case 'number':
      return { name, repetition_type, type: 'DOUBLE' };
  }
}

function valuesOf(column: Column, from: number, to: number): ColumnSource['data'] {
  return Array.from({ length: to - from }, (_, at) => {
    const row = from + at;
    if (!isValid(column, row)) return null;
    if (column.kind === 'category') return column.levels[column.codes[row] as number] ?? null;
    const value = column.values[row] as number;
    if (column.kind === 'time') return Number.isFinite(value) ? BigInt(Math.round(value)) : null;
    return column.values instanceof Uint32Array ? BigInt(value) : value;
  });
}
