import { text } from '../../src/engine/kit/text.ts';
import { found } from './columns-ops.ts';
import { column } from './fields.ts';
import type { Draft, FinishTools } from './plan.ts';
import { simpleFormat } from './simple.ts';

const HALF_HOUR = 1_800_000;

/** Low Carbon London: half-hourly consumption of households; the unit is inside the header. */
export const lowCarbonLondon = simpleFormat({
  id: 'lcl',
  label: text('Low Carbon London smart meters', 'contadores Low Carbon London'),
  city: 'london',
  score: 0.95,
  dateOrder: 'dmy',
  dataset: {
    id: 'lcl-energy',
    label: text('Household energy (your file)', 'Energía del hogar (su archivo)'),
    summary: text('Real half-hourly electricity use.', 'Consumo eléctrico real cada media hora.'),
    licence: 'CC BY (London Datastore)',
    source: 'UK Power Networks, Low Carbon London trial',
    portal: {
      url: 'https://data.london.gov.uk/dataset/smartmeter-energy-use-data-in-london-households',
      label: text('London Datastore, smart-meter data', 'London Datastore, contadores'),
    },
    rowUnit: 'half hour',
    privacyUnit: 'household',
    parts: { time: 'time', measure: 'kwh', entity: 'household', secret: 'kwh' },
    assumptions: [],
  },
  fields: [
    {
      keys: ['datetime', 'tstp'],
      needed: true,
      column: column('time', 'time', text('Time', 'Hora'), {
        role: 'quasi-identifier',
        sensitivity: 'medium',
        bounds: [Date.UTC(2011, 0, 1), Date.UTC(2015, 0, 1)],
        ladder: { kind: 'time' },
      }),
      plan: { required: true },
    },
    {
      keys: ['lclid'],
      needed: true,
      column: column('household', 'category', text('Household', 'Hogar'), {
        role: 'identifier',
        sensitivity: 'high',
        ladder: { kind: 'suppress' },
      }),
      plan: { required: true },
    },
    {
      keys: ['kwhhhperhalfhour', 'energykwhhh'],
      needed: true,
      column: column('kwh', 'number', text('Consumption', 'Consumo'), {
        unit: 'kWh',
        role: 'sensitive',
        sensitivity: 'high',
        bounds: [0, 5],
        ladder: { kind: 'interval', origin: 0, widths: [0.1, 0.5, 1, 5] },
      }),
    },
    {
      keys: ['stdortou'],
      column: column('tariff', 'category', text('Tariff', 'Tarifa'), {
        role: 'quasi-identifier',
        ladder: { kind: 'suppress' },
      }),
    },
    {
      keys: ['acorngrouped'],
      column: column('group', 'category', text('Group of households', 'Grupo de hogares'), {
        role: 'quasi-identifier',
        sensitivity: 'medium',
        ladder: { kind: 'suppress' },
      }),
    },
  ],
  finish: noteStamps,
});

/** Repeated stamps of a household, and stamps off the half-hour grid: counted and kept. */
async function noteStamps(draft: Draft, tools: FinishTools): Promise<Draft> {
  const time = found(draft, 'time');
  const household = found(draft, 'household');
  if (time?.kind !== 'time' || household?.kind !== 'category') return draft;
  const seen = new Set<number>();
  let repeated = 0;
  let off = 0;
  const levels = household.levels.length;
  for (let i = 0; i < draft.rows; i += 1) {
    const ms = time.values[i] as number;
    if (ms % HALF_HOUR !== 0) off += 1;
    // Seconds times households stay far below 2^53.
    const key = Math.floor(ms / 1000) * levels + (household.codes[i] as number);
    if (seen.has(key)) repeated += 1;
    else if (seen.size < 5_000_000) seen.add(key);
  }
  if (repeated > 0)
    tools.decide(
      text(
        `${repeated} readings repeat a time of their household; kept.`,
        `${repeated} lecturas repiten una hora de su hogar; se conservan.`,
      ),
    );
  if (off > 0)
    tools.decide(
      text(
        `${off} readings lie off the half-hour grid; kept.`,
        `${off} lecturas no caen en la media hora; se conservan.`,
      ),
    );
  return draft;
}
