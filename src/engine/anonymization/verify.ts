import { claimedModels, type Guarantee } from '../kit/guarantee.ts';
import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import type { ModelCheck } from './verify-check.ts';
import { checkModels } from './verify-models.ts';
import { worded } from './verify-words.ts';

/**
 * Re-proves every model of a syntactic claim on the released table alone (verify-models.ts), and that every source row
 * is accounted for. Independent of the methods: their groupings, criteria and class numbers are not used.
 * @returns the violations found; none = the claim holds
 */
export function verifyClasses(release: Release, guarantee: Guarantee): readonly Text[] {
  if (guarantee.kind !== 'k-anonymity') return [];
  if (release.kind !== 'table') {
    return [
      text(
        'k-anonymity was claimed for something that is no table',
        'se prometió k-anonimato de algo que no es una tabla',
      ),
    ];
  }
  const checks = checkModels(release, claimedModels(guarantee));
  return [...lostRows(release, guarantee), ...checks.filter((check) => !check.holds).map(worded)];
}

/** Smallest class and fewest sensitive values in any class of a released table, by the same independent count. */
export function achievedClasses(
  release: TableRelease,
  sensitive?: string,
): { readonly k: number; readonly l: number; readonly classes: number } {
  const models: PrivacyModel[] = [{ type: 'k-anonymity', k: 1 }];
  if (sensitive !== undefined) models.push({ type: 'distinct-l', column: sensitive, l: 1 });
  const [size, values] = checkModels(release, models);
  return { k: size?.worst ?? 0, l: values?.worst ?? 0, classes: size?.classes ?? 0 };
}

/**
 * Rows may be left out, but each source row is either released once, listed as suppressed, or outside of a sample of the
 * population. Where a claim compares with the population, the last need not be listed.
 */
export function lostRows(release: TableRelease, guarantee: Guarantee): readonly Text[] {
  const total = release.dataset.table.rows;
  const sampled = claimedModels(guarantee).some(({ type }) => type === 'k-map' || type === 'delta-presence');
  const seen = new Uint8Array(total);
  let twice = 0;
  for (const rows of [release.rowOf, release.suppressed, release.outside ?? []]) {
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      if (seen[row] === 1) twice += 1;
      seen[row] = 1;
    }
  }
  let lost = 0;
  if (!sampled) for (let row = 0; row < total; row += 1) if (seen[row] === 0) lost += 1;
  if (lost + twice === 0) return [];
  return [
    text(
      `${lost} source rows are neither released nor listed as suppressed, ${twice} appear twice`,
      `${lost} filas de origen no están publicadas ni en la lista de suprimidas, ${twice} aparecen dos veces`,
    ),
  ];
}

export type { ModelCheck };
