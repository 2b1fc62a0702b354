import type { Ctx } from '../../src/engine/kit/context.ts';
import { sin } from '../../src/engine/kit/portable-math.ts';
import type { Rng } from '../../src/engine/rng/rng.ts';
import { makeTable, type Table } from '../../src/engine/table/table.ts';
import type { EmbeddedDataset, GenerateRequest } from '../kit.ts';
import { autoregressive, panelOf } from '../panel.ts';
import { clearBit, drawTable, fullBitmap, HOUR_MS, normalTable, quantileTable, UNIT } from '../sampling.ts';
import { descriptor, START } from './descriptor.ts';

export const dataset: EmbeddedDataset = {
  descriptor,
  facts: {
    environment: new URL('./facts/environment.json', import.meta.url),
    nodes: new URL('../santander/facts/nodes.json', import.meta.url),
    weather: new URL('../london-weather/facts/weather.json', import.meta.url),
  },
  generate,
};

interface EnvironmentFacts {
  readonly kind_counts: Readonly<Record<string, number>>;
  readonly temperature_C_fresh_valid: { readonly mean: number; readonly quantiles: readonly number[] };
  readonly 'temperature_outside_-10_45': number;
  readonly 'temperature_eq_-50': number;
  readonly noise_dB_fresh: { readonly n: number; readonly zero: number; readonly quantiles_nonzero: readonly number[] };
  readonly light_fresh: { readonly zero_share: number; readonly quantiles_nonzero: readonly number[] };
  readonly battery_fresh_quantiles: readonly number[];
}
type NodeRow = readonly [string, string, number, number, number];

const KINDS = ['temperature+light', 'temperature', 'noise'];
const NOISE = 2;
const SILENT_HOURS = 720;
const APRIL = 3;
/** Local hour of the snapshot: values keep its cross-section there. */
const SNAPSHOT_HOUR = 15;

/** What stays the same of one node. */
interface Node {
  readonly kind: number;
  readonly silent: boolean;
  /** Constant of a faulty thermometer. */
  readonly stuckAt: number | undefined;
  readonly temperature: number;
  readonly light: number;
  readonly noise: number;
  readonly battery: number;
}

interface Laws {
  readonly temperature: Float64Array;
  readonly light: Float64Array;
  readonly noise: Float64Array;
  readonly battery: Float64Array;
  readonly faultShare: number;
  readonly minus50Share: number;
}

/** One row a node and hour. Node level from the snapshot's cross-section, rhythm from the stand-in, slow noise on top. */
async function generate(facts: Record<string, unknown>, request: GenerateRequest, ctx: Ctx): Promise<Table> {
  const { environment } = facts['environment'] as { environment: EnvironmentFacts };
  const { nodes } = facts['nodes'] as { nodes: readonly NodeRow[] };
  const rhythm = rhythmOf(facts['weather']);
  const laws = lawsOf(environment);
  const rows = request.rows;
  const { members, steps } = panelOf(rows, nodes.length, 12);
  const normal = normalTable();
  const out = columnsOf(rows);
  for (let m = 0; m < members.length; m += 1) {
    await ctx.checkpoint(m / members.length);
    const at = members[m] as number;
    const rng = ctx.rng.fork(`node/${at}`);
    const node = drawNode(nodes[at] as NodeRow, laws, environment, rng);
    const drift = autoregressive(steps, 0.95, normal, rng);
    for (let t = 0; t < steps; t += 1) {
      const row = t * members.length + m;
      if (row >= rows) break;
      const hour = t % 24;
      out.node[row] = at;
      out.time[row] = START + t * HOUR_MS;
      out.kind[row] = node.kind;
      const own = drift[t] as number;
      const hears = !node.silent;
      const thermometer = hears && node.kind !== NOISE;
      set(
        out.temperature,
        out.hasTemperature,
        row,
        thermometer,
        node.stuckAt ?? node.temperature + (rhythm[hour] as number) + own,
      );
      set(out.light, out.hasLight, row, hears && node.kind === 0, node.light * daylight(hour));
      const quiet = hour >= 23 || hour < 7 ? 0.88 : 1;
      set(
        out.noise,
        out.hasNoise,
        row,
        hears && node.kind === NOISE,
        node.noise * quiet + (node.noise > 0 ? 2 * own : 0),
      );
      set(out.battery, out.hasBattery, row, hears, node.battery + 0.5 * own);
    }
  }
  return makeTable([
    { kind: 'category', name: 'node', codes: out.node, levels: nodes.map((one) => String(one[0])) },
    { kind: 'time', name: 'time', values: out.time, zone: 'local' },
    { kind: 'category', name: 'kind', codes: out.kind, levels: KINDS },
    { kind: 'number', name: 'temperatureC', values: out.temperature, valid: out.hasTemperature },
    { kind: 'number', name: 'lightLux', values: out.light, valid: out.hasLight },
    { kind: 'number', name: 'noiseDb', values: out.noise, valid: out.hasNoise },
    { kind: 'number', name: 'batteryPercent', values: out.battery, valid: out.hasBattery },
  ]);
}

const columnsOf = (rows: number) => ({
  node: new Uint16Array(rows),
  time: new Float64Array(rows),
  kind: new Uint8Array(rows),
  temperature: new Float64Array(rows),
  hasTemperature: fullBitmap(rows),
  light: new Float64Array(rows),
  hasLight: fullBitmap(rows),
  noise: new Float64Array(rows),
  hasNoise: fullBitmap(rows),
  battery: new Float64Array(rows),
  hasBattery: fullBitmap(rows),
});

function set(values: Float64Array, valid: Uint8Array, row: number, known: boolean, value: number): void {
  if (known) values[row] = Math.round(value * 100) / 100;
  else clearBit(valid, row);
}

function lawsOf(facts: EnvironmentFacts): Laws {
  const thermometers = (facts.kind_counts['temperature+light'] ?? 0) + (facts.kind_counts['temperature'] ?? 0);
  // The top 1 % of light readings are three million lux: a fault nobody can use, cut at full sunlight.
  const light = facts.light_fresh.quantiles_nonzero.map((value) => Math.min(value, 100000));
  return {
    temperature: quantileTable(facts.temperature_C_fresh_valid.quantiles, -10),
    light: quantileTable(light, 0),
    noise: quantileTable(facts.noise_dB_fresh.quantiles_nonzero, 0),
    battery: quantileTable(facts.battery_fresh_quantiles, 0),
    faultShare: facts['temperature_outside_-10_45'] / thermometers,
    minus50Share: facts['temperature_eq_-50'] / facts['temperature_outside_-10_45'],
  };
}

function drawNode(row: NodeRow, laws: Laws, facts: EnvironmentFacts, rng: Rng): Node {
  const faulty = rng.u32() * UNIT < laws.faultShare;
  const minus50 = rng.u32() * UNIT < laws.minus50Share;
  const high = 46 + 54 * rng.u32() * UNIT;
  const dark = rng.u32() * UNIT < facts.light_fresh.zero_share;
  const mute = rng.u32() * UNIT < facts.noise_dB_fresh.zero / facts.noise_dB_fresh.n;
  return {
    kind: Math.max(0, KINDS.indexOf(row[1])),
    silent: row[4] > SILENT_HOURS,
    stuckAt: faulty ? (minus50 ? -50 : high) : undefined,
    temperature: drawTable(laws.temperature, rng),
    light: dark ? 0 : Math.min(100000, drawTable(laws.light, rng) / daylight(SNAPSHOT_HOUR)),
    noise: mute ? 0 : Math.min(94, drawTable(laws.noise, rng)),
    battery: Math.min(98, drawTable(laws.battery, rng)),
  };
}

/** Half a sine from 7 to 21 h, zero at night. */
const daylight = (hour: number): number => (hour <= 7 || hour >= 21 ? 0 : sin((Math.PI * (hour - 7)) / 14));

/** Degrees to add at each hour: the stand-in's April profile, zero at the hour of the snapshot. */
function rhythmOf(weather: unknown): number[] {
  const april = (weather as { temperature_month_hour_mean: readonly (readonly number[])[] })
    .temperature_month_hour_mean[APRIL];
  const base = april?.[SNAPSHOT_HOUR] ?? 0;
  return (april ?? []).map((value) => value - base);
}
