import { useMemo } from 'react';
import type { DatasetSummary } from '../../engine/kit/job.ts';
import type { MapPlace } from '../../charts/props.ts';
import { useViewStore, type HourRange } from '../../store/view-store.ts';
import { byHour, byPlace, halfWidthOf, heldBack, rangeOf, type Grid } from './grid.layout.ts';
import { hourOf, niceTop, peopleOf, placesOf, type Person } from './map-model.ts';
import type { Explore } from './use-explore.ts';

/** The map and the hour strip as numbers: everything the shared selection (zone, hours, person) leaves. */
export interface Scene {
  readonly summary: DatasetSummary;
  readonly grid: Grid;
  readonly places: readonly MapPlace[];
  readonly hours: HourRange;
  readonly zone: number | null;
  readonly truth: Float64Array;
  readonly released: Float64Array;
  readonly suppressed: Uint8Array | undefined;
  readonly hourTruth: Float64Array;
  readonly hourReleased: Float64Array;
  readonly top: number;
  /** 95 % half width of one place in the chosen hours, and of one hour of the chosen place (or of all). */
  readonly placeHalf: number | undefined;
  readonly hourHalf: number | undefined;
  readonly people: readonly Person[];
  readonly person: Person | undefined;
  readonly personHour: number | undefined;
}

export function useScene(explore: Explore): Scene | undefined {
  const hours = useViewStore((state) => state.hours);
  const zoneId = useViewStore((state) => state.zone);
  const personRow = useViewStore((state) => state.person);
  const { grid, released } = explore;
  const summary = explore.dataset.status === 'ok' ? explore.dataset.value : undefined;
  const places = useMemo(() => (grid === undefined ? [] : placesOf(grid, summary?.places)), [grid, summary?.places]);
  const people = useMemo(() => (summary === undefined ? [] : peopleOf(summary)), [summary]);
  const truthSide = useMemo(() => {
    if (grid === undefined) return undefined;
    const truth = byPlace(grid, grid.picture.truth, hours);
    return { truth, top: niceTop(truth), suppressed: heldBack(grid, hours) };
  }, [grid, hours]);
  const person = people.find((one) => one.row === personRow) ?? people[0];
  if (summary === undefined || grid === undefined || released === undefined || truthSide === undefined)
    return undefined;
  const zone = zoneId === null ? -1 : grid.places.indexOf(zoneId);
  const [from, to] = rangeOf(grid, hours);
  const noise = noiseOf(explore);
  return {
    summary,
    grid,
    places,
    hours,
    zone: zone < 0 ? null : zone,
    ...truthSide,
    released: byPlace(grid, released, hours),
    hourTruth: byHour(grid, grid.picture.truth, zone < 0 ? null : zone),
    hourReleased: byHour(grid, released, zone < 0 ? null : zone),
    placeHalf: halfWidthOf(noise, to - from + 1),
    hourHalf: halfWidthOf(noise, zone < 0 ? grid.places.length : 1),
    people,
    person,
    personHour: person === undefined ? undefined : hourOf(summary, person),
  };
}

/** Noise of one cell for the value on the slider: from the bank while it moves, else the release's own. */
function noiseOf({ bank, dial, preview, grid }: Explore): NonNullable<Grid['picture']['noise']> | undefined {
  if (!preview || bank === null || dial === undefined) return grid?.picture.noise;
  const scale = bank.factor / dial.value;
  return { law: 'laplace', scale, halfWidth95: scale * bank.unitHalfWidth95 };
}
