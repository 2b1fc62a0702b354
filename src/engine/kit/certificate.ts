import type { ParamRecord } from './params.ts';
import type { PrivacyModel } from './privacy-model.ts';
import type { Text } from './text.ts';

export const CERTIFICATE_SCHEMA = 'epsilon-city-certificate/1';

/** How a release was made: what the release itself does not say. */
export interface Making {
  readonly steps: readonly { readonly id: string; readonly version: number; readonly params: ParamRecord }[];
  readonly seed: number;
}

/** One model, as the independent checker found it. */
export interface ProvedClaim {
  readonly model: PrivacyModel;
  readonly holds: boolean;
  /** Number of the class that comes off worst; null where it is infinite or there is none. */
  readonly achieved: number | null;
  readonly classesChecked: number;
  readonly classesBroken: number;
  /** Violation, or why it could not be re-proved. */
  readonly why?: Text;
}

/** What was claimed of a released table and what of it was re-proved, as plain JSON. */
export interface Certificate {
  readonly schema: typeof CERTIFICATE_SCHEMA;
  readonly dataset: { readonly id: string; readonly checksum: string; readonly rows: number };
  readonly steps: Making['steps'];
  readonly seed: number;
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive: readonly string[];
  readonly claims: readonly ProvedClaim[];
  readonly released: { readonly rows: number; readonly columns: readonly string[]; readonly digest: string };
  readonly suppressed: { readonly rows: number; readonly digest: string; readonly list?: readonly number[] };
  /** Every source row is released once or listed as suppressed. */
  readonly accounted: boolean;
  /** All claims hold and all rows are accounted for. */
  readonly holds: boolean;
  readonly notProved: readonly Text[];
  /** SHA-256 of the canonical JSON of all other members. Finds damage; it is no signature. */
  readonly digest: string;
}
