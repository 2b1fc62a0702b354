import { infeasible, invalidData } from '../../kit/errors.ts';
import { choice, column, number } from '../../kit/params.ts';
import type { TableRelease } from '../../kit/release.ts';
import type { Interval } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { columnOf, isValid, lengthOf } from '../../table/table.ts';
import { individualRisk, type RiskForm } from './benedetti-franconi.ts';
import { frequencyCounts } from './frequency-counts.ts';
import { knownColumns, releasedKeys } from './released-classes.ts';
import { knownPrecision, knownToOutsider, samplingFraction } from './shared-params.ts';

/** Parameters of the risks that think of the table as a weighted sample. */
export const sampleParams = {
  known: knownToOutsider,
  precision: knownPrecision,
  weight: column({
    label: text('sampling weight', 'peso de muestreo'),
    help: text(
      'How many rows of the population each row stands for. Empty: the same for all, from the share below.',
      'Cuántas filas de la población representa cada fila. Vacío: igual para todas, según la parte de abajo.',
    ),
    roles: [],
  }),
  fraction: samplingFraction,
  alpha: number({
    label: text('how far a missing cell counts as a match', 'cuánto cuenta como igual una celda que falta'),
    symbol: 'α',
    help: text(
      '0: rows with gaps hide nobody. 1: a gap stands for any value, which an outsider need not believe.',
      '0: las filas con huecos no ocultan a nadie. 1: un hueco vale por cualquier valor, lo que nadie está obligado a creer.',
    ),
    min: 0,
    max: 1,
    default: 0,
    advanced: true,
  }),
  form: choice({
    label: text('formula', 'fórmula'),
    help: text(
      'The shortcut is the one of statistical offices, from three equal rows on.',
      'El atajo es el de las oficinas de estadística, a partir de tres filas iguales.',
    ),
    options: [
      { value: 'exact', label: text('exact', 'exacta') },
      { value: 'approx', label: text('shortcut', 'atajo') },
    ],
    default: 'exact',
    advanced: true,
  }),
} as const;

export interface SampleParams {
  readonly known: readonly string[];
  readonly precision: 'minute' | 'hour' | 'day';
  readonly weight: string;
  readonly fraction: number;
  readonly alpha: number;
  readonly form: RiskForm;
}

/** Individual risk of each released row, and the columns an outsider is taken to know. */
export interface ModelledRisks {
  readonly risks: Float64Array;
  readonly known: readonly string[];
  /** Rows of the population the table stands for. */
  readonly population: number;
}

/** @throws invalid-data for weights that are missing or below 1; infeasible for more than 30 known columns */
export function modelledRisks(release: TableRelease, params: SampleParams): ModelledRisks {
  const known = knownColumns(release, params.known);
  if (known.length > 30) {
    throw infeasible(
      `${known.length} known columns are too many (at most 30)`,
      'keep those an outsider can really know',
      {
        param: 'known',
      },
    );
  }
  const { rows } = release.table;
  const weights = params.weight === '' ? equalWeights(rows, params.fraction) : weightsOf(release, params.weight);
  const counts = frequencyCounts(releasedKeys(release, known, params.precision), rows, weights, params.alpha);
  return {
    risks: counts.sample.map((f, i) => individualRisk(f, counts.population[i] as number, params.form)),
    known,
    population: weights.reduce((sum, weight) => sum + weight, 0),
  };
}

const equalWeights = (rows: number, fraction: number): Float64Array => new Float64Array(rows).fill(1 / fraction);

/** Weights are facts about the source rows: they are read there, whether or not they were released. */
function weightsOf(release: TableRelease, name: string): Float64Array {
  const source = columnOf(release.dataset.table, name);
  if (source.kind !== 'number' && source.kind !== 'integer') {
    throw invalidData(
      `column "${name}" holds no numbers, so it cannot be a sampling weight`,
      'choose a column of numbers',
      {
        column: name,
      },
    );
  }
  return Float64Array.from(release.rowOf, (row) => {
    const weight = row < lengthOf(source) && isValid(source, row) ? (source.values[row] as number) : Number.NaN;
    if (weight >= 1 && Number.isFinite(weight)) return weight;
    throw invalidData(
      `the sampling weight "${name}" of row ${row + 1} is ${Number.isNaN(weight) ? 'missing' : weight}, expected 1 or more`,
      'repair the column, or choose none and set the share of all rows',
      { column: name },
    );
  });
}

/**
 * 95 % interval of a number of successes of independent trials with these chances (normal approximation), times `scale`:
 * what chance alone makes of it; that the model is right is taken for granted.
 */
export function chanceInterval(mean: number, variance: number, most: number, scale: number): Interval {
  const half = 1.959963984540054 * Math.sqrt(variance);
  return {
    low: scale * Math.max(0, mean - half),
    high: scale * Math.min(most, mean + half),
    level: 0.95,
    kind: 'sampling',
  };
}
