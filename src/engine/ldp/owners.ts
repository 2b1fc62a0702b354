import { bandAxis, categoryAxis, labelsOf, placeAxis } from '../dp/axes.ts';
import type { ColumnDescriptor } from '../kit/dataset.ts';
import { invalidData, unsupported } from '../kit/errors.ts';
import type { TableRelease } from '../kit/release.ts';
import type { Text } from '../kit/text.ts';
import { columnOf, hasColumn, isValid } from '../table/table.ts';

/** Data owners and the one value each keeps: a bucket number per owner. Owners without a value do not take part. */
export interface Owners {
  readonly column: string;
  readonly label: Text;
  readonly buckets: readonly string[];
  readonly bucketOf: Uint32Array;
  /** Owners whose value is missing. */
  readonly silent: number;
  readonly unit: string;
}

/**
 * @param column name of the column asked about; empty = the measured value, else the secret, else the place.
 * @param bands number of equal ranges for a numeric column, over its declared bounds.
 * @param per one owner a row, or one a person or vehicle (its last value in time).
 * @throws unsupported without ids when owners are persons or vehicles; invalid-data for a column without declared levels.
 */
export function ownersOf(input: TableRelease, column: string, bands: number, per: 'row' | 'entity'): Owners {
  const { descriptor } = input.dataset;
  const { axis, label } = axisFor(input, column, bands);
  const rowOf = per === 'entity' ? lastRows(input) : undefined;
  const owners = rowOf?.length ?? input.table.rows;
  const bucketOf = new Uint32Array(owners);
  let speaking = 0;
  for (let i = 0; i < owners; i += 1) {
    const code = axis.codes[rowOf === undefined ? i : (rowOf[i] as number)] as number;
    if (code < 0) continue;
    bucketOf[speaking] = code;
    speaking += 1;
  }
  if (speaking === 0) {
    throw invalidData(`no row has a value of ${axis.column} to answer with`, 'choose another column', {
      column: axis.column,
    });
  }
  return {
    column: axis.column,
    label,
    buckets: axis.levels,
    bucketOf: bucketOf.slice(0, speaking),
    silent: owners - speaking,
    unit: per === 'entity' ? descriptor.privacyUnit : descriptor.rowUnit,
  };
}

function axisFor(input: TableRelease, wanted: string, bands: number) {
  const { descriptor, places } = input.dataset;
  const { parts } = descriptor;
  const name = wanted === '' ? firstOf(input, [parts.measure, parts.secret, parts.place]) : wanted;
  const column = columnOf(input.table, name);
  const declared: ColumnDescriptor | undefined = descriptor.columns.find((one) => one.name === name);
  const label = declared?.label ?? { en: name, es: name };
  if (name === parts.place) return { axis: placeAxis(column, label, places), label };
  if (column.kind === 'category') return { axis: categoryAxis(column, label), label };
  const axis = declared === undefined ? undefined : bandAxis(column, declared, bands);
  if (axis === undefined) {
    throw invalidData(
      `column ${name} has no declared range to cut into buckets`,
      'choose a category column, or a number with declared bounds',
      { column: name },
    );
  }
  return { axis, label };
}

function firstOf(input: TableRelease, names: readonly (string | undefined)[]): string {
  const found = names.find((name) => name !== undefined && hasColumn(input.table, name));
  if (found !== undefined) return found;
  const sensitive = input.sensitive.find((name) => hasColumn(input.table, name));
  if (sensitive === undefined) throw invalidData('no column to ask owners about', 'choose a column');
  return sensitive;
}

/** Latest row of each entity (by the time column where there is one, else by position). */
function lastRows(input: TableRelease): Uint32Array {
  const { parts } = input.dataset.descriptor;
  if (parts.entity === undefined || !hasColumn(input.table, parts.entity)) {
    throw unsupported(
      'no column of this table says whose rows belong together',
      'choose one owner a row, or keep the id column in this branch',
    );
  }
  const entity = columnOf(input.table, parts.entity);
  const { codes, levels } = labelsOf(entity);
  const time =
    parts.time !== undefined && hasColumn(input.table, parts.time) ? columnOf(input.table, parts.time) : undefined;
  const when = time?.kind === 'time' ? time.values : undefined;
  const last = new Int32Array(levels.length).fill(-1);
  for (let i = 0; i < codes.length; i += 1) {
    if (!isValid(entity, i)) continue;
    const code = codes[i] as number;
    const known = last[code] as number;
    if (known < 0 || when === undefined || (when[i] as number) >= (when[known] as number)) last[code] = i;
  }
  return Uint32Array.from(last.filter((row) => row >= 0));
}
