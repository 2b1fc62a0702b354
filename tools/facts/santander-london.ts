import { calibration, writeFacts } from './files.ts';
import { compactGeometry, featureAt, type FeatureCollection } from './geometry.ts';

interface SantanderCalibration {
  readonly traffic: Record<string, unknown> & { readonly sensor: readonly (number | null)[][] };
  readonly environment: Record<string, unknown> & { readonly node: readonly unknown[] };
  readonly proxy_parking_occupancy_aarhus: { readonly garages: readonly Record<string, unknown>[] };
  readonly proxy_energy_london_household: Record<string, unknown>;
}

export function santander(): void {
  const source = calibration<SantanderCalibration>('santander.json');
  const { node, ...environment } = source.environment;
  const { sensor, ...traffic } = source.traffic;
  writeFacts('santander/facts/nodes.json', {
    attribution:
      'SmartSantander environmental nodes, one instant of 2016-04-11 (Ayuntamiento de Santander, datos.santander.es open data)',
    fields: ['id', 'kind', 'lon', 'lat', 'ageHours'],
    nodes: node,
  });
  writeFacts('santander/facts/loops.json', {
    attribution:
      'Santander traffic loops, one minute of 2021-06-01 (Ayuntamiento de Santander, datos.santander.es open data)',
    fields: ['id', 'lon', 'lat'],
    loops: sensor.map(([id, lon, lat]) => [id, lon ?? null, lat ?? null]),
  });
  writeFacts('santander-environment/facts/environment.json', {
    attribution:
      'Cross-section of SmartSantander nodes, 2016-04-11 13:24 UTC (Ayuntamiento de Santander, datos.santander.es open data)',
    environment,
  });
  const { id_prefix_counts: _prefixes, sensor_fields: _fields, ...shape } = traffic;
  writeFacts('santander-traffic/facts/traffic.json', {
    attribution:
      'Cross-section of Santander traffic loops, 2021-06-01 18:43 UTC (Ayuntamiento de Santander, datos.santander.es open data)',
    traffic: shape,
    standInWeek: calibration<{ demand_week: readonly number[] }>('nyc-taxi.json').demand_week,
    standInSource: 'Demand by hour of the week of New York yellow taxis: no daily profile of Santander is published',
  });
  writeFacts('santander/facts/car-parks.json', {
    attribution:
      'Positions of eight traffic loops, spread over the city, borrowed for the stand-in car parks (datos.santander.es)',
    fields: ['id', 'lon', 'lat', 'spaces'],
    carParks: source.proxy_parking_occupancy_aarhus.garages.map((garage, i) => [
      `P${i + 1}`,
      ...(spread(sensor, 8)[i] ?? []),
      garage['spaces'],
    ]),
  });
  writeFacts('santander-parking/facts/parking.json', {
    attribution:
      'Stand-in: eight garages of Aarhus, 2014-05 to 2014-09 (CityPulse, Aarhus open data). Not measured in Santander.',
    garages: source.proxy_parking_occupancy_aarhus.garages,
  });
  writeFacts('santander-energy/facts/energy.json', {
    attribution:
      'Stand-in: one household of Low Carbon London, 2012-10 to 2013-08 (UK Power Networks, London Datastore). Not measured in Santander.',
    household: source.proxy_energy_london_household,
  });
}

interface LaqnCalibration {
  readonly sites: { readonly rows: readonly (string | number | null)[][] };
  readonly site_names: Record<string, string>;
  readonly series: readonly { readonly site: string; readonly pollutant: string; readonly source: string }[];
  readonly residual_correlation_2009: unknown;
  readonly met_2009_nkens: unknown;
  readonly met_effect_spearman: unknown;
}

export function london(): void {
  const shapes = calibration<FeatureCollection>('london-boroughs-simplified.geojson');
  writeFacts(
    'london/facts/boroughs.geojson',
    compactGeometry(shapes, 4, 'Contains National Statistics and OS data, Crown copyright and database right (OGL v3)'),
  );
  const { boroughs } = calibration<{ boroughs: readonly Record<string, unknown>[] }>('london-boroughs.json');
  writeFacts('london/facts/boroughs.json', {
    attribution: 'Contains National Statistics and OS data, Crown copyright and database right (OGL v3)',
    fields: ['code', 'name', 'inner', 'lon', 'lat'],
    boroughs: boroughs.map((row) => [row['code'], row['name'], row['inner'], row['lon'], row['lat']]),
  });
  const laqn = calibration<LaqnCalibration>('laqn.json');
  writeFacts('london/facts/sites.json', {
    attribution: 'London Air Quality Network site list (Environmental Research Group, Imperial College London, OGL v3)',
    fields: ['code', 'class', 'lon', 'lat', 'borough', 'open'],
    // Sites in Greater London only: the rest of the list are neighbours in the South East and placeholders.
    sites: laqn.sites.rows
      .filter((row) => row[6] === 0 && typeof row[2] === 'number' && typeof row[3] === 'number' && row[1] !== 'Indoor')
      .map((row) => [
        ...row.slice(0, 4),
        featureAt(shapes, Number(row[2]), Number(row[3])) ?? null,
        row[5] === '' ? 1 : 0,
      ])
      .filter((row) => row[4] !== null),
    names: laqn.site_names,
  });
  writeFacts('london-air/facts/air.json', {
    attribution:
      'Figures from London Air Quality Network and AURN series of three sites (Imperial College London and Defra, OGL v3)',
    // 2009: the one year in which the three sites were measured together, in the same unit.
    series: laqn.series.filter((series) => series.source.includes('2009')),
    ozone: laqn.series.filter((series) => series.pollutant === 'O3' && series.site === 'BL0'),
    residualCorrelation: laqn.residual_correlation_2009,
    weather2009: laqn.met_2009_nkens,
    weatherEffect: laqn.met_effect_spearman,
  });
  const weather = calibration<Record<string, unknown>>('london-weather.json');
  const { meta: _meta, ...figures } = weather;
  writeFacts('london-weather/facts/weather.json', {
    attribution:
      'Figures from hourly London weather, 2011-11 to 2013-06 (Dark Sky, published with the smart-meter set)',
    ...figures,
  });
}

/** `count` positions far from each other: the first located loop, then always the one farthest from those chosen. */
function spread(sensor: readonly (number | null)[][], count: number): [number, number][] {
  const located = sensor.flatMap((row): [number, number][] =>
    typeof row[1] === 'number' && typeof row[2] === 'number' ? [[row[1], row[2]]] : [],
  );
  const chosen = located.slice(0, 1);
  while (chosen.length < count) {
    let best = located[0] as [number, number];
    let bestGap = -1;
    for (const point of located) {
      const gap = Math.min(...chosen.map(([x, y]) => (x - point[0]) ** 2 * 0.53 + (y - point[1]) ** 2));
      if (gap > bestGap) {
        bestGap = gap;
        best = point;
      }
    }
    chosen.push(best);
  }
  return chosen;
}
