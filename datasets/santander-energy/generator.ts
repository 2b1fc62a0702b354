import type { Ctx } from '../../src/engine/kit/context.ts';
import { exp } from '../../src/engine/kit/portable-math.ts';
import { makeTable, type Table } from '../../src/engine/table/table.ts';
import type { EmbeddedDataset, GenerateRequest } from '../kit.ts';
import { autoregressive } from '../panel.ts';
import { drawTable, normalTable, UNIT, weekdayOf } from '../sampling.ts';
import { descriptor, options, START } from './descriptor.ts';

export const dataset: EmbeddedDataset = {
  descriptor,
  options,
  facts: { energy: new URL('./facts/energy.json', import.meta.url) },
  generate,
};

interface HouseholdFacts {
  readonly weekday_half_hour_mean: readonly number[];
  readonly weekend_half_hour_mean: readonly number[];
  readonly log_residual_sd: number;
  readonly log_residual_ar1_30min: number;
  readonly month_factor: Readonly<Record<string, number>>;
}

const SLOT_MS = 1800000;
/** A household's day starts up to this many half hours earlier or later than the stand-in's. */
const MAX_SHIFT = 4;

/** Half-hourly kWh = profile x season x household level x lognormal autoregressive noise; households one after another. */
async function generate(facts: Record<string, unknown>, request: GenerateRequest, ctx: Ctx): Promise<Table> {
  const { household: law } = facts['energy'] as { household: HouseholdFacts };
  const rows = request.rows;
  const perHousehold = 48 * (request.options['daysPerHousehold'] ?? options.daysPerHousehold.default);
  const spread = request.options['householdSpread'] ?? options.householdSpread.default;
  const normal = normalTable();
  // exp(sd z - sd^2 / 2) has mean one, so the profile's means stay.
  const sd = law.log_residual_sd;
  const factor = Float64Array.from({ length: 801 }, (_, i) => exp(sd * (i / 100 - 4) - (sd * sd) / 2));
  const household = new Int32Array(rows);
  const time = new Float64Array(rows);
  const kwh = new Float64Array(rows);
  for (let first = 0, h = 0; first < rows; first += perHousehold, h += 1) {
    await ctx.checkpoint(first / rows);
    const rng = ctx.rng.fork(`household/${h}`);
    const level = exp(spread * drawTable(normal, rng) - (spread * spread) / 2);
    const shift = Math.floor(rng.u32() * UNIT * (2 * MAX_SHIFT + 1)) - MAX_SHIFT;
    const noise = autoregressive(perHousehold, law.log_residual_ar1_30min, normal, rng);
    for (let slot = 0; slot < perHousehold && first + slot < rows; slot += 1) {
      const ms = START + slot * SLOT_MS;
      const profile = weekdayOf(ms) < 5 ? law.weekday_half_hour_mean : law.weekend_half_hour_mean;
      const mean = (profile[(slot + shift + 48) % 48] as number) * seasonOf(law, ms);
      const z = Math.min(4, Math.max(-4, noise[slot] as number));
      const row = first + slot;
      household[row] = h + 1;
      time[row] = ms;
      kwh[row] = Math.round(mean * level * (factor[Math.round((z + 4) * 100)] as number) * 1000) / 1000;
    }
  }
  return makeTable([
    { kind: 'integer', name: 'household', values: household },
    { kind: 'time', name: 'time', values: time, zone: 'local' },
    { kind: 'number', name: 'kwh', values: kwh },
  ]);
}

/** Month factors of March, April and May, by day count from the start (60 days at most). */
function seasonOf(law: HouseholdFacts, ms: number): number {
  const day = Math.floor((ms - START) / 86400000);
  const month = day < 28 ? '3' : day < 58 ? '4' : '5';
  return law.month_factor[month] ?? 1;
}
