import type { ColumnDescriptor, Role } from '../../engine/kit/dataset.ts';
import type { RoleOverrides } from '../../engine/kit/job.ts';

export const roles: readonly Role[] = ['identifier', 'quasi-identifier', 'sensitive', 'other'];

export const roleOf = (column: ColumnDescriptor, overrides: RoleOverrides): Role =>
  overrides[column.name]?.role ?? column.role;

/** Columns by role as they stand now, in the table's order. */
export const bucketsOf = (
  columns: readonly ColumnDescriptor[],
  overrides: RoleOverrides,
): ReadonlyMap<Role, readonly ColumnDescriptor[]> =>
  new Map(roles.map((role) => [role, columns.filter((column) => roleOf(column, overrides) === role)]));

/** The role one step to the left or right, stopping at the ends; undefined for other keys. */
export function stepRole(role: Role, key: string): Role | undefined {
  const step = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  return step === 0 ? undefined : roles[roles.indexOf(role) + step];
}
