import type { Ctx } from '../../src/engine/kit/context.ts';
import { makeTable, type Table } from '../../src/engine/table/table.ts';
import type { EmbeddedDataset, GenerateRequest } from '../kit.ts';
import { autoregressive, panelOf } from '../panel.ts';
import { HOUR_MS, normalTable, quantileTable, rankOf } from '../sampling.ts';
import { descriptor, START } from './descriptor.ts';

export const dataset: EmbeddedDataset = {
  descriptor,
  facts: {
    weather: new URL('./facts/weather.json', import.meta.url),
    boroughs: new URL('../london/facts/boroughs.json', import.meta.url),
  },
  generate,
};

interface Spread {
  readonly mean_by_month: readonly number[];
  readonly quantiles_5_50_95: readonly number[];
}
interface WeatherFacts {
  readonly temperature_month_hour_mean: readonly (readonly number[])[];
  readonly temperature_residual: { readonly sd: number; readonly ar1h: number };
  readonly humidity: Spread;
  readonly windSpeed: Spread;
  readonly pressure: Spread;
  readonly visibility: Spread;
}

const OTHERS = ['humidity', 'windSpeed', 'pressure', 'visibility'] as const;
const LIMITS = [
  [0, 1],
  [0, 20],
  [960, 1060],
  [0, 16],
] as const;
const LOCAL_DEGREES = 0.5;
/** Share of variance of the other values that is a borough's own. */
const LOCAL_SHARE = 0.1;
const PERSISTENCE = 0.95;

/** One row a borough and hour: the city's weather plus a small difference of the borough. */
async function generate(facts: Record<string, unknown>, request: GenerateRequest, ctx: Ctx): Promise<Table> {
  const weather = facts['weather'] as WeatherFacts;
  const { boroughs } = facts['boroughs'] as { boroughs: readonly (readonly [string, ...unknown[]])[] };
  const rows = request.rows;
  const { members, steps } = panelOf(rows, boroughs.length, 24);
  const normal = normalTable();
  const cityTemperature = autoregressive(steps, weather.temperature_residual.ar1h, normal, ctx.rng.fork('temperature'));
  const cityOthers = OTHERS.map((name) => autoregressive(steps, PERSISTENCE, normal, ctx.rng.fork(name)));
  const tables = OTHERS.map((name) => quantileTable(weather[name].quantiles_5_50_95, 0, [0.05, 0.5, 0.95]));
  const months = monthsOf(steps);
  const shifts = OTHERS.map((name) => monthShift(weather[name].mean_by_month));
  const borough = new Uint8Array(rows);
  const time = new Float64Array(rows);
  const temperature = new Float64Array(rows);
  const others = OTHERS.map(() => new Float64Array(rows));
  const a = Math.sqrt(1 - LOCAL_SHARE);
  const b = Math.sqrt(LOCAL_SHARE);
  for (let m = 0; m < members.length; m += 1) {
    await ctx.checkpoint(m / members.length);
    const at = members[m] as number;
    const rng = ctx.rng.fork(`borough/${at}`);
    const own = autoregressive(steps, PERSISTENCE, normal, rng.fork('temperature'));
    for (let t = 0, row = m; t < steps && row < rows; t += 1, row += members.length) {
      const usual = weather.temperature_month_hour_mean[months[t] as number]?.[t % 24] ?? 0;
      const noise =
        weather.temperature_residual.sd * (cityTemperature[t] as number) + LOCAL_DEGREES * (own[t] as number);
      borough[row] = at;
      time[row] = START + t * HOUR_MS;
      temperature[row] = Math.round((usual + noise) * 100) / 100;
    }
    for (let o = 0; o < OTHERS.length; o += 1) {
      const local = autoregressive(steps, PERSISTENCE, normal, rng.fork(OTHERS[o] as string));
      const city = cityOthers[o] as Float64Array;
      const table = tables[o] as Float64Array;
      const shift = shifts[o] as Float64Array;
      const [low, high] = LIMITS[o] as readonly [number, number];
      const out = others[o] as Float64Array;

      for (let t = 0, row = m; t < steps && row < rows; t += 1, row += members.length) {
        const z = a * (city[t] as number) + b * (local[t] as number);
        const value = (table[rankOf(normal, z)] as number) + (shift[months[t] as number] as number);
        out[row] = Math.round(Math.min(high, Math.max(low, value)) * 100) / 100;
      }
    }
  }
  return makeTable([
    { kind: 'category', name: 'borough', codes: borough, levels: boroughs.map((one) => one[0]) },
    { kind: 'time', name: 'time', values: time, zone: 'local' },
    { kind: 'number', name: 'temperatureC', values: temperature },
    ...OTHERS.map((name, o) => ({ kind: 'number' as const, name, values: others[o] as Float64Array })),
  ]);
}

function monthsOf(steps: number): Uint8Array {
  const out = new Uint8Array(steps);
  for (let t = 0; t < steps; t += 1) out[t] = new Date(START + t * HOUR_MS).getUTCMonth();
  return out;
}

/** What a month adds to the whole year's law. */
function monthShift(means: readonly number[]): Float64Array {
  const year = means.reduce((sum, mean) => sum + mean, 0) / means.length;
  return Float64Array.from(means, (mean) => mean - year);
}
