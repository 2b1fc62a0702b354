import type { LossLaw } from './loss-law.ts';
import type { PrivacyModel } from './privacy-model.ts';

/** A claim as data. `none` says plainly that no formal guarantee is made. */
export type Guarantee =
  | { readonly kind: 'none'; readonly why: string }
  | {
      readonly kind: 'dp';
      readonly epsilon: number;
      readonly delta: number;
      readonly neighbours: Neighbours;
      /** Whose presence is hidden: `trip`, `vehicle`, `person`, `report`... */
      readonly unit: string;
      readonly model: 'central' | 'local' | 'shuffle';
    }
  | {
      readonly kind: 'k-anonymity';
      readonly k: number;
      readonly l?: { readonly value: number; readonly column: string };
      /** Further syntactic models promised beside k (and distinct l). */
      readonly models?: readonly PrivacyModel[];
    }
  | {
      readonly kind: 'secret-sharing';
      readonly parties: number;
      readonly corrupted: number;
      readonly adversary: 'semi-honest' | 'malicious';
    }
  | { readonly kind: 'encryption'; readonly cipher: string; readonly bits: number };

/** All models of a syntactic claim: k (1 promises nothing), distinct l, and the further ones. */
export function claimedModels(guarantee: Guarantee): readonly PrivacyModel[] {
  if (guarantee.kind !== 'k-anonymity') return [];
  const { k, l, models = [] } = guarantee;
  return [
    { type: 'k-anonymity', k },
    ...(l === undefined ? [] : [{ type: 'distinct-l', column: l.column, l: l.value } as const]),
    ...models,
  ];
}

/** Neighbouring relation of a differential-privacy claim. */
export type Neighbours = 'add-remove' | 'replace-one' | 'unbounded-user';

/** One thing that was released with noise, as the ledger and the accountants read it. */
export interface PrivacyEvent {
  readonly what: string;
  readonly on: string;
  readonly mechanism: string;
  readonly epsilon: number;
  readonly delta: number;
  readonly neighbours: Neighbours;
  readonly unit: string;
  readonly sensitivity: number;
  /** Scale of the noise in the mechanism's own parameter (Laplace b, Gaussian sigma...). */
  readonly scale?: number;
  /** The exact law of the loss, where the mechanism has one; else accountants know epsilon and delta alone. */
  readonly law?: LossLaw;
  /** How often this was released with fresh noise (1 when absent); epsilon and delta are those of one. */
  readonly count?: number;
  /** Events of one group act on disjoint partitions: they compose in parallel (largest), groups sequentially (sum). */
  readonly parallelGroup?: string;
}
