import { isSynthetic, type Release, type TableRelease } from '../../kit/release.ts';
import { infeasible, unsupported } from '../../kit/errors.ts';
import { encodeColumn } from '../../table/encode.ts';
import { baseSize } from '../../table/hierarchy.ts';
import { type Grouping, groupRows } from '../../table/group.ts';
import { hasColumn } from '../../table/table.ts';
import type { KeyColumn } from './frequency-counts.ts';

/** @throws unsupported for releases that are no tables */
export function tableOf(release: Release): TableRelease {
  if (release.kind !== 'table')
    throw unsupported('this risk is defined on tables', 'measure a release that is a table');
  return release;
}

/**
 * A table whose rows each come from a row of the data.
 * @throws unsupported for releases that are no tables, and for synthetic ones
 */
export function tableOfPeople(release: Release): TableRelease {
  const table = tableOf(release);
  if (!isSynthetic(table)) return table;
  throw unsupported(
    'the rows of a synthetic table were drawn from a model and are nobody’s, so none can be compared with the row it came from',
    'ask what the table as a whole gives away: inference, linkability, singling out, membership',
  );
}

/**
 * Columns an outsider is taken to know: the named ones, or every column with the role quasi-identifier and every
 * column the method itself treated as one. Columns that were not released are known but useless, so they are left out.
 */
export function knownColumns(release: TableRelease, named: readonly string[]): readonly string[] {
  const byRole = release.dataset.descriptor.columns
    .filter((column) => column.role === 'quasi-identifier')
    .map((column) => column.name);
  const wanted = named.length > 0 ? named : [...new Set([...byRole, ...release.quasiIdentifiers])];
  const missing = named.find((name) => !hasColumn(release.dataset.table, name) && !hasColumn(release.table, name));
  if (missing !== undefined) {
    throw infeasible(`there is no column "${missing}"`, 'choose columns of this dataset', { column: missing });
  }
  return wanted.filter((name) => hasColumn(release.table, name));
}

/**
 * What the release's k promises about someone who knows these columns: 1 / k. Nothing where one of them is outside
 * those the method made alike, or without such a promise.
 */
export function boundByK({ guarantee, quasiIdentifiers }: TableRelease, known: readonly string[]): { bound?: number } {
  if (guarantee.kind !== 'k-anonymity' || !known.every((name) => quasiIdentifiers.includes(name))) return {};
  return { bound: 1 / guarantee.k };
}

/** Known columns of the released rows as codes, exact times at the outsider's precision, with the code of missing cells. */
export function releasedKeys(
  release: TableRelease,
  known: readonly string[],
  precision: 'minute' | 'hour' | 'day' = 'minute',
): readonly KeyColumn[] {
  return known.map((name) => {
    const encoded = encodeColumn(release.dataset, name, release.table);
    const count = baseSize(encoded);
    const missing = encoded.missingCode;
    const level = encoded.hierarchy.levels.find((each) => each.name === precision);
    if (encoded.base.kind !== 'minutes' || precision === 'minute' || level === undefined) {
      return { codes: encoded.codes, count, ...(missing === undefined ? {} : { missing }) };
    }
    const codes = new Uint32Array(encoded.codes.length);
    for (let i = 0; i < codes.length; i += 1) codes[i] = level.codes[encoded.codes[i] as number] as number;
    return { codes, count, ...(missing === undefined ? {} : { missing: level.codes[missing] as number }) };
  });
}

/** Classes of released rows that look alike in the known columns; a missing cell is a value of its own. */
export function releasedClasses(
  release: TableRelease,
  known: readonly string[],
  precision: 'minute' | 'hour' | 'day' = 'minute',
): Grouping {
  const columns = releasedKeys(release, known, precision);
  return groupRows(
    columns.map((column) => column.codes),
    columns.map((column) => column.count),
    release.table.rows,
  );
}

/** "zone, to and when" for sentences; "nothing" for an empty list. */
export function listed(names: readonly string[], and: string, nothing: string): string {
  if (names.length === 0) return nothing;
  if (names.length === 1) return names[0] as string;
  return `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;
}
