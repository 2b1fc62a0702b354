/**
 * Syntactic privacy models as plain data: what a solved lattice is asked for, what a release promises, what the
 * independent checker re-proves. A class that breaks one of them is suppressed whole (full-domain search) or not formed
 * (local recoding). Definitions and bounds: anonymization/models/*.ts, one file a model.
 */
export type PrivacyModel =
  | { readonly type: 'k-anonymity'; readonly k: number }
  /** Every class has at least k rows in the population table (k-map). */
  | { readonly type: 'k-map'; readonly k: number }
  /** Share of a population cell that is in the release lies in [min, max]; cells without a released row have share 0. */
  | { readonly type: 'delta-presence'; readonly min: number; readonly max: number }
  | { readonly type: 'distinct-l'; readonly column: string; readonly l: number }
  | { readonly type: 'entropy-l'; readonly column: string; readonly l: number }
  | { readonly type: 'recursive-cl'; readonly column: string; readonly c: number; readonly l: number }
  | {
      readonly type: 't-closeness';
      readonly column: string;
      readonly t: number;
      readonly distance: 'equal' | 'ordered' | 'hierarchical';
    }
  /** |log2(q / p)| < delta for every value that occurs in the class. */
  | { readonly type: 'delta-disclosure'; readonly column: string; readonly delta: number }
  | { readonly type: 'basic-beta'; readonly column: string; readonly beta: number }
  | { readonly type: 'enhanced-beta'; readonly column: string; readonly beta: number }
  /** No sensitive value takes more than the share alpha of a class, and classes have k rows. */
  | { readonly type: 'alpha-k'; readonly column: string; readonly alpha: number; readonly k: number }
  /** Every combination of at most m items of a set-valued column occurs in at least k records, or in none. */
  | {
      readonly type: 'k-m';
      readonly column: string;
      readonly k: number;
      readonly m: number;
      /** Between the items of one label; absent: a label is one item. */
      readonly separator?: string;
      /** Column of the source whose values say which rows are one record; absent: every row is one. */
      readonly records?: string;
    };

/** Sensitive column a model speaks about, if it has one. */
export const columnOfModel = (model: PrivacyModel): string | undefined =>
  'column' in model ? model.column : undefined;
