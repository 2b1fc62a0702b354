import { calibration, writeFacts } from './files.ts';
import { compactGeometry, featureAt, type FeatureCollection } from './geometry.ts';

interface ZoneRow {
  readonly id: number;
  readonly borough: string;
  readonly zone: string;
  readonly lon?: number;
  readonly lat?: number;
  readonly geometry_of?: number;
}

/** Zones of New York: places and simplified polygons. */
export function nycZones(): void {
  const { zones } = calibration<{ zones: ZoneRow[] }>('nyc-zones.json');
  writeFacts('nyc/facts/zones.json', {
    attribution: 'NYC Taxi and Limousine Commission, taxi zones and zone lookup (NYC Open Data)',
    fields: ['id', 'zone', 'borough', 'lon', 'lat'],
    zones: zones.map((zone) => {
      // 57, 104 and 105 have no polygon of their own; the centroid is that of the zone that holds them.
      const at = zone.geometry_of === undefined ? zone : (zones[zone.geometry_of - 1] as ZoneRow);
      return [zone.id, zone.zone, zone.borough, at.lon ?? null, at.lat ?? null];
    }),
  });
  const shapes = calibration<FeatureCollection>('nyc-zones-simplified.geojson');
  writeFacts(
    'nyc/facts/zones.geojson',
    compactGeometry(shapes, 4, 'NYC Taxi and Limousine Commission, simplified to 60 m'),
  );
}

interface TaxiCalibration {
  readonly anomalies: unknown;
  readonly demand_week: unknown;
  readonly pickup_share: unknown;
  readonly dropoff_share: unknown;
  readonly od_top: { readonly pairs: unknown };
  readonly factor_model: {
    readonly components: readonly {
      readonly weight: number;
      readonly pickup: Record<string, number>;
      readonly dropoff: Record<string, number>;
      readonly week: readonly number[];
    }[];
  };
  readonly distance: Record<string, unknown>;
  readonly duration_s_quantiles: unknown;
  readonly speed_by_hour: unknown;
  readonly fare: Record<string, unknown>;
  readonly total_amount_quantiles: unknown;
  readonly tip: unknown;
  readonly passenger_count: unknown;
  readonly payment_type: unknown;
  readonly vendor: unknown;
}

const byZone = (shares: Record<string, number>): [number, number][] =>
  Object.entries(shares)
    .map(([zone, share]): [number, number] => [Number(zone), share])
    .toSorted((a, b) => a[0] - b[0]);

export function nycTaxi(): void {
  const source = calibration<TaxiCalibration>('nyc-taxi.json');
  writeFacts('nyc-taxi/facts/trips.json', {
    attribution:
      'Figures from 240,000 yellow taxi trips of 2018 and 2019 (NYC TLC trip records; samples published with great_expectations, Apache-2.0)',
    anomalies: source.anomalies,
    demandWeek: source.demand_week,
    pickupShare: source.pickup_share,
    dropoffShare: source.dropoff_share,
    topPairs: source.od_top.pairs,
    components: source.factor_model.components.map((component) => ({
      weight: component.weight,
      pickup: byZone(component.pickup),
      dropoff: byZone(component.dropoff),
      week: component.week,
    })),
    distance: source.distance,
    durationQuantiles: source.duration_s_quantiles,
    speed: source.speed_by_hour,
    fare: source.fare,
    totalQuantiles: source.total_amount_quantiles,
    tip: source.tip,
    passengers: source.passenger_count,
    payment: source.payment_type,
    vendor: source.vendor,
  });
}

interface BikeCalibration {
  readonly nyc_2013_2014: Record<string, unknown>;
  readonly stations_2014: readonly (readonly [number, string, number, number, number, number])[];
  readonly jersey_city_2020: Record<string, unknown>;
}

export function nycBikes(): void {
  const source = calibration<BikeCalibration>('citibike.json');
  const shapes = calibration<FeatureCollection>('nyc-zones-simplified.geojson');
  const rides = source.nyc_2013_2014;
  const jersey = source.jersey_city_2020;
  writeFacts('nyc/facts/stations.json', {
    attribution: 'Citi Bike stations of 2014, from Citi Bike trip histories (Citi Bike system data)',
    fields: ['id', 'name', 'lat', 'lon', 'startShare', 'endShare', 'taxiZone'],
    stations: source.stations_2014.map((station) => {
      const zone = featureAt(shapes, station[3], station[2]);
      return [...station, zone === undefined ? null : Number(zone)];
    }),
  });
  writeFacts('nyc-bikes/facts/rides.json', {
    attribution:
      'Figures from 14,000 rides of 2013-14 and the complete months 2020-03 and 2020-04 of Jersey City (Citi Bike trip histories, Citi Bike system data)',
    subscriberShare: rides['subscriber_share'],
    genderShareSubscribers: rides['gender_share_subscribers'],
    ageHistogram: rides['age_hist_16_90'],
    weekSubscriber: rides['week_subscriber'],
    weekCustomer: rides['week_customer'],
    durationSubscriber: rides['duration_s_quantiles_subscriber'],
    durationCustomer: rides['duration_s_quantiles_customer'],
    bikes: rides['bikes_seen'],
    roundTripShare: rides['round_trip_share'],
    crowKm: rides['crow_km_quantiles_nonround'],
    crowSpeed: rides['crow_speed_kmh_quantiles_subscriber'],
    gender2020: jersey['gender_share'],
    quirk1969Share: jersey['birth_1969_gender_0_share'],
    longRides: { n: jersey['n'], over24h: jersey['duration_gt_24h'] },
  });
}

interface Link {
  readonly link_id: number;
  readonly name: string;
  readonly borough: string;
  readonly km: number;
  readonly pts: readonly (readonly [number, number])[];
  readonly weekday_mph: readonly number[];
  readonly weekend_mph: readonly number[];
  readonly sd_mph: number;
  readonly missing_share: number;
}

export function nycSpeeds(): void {
  const source = calibration<{ overall: Record<string, unknown>; links: readonly Link[] }>('nyc-traffic-speed.json');
  const attribution = 'NYC DOT traffic speeds (NYC Open Data): figures over 58.9 million records, 2017-03 to 2022-03';
  writeFacts('nyc/facts/links.json', {
    attribution,
    fields: ['id', 'name', 'borough', 'lon', 'lat', 'km'],
    links: source.links.map((link) => {
      const middle = link.pts[Math.floor(link.pts.length / 2)] ?? link.pts[0];
      return [link.link_id, link.name, link.borough, middle?.[0] ?? null, middle?.[1] ?? null, link.km];
    }),
  });
  writeFacts('nyc-speeds/facts/speeds.json', {
    attribution,
    overall: source.overall,
    fields: ['weekday', 'weekend', 'sd', 'missingShare'],
    links: source.links.map((link) => [link.weekday_mph, link.weekend_mph, link.sd_mph, link.missing_share]),
  });
}
