import type { Ctx } from '../../src/engine/kit/context.ts';
import { exp } from '../../src/engine/kit/portable-math.ts';
import type { Rng } from '../../src/engine/rng/rng.ts';
import { makeTable, type Table } from '../../src/engine/table/table.ts';
import type { EmbeddedDataset, GenerateRequest } from '../kit.ts';
import { autoregressive, gaps, panelOf } from '../panel.ts';
import { clearBit, drawTable, fullBitmap, HOUR_MS, normalTable, UNIT, weekdayOf } from '../sampling.ts';
import { descriptor, START } from './descriptor.ts';
import { between, type Level, levelOf, POLLUTANTS, type Series } from './levels.ts';

export const dataset: EmbeddedDataset = {
  descriptor,
  facts: {
    air: new URL('./facts/air.json', import.meta.url),
    sites: new URL('../london/facts/sites.json', import.meta.url),
    weather: new URL('../london-weather/facts/weather.json', import.meta.url),
  },
  generate,
};

interface AirFacts {
  readonly series: readonly Series[];
  readonly weather2009: {
    readonly air_temp_month_hour_mean: readonly (readonly number[])[];
    readonly ws_mean_by_month: readonly number[];
  };
}
type SiteRow = readonly [string, string, number, number, string, number];

const CLASSES = ['Kerbside', 'Roadside', 'Urban Background', 'Suburban', 'Industrial', 'Rural'];
const GAP_HOURS = 6;
const SITE_SPREAD = 0.15;
/** Share of a site's variance that all of London has in common: background sites correlate 0.75, a street canyon not. */
const COMMON = [0.02, 0.4, 0.75, 0.75, 0.75, 0.75];
/** Correlation of the common part with the wind, so that background sites show the measured -0.55. */
const WIND_EFFECT = -0.63;
const WIND_LOG_SD = 0.5;
/** Correlation of gases and particles, of NO2 with NOx, of PM2.5 with PM10 (measured: 0.5, 0.92 to 0.97, 0.88). */
const GAS_PARTICLES = 0.5;
const WITHIN = [1, 0.95, 1, 0.88];

/** What all sites share, hour by hour. */
interface City {
  readonly gas: Float64Array;
  readonly particles: Float64Array;
  readonly wind: Float64Array;
  readonly temperature: Float64Array;
  /** Row of the level tables. */
  readonly slot: Uint16Array;
}

/** One row a site and hour. Residuals: a part common to London (wind driven), a part of the site, a part of the gas. */
async function generate(facts: Record<string, unknown>, request: GenerateRequest, ctx: Ctx): Promise<Table> {
  const air = facts['air'] as AirFacts;
  const { sites } = facts['sites'] as { sites: readonly SiteRow[] };
  const residual = (facts['weather'] as { temperature_residual: { sd: number; ar1h: number } }).temperature_residual;
  const rows = request.rows;
  const { members, steps } = panelOf(rows, sites.length, 168);
  const normal = normalTable();
  const city = drawCity(air, residual, steps, normal, ctx.rng.fork('city'));
  const out = {
    site: new Uint16Array(rows),
    time: new Float64Array(rows),
    kind: new Uint8Array(rows),
    wind: new Float64Array(rows),
    temperature: new Float64Array(rows),
    values: POLLUTANTS.map(() => new Float64Array(rows)),
    valid: POLLUTANTS.map(() => fullBitmap(rows)),
  };
  for (let m = 0; m < members.length; m += 1) {
    await ctx.checkpoint(m / members.length);
    const at = members[m] as number;
    const [code, name] = sites[at] as SiteRow;
    const rng = ctx.rng.fork(`site/${code}`);
    const kind = Math.max(0, CLASSES.indexOf(name));
    const own = exp(SITE_SPREAD * drawTable(normal, rng));
    const levels = POLLUTANTS.map((pollutant) => levelFor(air.series, code, kind, pollutant));
    for (let p = 0; p < POLLUTANTS.length; p += 1) {
      const z = residuals(city, p, COMMON[kind] as number, levels[p] as Level, normal, rng);
      const factor = isMeasured(code) ? 1 : own;
      fillValues(
        out.values[p] as Float64Array,
        out.valid[p] as Uint8Array,
        z,
        levels[p] as Level,
        factor,
        city,
        m,
        members.length,
        rng,
      );
    }
    for (let t = 0, row = m; t < steps && row < rows; t += 1, row += members.length) {
      out.site[row] = at;
      out.time[row] = START + t * HOUR_MS;
      out.kind[row] = kind;
      out.wind[row] = city.wind[t] as number;
      out.temperature[row] = city.temperature[t] as number;
    }
  }
  return makeTable([
    { kind: 'category', name: 'site', codes: out.site, levels: sites.map((one) => one[0]) },
    { kind: 'time', name: 'time', values: out.time, zone: 'utc' },
    { kind: 'category', name: 'siteClass', codes: out.kind, levels: CLASSES },
    ...['nox', 'no2', 'pm10', 'pm25'].map((name, p) => ({
      kind: 'number' as const,
      name,
      values: out.values[p] as Float64Array,
      valid: out.valid[p] as Uint8Array,
    })),
    { kind: 'number', name: 'windSpeed', values: out.wind },
    { kind: 'number', name: 'temperatureC', values: out.temperature },
  ]);
}

const isMeasured = (code: string): boolean => code === 'BL0' || code === 'MY1' || code === 'KC1';

function levelFor(all: readonly Series[], code: string, kind: number, pollutant: string): Level {
  if (isMeasured(code)) return levelOf(all, code, pollutant);
  if (kind === 0) return levelOf(all, 'MY1', pollutant);
  if (kind === 1) return between(levelOf(all, 'MY1', pollutant), levelOf(all, 'BL0', pollutant));
  return levelOf(all, kind === 3 || kind === 5 ? 'KC1' : 'BL0', pollutant);
}

function drawCity(
  air: AirFacts,
  residual: { sd: number; ar1h: number },
  steps: number,
  normal: Float64Array,
  rng: Rng,
): City {
  const wind = autoregressive(steps, 0.93, normal, rng.fork('wind'));
  const gas = autoregressive(steps, 0.9, normal, rng.fork('gas'));
  const particles = autoregressive(steps, 0.9, normal, rng.fork('particles'));
  const warmth = autoregressive(steps, residual.ar1h, normal, rng.fork('temperature'));
  const calm = Math.sqrt(1 - WIND_EFFECT * WIND_EFFECT);
  const apart = Math.sqrt(1 - GAS_PARTICLES * GAS_PARTICLES);
  const out = {
    gas: new Float64Array(steps),
    particles: new Float64Array(steps),
    wind: new Float64Array(steps),
    temperature: new Float64Array(steps),
    slot: new Uint16Array(steps),
  };
  for (let t = 0; t < steps; t += 1) {
    const ms = START + t * HOUR_MS;
    const month = new Date(ms).getUTCMonth();
    const day = weekdayOf(ms);
    const g = WIND_EFFECT * (wind[t] as number) + calm * (gas[t] as number);
    out.gas[t] = g;
    out.particles[t] = GAS_PARTICLES * g + apart * (particles[t] as number);
    const mean = air.weather2009.ws_mean_by_month[month] as number;
    const speed = mean * exp(WIND_LOG_SD * (wind[t] as number) - (WIND_LOG_SD * WIND_LOG_SD) / 2);
    out.wind[t] = Math.round(speed * 10) / 10;
    const usual = air.weather2009.air_temp_month_hour_mean[month]?.[t % 24] ?? 0;
    out.temperature[t] = Math.round((usual + residual.sd * (warmth[t] as number)) * 10) / 10;
    out.slot[t] = (month * 3 + (day < 5 ? 0 : day - 4)) * 24 + (t % 24);
  }
  return out;
}

/** Unit-variance residual of pollutant `p` at one site. */
function residuals(city: City, p: number, common: number, level: Level, normal: Float64Array, rng: Rng): Float64Array {
  const shared = p < 2 ? city.gas : city.particles;
  const steps = shared.length;
  // The same named stream for both gases (and both particle sizes) makes them move together within the site.
  const own = autoregressive(steps, level.rho, normal, rng.fork(p < 2 ? 'gas' : 'particles'));
  const alone = autoregressive(steps, level.rho, normal, rng.fork(`alone/${p}`));
  const a = Math.sqrt(common);
  const b = Math.sqrt(1 - common);
  const w = WITHIN[p] as number;
  const v = Math.sqrt(1 - w * w);
  const out = new Float64Array(steps);
  for (let t = 0; t < steps; t += 1) {
    out[t] = w * (a * (shared[t] as number) + b * (own[t] as number)) + v * (alone[t] as number);
  }
  return out;
}

function fillValues(
  out: Float64Array,
  valid: Uint8Array,
  z: Float64Array,
  law: Level,
  factor: number,
  city: City,
  first: number,
  stride: number,
  rng: Rng,
): void {
  const steps = z.length;
  const draw = rng.fork('values');
  const missing = gaps(steps, law.missing, GAP_HOURS, draw);
  for (let t = 0, row = first; t < steps && row < out.length; t += 1, row += stride) {
    if (missing[t] === 1) {
      clearBit(valid, row);
      continue;
    }
    const value =
      factor * (exp((law.level[city.slot[t] as number] as number) + law.sd * (z[t] as number)) - law.offset);
    // Particle monitors report a few small negative values when the air is clean.
    const negative = draw.u32() * UNIT < law.negative;
    out[row] = negative ? -1 - Math.floor(draw.u32() * UNIT * 4) : Math.round(Math.max(0, value) * 10) / 10;
  }
}
