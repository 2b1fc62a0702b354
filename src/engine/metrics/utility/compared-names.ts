import { infeasible } from '../../kit/errors.ts';
import type { Role } from '../../kit/dataset.ts';
import { columns } from '../../kit/params.ts';
import type { TableRelease } from '../../kit/release.ts';
import { text } from '../../kit/text.ts';
import { columnOf, hasColumn } from '../../table/table.ts';

/** Parameter shared by the utilities that compare columns of a release with the original. */
export const columnsCompared = columns({
  label: text('columns compared', 'columnas comparadas'),
  help: text(
    'Empty: the quasi-identifiers and what the method coarsened.',
    'Vacío: los cuasi-identificadores y lo que el método generalizó.',
  ),
  roles: ['quasi-identifier', 'sensitive', 'other'],
  max: 12,
});

/**
 * The named columns, or all of these roles and those the release was made over; released or not.
 * @throws infeasible when there is none, invalid-data for an unknown name
 */
export function comparedNames(
  table: TableRelease,
  named: readonly string[],
  roles: readonly Role[],
): readonly string[] {
  for (const name of named) columnOf(table.dataset.table, name);
  const byRole = table.dataset.descriptor.columns.filter(({ role }) => roles.includes(role)).map(({ name }) => name);
  const found = named.length > 0 ? named : [...byRole, ...table.quasiIdentifiers];
  const names = [...new Set(found)].filter((name) => hasColumn(table.dataset.table, name));
  if (names.length === 0) {
    throw infeasible('there is no column to compare', 'give a column the role quasi-identifier, or choose columns');
  }
  return names;
}
