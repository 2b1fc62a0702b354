import type { Ctx } from '../../src/engine/kit/context.ts';
import { exp } from '../../src/engine/kit/portable-math.ts';
import { makeTable, type Table } from '../../src/engine/table/table.ts';
import type { EmbeddedDataset, GenerateRequest } from '../kit.ts';
import { drawPoisson, panelOf } from '../panel.ts';
import {
  drawTable,
  HOUR_MS,
  lognormalTable,
  normalTable,
  quantileTable,
  rankOf,
  UNIT,
  weekdayOf,
} from '../sampling.ts';
import { descriptor, START } from './descriptor.ts';

export const dataset: EmbeddedDataset = {
  descriptor,
  facts: {
    traffic: new URL('./facts/traffic.json', import.meta.url),
    loops: new URL('../santander/facts/loops.json', import.meta.url),
  },
  generate,
};

interface TrafficFacts {
  readonly intensidad_quantiles: readonly number[];
  readonly ocupacion_quantiles: readonly number[];
  readonly carga_quantiles: readonly number[];
  readonly zero_share: { readonly intensidad: number };
  readonly spearman: { readonly int_occ: number; readonly int_load: number; readonly occ_load: number };
  readonly lognormal_intensidad_nonzero: { readonly mu: number; readonly sigma: number };
  readonly intensidad_multiple_of_60_share: number;
}

/** Hour of the week of the snapshot (Tuesday 20 h): the rhythm is 1 there. */
const SNAPSHOT = 24 + 20;
const MAX_PER_HOUR = 2400;
/** Minutes an average runs over where a reading is no multiple of 60; not published, so the common quarter hour. */
const AVERAGED_MINUTES = 15;

/** One row a loop and hour: a minute's Poisson count times 60, or a quarter hour's mean; occupancy and load by rank. */
async function generate(facts: Record<string, unknown>, request: GenerateRequest, ctx: Ctx): Promise<Table> {
  const { traffic, standInWeek } = facts['traffic'] as { traffic: TrafficFacts; standInWeek: readonly number[] };
  const { loops } = facts['loops'] as { loops: readonly (readonly [number, number | null, number | null])[] };
  const rows = request.rows;
  const { members, steps } = panelOf(rows, loops.length, 24);
  const normal = normalTable();
  const { mu, sigma } = traffic.lognormal_intensidad_nonzero;
  const levels = lognormalTable(normal, exp(mu), sigma);
  const occupancyTable = quantileTable(traffic.ocupacion_quantiles, 0);
  const loadTable = quantileTable(traffic.carga_quantiles, 0);
  const intensityTable = quantileTable(traffic.intensidad_quantiles, 0);
  const loop = new Uint16Array(rows);
  const time = new Float64Array(rows);
  const intensity = new Int32Array(rows);
  const occupancy = new Float64Array(rows);
  const load = new Float64Array(rows);
  const loadOwn = Math.sqrt(1 - traffic.spearman.int_load * traffic.spearman.int_load);
  const occupancyOwn = Math.sqrt(1 - traffic.spearman.occ_load * traffic.spearman.occ_load);
  const peak = standInWeek[SNAPSHOT] as number;
  for (let m = 0; m < members.length; m += 1) {
    await ctx.checkpoint(m / members.length);
    const at = members[m] as number;
    const rng = ctx.rng.fork(`loop/${at}`);
    const dead = rng.u32() * UNIT < traffic.zero_share.intensidad;
    const averaged = rng.u32() * UNIT >= traffic.intensidad_multiple_of_60_share;
    const level = Math.min(MAX_PER_HOUR / 2, drawTable(levels, rng));
    for (let t = 0; t < steps; t += 1) {
      const row = t * members.length + m;
      if (row >= rows) break;
      const ms = START + t * HOUR_MS;
      loop[row] = at;
      time[row] = ms;
      if (dead) continue;
      const hour = weekdayOf(ms) * 24 + (t % 24);
      const perMinute = (level * (standInWeek[hour] as number)) / peak / 60;
      const count = averaged
        ? Math.round((drawPoisson(perMinute * AVERAGED_MINUTES, rng) * 60) / AVERAGED_MINUTES)
        : drawPoisson(perMinute, rng) * 60;
      intensity[row] = Math.min(MAX_PER_HOUR, count);
      if (count === 0) continue;
      const z = normal[rankOf(intensityTable, count)] as number;
      const zLoad = traffic.spearman.int_load * z + loadOwn * drawTable(normal, rng);
      const zOccupancy = traffic.spearman.occ_load * zLoad + occupancyOwn * drawTable(normal, rng);
      load[row] = Math.round(Math.min(100, loadTable[rankOf(normal, zLoad)] as number));
      occupancy[row] = Math.round(Math.min(100, occupancyTable[rankOf(normal, zOccupancy)] as number));
    }
  }
  return makeTable([
    { kind: 'category', name: 'loop', codes: loop, levels: loops.map((one) => String(one[0])) },
    { kind: 'time', name: 'time', values: time, zone: 'local' },
    { kind: 'integer', name: 'vehiclesPerHour', values: intensity },
    { kind: 'number', name: 'occupancyPercent', values: occupancy },
    { kind: 'number', name: 'loadPercent', values: load },
  ]);
}
