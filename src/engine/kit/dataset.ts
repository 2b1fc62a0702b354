import type { Table } from '../table/table.ts';
import type { Hierarchy } from '../table/hierarchy.ts';
import type { Problem } from './errors.ts';
import type { Text } from './text.ts';

export type CityId = 'nyc' | 'santander' | 'london' | 'departments' | 'file';
export type Role = 'identifier' | 'quasi-identifier' | 'sensitive' | 'other';
export type Sensitivity = 'high' | 'medium' | 'low';

/** How a column can be coarsened; see table/ladders.ts. */
export type Ladder =
  | { readonly kind: 'time' }
  /** Place ids coarsened by the dataset's place table (zone -> borough -> city). */
  | { readonly kind: 'place' }
  /** Nested intervals: widths ascending, each a multiple of the one before, starting at `origin`. */
  | { readonly kind: 'interval'; readonly origin: number; readonly widths: readonly number[] }
  /** Masking characters from the right. */
  | { readonly kind: 'mask' }
  /** Straight to "*". */
  | { readonly kind: 'suppress' };

export interface ColumnDescriptor {
  readonly name: string;
  readonly label: Text;
  readonly type: 'number' | 'integer' | 'time' | 'category';
  readonly unit?: string;
  readonly role: Role;
  readonly sensitivity: Sensitivity;
  /** Declared range: the clipping range of differential privacy. Never read from the data. */
  readonly bounds?: readonly [number, number];
  readonly ladder?: Ladder;
  readonly note?: Text;
}

/** Which columns play the page's parts. Absent = the part is disabled and the page says why. */
export interface DatasetParts {
  /** Place column drawn on the map (origin of a trip, sensor, site). */
  readonly place?: string;
  readonly destination?: string;
  readonly time?: string;
  /** Numeric column mapped when a value, not a count, is of interest (speed, NO2, occupancy). */
  readonly measure?: string;
  /** Id of the person, vehicle or household behind a row: needed for unicity of p points and per-person privacy. */
  readonly entity?: string;
  /** Sensitive value an attacker wants to infer. */
  readonly secret?: string;
}

export interface DatasetDescriptor {
  readonly id: string;
  readonly city: CityId;
  readonly label: Text;
  readonly summary: Text;
  readonly origin: 'synthetic' | 'real';
  /** What the synthetic rows are calibrated on, or where a real file comes from. */
  readonly calibration: Text;
  readonly licence: string;
  readonly source: string;
  /** Where the real files are published, and what to drop on the page. */
  readonly portal: { readonly url: string; readonly label: Text };
  /** One row is one ... ; and the unit privacy is promised for. */
  readonly rowUnit: string;
  readonly privacyUnit: string;
  readonly columns: readonly ColumnDescriptor[];
  readonly parts: DatasetParts;
  readonly rows: { readonly default: number; readonly min: number; readonly max: number };
  /** Id of the place table and geometry (datasets/places.ts), if rows have a place. */
  readonly places?: string;
  /** Stated assumptions of the generator (trips per traveller, home and work anchors...). */
  readonly assumptions: readonly Text[];
}

/** Places of a dataset: the levels of its place column in order, with coordinates (WGS84) and coarser names. */
export interface PlaceTable {
  readonly id: string;
  readonly places: readonly Place[];
  /** Names of the coarser levels, finest first: e.g. ["borough", "city"]. */
  readonly coarser: readonly string[];
  /** URL of simplified polygons (GeoJSON features whose `id` is the place id); absent for points. */
  readonly geometry?: URL;
  /** URL of polygons drawn as outline behind points (boroughs, zones); their ids are not place ids. */
  readonly outline?: URL;
}

export interface Place {
  readonly id: string;
  readonly label: string;
  readonly lon?: number;
  readonly lat?: number;
  /** Label at each coarser level. */
  readonly parents: readonly string[];
}

/** A dataset in memory, inside a worker. */
export interface LoadedDataset {
  readonly descriptor: DatasetDescriptor;
  readonly table: Table;
  readonly places?: PlaceTable;
  /** User-supplied hierarchies by column; others are built from the ladders on demand. */
  readonly hierarchies: Readonly<Record<string, Hierarchy>>;
  /** Hex digest of the columns' bytes: part of every result's key. */
  readonly checksum: string;
  readonly report: IntakeReport;
}

/** What reading (or generating) the data brought to light; nothing is dropped silently. */
export interface IntakeReport {
  readonly format: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly problems: readonly RowProblem[];
  /** Problems beyond the listed ones, by reason. */
  readonly problemCounts: Readonly<Record<string, number>>;
  /** Decisions taken for the file (date order, time zone, separator...), each in a sentence. */
  readonly decisions: readonly Text[];
  readonly warnings: readonly Problem[];
}

export interface RowProblem {
  readonly line: number;
  readonly column?: string;
  readonly reason: string;
  readonly text?: string;
}
