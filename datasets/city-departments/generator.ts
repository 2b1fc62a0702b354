import type { Ctx } from '../../src/engine/kit/context.ts';
import { exp } from '../../src/engine/kit/portable-math.ts';
import type { Rng } from '../../src/engine/rng/rng.ts';
import { makeTable, type Table } from '../../src/engine/table/table.ts';
import type { EmbeddedDataset, GenerateRequest } from '../kit.ts';
import {
  type AliasTable,
  aliasTable,
  CHUNK,
  drawAlias,
  drawTable,
  HOUR_MS,
  lognormalTable,
  normalTable,
  quantileTable,
  UNIT,
} from '../sampling.ts';
import { DAYS, descriptor, options, START } from './descriptor.ts';

export const dataset: EmbeddedDataset = {
  descriptor,
  options,
  facts: { boroughs: new URL('../london/facts/boroughs.json', import.meta.url) },
  generate,
};

/** All figures below are invented, as the card says; chosen round so that nobody takes them for measured. */
const DEPARTMENTS = ['health', 'transport', 'safety'];
const DEPARTMENT_SHARES = [0.4, 0.45, 0.15];
/** How strongly the hidden health score raises the number of events of each department. */
const SCORE_EFFECT = [0.8, -0.3, 0.2];
const EVENTS = [
  'general practice',
  'emergency room',
  'mental health',
  'vaccination',
  'monthly pass',
  'single journeys',
  'reduced-mobility card',
  'theft',
  'traffic accident',
  'domestic violence',
  'noise complaint',
];
/** First event of each department and shares within it. */
const FIRST_EVENT = [0, 4, 7];
const EVENT_SHARES = [
  [0.6, 0.15, 0.1, 0.15],
  [0.3, 0.6, 0.1],
  [0.4, 0.25, 0.1, 0.25],
];
const MEDIAN_COST = [40, 200, 80, 20, 60, 10, 30, 100, 300, 250, 50];
const COST_LOG_SD = 0.5;
/** Relative demand by hour: office hours, commuting peaks, evenings. */
const HOURS = [
  [0, 0, 0, 0, 0, 0, 1, 3, 8, 10, 10, 9, 7, 6, 8, 9, 8, 6, 4, 2, 2, 1, 1, 1],
  [1, 0, 0, 0, 1, 3, 7, 10, 9, 5, 4, 4, 5, 5, 4, 5, 7, 10, 8, 5, 4, 3, 2, 1],
  [5, 4, 3, 3, 2, 1, 1, 2, 3, 3, 3, 4, 4, 4, 5, 6, 7, 8, 8, 9, 10, 10, 9, 7],
];
const AGE_QUANTILES = [1, 5, 9, 21, 38, 55, 69, 77, 88];

/** Events of an invented population; a person's key, district, age and gender are the same in every department. */
async function generate(facts: Record<string, unknown>, request: GenerateRequest, ctx: Ctx): Promise<Table> {
  const { boroughs } = facts['boroughs'] as { boroughs: readonly (readonly [string, ...unknown[]])[] };
  const rows = request.rows;
  const perPerson = request.options['eventsPerPerson'] ?? options.eventsPerPerson.default;
  const normal = normalTable();
  const people = drawPeople(Math.max(1, Math.round(rows / perPerson)), boroughs.length, normal, ctx.rng.fork('people'));
  const department = aliasTable(DEPARTMENT_SHARES);
  const events = EVENT_SHARES.map((shares) => aliasTable(shares));
  const hours = HOURS.map((weights) => aliasTable(weights));
  const costs = MEDIAN_COST.map((median) => lognormalTable(normal, median, COST_LOG_SD));
  const out = {
    person: new Int32Array(rows),
    department: new Uint8Array(rows),
    district: new Uint8Array(rows),
    age: new Uint8Array(rows),
    gender: new Uint8Array(rows),
    time: new Float64Array(rows),
    event: new Uint8Array(rows),
    cost: new Float64Array(rows),
  };
  const rng = ctx.rng.fork('events');
  for (let row = 0; row < rows; row += 1) {
    if (row % CHUNK === 0) await ctx.checkpoint(row / rows);
    const d = drawAlias(department, rng);
    const person = drawAlias(people.chosen[d] as AliasTable, rng);
    const event = (FIRST_EVENT[d] as number) + drawAlias(events[d] as AliasTable, rng);
    const hour = Math.floor(rng.u32() * UNIT * DAYS) * 24 + drawAlias(hours[d] as AliasTable, rng);
    out.person[row] = people.key[person] as number;
    out.department[row] = d;
    out.district[row] = people.district[person] as number;
    out.age[row] = people.age[person] as number;
    out.gender[row] = people.gender[person] as number;
    out.time[row] = START + hour * HOUR_MS + Math.floor(rng.u32() * UNIT * 60) * 60000;
    out.event[row] = event;
    out.cost[row] = Math.round(drawTable(costs[event] as Float64Array, rng) * 100) / 100;
  }
  return makeTable([
    { kind: 'integer', name: 'person', values: out.person },
    { kind: 'category', name: 'department', codes: out.department, levels: DEPARTMENTS },
    { kind: 'category', name: 'homeDistrict', codes: out.district, levels: boroughs.map((one) => one[0]) },
    { kind: 'integer', name: 'age', values: out.age },
    { kind: 'category', name: 'gender', codes: out.gender, levels: ['male', 'female'] },
    { kind: 'time', name: 'time', values: out.time, zone: 'local' },
    { kind: 'category', name: 'event', codes: out.event, levels: EVENTS },
    { kind: 'number', name: 'cost', values: out.cost },
  ]);
}

/** Persons with keys that are a shuffle of 1..count, so that a key tells nothing about its person. */
function drawPeople(count: number, districts: number, normal: Float64Array, rng: Rng) {
  const ages = quantileTable(AGE_QUANTILES, 0);
  const weights = Float64Array.from({ length: districts }, () => exp(0.4 * drawTable(normal, rng)));
  const home = aliasTable(weights);
  const key = new Int32Array(count);
  const district = new Uint8Array(count);
  const age = new Uint8Array(count);
  const gender = new Uint8Array(count);
  const score = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    // Inside-out Fisher-Yates shuffle.
    const j = rng.int(i + 1);
    key[i] = key[j] as number;
    key[j] = i + 1;
    district[i] = drawAlias(home, rng);
    age[i] = Math.min(100, Math.round(drawTable(ages, rng)));
    gender[i] = rng.u32() & 1;
    score[i] = drawTable(normal, rng) + ((age[i] as number) - 40) / 40;
  }
  const chosen = SCORE_EFFECT.map((effect) => aliasTable(score.map((z) => exp(effect * z))));
  return { key, district, age, gender, chosen };
}
