import type { Guarantee } from './guarantee.ts';
import type { TableRelease } from './release.ts';

/**
 * The claim of differential privacy a method may make about a table it was handed. None where an earlier step chose rows
 * or groups by looking at the data (small classes left out, groups cut): one row can then change many others, more than
 * the noise hides (a preprocessing step must itself be stable: McSherry, 2009, "Privacy integrated queries").
 */
export function claimAfter(
  input: Pick<TableRelease, 'guarantee' | 'suppressed'>,
  claim: Extract<Guarantee, { kind: 'dp' }>,
): Guarantee {
  if (input.guarantee.kind !== 'k-anonymity' && input.suppressed.length === 0) return claim;
  return {
    kind: 'none',
    why: 'an earlier step chose rows or groups by looking at the data, so one row can change more than the noise hides; put this step before it',
  };
}
