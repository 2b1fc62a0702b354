import type { Ctx } from '../../src/engine/kit/context.ts';
import { makeTable, type Table } from '../../src/engine/table/table.ts';
import type { EmbeddedDataset, GenerateRequest } from '../kit.ts';
import { CHUNK, clearBit, drawAlias, fullBitmap, HOUR_MS, UNIT, weekdayOf } from '../sampling.ts';
import { buildDemand, type DemandFacts, drawHour, UNKNOWN_NA, UNKNOWN_NV, unknownTable, ZONES } from './demand.ts';
import { descriptor, MONTH_DAYS, MONTH_START, options } from './descriptor.ts';
import { drawDistance, drawDuration, drawPrice, PAYMENTS, type Price, RATE_CODES, type TripFacts } from './price.ts';
import { buildRide, type RideFacts, type ZoneRow } from './ride.ts';
import { assignTravellers } from '../travellers.ts';

export const dataset: EmbeddedDataset = {
  descriptor,
  options,
  facts: {
    trips: new URL('./facts/trips.json', import.meta.url),
    zones: new URL('../nyc/facts/zones.json', import.meta.url),
  },
  generate,
};

const VENDORS = ['1', '2', '4'];

/**
 * Yellow taxi trips of one month, `request.rows` of them, in no order. Joint law of zones and hours as demand.ts says;
 * lengths, times and prices follow from the zones and the hour; recording errors come at their measured rates.
 */
async function generate(facts: Record<string, unknown>, request: GenerateRequest, ctx: Ctx): Promise<Table> {
  const trips = facts['trips'] as DemandFacts & RideFacts;
  const { zones } = facts['zones'] as { zones: readonly ZoneRow[] };
  const demand = buildDemand(trips, MONTH_START, MONTH_DAYS);
  const ride = buildRide(trips, zones);
  const unknown = unknownTable(trips.anomalies);
  const rows = request.rows;
  const firstWeekday = weekdayOf(MONTH_START);
  const out = columnsOf(rows);
  const where = ctx.rng.fork('where');
  const how = ctx.rng.fork('how');
  const trip: TripFacts = { pickup: 0, dropoff: 0, miles: 0, seconds: 0, hour: 0, weekday: 0, blank: 0 };
  const price: Price = { fare: 0, tip: 0, total: 0, payment: 0, rateCode: 0 };
  for (let row = 0; row < rows; row += 1) {
    if (row % CHUNK === 0) await ctx.checkpoint((0.75 * row) / rows);
    const pair = drawAlias(demand.pairs, where);
    let pickup = (pair / ZONES) | 0;
    let dropoff = pair - pickup * ZONES;
    const slot = drawHour(demand, pickup, dropoff, where);
    const time = MONTH_START + slot * HOUR_MS + Math.floor(where.u32() * UNIT * 3600) * 1000;
    const blank = drawAlias(unknown, where);
    const miles = drawDistance(ride, pair, how);
    const hour = slot % 24;
    const weekday = (firstWeekday + ((slot / 24) | 0)) % 7;
    const seconds = drawDuration(ride, miles, hour, weekday, how);
    trip.pickup = pickup;
    trip.dropoff = dropoff;
    trip.miles = miles;
    trip.seconds = seconds;
    trip.hour = hour;
    trip.weekday = weekday;
    trip.blank = blank;
    drawPrice(ride, trip, price, how);
    if (blank === 1 || blank === 2) pickup = UNKNOWN_NV - 1;
    if (blank === 1 || blank === 3) dropoff = UNKNOWN_NV - 1;
    if (blank === 4) pickup = UNKNOWN_NA - 1;
    if (blank === 5) dropoff = UNKNOWN_NA - 1;
    out.pickup[row] = pickup;
    out.dropoff[row] = dropoff;
    out.time[row] = time;
    out.end[row] = time + seconds * 1000;
    out.miles[row] = miles;
    out.fare[row] = price.fare;
    out.tip[row] = price.tip;
    out.total[row] = price.total;
    out.payment[row] = price.payment;
    out.rateCode[row] = price.rateCode;
    out.vendor[row] = drawAlias(ride.vendor, how);
    out.passengers[row] = drawAlias(ride.passengers, how);
    // In the real files the passenger count is missing together with the rate and the way of payment.
    if (how.u32() * UNIT < ride.passengersMissing) {
      clearBit(out.known, row);
      out.payment[row] = PAYMENTS.length - 1;
      out.passengers[row] = 0;
      out.rateCode[row] = 0;
    }
  }
  const sharing = {
    places: 265,
    usable: ZONES,
    tripsPerTraveller: request.options['tripsPerTraveller'] ?? options.tripsPerTraveller.default,
    anchorShare: (request.options['anchorPercent'] ?? options.anchorPercent.default) / 100,
  };
  const traveller = await assignTravellers(out, sharing, ctx, ctx.rng.fork('travellers'));
  return toTable(out, traveller);
}

const columnsOf = (rows: number) => ({
  pickup: new Uint16Array(rows),
  dropoff: new Uint16Array(rows),
  time: new Float64Array(rows),
  end: new Float64Array(rows),
  miles: new Float64Array(rows),
  fare: new Float64Array(rows),
  tip: new Float64Array(rows),
  total: new Float64Array(rows),
  payment: new Uint8Array(rows),
  rateCode: new Uint8Array(rows),
  vendor: new Uint8Array(rows),
  passengers: new Uint8Array(rows),
  known: fullBitmap(rows),
});

function toTable(out: ReturnType<typeof columnsOf>, traveller: Int32Array): Table {
  const levels = Array.from({ length: 265 }, (_, i) => String(i + 1));
  return makeTable([
    { kind: 'integer', name: 'traveller', values: traveller },
    { kind: 'time', name: 'pickupTime', values: out.time, zone: 'local' },
    { kind: 'time', name: 'dropoffTime', values: out.end, zone: 'local' },
    { kind: 'category', name: 'pickupZone', codes: out.pickup, levels },
    { kind: 'category', name: 'dropoffZone', codes: out.dropoff, levels },
    { kind: 'integer', name: 'passengers', values: out.passengers, valid: out.known },
    { kind: 'number', name: 'distanceMiles', values: out.miles },
    { kind: 'number', name: 'fare', values: out.fare },
    { kind: 'number', name: 'tip', values: out.tip },
    { kind: 'number', name: 'total', values: out.total },
    { kind: 'category', name: 'payment', codes: out.payment, levels: PAYMENTS },
    { kind: 'category', name: 'vendor', codes: out.vendor, levels: VENDORS },
    { kind: 'category', name: 'rateCode', codes: out.rateCode, levels: RATE_CODES, valid: out.known },
  ]);
}
