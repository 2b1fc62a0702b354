import { infeasible } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, columns, number } from '../kit/params.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { chosenNumbers, type NumericColumn, presentRows, renumbered } from './numeric-columns.ts';
import { perturbed } from './perturbed.ts';
import { tableInput } from './table-input.ts';

/** Fewer coded rows than this would give their mean away; they get the bound instead. */
const LEAST_ROWS = 3;

/** Top and bottom coding (Willenborg, de Waal, 2001; Hundepool et al., 2012, section 3.3). */
export const descriptor = defineTechnique({
  id: 'top-bottom-coding',
  version: 1,
  family: 'anonymization',
  label: text('top and bottom coding', 'codificación de extremos'),
  summary: text(
    'Replaces the largest and the smallest values of a column by one value each, so that extremes no longer stand out.',
    'Sustituye los valores más altos y los más bajos de una columna por uno solo, para que los extremos no destaquen.',
  ),
  citations: [
    { authors: 'Hundepool et al.', year: 2012, title: 'Statistical disclosure control', doi: '10.1002/9781118348239' },
  ],
  limits: [
    text(
      'Protects the extremes only; all other values stay exact.',
      'Protege solo los extremos; los demás valores quedan exactos.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    by: choice({
      label: text('where extremes begin', 'dónde empiezan los extremos'),
      help: text('At a share of the rows, or at a value.', 'En una proporción de las filas, o en un valor.'),
      options: [
        { value: 'share', label: text('a share of the rows', 'una proporción de las filas') },
        { value: 'value', label: text('a value', 'un valor') },
      ],
      default: 'share',
    }),
    top: number({
      label: text('largest rows', 'filas más altas'),
      unit: '%',
      help: text('Share of the rows coded at the top.', 'Proporción de filas que se codifican arriba.'),
      min: 0,
      max: 50,
      default: 5,
    }),
    bottom: number({
      label: text('smallest rows', 'filas más bajas'),
      unit: '%',
      help: text('Share of the rows coded at the bottom.', 'Proporción de filas que se codifican abajo.'),
      min: 0,
      max: 50,
      default: 0,
    }),
    upper: number({
      label: text('upper bound', 'límite superior'),
      help: text(
        'Larger values are coded, when bounds are values.',
        'Se codifican los valores mayores, si el límite es un valor.',
      ),
      min: -1e12,
      max: 1e12,
      default: 100,
      advanced: true,
    }),
    lower: number({
      label: text('lower bound', 'límite inferior'),
      help: text(
        'Smaller values are coded, when bounds are values.',
        'Se codifican los valores menores, si el límite es un valor.',
      ),
      min: -1e12,
      max: 1e12,
      default: 0,
      advanced: true,
    }),
    release: choice({
      label: text('value of the extremes', 'valor de los extremos'),
      help: text('The mean keeps totals right.', 'La media mantiene los totales.'),
      options: [
        { value: 'mean', label: text('their mean', 'su media') },
        { value: 'bound', label: text('the bound', 'el límite') },
      ],
      default: 'mean',
    }),
    columns: columns({
      label: text('columns to code', 'columnas que se codifican'),
      help: text('Empty: all sensitive numbers.', 'Vacío: todos los números sensibles.'),
      roles: ['sensitive'],
    }),
  },
  stage: 'release',
  does: 'coarsen',
  dimensions: { serves: ['identity', 'footprint'] },
  view: 'rows',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: (): Guarantee => NONE,
});

const NONE: Guarantee = { kind: 'none', why: 'only extremes are hidden; every other value is exact' };

/** @throws infeasible where the table has no numbers, or bounds are in the wrong order */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  await ctx.checkpoint(0);
  if (params.by === 'value' && params.lower > params.upper) {
    throw infeasible(
      `the lower bound ${params.lower} is above the upper bound ${params.upper}`,
      'set lower to at most the upper bound',
      { param: 'lower' },
    );
  }
  const sensitive = source.dataset.descriptor.columns.filter((column) => column.role === 'sensitive');
  const numbers = chosenNumbers(source, params.columns, params.columns.length > 0);
  const chosen =
    params.columns.length > 0
      ? numbers
      : preferred(
          numbers,
          sensitive.map((column) => column.name),
        );
  const notes: Text[] = [];
  const made: NumericColumn[] = chosen.map((column) => {
    const rows = presentRows(column);
    const [low, high] = params.by === 'value' ? [params.lower, params.upper] : quantiles(column, rows, params);
    const values = Float64Array.from(column.values);
    const above = rows.filter((row) => (column.values[row] as number) > high);
    const below = rows.filter((row) => (column.values[row] as number) < low);
    const upper = codeValue(column, above, high, params.release);
    const lower = codeValue(column, below, low, params.release);
    for (const row of above) values[row] = upper;
    for (const row of below) values[row] = lower;
    notes.push(
      text(
        `${column.name}: ${above.length} values at the top, ${below.length} at the bottom are coded.`,
        `${column.name}: se codifican ${above.length} valores arriba y ${below.length} abajo.`,
      ),
    );
    return renumbered(column, values);
  });
  return perturbed(source, made, NONE, notes, () => ctx.checkpoint(0.99));
};

const preferred = (numbers: readonly NumericColumn[], names: readonly string[]): readonly NumericColumn[] => {
  const found = numbers.filter((column) => names.includes(column.name));
  return found.length > 0 ? found : numbers;
};

/** Mean of the coded rows, or the bound where that is asked for or too few rows would be averaged. */
function codeValue(column: NumericColumn, rows: Uint32Array, bound: number, release: 'mean' | 'bound'): number {
  if (release === 'bound' || rows.length < LEAST_ROWS) return bound;
  return rows.reduce((sum, row) => sum + (column.values[row] as number), 0) / rows.length;
}

/**
 * Values beyond which at most the given shares of the rows lie: order statistics, and with equal values fewer rows.
 * Where the two shares meet, the bounds are one value.
 */
export function quantiles(
  column: NumericColumn,
  rows: Uint32Array,
  shares: { readonly top: number; readonly bottom: number },
): readonly [number, number] {
  const sorted = Float64Array.from(rows, (row) => column.values[row] as number).sort();
  const n = sorted.length;
  if (n === 0) return [-Infinity, Infinity];
  const cutTop = Math.floor((n * shares.top) / 100);
  const cutBottom = Math.floor((n * shares.bottom) / 100);
  const high = Math.max(0, n - 1 - cutTop);
  return [sorted[Math.min(cutBottom, high)] as number, sorted[high] as number];
}
