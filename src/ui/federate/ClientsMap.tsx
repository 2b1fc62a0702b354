import { useMemo, useState } from 'react';
import { CityMap } from '../../charts/CityMap.tsx';
import { NYC_FRAME } from '../../charts/city-map.layout.ts';
import type { DatasetSummary } from '../../engine/kit/job.ts';
import type { RoundsPicture } from '../../engine/kit/picture.ts';
import { useText } from '../i18n/use-text.ts';
import { Card, Segmented } from '../parts/controls.tsx';
import { useGeometry } from '../use-geometry.ts';
import { federateWords as words } from './words.ts';

/** The clients on the map, by their rows or by how far each moved the model in the round shown. */
export function ClientsMap(props: {
  readonly picture: RoundsPicture;
  readonly at: number;
  readonly summary: DatasetSummary;
}) {
  const { tx, unit, number } = useText();
  const { picture, at, summary } = props;
  const [by, setBy] = useState<'rows' | 'norm'>('rows');
  const geometry = useGeometry(summary.geometry);
  const { places, values, gathered, merged, top } = useMemo(
    () => layoutClients(picture, at, summary, by),
    [picture, at, summary, by],
  );
  if (summary.geometry !== undefined && geometry === undefined) return null;
  const { descriptor } = summary;
  if (places.length === 0) {
    return (
      <Card title={tx(words.map)}>
        <p className="soft">{tx(words.noPlaces, { n: picture.clients.length })}</p>
      </Card>
    );
  }
  return (
    <Card
      title={tx(words.map)}
      action={
        <Segmented
          plain
          label={tx(words.mapBy)}
          value={by}
          options={[
            { value: 'rows', label: tx(words.byRows) },
            { value: 'norm', label: tx(words.byNorm) },
          ]}
          onChange={setBy}
        />
      }
    >
      <CityMap
        chrome="quiet"
        title={tx(words.map)}
        description={tx(words.mapHint)}
        places={places}
        geometry={geometry}
        values={values}
        mode="released"
        suppressed={gathered}
        words={{ suppressed: tx(words.gathered) }}
        domain={[0, top]}
        unit={by === 'rows' ? unit('row', 2) : ''}
        measureLabel={tx(by === 'rows' ? words.byRows : words.byNorm)}
        frame={descriptor.places === 'nyc-zones' ? NYC_FRAME : undefined}
        height="400px"
        showLegend
        fileName={`${descriptor.id}-clients`}
      />
      {merged.count > 0 && (
        <p className="soft small">
          {tx(words.merged, { n: merged.count, count: merged.count, rows: number(merged.rows) })}
        </p>
      )}
    </Card>
  );
}

/** Value per place of the dataset; NaN where no client of its own stands. Norms of all rounds share one scale. */
function layoutClients(picture: RoundsPicture, at: number, summary: DatasetSummary, by: 'rows' | 'norm') {
  const index = new Map(picture.clients.map((client, c) => [client.id, c]));
  const places = (summary.places ?? []).filter((place) => place.lon !== undefined || summary.geometry !== undefined);
  const norms = picture.rounds[at]?.updateNorms;
  const valueOf = (c: number): number => (by === 'rows' ? (picture.clients[c]?.rows ?? 0) : (norms?.[c] ?? Number.NaN));
  const values = Float64Array.from(places, (place) => {
    const c = index.get(place.id);
    return c === undefined ? Number.NaN : valueOf(c);
  });
  const known = new Set(places.map((place) => place.id));
  const rest = picture.clients.filter((client) => !known.has(client.id));
  let top = 0;
  if (by === 'rows') for (const client of picture.clients) top = Math.max(top, known.has(client.id) ? client.rows : 0);
  else for (const round of picture.rounds) for (const norm of round.updateNorms) if (norm > top) top = norm;
  return {
    places: rest.length === picture.clients.length ? [] : places,
    values,
    gathered: Uint8Array.from(places, (place) => (index.has(place.id) || rest.length === 0 ? 0 : 1)),
    merged: { count: rest.length, rows: rest.reduce((sum, client) => sum + client.rows, 0) },
    top: top > 0 ? top : 1,
  };
}
