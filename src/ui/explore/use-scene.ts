import { useMemo } from 'react';
import type { DatasetSummary } from '../../engine/kit/job.ts';
import type { Text } from '../../engine/kit/text.ts';
import type { MapPlace } from '../../charts/props.ts';
import { useViewStore, type HourRange, type MapWhat } from '../../store/view-store.ts';
import { byHour, byPlace, halfWidthOf, heldBack, rangeOf, type Grid } from './grid.layout.ts';
import { hourOf, niceTop, peopleOf, placesOf, type Person } from './map-model.ts';
import type { Explore } from './use-explore.ts';
import { isSensor } from './words.ts';
import { bankNoise, highest, releasedMeans, trueMeans, usualHalf, valueDomain, type Values } from './values.layout.ts';

/** What is on the map and in the strip, per place and per hour: counts, or means of a measured value. */
interface Shown {
  readonly truth: Float64Array;
  readonly released: Float64Array;
  readonly suppressed: Uint8Array | undefined;
  /** 95 % half width of one place in the chosen hours, and of one hour of the chosen place (or of all). */
  readonly placeHalf: number | Float64Array | undefined;
  readonly hourTruth: Float64Array;
  readonly hourReleased: Float64Array;
  readonly hourSuppressed: Uint8Array | undefined;
  readonly hourHalf: number | Float64Array | undefined;
}

/** The map and the hour strip as numbers: everything the shared selection (zone, hours, person) leaves. */
export interface Scene extends Shown {
  readonly summary: DatasetSummary;
  readonly grid: Grid;
  readonly places: readonly MapPlace[];
  readonly hours: HourRange;
  readonly zone: number | null;
  /** Counts or values; whether the other can be had too. */
  readonly what: MapWhat;
  readonly values: Values | undefined;
  readonly label: Text;
  /** Unit of what is shown: the thing counted, or the value's own. */
  readonly unit: string;
  /** Colour scale. */
  readonly domain: readonly [number, number];
  /** The place the page speaks about: the chosen one, the person's, or the highest value. -1 = none. */
  readonly focus: number;
  readonly focusHalf: number | undefined;
  readonly people: readonly Person[];
  readonly person: Person | undefined;
  readonly personHour: number | undefined;
}

export function useScene(explore: Explore): Scene | undefined {
  const hours = useViewStore((state) => state.hours);
  const zoneId = useViewStore((state) => state.zone);
  const personRow = useViewStore((state) => state.person);
  const wanted = useViewStore((state) => state.mapWhat);
  const { grid, released, values, releasedSums } = explore;
  const summary = explore.dataset.status === 'ok' ? explore.dataset.value : undefined;
  const places = useMemo(() => (grid === undefined ? [] : placesOf(grid, summary?.places)), [grid, summary?.places]);
  const people = useMemo(() => (summary === undefined ? [] : peopleOf(summary)), [summary]);
  const what = values !== undefined && releasedSums !== undefined ? wanted : 'counts';
  const domain = useMemo((): readonly [number, number] => {
    if (what === 'values' && values !== undefined) return domainOf(values, hours);
    return [0, grid === undefined ? 1 : niceTop(byPlace(grid, grid.picture.truth, hours))];
  }, [grid, values, what, hours]);
  const person = people.find((one) => one.row === personRow) ?? people[0];
  if (summary === undefined || grid === undefined || released === undefined) return undefined;
  const at = zoneId === null ? -1 : grid.places.indexOf(zoneId);
  const zone = at < 0 ? null : at;
  const shown =
    what === 'values' && values !== undefined && releasedSums !== undefined
      ? valuesShown(explore, values, released, releasedSums, hours, zone)
      : countsShown(explore, grid, released, hours, zone);
  const hasPeople = !isSensor(summary.descriptor);
  const ringed = hasPeople || what === 'counts' ? grid.places.indexOf(person?.place ?? '') : -1;
  // The highest value that is no broken sensor's.
  const focus = zone ?? (ringed >= 0 ? ringed : highest(shown.truth, what === 'values' ? domain[1] : Infinity));
  const half = typeof shown.placeHalf === 'object' ? shown.placeHalf[focus] : shown.placeHalf;
  return {
    ...shown,
    summary,
    grid,
    places,
    hours,
    zone,
    what,
    values,
    label: what === 'values' && values !== undefined ? values.label : grid.picture.label,
    unit: what === 'values' && values !== undefined ? values.unit : grid.picture.unit,
    domain,
    focus,
    focusHalf: Number.isNaN(half) ? undefined : half,
    people,
    person,
    personHour: person === undefined ? undefined : hourOf(summary, person),
  };
}

/** How many cells one place has in the chosen hours. */
export function cellsOf(grid: Grid, hours: HourRange): number {
  const [from, to] = rangeOf(grid, hours);
  return to - from + 1;
}

function countsShown(
  explore: Explore,
  grid: Grid,
  released: Float64Array,
  hours: HourRange,
  zone: number | null,
): Shown {
  const noise = noiseOf(explore);
  return {
    truth: byPlace(grid, grid.picture.truth, hours),
    released: byPlace(grid, released, hours),
    suppressed: heldBack(grid, hours),
    placeHalf: halfWidthOf(noise, cellsOf(grid, hours)),
    hourTruth: byHour(grid, grid.picture.truth, zone),
    hourReleased: byHour(grid, released, zone),
    hourSuppressed: undefined,
    hourHalf: halfWidthOf(noise, zone === null ? grid.places.length : 1),
  };
}

function meansOfTruth(values: Values, hours: HourRange) {
  const { grid, sums } = values;
  return { truth: trueMeans(values, byPlace(grid, sums.truth, hours), byPlace(grid, grid.picture.truth, hours)) };
}

/** Rests while the slider moves: by the truth and the release last computed. */
function domainOf(values: Values, hours: HourRange): readonly [number, number] {
  const { grid, sums } = values;
  const means = releasedMeans(
    values,
    byPlace(grid, sums.released, hours),
    byPlace(grid, grid.picture.released, hours),
    { sums: sums.noise, rows: grid.picture.noise },
    cellsOf(grid, hours),
  );
  return valueDomain(meansOfTruth(values, hours).truth, usualHalf(means));
}

function valuesShown(
  explore: Explore,
  values: Values,
  rows: Float64Array,
  sums: Float64Array,
  hours: HourRange,
  zone: number | null,
): Shown {
  const { grid } = values;
  const { bank, dial, preview } = explore;
  const noise =
    preview && bank !== null && dial !== undefined
      ? bankNoise(bank, dial.value)
      : { sums: values.sums.noise, rows: grid.picture.noise };
  const place = releasedMeans(
    values,
    byPlace(grid, sums, hours),
    byPlace(grid, rows, hours),
    noise,
    cellsOf(grid, hours),
  );
  const hour = releasedMeans(
    values,
    byHour(grid, sums, zone),
    byHour(grid, rows, zone),
    noise,
    zone === null ? grid.places.length : 1,
  );
  return {
    ...meansOfTruth(values, hours),
    released: place.mean,
    suppressed: place.suppressed,
    placeHalf: place.half,
    hourTruth: trueMeans(values, byHour(grid, values.sums.truth, zone), byHour(grid, grid.picture.truth, zone)),
    hourReleased: hour.mean,
    hourSuppressed: hour.suppressed,
    hourHalf: hour.half,
  };
}

/** Noise of one cell for the value on the slider: from the bank while it moves, else the release's own. */
function noiseOf({ bank, dial, preview, grid }: Explore): NonNullable<Grid['picture']['noise']> | undefined {
  if (!preview || bank === null || dial === undefined) return grid?.picture.noise;
  return bankNoise(bank, dial.value).rows;
}
