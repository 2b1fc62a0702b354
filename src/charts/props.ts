/**
 * Props of every chart. Components take numbers and words, never store state, datasets or techniques.
 * `?: T | undefined` everywhere so that callers under exactOptionalPropertyTypes can pass a maybe-value.
 */
import type { ReactNode } from 'react';
import type { ChartWords } from './words.ts';

/** Any indexable run of numbers: `Float64Array`, `Uint32Array`, `number[]`. */
export type Numbers = ArrayLike<number>;

/** The four meanings, the truth, and everything not asked about. Each has its colour and its own second channel. */
export type Meaning = 'privacy' | 'risk' | 'utility' | 'cost' | 'truth' | 'neutral';

/** Shared by all charts: who it is for a reader, and how much chrome to show. */
export interface FrameProps {
  /** Accessible name; shown as heading when `chrome` is `full`. */
  readonly title: string;
  /** Accessible description: how to read the chart, in one sentence. */
  readonly description: string;
  /** One sentence computed from the data; shown under the title and read with the chart. */
  readonly finding?: ReactNode | undefined;
  /** `full` title + finding + export row; `quiet` only a small menu; `none` nothing visible (key T still works). */
  readonly chrome?: 'full' | 'quiet' | 'none' | undefined;
  /** Stem of exported file names. */
  readonly fileName?: string | undefined;
  /** Goes into the JSON export beside the numbers: configuration, seed, digest, provenance. */
  readonly provenance?: Readonly<Record<string, unknown>> | undefined;
  readonly words?: Partial<ChartWords> | undefined;
  /** BCP 47, for numbers. Default: the provider's. */
  readonly locale?: string | undefined;
  readonly className?: string | undefined;
}

/** One axis: label and unit are drawn; `better` draws the arrow. */
export interface AxisSpec {
  readonly label: string;
  readonly unit?: string | undefined;
  readonly better?: 'higher' | 'lower' | 'none' | undefined;
  readonly log?: boolean | undefined;
  /** Locked domain; otherwise from the data. */
  readonly domain?: readonly [number, number] | undefined;
  readonly format?: ((value: number) => string) | undefined;
}

export interface MapPlace {
  readonly id: string;
  readonly label: string;
  readonly lon?: number | undefined;
  readonly lat?: number | undefined;
}
export type MapRing = readonly (readonly number[])[];
/** The part of GeoJSON the map reads. `id` (or `properties.id`) matches a place id after String(). */
export interface MapFeature {
  readonly id?: string | number | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | null | undefined;
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: readonly MapRing[] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly MapRing[])[] };
}
export interface MapGeometry {
  readonly type: 'FeatureCollection';
  readonly features: readonly MapFeature[];
}
export type MapMode = 'true' | 'released' | 'difference';

export interface CityMapProps extends FrameProps {
  readonly places: readonly MapPlace[];
  /** Zones. Without it places are drawn as points at lon/lat. */
  readonly geometry?: MapGeometry | undefined;
  /** Shapes drawn as outline only behind the points (boroughs). */
  readonly outlines?: MapGeometry | undefined;
  /** Released value per place, same order as `places`; NaN = no data. */
  readonly values: Float64Array;
  /** True value per place; drawn and told only where the viewer is privileged. */
  readonly truth?: Float64Array | undefined;
  readonly mode: MapMode;
  /** 1 = the release says nothing about this place (hatch). */
  readonly suppressed?: Uint8Array | undefined;
  /** Locked colour domain. For `difference` the larger absolute end is used on both sides of 0. */
  readonly domain: readonly [number, number];
  /** Colour spacing of true/released. Default `sqrt`: counts have long tails; ticks in the legend stay exact. */
  readonly scale?: 'linear' | 'sqrt' | undefined;
  readonly unit: string;
  readonly measureLabel: string;
  /** 95 % half width of the released values: one for all, or one per place. */
  readonly halfWidth95?: number | Float64Array | undefined;
  readonly selected?: string | undefined;
  /** A person to ring, and the line shown in the card of that place. */
  readonly marked?: { readonly placeId: string; readonly note?: string | undefined } | undefined;
  readonly onSelect?: ((id: string | null) => void) | undefined;
  readonly onHover?: ((id: string | null) => void) | undefined;
  /** West, south, east, north that must be visible at the start; the rest of the city overflows around it. */
  readonly frame?: readonly [number, number, number, number] | undefined;
  /** Pixels kept free for panels drawn over the map: top, right, bottom, left. */
  readonly insets?: readonly [number, number, number, number] | undefined;
  /** Extra lines in the card of a place ("Why this number?"). */
  readonly cardExtra?: ((id: string) => ReactNode) | undefined;
  /** CSS height; default fills the parent. */
  readonly height?: string | undefined;
  readonly showLegend?: boolean | undefined;
}

/** Inclusive range of buckets; null = everything ("all day"). */
export type BucketRange = { readonly from: number; readonly to: number } | null;

export interface HourStripProps extends FrameProps {
  readonly released: Numbers;
  readonly truth?: Numbers | undefined;
  readonly halfWidth95?: number | Numbers | undefined;
  readonly suppressed?: Uint8Array | undefined;
  /** One label per bucket; default 0..n-1. */
  readonly labels?: readonly string[] | undefined;
  readonly unit: string;
  readonly measureLabel: string;
  readonly selected: BucketRange;
  readonly onSelect?: ((range: BucketRange) => void) | undefined;
  /** Name of the whole where the buckets are not hours of a day. */
  readonly allLabel?: string | undefined;
  /** Locked top of the scale. */
  readonly max?: number | undefined;
  readonly height?: number | undefined;
}

export interface DotPlotProps extends FrameProps {
  /** Values of equally likely possible releases (20-100), e.g. from `quantilesOf`. */
  readonly quantiles: Numbers;
  readonly truth?: number | undefined;
  /** The value released in this run. */
  readonly current?: number | undefined;
  readonly domain?: readonly [number, number] | undefined;
  readonly unit: string;
  readonly measureLabel?: string | undefined;
  /** "In 9 of 100 releases this zone ranks first." */
  readonly statement?: string | undefined;
  /** Dots at or beyond this value are ringed in risk colour. */
  readonly threshold?: { readonly value: number; readonly label: string; readonly side: 'above' | 'below' } | undefined;
  /** Draws for the hypothetical-outcome view; play button appears when given. */
  readonly outcomes?: Numbers | undefined;
  readonly height?: number | undefined;
}

export interface ScatterPoint {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly xLow?: number | undefined;
  readonly xHigh?: number | undefined;
  readonly yLow?: number | undefined;
  readonly yHigh?: number | undefined;
  readonly meaning?: Meaning | undefined;
}
export interface ScatterProps extends FrameProps {
  readonly points: readonly ScatterPoint[];
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** The configuration on the page: larger, always labelled, moves. */
  readonly currentId?: string | undefined;
  readonly onSelect?: ((id: string) => void) | undefined;
  readonly height?: number | undefined;
}

/** As `SizeHistogram` of the kit: `classes[i]` classes have exactly `size[i]` rows, ascending. */
export interface SizeCounts {
  readonly size: Numbers;
  readonly classes: Numbers;
}
export interface ClassHistogramProps extends FrameProps {
  readonly before: SizeCounts;
  readonly after: SizeCounts;
  readonly k: number;
  readonly onK?: ((k: number) => void) | undefined;
  readonly kMax?: number | undefined;
  readonly rows: number;
  readonly suppressedRows: number;
  readonly height?: number | undefined;
}

export interface BeforeAfterTableProps extends FrameProps {
  readonly columns: readonly string[];
  readonly before: readonly (readonly (string | number | null)[])[];
  /** null row = suppressed. */
  readonly after: readonly (readonly (string | number | null)[] | null)[];
  readonly maxRows?: number | undefined;
}

export interface Mark {
  readonly value: number;
  readonly label: string;
}
export interface MeterBarProps {
  readonly label: string;
  /** NaN = not yet known: an empty track. */
  readonly value: number;
  /** The value in words with its unit: "52 % found (50-54)". */
  readonly text: string;
  readonly domain?: readonly [number, number] | undefined;
  readonly log?: boolean | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly baseline?: Mark | undefined;
  readonly bound?: Mark | undefined;
  readonly meaning: Meaning;
  /** Line under the bar. Default: baseline and bound in words. */
  readonly note?: ReactNode | undefined;
  /** modelled = hatched instead of solid. */
  readonly provenance?: 'measured' | 'modelled' | undefined;
}

export interface SizeBarProps {
  readonly label: string;
  readonly parts: readonly {
    readonly id: string;
    readonly label: string;
    readonly value: number;
    readonly meaning?: Meaning | undefined;
    readonly text?: string | undefined;
  }[];
  /** Full width; default = sum. */
  readonly total?: number | undefined;
  readonly unit: string;
  readonly locale?: string | undefined;
}

export interface BudgetPart {
  readonly id: string;
  readonly label: string;
  /** 0..1; all parts sum to 1. */
  readonly share: number;
  /** "± 2.1 °C at ε 0.3". */
  readonly text?: string | undefined;
}
export interface BudgetBarProps extends FrameProps {
  readonly parts: readonly BudgetPart[];
  readonly total: number;
  /** Name of the total, e.g. "ε". */
  readonly unit: string;
  /** New shares in the order of `parts`; they sum to 1 exactly. */
  readonly onShares?: ((shares: readonly number[]) => void) | undefined;
  /** Keyboard and drag step, default 0.01. */
  readonly step?: number | undefined;
}

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}
export interface LineSeries {
  readonly id: string;
  readonly label: string;
  readonly meaning: Meaning;
  readonly points: readonly LinePoint[];
  readonly dashed?: boolean | undefined;
}
export interface LinesProps extends FrameProps {
  readonly series: readonly LineSeries[];
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** Horizontal dashed lines: central training, chance, bound. */
  readonly references?: readonly Mark[] | undefined;
  /** Vertical mark at the value set on the page. */
  readonly current?: number | undefined;
  readonly onCurrent?: ((x: number) => void) | undefined;
  readonly height?: number | undefined;
}
/** A line with band over a parameter; `x.log` defaults to true. */
export type SweepChartProps = LinesProps;

export interface RoundsChartProps extends FrameProps {
  readonly rounds: readonly {
    readonly round: number;
    readonly loss: number;
    readonly accuracy: number;
    readonly f1: number;
    readonly epsilon?: number | undefined;
    readonly updateNorms: Numbers;
    readonly bytes: number;
  }[];
  readonly clients: readonly { readonly id: string; readonly label: string; readonly rows: number }[];
  readonly central?: { readonly loss: number; readonly accuracy: number; readonly f1: number } | undefined;
  readonly majority?: { readonly accuracy: number } | undefined;
  readonly currentRound?: number | undefined;
  readonly onRound?: ((round: number) => void) | undefined;
}

export interface StreamChartProps extends FrameProps {
  readonly buckets: readonly string[];
  readonly truth?: Numbers | undefined;
  readonly estimate: Numbers;
  readonly halfWidth95: Numbers;
  readonly epochs: readonly {
    readonly epoch: number;
    readonly answers: number;
    readonly error: number;
    readonly runningError: number;
  }[];
  /** Unit of truth and estimate; default share. */
  readonly unit?: string | undefined;
}

export interface PartiesDiagramProps extends FrameProps {
  readonly parties: readonly string[];
  readonly messages: readonly {
    readonly from: number;
    readonly to: number;
    readonly round: number;
    readonly bytes: number;
    readonly what: string;
  }[];
  readonly labels: readonly string[];
  readonly seen: readonly { readonly party: number; readonly words: Uint32Array }[];
  readonly opened: Numbers;
  readonly truth?: Numbers | undefined;
  readonly modulus?: string | undefined;
  /** Round shown; default: all. */
  readonly round?: number | undefined;
  readonly onRound?: ((round: number | undefined) => void) | undefined;
}

export interface PacketsViewProps extends FrameProps {
  readonly plain: readonly string[];
  readonly cipherHex: readonly string[];
  readonly nonceHex: readonly string[];
  readonly plainBytes: number;
  readonly cipherBytes: number;
  readonly plainBytesShare: Numbers;
  readonly cipherBytesShare: Numbers;
  readonly maxPackets?: number | undefined;
}

export interface LatencyRow {
  readonly id: string;
  readonly label: string;
  readonly min: number;
  readonly avg: number;
  readonly p95: number;
  readonly kind: 'measured' | 'modelled';
  readonly n?: number | undefined;
}
export interface LatencyChartProps extends FrameProps {
  readonly rows: readonly LatencyRow[];
  /** Default ms. */
  readonly unit?: string | undefined;
  readonly log?: boolean | undefined;
}

export interface MiniHistogramProps {
  readonly label: string;
  readonly counts: Numbers;
  /** `counts.length + 1` bin edges, or one label per bin. */
  readonly edges?: Numbers | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly meaning?: Meaning | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}
