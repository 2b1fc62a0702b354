import { infeasible } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, columns, flag, number } from '../kit/params.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { fillNormal } from '../rng/samplers.ts';
import { cholesky, covariance, moments, type NumberTable, square } from './matrices.ts';
import { chosenNumbers, type NumericColumn, presentRows, renumbered } from './numeric-columns.ts';
import { perturbed } from './perturbed.ts';
import { tableInput } from './table-input.ts';

/** Additive Gaussian noise, independent or correlated like the data (Kim, 1986). */
export const descriptor = defineTechnique({
  id: 'noise-addition',
  version: 1,
  family: 'anonymization',
  label: text('noise on numbers', 'ruido en los números'),
  summary: text(
    'Adds random noise in proportion to the spread of each column, on request correlated like the columns themselves.',
    'Añade ruido aleatorio proporcional a la dispersión de cada columna y, si se pide, correlacionado como las propias columnas.',
  ),
  citations: [
    {
      authors: 'Kim',
      year: 1986,
      title: 'A method for limiting disclosure in microdata based on random noise and transformation',
    },
    {
      authors: 'Brand',
      year: 2002,
      title: 'Microdata protection through noise addition',
      doi: '10.1007/3-540-47804-3_8',
    },
  ],
  limits: [
    text(
      'No formal guarantee: this is not differential privacy. Outliers stay outliers, and rows can often be linked again.',
      'Sin garantía formal: no es privacidad diferencial. Los valores extremos lo siguen siendo y a menudo se pueden volver a enlazar filas.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    ratio: number({
      label: text('noise for each unit of spread', 'ruido por unidad de dispersión'),
      symbol: 'c',
      help: text(
        'Standard deviation of the noise, as a multiple of the column’s own.',
        'Desviación típica del ruido, como múltiplo de la de la columna.',
      ),
      ends: [text('better accuracy', 'más exactitud'), text('stronger privacy', 'más privacidad')],
      min: 0,
      max: 5,
      default: 0.3,
    }),
    method: choice({
      label: text('noise', 'ruido'),
      help: text(
        'Correlated noise keeps the correlations of the columns; independent noise weakens them.',
        'El ruido correlacionado conserva las correlaciones de las columnas; el independiente las debilita.',
      ),
      options: [
        { value: 'correlated', label: text('correlated like the data', 'correlacionado como los datos') },
        { value: 'independent', label: text('independent', 'independiente') },
      ],
      default: 'correlated',
    }),
    keepSpread: flag({
      label: text('keep the spread', 'conservar la dispersión'),
      help: text(
        'Shrinks the noisy values towards the mean, so that variances stay right.',
        'Acerca los valores ruidosos a la media, para que las varianzas se mantengan.',
      ),
      default: false,
      advanced: true,
    }),
    columns: columns({
      label: text('columns to change', 'columnas que se cambian'),
      help: text(
        'Empty: all numbers that identify or are sensitive.',
        'Vacío: todos los números que identifican o son sensibles.',
      ),
      roles: ['quasi-identifier', 'sensitive'],
    }),
  },
  stage: 'release',
  does: 'perturb',
  dimensions: { serves: ['identity', 'footprint'] },
  view: 'rows',
  accepts: ['table'],
  produces: 'table',
  randomized: true,
  guarantee: (): Guarantee => NONE,
});

const NONE: Guarantee = {
  kind: 'none',
  why: 'noise in proportion to the data’s own spread is not calibrated to what one row can change',
};

/** @throws infeasible where the table has no numbers, or no row has all of them */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  const chosen = chosenNumbers(source, params.columns, params.columns.length > 0);
  await ctx.checkpoint(0);
  const { rows, complete } = completeRows(chosen, source.table.rows);
  if (rows.length === 0 && source.table.rows > 0) {
    throw infeasible(
      `no row has values in all of ${chosen.map((column) => column.name).join(', ')}`,
      'leave out the column with most missing values',
    );
  }
  const rng = ctx.rng.fork('noise-addition');
  const noise = drawNoise(complete, source.table.rows, params.method, params.ratio, rng);
  await ctx.checkpoint(0.6);
  const shrink = params.keepSpread ? 1 / Math.sqrt(1 + params.ratio * params.ratio) : 1;
  const notes: Text[] = [];
  const made: NumericColumn[] = chosen.map((column, j) => {
    const present = presentRows(column);
    const mean = present.reduce((sum, row) => sum + (column.values[row] as number), 0) / Math.max(1, present.length);
    const values = Float64Array.from(column.values);
    let squares = 0;
    for (const row of present) {
      const before = column.values[row] as number;
      values[row] = mean + (before + (noise[row * chosen.length + j] as number) - mean) * shrink;
      squares += square((values[row] as number) - before);
    }
    const typical = Math.sqrt(squares / Math.max(1, present.length));
    notes.push(
      text(
        `${column.name}: values moved by ${short(typical)} (root mean square).`,
        `${column.name}: los valores se movieron ${short(typical)} (media cuadrática).`,
      ),
    );
    return renumbered(column, values);
  });
  if (!params.keepSpread && params.ratio > 0) {
    const factor = (1 + params.ratio * params.ratio).toFixed(3);
    notes.push(
      text(
        `Variances are ${factor} times too large on average: divide by that to correct them.`,
        `Las varianzas son de media ${factor} veces demasiado grandes: divida por ese factor para corregirlas.`,
      ),
    );
  }
  return perturbed(source, made, NONE, notes, () => ctx.checkpoint(0.99));
};

const short = (x: number): string => String(Number(x.toPrecision(3)));

function completeRows(chosen: readonly NumericColumn[], total: number): { rows: Uint32Array; complete: NumberTable } {
  const counts = new Uint32Array(total);
  for (const column of chosen) for (const row of presentRows(column)) counts[row] = (counts[row] as number) + 1;
  const rows = Uint32Array.from(counts.keys()).filter((row) => counts[row] === chosen.length);
  const width = chosen.length;
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    chosen.forEach((column, j) => {
      values[i * width + j] = column.values[row] as number;
    });
  });
  return { rows, complete: { rows: rows.length, width, values } };
}

/**
 * Noise N(0, c^2 S) for every row, row-major: S is the covariance of the complete rows, or only its diagonal.
 * @param rows number of rows to draw for
 */
export function drawNoise(
  complete: NumberTable,
  rows: number,
  method: 'correlated' | 'independent',
  ratio: number,
  rng: Rng,
): Float64Array {
  const { width } = complete;
  const unit = fillNormal(rng, new Float64Array(rows * width));
  if (method === 'independent') {
    const { deviation } = moments(complete);
    return unit.map((x, i) => x * ratio * (deviation[i % width] as number));
  }
  const root = cholesky(covariance(complete), width);
  const out = new Float64Array(unit.length);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < width; j += 1) {
      let sum = 0;
      for (let l = 0; l <= j; l += 1) sum += (root[j * width + l] as number) * (unit[i * width + l] as number);
      out[i * width + j] = ratio * sum;
    }
  }
  return out;
}
