import type { DatasetDescriptor, Role } from '../../engine/kit/dataset.ts';
import type { Guarantee } from '../../engine/kit/guarantee.ts';
import type { RoleOverrides } from '../../engine/kit/job.ts';
import { columnOfModel } from '../../engine/kit/privacy-model.ts';

/** A use of a protection that promises less than it seems to. */
export type Guard =
  | { readonly kind: 'none' }
  | { readonly kind: 'unit'; readonly unit: string; readonly canHide: boolean }
  | { readonly kind: 'epsilon'; readonly epsilon: number }
  | { readonly kind: 'delta'; readonly delta: number; readonly rows: number }
  | { readonly kind: 'diversity'; readonly k: number }
  | { readonly kind: 'repeated'; readonly releases: number };

/** Above this, an attacker starting at 50:50 can become 99.97 % sure. */
export const largestSensibleEpsilon = 8;

/**
 * Misuses that can be seen from the claim and the data alone: a trip hidden instead of a person, epsilon above 8, delta
 * above 1 / n, groups of k rows that may share their secret, and several releases about the same rows.
 *
 * @param descriptor the dataset, for its row unit and its columns
 * @param rows rows in the table (n)
 * @param noisyBranches branches of the scenario that claim differential privacy
 */
export function guardsOf(
  guarantee: Guarantee,
  descriptor: DatasetDescriptor,
  roles: RoleOverrides,
  rows: number,
  noisyBranches: number,
): readonly Guard[] {
  const guards: Guard[] = [];
  if (guarantee.kind === 'none') guards.push({ kind: 'none' });
  if (guarantee.kind === 'dp') {
    const rowOnly = guarantee.unit === descriptor.rowUnit || guarantee.unit === 'row';
    if (rowOnly && isPersonal(descriptor)) {
      guards.push({ kind: 'unit', unit: guarantee.unit, canHide: descriptor.parts.entity !== undefined });
    }
    if (guarantee.epsilon > largestSensibleEpsilon) guards.push({ kind: 'epsilon', epsilon: guarantee.epsilon });
    if (guarantee.delta > 1 / rows) guards.push({ kind: 'delta', delta: guarantee.delta, rows });
    if (noisyBranches > 1) guards.push({ kind: 'repeated', releases: noisyBranches });
  }
  if (guarantee.kind === 'k-anonymity' && !variesSecrets(guarantee) && hasRole(descriptor, roles, 'sensitive')) {
    guards.push({ kind: 'diversity', k: guarantee.k });
  }
  return guards;
}

/** Whether the claim says anything of the sensitive values inside a group. */
const variesSecrets = ({ l, models = [] }: Extract<Guarantee, { kind: 'k-anonymity' }>): boolean =>
  (l?.value ?? 1) >= 2 || models.some((model) => model.type !== 'k-m' && columnOfModel(model) !== undefined);

/** Rows come from people (or their vehicles and homes): there is an id behind them, or columns that would point at one. */
const isPersonal = (descriptor: DatasetDescriptor): boolean =>
  descriptor.parts.entity !== undefined || descriptor.columns.some(({ role }) => role === 'identifier');

const hasRole = (descriptor: DatasetDescriptor, roles: RoleOverrides, wanted: Role): boolean =>
  descriptor.columns.some((column) => (roles[column.name]?.role ?? column.role) === wanted);
