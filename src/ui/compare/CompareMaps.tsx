import type { DatasetSummary } from '../../engine/kit/job.ts';
import type { CountsPicture } from '../../engine/kit/picture.ts';
import { setMapMode, useViewStore } from '../../store/view-store.ts';
import { byPlace, gridOf } from '../explore/grid.layout.ts';
import { useText } from '../i18n/use-text.ts';
import { Card, Segmented } from '../parts/controls.tsx';
import { largestGap, PlaceMap, placeTop } from '../pictures/CountsView.tsx';
import type { Column } from './columns.layout.ts';
import type { Candidate } from './use-comparison.ts';
import { words } from './words.ts';

/** One map a scenario: the same places, hours, colours and ends of the scale. */
export function CompareMaps(props: {
  readonly candidates: readonly Candidate[];
  readonly columns: readonly Column[];
  readonly summary: DatasetSummary;
}) {
  const { t, tx } = useText();
  const { candidates, columns, summary } = props;
  const mode = useViewStore((state) => (state.peek ? 'true' : state.mapMode));
  const hours = useViewStore((state) => state.hours);
  const found = columns.map((column) => mapOf(column, summary));
  const known = found.filter((picture) => picture !== undefined);
  const reference = known[0];
  if (reference === undefined) return null;
  // The rows as they are, counted like the others: what no protection would publish.
  const raw: CountsPicture = { ...withoutNoise(reference), released: reference.truth };
  const pictures = found.map((picture, at) => picture ?? (isRaw(columns[at]) ? raw : undefined));
  const top = Math.max(...known.map((picture) => placeTop(picture, summary)));
  const span = Math.max(
    ...known.map((picture) => {
      const grid = gridOf([picture], summary.descriptor.parts);
      return grid === undefined
        ? 1
        : largestGap(byPlace(grid, picture.truth, hours), byPlace(grid, picture.released, hours));
    }),
  );
  return (
    <Card
      title={tx(words.maps)}
      className="compare-maps-card"
      action={
        <Segmented
          label={t('explore.mapMode')}
          value={mode}
          options={(['true', 'released', 'difference'] as const).map((value) => ({
            value,
            label: t(`explore.${value}`),
          }))}
          onChange={setMapMode}
        />
      }
    >
      <p className="small soft">{tx(words.mapsHint)}</p>
      <div className="compare-maps" data-count={candidates.length}>
        {candidates.map((candidate, at) => {
          const picture = pictures[at];
          const name = tx(candidate.label);
          return (
            <div key={candidate.id} className="compare-map">
              <h4>{picture === raw ? tx(words.mapRaw, { name }) : name}</h4>
              {picture === undefined ? (
                <p className="map-missing soft small">
                  {(columns[at]?.done ?? 0) === 0 ? tx(words.waiting) : tx(words.mapNone)}
                </p>
              ) : (
                <PlaceMap
                  picture={picture}
                  summary={summary}
                  mode={mode}
                  height="340px"
                  top={top}
                  span={span}
                  title={name}
                />
              )}
            </div>
          );
        })}
      </div>
    </Card>
  );
}

function mapOf(column: Column, summary: DatasetSummary): CountsPicture | undefined {
  for (const { first } of column.branches) {
    for (const picture of first?.pictures ?? []) {
      if (picture.view === 'counts' && gridOf([picture], summary.descriptor.parts) !== undefined) return picture;
    }
  }
  return undefined;
}

function withoutNoise(picture: CountsPicture): CountsPicture {
  const { noise: _noise, suppressed: _suppressed, ...rest } = picture;
  return rest;
}

const isRaw = (column: Column | undefined): boolean =>
  column?.branches.some(({ branch, first }) => branch.steps.length === 0 && first !== undefined) === true;
