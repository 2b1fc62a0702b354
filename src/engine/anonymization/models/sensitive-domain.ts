import type { LoadedDataset } from '../../kit/dataset.ts';
import type { TableRelease } from '../../kit/release.ts';
import { encodeColumn } from '../../table/encode.ts';
import type { EncodedColumn, Hierarchy } from '../../table/hierarchy.ts';
import { cellText, columnOf, type Table } from '../../table/table.ts';
import type { SensitiveDomain } from './criterion.ts';

/** A sensitive column ready for the models: its domain, and the code of each row. */
export interface SensitiveColumn {
  readonly domain: SensitiveDomain;
  readonly codes: Uint32Array;
}

/**
 * Encodes a sensitive column. Values are those of its hierarchy; missing is a value, and the last one in numeric order.
 * @param table the rows to count; the dataset's own by default
 * @param bands numbers with an interval ladder (and times) by their first band, as `sensitiveCodes` releases them
 * @throws invalid-data for an unknown column, or a value the column's own hierarchy does not name
 */
export function sensitiveDomain(
  dataset: LoadedDataset,
  column: string,
  table: Table = dataset.table,
  bands = false,
): SensitiveColumn {
  const encoded = encodeColumn(dataset, column, table);
  const exact = { codes: encoded.codes, hierarchy: encoded.hierarchy, order: orderOf(encoded) };
  const { codes, hierarchy, order } = bands && isBanded(dataset, column, table) ? banded(exact) : exact;
  const labels = hierarchy.levels[0]?.labels ?? [];
  const overall = new Uint32Array(labels.length);
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] as number;
    overall[code] = (overall[code] as number) + 1;
  }
  return {
    domain: {
      column,
      size: labels.length,
      labels,
      overall,
      rows: codes.length,
      ...(order === undefined ? {} : { order }),
      hierarchy,
    },
    codes,
  };
}

/**
 * The sensitive column of a release against *all* source rows, those suppressed before included: the distribution to
 * which models compare. The values are those of the source, exact or in first bands, whichever explains every released
 * cell; where neither does (values were changed otherwise), the released rows are all there is to compare with.
 * @param bands first bands even where exact values are (still) in the table
 */
export function sensitiveOfRelease(release: TableRelease, column: string, bands = false): SensitiveColumn {
  const { dataset, table, rowOf } = release;
  const own = columnOf(table, column);
  const source = dataset.table.columns.find((each) => each.name === column);
  const sameKind = source !== undefined && (source.kind === 'category') === (own.kind === 'category');
  if (sameKind && rowOf.every((row, i) => cellText(own, i) === cellText(source, row))) {
    const { domain, codes } = sensitiveDomain(dataset, column, dataset.table, bands);
    return { domain, codes: rowOf.map((row) => codes[row] as number) };
  }
  if (source !== undefined && own.kind === 'category') {
    const { domain, codes } = sensitiveDomain(dataset, column, dataset.table, true);
    if (rowOf.every((row, i) => cellText(own, i) === domain.labels[codes[row] as number])) {
      return { domain, codes: rowOf.map((row) => codes[row] as number) };
    }
  }
  return sensitiveDomain(dataset, column, table, bands);
}

function isBanded(dataset: LoadedDataset, name: string, table: Table): boolean {
  const { kind } = columnOf(table, name);
  if (kind === 'time') return true;
  const descriptor = dataset.descriptor.columns.find((each) => each.name === name);
  return kind !== 'category' && descriptor?.ladder?.kind === 'interval';
}

/** Number of each base code, or undefined where a value is no number. */
function orderOf({ base, hierarchy, missingCode }: EncodedColumn): Float64Array | undefined {
  const labels = hierarchy.levels[0]?.labels ?? [];
  const known = base.kind === 'numbers' || base.kind === 'minutes' ? base.values : undefined;
  const order = new Float64Array(labels.length);
  for (let code = 0; code < labels.length; code += 1) {
    const label = labels[code] as string;
    const value =
      code === missingCode
        ? Infinity
        : known === undefined
          ? label.trim() === ''
            ? Number.NaN
            : Number(label)
          : (known[code] ?? Number.NaN);
    if (code !== missingCode && !Number.isFinite(value)) return undefined;
    order[code] = value;
  }
  return order;
}

interface Coded {
  readonly codes: Uint32Array;
  readonly hierarchy: Hierarchy;
  readonly order: Float64Array | undefined;
}

/** The same column one level up: the first bands become the values. */
function banded({ codes, hierarchy, order }: Coded): Coded {
  const [exact, first] = hierarchy.levels;
  if (first === undefined) return { codes, hierarchy, order };
  // Bands that read as the values themselves (one unit wide) are the values: else two trees would explain one column, and
  // distances in them differ.
  if (exact?.labels.every((label, base) => label === first.labels[first.codes[base] as number])) {
    return { codes, hierarchy, order };
  }
  const bands = first.labels.length;
  const member = new Uint32Array(bands);
  const least = new Float64Array(bands).fill(Infinity);
  for (let base = 0; base < first.codes.length; base += 1) {
    const band = first.codes[base] as number;
    member[band] = base;
    least[band] = Math.min(least[band] as number, order?.[base] ?? Infinity);
  }
  const levels = hierarchy.levels
    .slice(1)
    .map(({ name, labels, codes: step }) => ({ name, labels, codes: member.map((base) => step[base] as number) }));
  return {
    codes: codes.map((base) => first.codes[base] as number),
    hierarchy: { column: hierarchy.column, levels },
    order: order === undefined ? undefined : least,
  };
}
