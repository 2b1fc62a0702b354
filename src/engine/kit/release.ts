import type { GeneralizedCells } from '../table/hierarchy.ts';
import type { Table } from '../table/table.ts';
import type { LoadedDataset } from './dataset.ts';
import type { Guarantee, PrivacyEvent } from './guarantee.ts';
import type { Picture } from './picture.ts';
import type { Text } from './text.ts';

export type ReleaseKind = 'table' | 'answers' | 'reports' | 'model' | 'shares' | 'ciphertext';

/** What every release carries besides its content. */
export interface ReleaseBase {
  /** The data it was made from; metrics and attacks that model an outsider must not read `dataset.table`. */
  readonly dataset: LoadedDataset;
  readonly guarantee: Guarantee;
  /** Everything that was released with noise, for the one ledger. */
  readonly events: readonly PrivacyEvent[];
  /** What the family view draws. */
  readonly pictures: readonly Picture[];
  /** Findings of the method in plain words, with this run's numbers. */
  readonly notes: readonly Text[];
}

/** `rowOf` of a record that was drawn from a model and is nobody's. */
export const NO_ROW = 0xffffffff;

/** Whether a table's rows were drawn from a model: all of them are nobody's then, also after later steps. */
export const isSynthetic = ({ rowOf }: Pick<TableRelease, 'rowOf'>): boolean => rowOf[0] === NO_ROW;

/**
 * A released table. `rowOf[i]` is the source row of released row i (known to metrics only, never released), or `NO_ROW`. The
 * source rows a model was made of are all but the suppressed and the outside ones.
 */
export interface TableRelease extends ReleaseBase {
  readonly kind: 'table';
  readonly table: Table;
  readonly rowOf: Uint32Array;
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive: readonly string[];
  /** Source rows left out. */
  readonly suppressed: Uint32Array;
  /** Source rows of the population that were not drawn into the sample to be released. */
  readonly outside?: Uint32Array;
  /** Class number of each released row, when the method formed classes. */
  readonly classOf?: Uint32Array;
  /** Meaning of the labels of generalized columns, by column name (part of the release, like the labels). */
  readonly generalized?: Readonly<Record<string, GeneralizedCells>>;
}

/** Noisy answers to counting or sum queries over a grid of cells (row-major over `dims`). */
export interface AnswerSet {
  readonly id: string;
  /** What is in a cell: rows, a sum of values about the middle of their declared range, or a statistic of its own unit. */
  readonly of: 'counts' | 'sums' | 'values';
  readonly label: Text;
  readonly unit: string;
  readonly dims: readonly { readonly column: string; readonly label: Text; readonly levels: readonly string[] }[];
  readonly truth: Float64Array;
  readonly released: Float64Array;
  /** Half width of the 95 % noise interval of one cell, and the law it comes from. */
  readonly halfWidth95: number;
  readonly sensitivity: number;
  readonly scale: number;
  readonly sensitivityClass: 'high' | 'medium' | 'low';
}
export interface AnswersRelease extends ReleaseBase {
  readonly kind: 'answers';
  readonly answers: readonly AnswerSet[];
}

/** Locally randomized reports: `ones[b]` reports said yes for bucket b, out of `n`. */
export interface ReportsRelease extends ReleaseBase {
  readonly kind: 'reports';
  readonly buckets: readonly string[];
  readonly n: number;
  readonly ones: Float64Array;
  readonly truth: Float64Array;
  readonly estimate: Float64Array;
  /** 95 % half width of each estimate from the mechanism's variance. */
  readonly halfWidth95: Float64Array;
}

/** A trained model. Rows used for training and held out are kept so that membership attacks can be scored. */
export interface ModelRelease extends ReleaseBase {
  readonly kind: 'model';
  readonly weights: Float64Array;
  /** Standardised features, row-major, and labels, for the member and the non-member rows. */
  readonly members: Examples;
  readonly nonMembers: Examples;
  /** P(label = 1 | x) of the released model. */
  predict(features: Float64Array): Float64Array;
}
export interface Examples {
  readonly rows: number;
  readonly width: number;
  readonly features: Float64Array;
  readonly labels: Uint8Array;
}

/** Sums opened by a secure computation, beside what each party (or coalition) saw. */
export interface SharesRelease extends ReleaseBase {
  readonly kind: 'shares';
  readonly parties: readonly string[];
  readonly labels: readonly string[];
  readonly opened: Float64Array;
  readonly truth: Float64Array;
  /** Views of each party: the words it received, in order (uniform if the protocol is right). */
  readonly views: readonly Uint32Array[];
}

export interface CiphertextRelease extends ReleaseBase {
  readonly kind: 'ciphertext';
  readonly messages: number;
  readonly plainBytes: number;
  readonly cipherBytes: number;
  /** Cipher text without headers of a sample of messages, concatenated, for the eavesdropper's attack. */
  readonly sample: Uint8Array;
  readonly tamperedRejected: number;
  readonly tamperedTried: number;
}

export type Release = TableRelease | AnswersRelease | ReportsRelease | ModelRelease | SharesRelease | CiphertextRelease;
