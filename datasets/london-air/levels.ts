import { log } from '../../src/engine/kit/portable-math.ts';

/** One measured series of facts/air.json. */
export interface Series {
  readonly site: string;
  readonly pollutant: string;
  readonly missing_share: number;
  readonly negative_share: number;
  readonly hour_mean_weekday_sat_sun: readonly (readonly number[])[];
  readonly month_factor: Readonly<Record<string, number>>;
  readonly log_offset: number;
  readonly log_residual_sd: number;
  readonly log_residual_ar: { readonly lag1h: number };
}

export const POLLUTANTS = ['NOX', 'NO2', 'PM10', 'PM25'] as const;

/** Law of one pollutant at one kind of site: value = exp(level + sd z) - offset. */
export interface Level {
  /** Log level by month, day type and hour: `(month * 3 + dayType) * 24 + hour`. */
  readonly level: Float64Array;
  readonly sd: number;
  readonly rho: number;
  readonly offset: number;
  readonly missing: number;
  readonly negative: number;
}

/**
 * Level of a series, such that the mean of each hour is the measured one (the lognormal mean correction sd^2 / 2).
 * @throws RangeError when the facts lack the series (a broken installation)
 */
export function levelOf(all: readonly Series[], site: string, pollutant: string): Level {
  const series = all.find((one) => one.site === site && one.pollutant === pollutant);
  if (series === undefined) throw new RangeError(`no series ${site} ${pollutant}`);
  const sd = series.log_residual_sd;
  const level = new Float64Array(12 * 3 * 24);
  for (let month = 0; month < 12; month += 1) {
    const factor = series.month_factor[String(month + 1)] ?? 1;
    for (let type = 0; type < 3; type += 1) {
      for (let hour = 0; hour < 24; hour += 1) {
        const mean = (series.hour_mean_weekday_sat_sun[type]?.[hour] ?? 1) * factor;
        level[(month * 3 + type) * 24 + hour] = log(mean + series.log_offset) - (sd * sd) / 2;
      }
    }
  }
  return {
    level,
    sd,
    rho: series.log_residual_ar.lag1h,
    offset: series.log_offset,
    missing: series.missing_share,
    negative: series.negative_share,
  };
}

/** Half-way between two levels, on the logarithmic scale. */
export function between(a: Level, b: Level): Level {
  return {
    level: a.level.map((value, i) => (value + (b.level[i] as number)) / 2),
    sd: (a.sd + b.sd) / 2,
    rho: (a.rho + b.rho) / 2,
    offset: (a.offset + b.offset) / 2,
    missing: (a.missing + b.missing) / 2,
    negative: (a.negative + b.negative) / 2,
  };
}
