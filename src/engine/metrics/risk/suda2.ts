import { infeasible } from '../../kit/errors.ts';
import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { integer } from '../../kit/params.ts';
import { exp, log } from '../../kit/portable-math.ts';
import type { Interval, Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { frequencyCounts } from './frequency-counts.ts';
import { disScores, intruderMatch, minimalSampleUniques, type SudaScores } from './minimal-sample-uniques.ts';
import { knownColumns, releasedKeys, tableOfPeople } from './released-classes.ts';
import { knownPrecision, knownToOutsider, samplingFraction } from './shared-params.ts';

/** Special uniques: rows that stand out by few columns (Elliot, Manning; SUDA2 with DIS scores). */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'suda2',
  version: 1,
  onDemand: true,
  label: text('special uniques (SUDA2)', 'únicas especiales (SUDA2)'),
  summary: text(
    'Which rows stand out by the fewest columns, which columns make them do so, and how likely a match with one is right.',
    'Qué filas destacan por menos columnas, qué columnas lo causan y qué probable es que acertar con una sea correcto.',
  ),
  citations: [
    {
      authors: 'Manning, Haglin, Keane',
      year: 2008,
      title: 'A recursive search algorithm for statistical disclosure assessment',
      doi: '10.1007/s10618-007-0078-6',
    },
    {
      authors: 'Skinner, Elliot',
      year: 2002,
      title: 'A measure of disclosure risk for microdata',
      doi: '10.1111/1467-9868.00365',
    },
  ],
  limits: [
    text(
      'Scores rank rows; only the chance of a right match is a probability, and only for a simple random sample.',
      'Las puntuaciones ordenan filas; solo la probabilidad de acierto lo es, y solo con una muestra aleatoria simple.',
    ),
  ],
  vetting: 'verified',
  params: {
    known: knownToOutsider,
    precision: knownPrecision,
    fraction: samplingFraction,
    most: integer({
      label: text('most columns at a time', 'máximo de columnas a la vez'),
      help: text(
        'Larger sets of columns are not looked at: faster, but a lower score.',
        'No se miran conjuntos mayores: más rápido, pero con menos puntuación.',
      ),
      min: 1,
      max: 12,
      default: 12,
      advanced: true,
    }),
  },
  accepts: ['table'],
  needs: [],
});

/** @throws infeasible for more than 12 known columns: there are 2^12 sets of them */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const known = knownColumns(table, params.known);
  if (known.length > 12) {
    throw infeasible(`${known.length} columns have too many combinations (at most 12)`, 'choose fewer known columns', {
      param: 'known',
    });
  }
  const { rows } = table.table;
  const keys = releasedKeys(table, known, params.precision);
  const found = await minimalSampleUniques(keys, rows, 'factorial', params.most, ctx);
  const { sample } = frequencyCounts(keys, rows, undefined, 0);
  const alone = sample.reduce((count, f) => count + (f === 1 ? 1 : 0), 0);
  const paired = sample.reduce((count, f) => count + (f === 2 ? 1 : 0), 0);
  const match = intruderMatch(alone, paired, params.fraction);
  const dis = disScores(found.score, known.length, alone, match);
  return [...uniqueScores(found, rows, known), ...matchScores(dis, match, alone, paired, params.fraction, rows)];
};

function uniqueScores(found: SudaScores, rows: number, known: readonly string[]): readonly Score[] {
  const special = found.uniques.reduce((count, each) => count + (each > 0 ? 1 : 0), 0);
  const byFew = found.smallest.reduce((count, size) => count + (size > 0 && size <= 2 ? 1 : 0), 0);
  const total = found.score.reduce((sum, each) => sum + each, 0);
  const shares = known.map((name, j) => {
    const part = found.contribution[j] ?? new Float64Array(0);
    return {
      name,
      share: total === 0 ? 0 : part.reduce((sum, each, i) => sum + each * (found.score[i] as number), 0) / total,
    };
  });
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n: rows,
  } as const;
  const share = (count: number): number => (rows === 0 ? 0 : count / rows);
  return [
    {
      ...common,
      id: 'suda2/special',
      label: text('rows that stand out', 'filas que destacan'),
      value: share(special),
      method: text(
        `${special} of ${rows} rows are alone in some set of ${known.length} columns and in none of its parts.`,
        `${special} de ${rows} filas están solas en algún conjunto de ${known.length} columnas y en ninguna de sus partes.`,
      ),
      source: 'Manning, Haglin, Keane 2008',
    },
    {
      ...common,
      id: 'suda2/by-two',
      label: text('rows that stand out by one or two columns', 'filas que destacan por una o dos columnas'),
      value: share(byFew),
      method: text(
        `${byFew} of ${rows} rows are alone in one column or in two together.`,
        `${byFew} de ${rows} filas están solas en una columna o en dos juntas.`,
      ),
    },
    ...shares.map(
      (each): Score => ({
        ...common,
        id: `suda2/column/${each.name}`,
        label: text(`share of the score that needs ${each.name}`, `parte de la puntuación que necesita ${each.name}`),
        value: each.share,
        direction: 'neutral',
        method: text(
          `Scores of unique sets with ${each.name} / all scores; these shares add up to more than 1.`,
          `Puntuación de los conjuntos únicos con ${each.name} / toda la puntuación; estas partes suman más de 1.`,
        ),
      }),
    ),
  ];
}

function matchScores(
  dis: Float64Array,
  match: number | undefined,
  alone: number,
  paired: number,
  fraction: number,
  rows: number,
): readonly Score[] {
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'modelled',
    of: 'population',
    source: 'Skinner, Elliot 2002',
  } as const;
  const en = `${alone} rows alone, ${paired} in pairs, a share of ${fraction} of all rows sampled`;
  const es = `${alone} filas solas, ${paired} en parejas, una parte de ${fraction} de todas las filas en la muestra`;
  return [
    {
      ...common,
      id: 'suda2/match',
      label: text('a match with a lone row is right', 'acertar con una fila sola es correcto'),
      value: match ?? 0,
      n: alone,
      ...(match === undefined ? {} : { interval: matchInterval(match, alone, paired) }),
      method: text(
        match === undefined ? `${en}: no row to match with.` : `${en}: U f / (U f + P (1 - f)).`,
        match === undefined ? `${es}: ninguna fila con la que acertar.` : `${es}: U f / (U f + P (1 - f)).`,
      ),
    },
    {
      ...common,
      id: 'suda2/highest',
      label: text('the same for the most special row', 'lo mismo con la fila más especial'),
      value: dis.reduce((most, each) => Math.max(most, each), 0),
      n: rows,
      method: text(
        `${en}; that chance spread over the rows by their scores (DIS-SUDA), largest.`,
        `${es}; esa probabilidad repartida entre las filas según su puntuación (DIS-SUDA), la mayor.`,
      ),
    },
  ];
}

/**
 * 95 % interval of the chance of a right match: its log odds ln(U f / (P (1 - f))) have the variance 1/U + 1/(P/2) when
 * numbers of single rows and of pairs are Poisson. Where one of them is 0, everything up to that end.
 */
function matchInterval(match: number, alone: number, paired: number): Interval {
  const common = { level: 0.95, kind: 'sampling' } as const;
  if (alone === 0) return { low: 0, high: 1, ...common };
  if (paired === 0) return { low: 0, high: 1, ...common };
  const half = 1.959963984540054 * Math.sqrt(1 / alone + 2 / paired);
  const odds = log(match / (1 - match));
  if (!Number.isFinite(odds)) return { low: match, high: match, ...common };
  const at = (x: number): number => 1 / (1 + exp(-x));
  return { low: at(odds - half), high: at(odds + half), ...common };
}
