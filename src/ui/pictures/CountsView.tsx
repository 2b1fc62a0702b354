import { useMemo, useState } from 'react';
import { CityMap } from '../../charts/CityMap.tsx';
import { NYC_FRAME } from '../../charts/city-map.layout.ts';
import { HourStrip } from '../../charts/HourStrip.tsx';
import type { DatasetSummary } from '../../engine/kit/job.ts';
import type { CountsPicture } from '../../engine/kit/picture.ts';
import { selectHours, selectZone, setMapMode, useViewStore, type MapMode } from '../../store/view-store.ts';
import { gridOf, halfWidthOf, heldBack, type Grid } from '../explore/grid.layout.ts';
import { niceTop, placesOf } from '../explore/map-model.ts';
import { valueDomain } from '../explore/values.layout.ts';
import { useText } from '../i18n/use-text.ts';
import { Segmented } from '../parts/controls.tsx';
import { useGeometry } from '../use-geometry.ts';
import { hourly, isMean, placely } from './counts.layout.ts';
import { pictureWords as words } from './words.ts';

export interface CountsViewProps {
  readonly picture: CountsPicture;
  readonly summary: DatasetSummary;
  /** Cells to draw instead of the picture's own: what a slider's preview answers. */
  readonly released?: Float64Array | undefined;
  readonly noise?: CountsPicture['noise'] | undefined;
  readonly provenance?: Readonly<Record<string, unknown>> | undefined;
}

/** Counts on a map with their hours; counts without a place as a strip of their first dimension. */
export function CountsView(props: CountsViewProps) {
  const { picture, summary } = props;
  const grid = useMemo(() => gridOf([picture], summary.descriptor.parts), [picture, summary]);
  return grid === undefined ? <Strip {...props} /> : <MapAndHours {...props} grid={grid} />;
}

/** Colour scale that the true counts of every place fit in; the common one of several pictures is their largest. */
export function placeTop(picture: CountsPicture, summary: DatasetSummary): number {
  const grid = gridOf([picture], summary.descriptor.parts);
  return grid === undefined ? 1 : niceTop(placely(grid, picture.truth, null));
}

function MapAndHours(props: CountsViewProps & { readonly grid: Grid }) {
  const { grid, picture } = props;
  const { t, tx, unit } = useText();
  const mode = useViewStore((state) => (state.peek ? 'true' : state.mapMode));
  const hours = useViewStore((state) => state.hours);
  const zoneId = useViewStore((state) => state.zone);
  const zone = zoneId === null ? -1 : grid.places.indexOf(zoneId);
  const released = props.released ?? picture.released;
  const noise = props.noise ?? picture.noise;
  const of = zone < 0 ? null : zone;
  return (
    <div className="counts-view">
      <div className="row">
        <Segmented
          label={t('explore.mapMode')}
          value={mode}
          options={(['true', 'released', 'difference'] as const).map((value) => ({
            value,
            label: t(`explore.${value}`),
          }))}
          onChange={setMapMode}
        />
      </div>
      <PlaceMap {...props} mode={mode} height="420px" />
      {grid.hours > 1 && (
        <HourStrip
          chrome="quiet"
          title={t('explore.hourTitle')}
          description={tx(words.stripHint)}
          released={hourly(grid, released, of)}
          truth={hourly(grid, picture.truth, of)}
          halfWidth95={halfWidthOf(noise, of === null ? grid.places.length : 1)}
          labels={grid.hourLabels}
          unit={unit(picture.unit, 2)}
          measureLabel={tx(picture.label)}
          selected={hours}
          onSelect={selectHours}
          height={92}
        />
      )}
    </div>
  );
}

export interface PlaceMapProps extends CountsViewProps {
  readonly mode: MapMode;
  readonly height: string;
  /** Locked scales, for maps side by side: top of the counts, and of the difference. */
  readonly top?: number | undefined;
  readonly span?: number | undefined;
  /** Title in place of the picture's own. */
  readonly title?: string | undefined;
  readonly showLegend?: boolean | undefined;
}

/** One map of a counts picture in the chosen hours; nothing where the picture has no place. */
export function PlaceMap(props: PlaceMapProps) {
  const { picture, summary, mode } = props;
  const { tx, unit } = useText();
  const hours = useViewStore((state) => state.hours);
  const zone = useViewStore((state) => state.zone);
  const geometry = useGeometry(summary.geometry);
  const outlines = useGeometry(summary.outline);
  const grid = useMemo(() => gridOf([picture], summary.descriptor.parts), [picture, summary]);
  const places = useMemo(() => (grid === undefined ? [] : placesOf(grid, summary.places)), [grid, summary.places]);
  const truth = useMemo(
    () => (grid === undefined ? new Float64Array() : placely(grid, picture.truth, hours)),
    [grid, picture, hours],
  );
  const cells = props.released ?? picture.released;
  const released = useMemo(
    () => (grid === undefined ? new Float64Array() : placely(grid, cells, hours)),
    [grid, cells, hours],
  );
  if (grid === undefined || (summary.geometry !== undefined && geometry === undefined)) return null;
  const span = props.span ?? largestGap(truth, released);
  const shown = hours === null || grid.hours === 1 ? grid.hours : hours.to - hours.from + 1;
  const when =
    hours === null || grid.hours === 1
      ? tx(words.allDay)
      : tx(words.hours, { from: grid.hourLabels[hours.from] ?? String(hours.from), to: String(hours.to + 1) });
  const { descriptor } = summary;
  return (
    <CityMap
      chrome="quiet"
      title={props.title ?? `${tx(picture.label)}, ${when}`}
      description={tx(words.mapHint)}
      places={places}
      geometry={geometry}
      outlines={outlines}
      values={released}
      truth={truth}
      mode={mode}
      suppressed={heldBack(grid, hours)}
      domain={
        mode === 'difference' ? [-span, span] : isMean(picture) ? valueDomain(truth) : [0, props.top ?? niceTop(truth)]
      }
      {...(isMean(picture) && mode !== 'difference' ? { scale: 'linear' as const } : {})}
      unit={unit(picture.unit, 2)}
      measureLabel={tx(picture.label)}
      halfWidth95={halfWidthOf(props.noise ?? picture.noise, shown)}
      selected={zone ?? undefined}
      onSelect={selectZone}
      frame={descriptor.places === 'nyc-zones' ? NYC_FRAME : undefined}
      height={props.height}
      showLegend={props.showLegend ?? true}
      fileName={`${descriptor.id}-map`}
      provenance={props.provenance}
    />
  );
}

/** Largest difference between two runs of numbers, at least 1. */
export function largestGap(truth: Float64Array, released: Float64Array): number {
  let span = 1;
  for (let i = 0; i < truth.length; i += 1) {
    const gap = Math.abs((released[i] as number) - (truth[i] as number));
    if (gap > span) span = gap;
  }
  return span;
}

/** Counts along their first dimension, summed over the others. */
function Strip({ picture, released }: CountsViewProps) {
  const { t, tx, unit } = useText();
  const [selected, select] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const dim = picture.dims[0];
  const levels = dim?.levels ?? [''];
  const cells = released ?? picture.released;
  const each = levels.length === 0 ? 1 : picture.truth.length / levels.length;
  const sum = (values: Float64Array): Float64Array =>
    Float64Array.from(levels, (_, at) => values.subarray(at * each, (at + 1) * each).reduce((a, b) => a + b, 0));
  const title =
    dim === undefined ? tx(picture.label) : tx(words.byColumn, { what: tx(picture.label), column: tx(dim.label) });
  return (
    <HourStrip
      chrome="quiet"
      title={title}
      description={tx(words.stripHint)}
      released={sum(cells)}
      truth={sum(picture.truth)}
      halfWidth95={halfWidthOf(picture.noise, each)}
      labels={levels}
      unit={unit(picture.unit, 2)}
      measureLabel={tx(picture.label)}
      selected={selected}
      onSelect={select}
      allLabel={levels.length === 24 ? undefined : t('common.all')}
      height={120}
    />
  );
}
