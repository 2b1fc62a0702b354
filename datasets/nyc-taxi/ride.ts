import { exp, log } from '../../src/engine/kit/portable-math.ts';
import { type AliasTable, aliasTable, lognormalTable, normalTable, quantileTable } from '../sampling.ts';
import { ZONES } from './demand.ts';

/** The trip part of facts/trips.json: lengths, speeds, prices. */
export interface RideFacts {
  readonly distance: {
    readonly miles_quantiles: readonly number[];
    readonly detour_ratio_by_centroid_miles: readonly {
      readonly to: number;
      readonly median: number;
      readonly log_sd: number;
    }[];
    readonly same_zone_miles_quantiles: readonly number[];
  };
  readonly speed: {
    readonly weekday_median_mph: readonly number[];
    readonly weekend_median_mph: readonly number[];
    readonly log_speed_vs_log_miles_slope_intercept: readonly [number, number];
    readonly log_residual_sd: number;
  };
  readonly fare: {
    readonly quantiles: readonly number[];
    readonly standard_rate_linear: {
      readonly intercept: number;
      readonly per_mile: number;
      readonly per_minute: number;
      readonly residual_sd: number;
    };
    readonly tolls_median: number;
    readonly congestion_surcharge_2_5_share_2019_02_on: number;
  };
  readonly tip: {
    readonly card_fraction_of_pretip_total_quantiles: readonly number[];
    readonly modes_of_fraction: Readonly<Record<string, number>>;
  };
  readonly passengers: Readonly<Record<string, number>>;
  readonly payment: Readonly<Record<string, number>>;
  readonly vendor: Readonly<Record<string, number>>;
  readonly anomalies: Readonly<Record<string, number>>;
}

/** Rows of nyc/facts/zones.json: id, name, borough, longitude, latitude. */
export type ZoneRow = readonly [number, string, string, number | null, number | null];

/** Everything about a trip that can be computed before the first row. */
export interface RideTables {
  /** Miles between centroids by pair; 0 within a zone, -1 where a zone has no place. */
  readonly centroidMiles: Float32Array;
  readonly detourBand: Uint8Array;
  readonly detour: readonly Float64Array[];
  readonly anyMiles: Float64Array;
  readonly sameZoneMiles: Float64Array;
  /** Speed relative to the hour's median by tenths of a mile. */
  readonly speedByTenth: Float64Array;
  readonly speedNoise: Float64Array;
  /** The same for trips over six miles, whose speeds vary less (0.65: fitted to the upper duration quantiles). */
  readonly speedNoiseFar: Float64Array;
  readonly fareNoise: Float64Array;
  readonly anyFare: Float64Array;
  readonly tipModes: AliasTable;
  readonly tipModeValues: readonly number[];
  readonly tipOther: Float64Array;
  readonly passengers: AliasTable;
  readonly payment: AliasTable;
  readonly vendor: AliasTable;
  readonly manhattan: Uint8Array;
  /** Median mph by hour: 24 weekday values, then 24 of the weekend. */
  readonly mphByHour: Float64Array;
  readonly fareLine: { readonly intercept: number; readonly perMile: number; readonly perMinute: number };
  readonly toll: number;
  /** Rates of recording errors, as shares of trips. */
  readonly zeroDistance: number;
  readonly nonPositiveTime: number;
  readonly overnight: number;
  readonly negativeFare: number;
  readonly zeroFare: number;
  readonly passengersMissing: number;
}

const MILES_PER_DEGREE_LON = 84.391 / 1.609344;
const MILES_PER_DEGREE_LAT = 111.033 / 1.609344;

export function buildRide(facts: RideFacts, zones: readonly ZoneRow[]): RideTables {
  const normal = normalTable();
  const bands = facts.distance.detour_ratio_by_centroid_miles;
  const centroidMiles = new Float32Array(ZONES * ZONES);
  const detourBand = new Uint8Array(ZONES * ZONES);
  for (let p = 0; p < ZONES; p += 1) {
    for (let d = 0; d < ZONES; d += 1) {
      const miles = p === d ? 0 : milesBetween(zones[p] as ZoneRow, zones[d] as ZoneRow);
      centroidMiles[p * ZONES + d] = miles;
      let band = 0;
      while (band < bands.length - 1 && miles > (bands[band]?.to ?? 0)) band += 1;
      detourBand[p * ZONES + d] = band;
    }
  }
  const [slope, intercept] = facts.speed.log_speed_vs_log_miles_slope_intercept;
  const speedByTenth = new Float64Array(1001);
  for (let tenth = 0; tenth < speedByTenth.length; tenth += 1) {
    // Beyond six miles trips take highways: 1.1 brings the upper duration quantiles to the measured ones.
    speedByTenth[tenth] = (tenth > 60 ? 1.1 : 1) * exp(intercept + slope * log(Math.max(tenth, 1) / 10));
  }
  return {
    centroidMiles,
    detourBand,
    detour: bands.map((band) => lognormalTable(normal, band.median, band.log_sd)),
    anyMiles: quantileTable(facts.distance.miles_quantiles, 0.01),
    sameZoneMiles: quantileTable(facts.distance.same_zone_miles_quantiles, 0.01),
    speedByTenth,
    speedNoise: lognormalTable(normal, 1, facts.speed.log_residual_sd),
    speedNoiseFar: lognormalTable(normal, 1, 0.65 * facts.speed.log_residual_sd),
    fareNoise: normal.map((z) => z * facts.fare.standard_rate_linear.residual_sd),
    anyFare: quantileTable(facts.fare.quantiles, 2.5),
    ...tipTables(facts.tip),
    passengers: aliasTable([0, 1, 2, 3, 4, 5, 6, 7].map((count) => facts.passengers[count] ?? 0)),
    payment: aliasTable(['1', '2', '3', '4'].map((code) => facts.payment[code] ?? 0)),
    vendor: aliasTable(['1', '2', '4'].map((code) => facts.vendor[code] ?? 0)),
    manhattan: Uint8Array.from(zones, (zone) => (zone[2] === 'Manhattan' ? 1 : 0)),
    mphByHour: Float64Array.from([...facts.speed.weekday_median_mph, ...facts.speed.weekend_median_mph]),
    fareLine: {
      intercept: facts.fare.standard_rate_linear.intercept,
      perMile: facts.fare.standard_rate_linear.per_mile,
      perMinute: facts.fare.standard_rate_linear.per_minute,
    },
    toll: facts.fare.tolls_median,
    zeroDistance: facts.anomalies['distance_zero'] ?? 0,
    nonPositiveTime: facts.anomalies['duration_nonpositive'] ?? 0,
    overnight: facts.anomalies['duration_gt_20h'] ?? 0,
    negativeFare: facts.anomalies['fare_negative'] ?? 0,
    zeroFare: facts.anomalies['fare_zero'] ?? 0,
    passengersMissing: facts.anomalies['passengers_missing'] ?? 0,
  };
}

function milesBetween(from: ZoneRow, to: ZoneRow): number {
  if (from[3] === null || from[4] === null || to[3] === null || to[4] === null) return -1;
  const x = (to[3] - from[3]) * MILES_PER_DEGREE_LON;
  const y = (to[4] - from[4]) * MILES_PER_DEGREE_LAT;
  // Twin zones that share one shape have no distance of their own: treat them as neighbours.
  return Math.max(0.2, Math.sqrt(x * x + y * y));
}

/** Card tips: round shares of the pre-tip total (20 % of it in half of the cases), else anything in between. */
function tipTables(tip: RideFacts['tip']): Pick<RideTables, 'tipModes' | 'tipModeValues' | 'tipOther'> {
  const modes = Object.entries(tip.modes_of_fraction);
  const rest = 1 - modes.reduce((sum, [, share]) => sum + share, 0);
  return {
    tipModes: aliasTable([...modes.map(([, share]) => share), rest]),
    tipModeValues: modes.map(([fraction]) => Number(fraction)),
    tipOther: quantileTable(tip.card_fraction_of_pretip_total_quantiles, 0.01),
  };
}
