import type { Ctx } from '../../src/engine/kit/context.ts';
import { makeTable, type Table } from '../../src/engine/table/table.ts';
import type { EmbeddedDataset, GenerateRequest } from '../kit.ts';
import { autoregressive } from '../panel.ts';
import { aliasTable, CHUNK, drawAlias, drawTable, lognormalTable, normalTable, UNIT, weekdayOf } from '../sampling.ts';
import { DAYS, descriptor, options, START } from './descriptor.ts';

export const dataset: EmbeddedDataset = {
  descriptor,
  options,
  facts: { parking: new URL('./facts/parking.json', import.meta.url) },
  generate,
};

interface Garage {
  readonly spaces: number;
  readonly over_capacity_share: number;
  readonly weekday: readonly number[];
  readonly saturday: readonly number[];
  readonly sunday: readonly number[];
  readonly sd: number;
  readonly ar1_30min: number;
}

const SLOT_MS = 1800000;
const SLOTS = DAYS * 48;
const USUAL_SHARE = 0.75;
const TURNOVER = 0.25;
const STAY_LOG_SD = 0.8;

/** Stays drawn by the arrivals the occupancy of each garage implies; rows in no order. */
async function generate(facts: Record<string, unknown>, request: GenerateRequest, ctx: Ctx): Promise<Table> {
  const { garages } = facts['parking'] as { garages: readonly Garage[] };
  const normal = normalTable();
  const full = garages.map((garage, g) => occupancyOf(garage, normal, ctx, g));
  const weights = new Float64Array(garages.length * SLOTS);
  garages.forEach((garage, g) => {
    const series = full[g] as Float64Array;
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const now = series[slot] as number;
      const next = series[slot + 1] ?? now;
      weights[g * SLOTS + slot] = garage.spaces * (Math.max(0, next - now) + TURNOVER * now);
    }
  });
  const arrivals = aliasTable(weights);
  const rows = request.rows;
  const perVehicle = request.options['staysPerVehicle'] ?? options.staysPerVehicle.default;
  const median = request.options['medianMinutes'] ?? options.medianMinutes.default;
  const stay = lognormalTable(normal, median, STAY_LOG_SD);
  const out = {
    vehicle: new Int32Array(rows),
    carPark: new Uint8Array(rows),
    arrival: new Float64Array(rows),
    minutes: new Int32Array(rows),
    occupancy: new Float64Array(rows),
  };
  const vehicles = Math.max(1, Math.round(rows / perVehicle));
  const rng = ctx.rng.fork('stays');
  const usual = usualCarParks(vehicles, garages.length, () => Math.floor(drawAlias(arrivals, rng) / SLOTS));
  for (let row = 0; row < rows; row += 1) {
    if (row % CHUNK === 0) await ctx.checkpoint(row / rows);
    const at = drawAlias(arrivals, rng);
    const garage = Math.floor(at / SLOTS);
    const slot = at - garage * SLOTS;
    const regulars = usual[garage] as Int32Array;
    const known = regulars.length > 0 && rng.u32() * UNIT < USUAL_SHARE;
    out.carPark[row] = garage;
    out.arrival[row] = START + slot * SLOT_MS + Math.floor(rng.u32() * UNIT * 1800) * 1000;
    out.minutes[row] = Math.max(1, Math.min(1440, Math.round(drawTable(stay, rng))));
    out.occupancy[row] = Math.round((full[garage]?.[slot] ?? 0) * 1000) / 1000;
    out.vehicle[row] = known
      ? (regulars[Math.floor(rng.u32() * UNIT * regulars.length)] as number)
      : 1 + Math.floor(rng.u32() * UNIT * vehicles);
  }
  return makeTable([
    { kind: 'integer', name: 'vehicle', values: out.vehicle },
    { kind: 'category', name: 'carPark', codes: out.carPark, levels: garages.map((_, g) => `P${g + 1}`) },
    { kind: 'time', name: 'arrival', values: out.arrival, zone: 'local' },
    { kind: 'integer', name: 'minutes', values: out.minutes },
    { kind: 'number', name: 'occupancy', values: out.occupancy },
  ]);
}

/** Share of spaces taken at each half hour: mean profile of the day type plus autoregressive noise, never negative. */
function occupancyOf(garage: Garage, normal: Float64Array, ctx: Ctx, index: number): Float64Array {
  const noise = autoregressive(SLOTS, garage.ar1_30min, normal, ctx.rng.fork(`garage/${index}`));
  const highest = garage.over_capacity_share > 0.01 ? 1.1 : 1;
  return noise.map((z, slot) => {
    const day = weekdayOf(START + slot * SLOT_MS);
    const profile = day === 6 ? garage.sunday : day === 5 ? garage.saturday : garage.weekday;
    const mean = profile[Math.floor(slot / 2) % 24] as number;
    return Math.min(highest, Math.max(0, mean + garage.sd * z));
  });
}

/** Vehicles (from 1) by the car park they usually take. */
function usualCarParks(vehicles: number, carParks: number, draw: () => number): Int32Array[] {
  const lists: number[][] = Array.from({ length: carParks }, () => []);
  for (let v = 1; v <= vehicles; v += 1) lists[draw()]?.push(v);
  return lists.map((list) => Int32Array.from(list));
}
