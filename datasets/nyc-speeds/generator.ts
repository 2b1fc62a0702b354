import type { Ctx } from '../../src/engine/kit/context.ts';
import { exp, log } from '../../src/engine/kit/portable-math.ts';
import { makeTable, type Table } from '../../src/engine/table/table.ts';
import type { EmbeddedDataset, GenerateRequest } from '../kit.ts';
import { autoregressive, gaps, panelOf } from '../panel.ts';
import { clearBit, fullBitmap, normalTable, weekdayOf } from '../sampling.ts';
import { descriptor, options, START } from './descriptor.ts';

export const dataset: EmbeddedDataset = {
  descriptor,
  options,
  facts: {
    speeds: new URL('./facts/speeds.json', import.meta.url),
    links: new URL('../nyc/facts/links.json', import.meta.url),
  },
  generate,
};

interface SpeedFacts {
  readonly overall: { readonly residual_autocorrelation_median_over_links: Readonly<Record<string, number>> };
  /** Weekday means by hour, weekend means by hour, standard deviation, share missing. */
  readonly links: readonly (readonly [readonly number[], readonly number[], number, number])[];
}
type LinkRow = readonly [number, string, string, number | null, number | null, number];

/** Mean length of a run of missing readings, in minutes: the source gives the share only. */
const GAP_MINUTES = 60;
const KM_PER_MILE = 1.609344;

/** Speed = mean of the link and hour + autoregressive residual; rows in time order. */
async function generate(facts: Record<string, unknown>, request: GenerateRequest, ctx: Ctx): Promise<Table> {
  const speeds = facts['speeds'] as SpeedFacts;
  const { links } = facts['links'] as { links: readonly LinkRow[] };
  const minutes = request.options['stepMinutes'] ?? options.stepMinutes.default;
  const rows = request.rows;
  const { members, steps } = panelOf(rows, links.length, 24);
  const normal = normalTable();
  const rho = persistence(speeds.overall.residual_autocorrelation_median_over_links, minutes);
  const link = new Uint8Array(rows);
  const time = new Float64Array(rows);
  const speed = new Float64Array(rows);
  const travel = new Int32Array(rows);
  const status = new Uint8Array(rows);
  const valid = fullBitmap(rows);
  for (let m = 0; m < members.length; m += 1) {
    await ctx.checkpoint(m / members.length);
    const at = members[m] as number;
    const [weekday, weekend, sd, missingShare] = speeds.links[at] as SpeedFacts['links'][number];
    const rng = ctx.rng.fork(`link/${at}`);
    const residual = autoregressive(steps, rho, normal, rng);
    const missing = gaps(steps, missingShare, Math.max(1, GAP_MINUTES / minutes), rng);
    const km = (links[at] as LinkRow)[5];
    for (let t = 0; t < steps; t += 1) {
      const row = t * members.length + m;
      if (row >= rows) break;
      const ms = START + t * minutes * 60000;
      const mean = (weekdayOf(ms) < 5 ? weekday : weekend)[Math.floor(ms / 3600000) % 24] as number;
      link[row] = at;
      time[row] = ms;
      if (missing[t] === 1) {
        status[row] = 1;
        clearBit(valid, row);
        continue;
      }
      const mph = Math.max(1.24, mean + sd * (residual[t] as number));
      speed[row] = Math.round(mph * 100) / 100;
      travel[row] = Math.round((km / KM_PER_MILE / mph) * 3600);
    }
  }
  return makeTable([
    { kind: 'category', name: 'link', codes: link, levels: links.map((one) => String(one[0])) },
    { kind: 'time', name: 'time', values: time, zone: 'local' },
    { kind: 'number', name: 'speedMph', values: speed, valid },
    { kind: 'integer', name: 'travelSeconds', values: travel, valid },
    { kind: 'category', name: 'status', codes: status, levels: ['0', '-101'] },
  ]);
}

/** Lag-one autocorrelation at a step of `minutes`: log-linear between the measured lags of 5, 15 and 60 minutes. */
function persistence(measured: Readonly<Record<string, number>>, minutes: number): number {
  const lags = [5, 15, 60];
  const values = [measured['lag_5min'], measured['lag_15min'], measured['lag_1h']].map((rho) => log(rho ?? 0.5));
  const i = minutes <= 15 ? 0 : 1;
  const share = (minutes - (lags[i] as number)) / ((lags[i + 1] as number) - (lags[i] as number));
  return exp((values[i] as number) + share * ((values[i + 1] as number) - (values[i] as number)));
}
