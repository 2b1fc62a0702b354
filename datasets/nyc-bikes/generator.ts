import type { Ctx } from '../../src/engine/kit/context.ts';
import type { Rng } from '../../src/engine/rng/rng.ts';
import { makeTable, type Table } from '../../src/engine/table/table.ts';
import type { EmbeddedDataset, GenerateRequest } from '../kit.ts';
import {
  type AliasTable,
  aliasTable,
  CHUNK,
  clearBit,
  drawAlias,
  drawTable,
  fullBitmap,
  HOUR_MS,
  hourWeights,
  quantileTable,
  rankOf,
  UNIT,
} from '../sampling.ts';
import { assignTravellers } from '../travellers.ts';
import { descriptor, MONTH_DAYS, MONTH_START, options } from './descriptor.ts';
import { buildPairs, type StationRow } from './pairs.ts';

export const dataset: EmbeddedDataset = {
  descriptor,
  options,
  facts: {
    rides: new URL('./facts/rides.json', import.meta.url),
    stations: new URL('../nyc/facts/stations.json', import.meta.url),
  },
  generate,
};

interface RideFacts {
  readonly subscriberShare: number;
  readonly genderShareSubscribers: Readonly<Record<string, number>>;
  readonly ageHistogram: Readonly<Record<string, number>>;
  readonly weekSubscriber: readonly number[];
  readonly weekCustomer: readonly number[];
  readonly durationSubscriber: readonly number[];
  readonly durationCustomer: readonly number[];
  readonly bikes: number;
  readonly roundTripShare: number;
  readonly crowKm: readonly number[];
  readonly crowSpeed: readonly number[];
  readonly quirk1969Share: number;
  readonly longRides: { readonly n: number; readonly over24h: number };
}

const GENDERS = ['unknown', 'male', 'female'];
const USER_TYPES = ['Subscriber', 'Customer'];
const CUSTOMER = 1;
const YEAR = 2014;
const FIRST_BIKE = 14500;
/** Rides a day customer makes: no file tells. */
const RIDES_PER_CUSTOMER = 2;

async function generate(facts: Record<string, unknown>, request: GenerateRequest, ctx: Ctx): Promise<Table> {
  const rides = facts['rides'] as RideFacts;
  const { stations } = facts['stations'] as { stations: readonly StationRow[] };
  const out = await drawRides(rides, stations, request.rows, ctx);
  const count = stations.length;
  const anchorShare = (request.options['anchorPercent'] ?? options.anchorPercent.default) / 100;
  const perRider = request.options['tripsPerRider'] ?? options.tripsPerRider.default;
  let riders = 0;
  for (const type of [0, CUSTOMER]) {
    const rows = Uint32Array.from(out.type.keys()).filter((row) => out.type[row] === type);
    if (rows.length === 0) continue;
    const ends = {
      pickup: Uint16Array.from(rows, (row) => out.start[row] as number),
      dropoff: Uint16Array.from(rows, (row) => out.end[row] as number),
      time: Float64Array.from(rows, (row) => out.time[row] as number),
    };
    const name = USER_TYPES[type] as string;
    const tripsPerTraveller = type === CUSTOMER ? Math.min(RIDES_PER_CUSTOMER, perRider) : perRider;
    const sharing = { places: count, usable: count, tripsPerTraveller, anchorShare };
    const assigned = await assignTravellers(ends, sharing, ctx, ctx.rng.fork(`riders/${name}`));
    const people = drawPeople(
      rides,
      type,
      Math.max(1, Math.round(rows.length / tripsPerTraveller)),
      ctx.rng.fork(`people/${name}`),
    );
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      const rider = (assigned[i] as number) - 1;
      out.rider[row] = riders + rider + 1;
      out.birth[row] = people.birth[rider] as number;
      out.gender[row] = people.gender[rider] as number;
      if (out.birth[row] === 0) clearBit(out.born, row);
    }
    riders += people.birth.length;
  }
  return toTable(out, stations);
}

const columnsOf = (rows: number) => ({
  rider: new Int32Array(rows),
  time: new Float64Array(rows),
  stop: new Float64Array(rows),
  start: new Uint16Array(rows),
  end: new Uint16Array(rows),
  birth: new Int16Array(rows),
  born: fullBitmap(rows),
  gender: new Uint8Array(rows),
  type: new Uint8Array(rows),
  seconds: new Int32Array(rows),
  bike: new Int32Array(rows),
});

/** Rides without riders: stations by the distance law, time by type, duration = distance / speed. */
async function drawRides(facts: RideFacts, stations: readonly StationRow[], rows: number, ctx: Ctx) {
  const out = columnsOf(rows);
  const pairs = buildPairs(stations, facts.crowKm, facts.roundTripShare);
  const hours = [facts.weekSubscriber, facts.weekCustomer].map((week) =>
    aliasTable(hourWeights(MONTH_START, MONTH_DAYS, week)),
  );
  const durations = [facts.durationSubscriber, facts.durationCustomer].map((values) => quantileTable(values, 60));
  const speed = quantileTable(facts.crowSpeed, 0.5);
  const long = facts.longRides.over24h / facts.longRides.n;
  const rng = ctx.rng.fork('rides');
  const count = stations.length;
  for (let row = 0; row < rows; row += 1) {
    if (row % CHUNK === 0) await ctx.checkpoint((0.7 * row) / rows);
    const type = rng.u32() * UNIT < facts.subscriberShare ? 0 : CUSTOMER;
    const pair = drawAlias(pairs.table, rng);
    const start = Math.floor(pair / count);
    const slot = drawAlias(hours[type] as AliasTable, rng);
    const km = pairs.km[pair] as number;
    let seconds = drawTable(durations[type] as Float64Array, rng);
    const pace = drawTable(speed, rng);
    if (km > 0) {
      seconds = (km * 3600) / pace;
      // Speeds are known for subscribers only: a day customer takes the duration of the same rank among customers.
      if (type === CUSTOMER) seconds = durations[CUSTOMER]?.[rankOf(durations[0] as Float64Array, seconds)] ?? seconds;
    }
    if (rng.u32() * UNIT < long) seconds = 86400 * (1 + rng.u32() * UNIT);
    out.type[row] = type;
    out.start[row] = start;
    out.end[row] = pair - start * count;
    out.time[row] = MONTH_START + slot * HOUR_MS + Math.floor(rng.u32() * UNIT * 3600) * 1000;
    out.seconds[row] = Math.max(60, Math.round(seconds));
    out.stop[row] = (out.time[row] as number) + (out.seconds[row] as number) * 1000;
    out.bike[row] = FIRST_BIKE + Math.floor(rng.u32() * UNIT * facts.bikes);
  }
  return out;
}

/**
 * Birth year (0 = missing) and gender of riders. Subscribers by the measured ages and genders; day customers give
 * neither: their records carry 1969 and "unknown" at the measured share of all rides, else no year.
 */
function drawPeople(facts: RideFacts, type: number, count: number, rng: Rng) {
  const ages = Object.keys(facts.ageHistogram).map(Number);
  const age = aliasTable(ages.map((one) => facts.ageHistogram[one] ?? 0));
  const birth = new Int16Array(count);
  const gender = new Uint8Array(count);
  const quirk = Math.min(1, facts.quirk1969Share / (1 - facts.subscriberShare));
  const male = facts.genderShareSubscribers['1'] ?? 0;
  for (let i = 0; i < count; i += 1) {
    if (type === CUSTOMER) {
      birth[i] = rng.u32() * UNIT < quirk ? 1969 : 0;
    } else {
      birth[i] = YEAR - (ages[drawAlias(age, rng)] as number);
      gender[i] = rng.u32() * UNIT < male ? 1 : 2;
    }
  }
  return { birth, gender };
}

function toTable(out: ReturnType<typeof columnsOf>, stations: readonly StationRow[]): Table {
  const levels = stations.map((station) => String(station[0]));
  return makeTable([
    { kind: 'integer', name: 'rider', values: out.rider },
    { kind: 'time', name: 'startTime', values: out.time, zone: 'local' },
    { kind: 'time', name: 'stopTime', values: out.stop, zone: 'local' },
    { kind: 'category', name: 'startStation', codes: out.start, levels },
    { kind: 'category', name: 'endStation', codes: out.end, levels },
    { kind: 'integer', name: 'birthYear', values: out.birth, valid: out.born },
    { kind: 'category', name: 'gender', codes: out.gender, levels: GENDERS },
    { kind: 'category', name: 'userType', codes: out.type, levels: USER_TYPES },
    { kind: 'integer', name: 'durationSeconds', values: out.seconds },
    { kind: 'integer', name: 'bike', values: out.bike },
  ]);
}
