import { unsupported } from '../../kit/errors.ts';
import type { CountedLaw } from '../../kit/loss-law.ts';
import type { Text } from '../../kit/text.ts';

/** Proven bounds of everything `laws` tell together, from their composed privacy-loss distribution. */
export interface Composed {
  /** Width of a cell of loss in use, at most the one asked for unless memory forbids; 0 for a closed form. */
  readonly grid: number;
  /** Least epsilon >= 0 proven for that delta; infinite where an event of certain loss is likelier than delta. */
  epsilonUpper(delta: number): number;
  /** No smaller epsilon is true for that delta. */
  epsilonLower(delta: number): number;
  deltaUpper(epsilon: number): number;
  deltaLower(epsilon: number): number;
}

/** Why these laws have no privacy-loss distribution, or undefined where they do. */
export function pldUnsupported(_laws: readonly CountedLaw[]): Text | undefined {
  return undefined;
}

/**
 * The laws composed on a grid of that width (units of loss).
 * @throws unsupported for laws without a privacy-loss distribution (see `pldUnsupported`); invalid-param for bad laws.
 */
export function composedPld(_laws: readonly CountedLaw[], _grid: number): Composed {
  throw unsupported('not built yet');
}
