import type { DatasetDescriptor, PlaceTable } from '../../src/engine/kit/dataset.ts';
import type { Ctx } from '../../src/engine/kit/context.ts';
import type { Problem } from '../../src/engine/kit/errors.ts';
import type { Text } from '../../src/engine/kit/text.ts';
import type { Column } from '../../src/engine/table/table.ts';
import type { ProblemList } from './problems.ts';

/**
 * Vocabulary of the readers. A file is first sniffed (`Sniff`), the best `Format` of list.ts turns it into a `FilePlan`
 * (which source field becomes which typed column), a scanner fills the columns, and `finish` derives what needs whole
 * columns (zones from coordinates, sentinels, time zones).
 */

export type FieldKind = 'integer' | 'number' | 'time' | 'category';

/** How a time is written in a file. `clock` is a time of day without a date: readable only once a date is chosen. */
export type TimeFormat = 'iso' | 'dmy' | 'mdy' | 'epoch-ms' | 'epoch-s' | 'clock';

export interface FieldPlan {
  /** Position of the field in the file's header. */
  readonly source: number;
  readonly column: string;
  readonly kind: FieldKind;
  /** A row whose required field is missing or unreadable is left out and listed. */
  readonly required?: boolean;
  readonly time?: TimeFormat;
  /** `local`: wall clock of the city kept as if UTC; `utc`: true instants. */
  readonly zone?: 'local' | 'utc';
  /** Milliseconds of midnight added to `clock` times. */
  readonly dayMs?: number;
  /** Label of a raw level; undefined = a missing value. Applied once per distinct level, not per row. */
  readonly level?: (raw: string) => string | undefined;
  /** Levels that come first, in this order, whether they occur or not (place ids, payment kinds). */
  readonly levels?: readonly string[];
  /** An integer field that may turn out to hold decimals (detected types only). */
  readonly mayWiden?: boolean;
}

/** What a column of the file is known to hold before it is read (Parquet only). */
export type SourceTime = 'instant' | 'wall-clock' | undefined;

/** What is known of a file before reading it all. */
export interface Sniff {
  readonly kind: 'delimited' | 'parquet' | 'json';
  readonly file: string;
  readonly header: readonly string[];
  /** Header names lower-case without anything but letters and digits: what formats match on. */
  readonly keys: readonly string[];
  /** Rows from several places of the file; null = empty. */
  readonly sample: readonly (readonly (string | null)[])[];
  readonly sourceTimes?: readonly SourceTime[];
  /** Name of the JSON envelope a record list was found in (`resources`, `ngsi`, `RawAQData`...). */
  readonly envelope?: string;
}

/** Columns under construction, handed to `finish`. */
export interface Draft {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Places of the file's own place ids, in the order of the place column's levels. */
  readonly places?: PlaceTable;
}

export interface FinishTools {
  readonly ctx: Ctx;
  readonly problems: ProblemList;
  readonly decide: (decision: Text) => void;
  readonly warn: (warning: Problem) => void;
  readonly placesOf?: ((id: string) => Promise<PlaceTable>) | undefined;
}

export interface FilePlan {
  readonly descriptor: DatasetDescriptor;
  readonly fields: readonly FieldPlan[];
  readonly decisions: readonly Text[];
  readonly warnings: readonly Problem[];
  readonly finish?: (draft: Draft, tools: FinishTools) => Promise<Draft>;
}

/** A real format: one row of list.ts. */
export interface Format {
  readonly id: string;
  readonly label: Text;
  /** 0 = not this format; the highest score wins; 1 is an exact header. */
  readonly matches: (sniff: Sniff) => number;
  readonly plan: (sniff: Sniff, choices: Readonly<Record<string, string>>) => FilePlan;
}

export interface ReadOptions {
  readonly choices?: Readonly<Record<string, string>> | undefined;
  /** At most so many rows are kept (the first ones). */
  readonly limit?: number | undefined;
  readonly ctx: Ctx;
  readonly placesOf?: ((id: string) => Promise<PlaceTable>) | undefined;
}

/** Header name reduced to letters and digits: "Trip_type " and "trip type" are one name, "pm2.5" is "pm25". */
export const keyOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
