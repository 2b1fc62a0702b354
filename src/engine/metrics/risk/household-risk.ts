import { infeasible } from '../../kit/errors.ts';
import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { column } from '../../kit/params.ts';
import type { TableRelease } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { encodeColumn } from '../../table/encode.ts';
import { baseSize } from '../../table/hierarchy.ts';
import { householdRisks } from './benedetti-franconi.ts';
import { chanceInterval, modelledRisks, sampleParams } from './modelled-risks.ts';
import { listed, tableOfPeople } from './released-classes.ts';

/** Chance that anybody of a row's household is found: then the rest are known too (Franconi, Polettini 2004). */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'household-risk',
  version: 1,
  onDemand: true,
  label: text('household risk', 'riesgo del hogar'),
  summary: text(
    'How likely it is that at least one row of a household, person or vehicle is found: one gives away the others.',
    'Qué probable es que se encuentre al menos una fila de un hogar, persona o vehículo: una delata a las demás.',
  ),
  citations: [
    {
      authors: 'Franconi, Polettini',
      year: 2004,
      title: 'Individual risk estimation in mu-Argus: a review',
      where: 'Privacy in Statistical Databases, LNCS 3050',
    },
  ],
  limits: [
    text(
      'Takes the rows of a household to be found independently; sizes and make-up of households are not used.',
      'Supone que las filas de un hogar se encuentran por separado; no usa el tamaño ni la composición de los hogares.',
    ),
  ],
  vetting: 'verified',
  params: {
    household: column({
      label: text('what joins the rows', 'lo que une las filas'),
      help: text(
        'Id of the household. Empty: the person or vehicle of the dataset.',
        'Identificador del hogar. Vacío: la persona o el vehículo del conjunto.',
      ),
      roles: ['identifier'],
    }),
    ...sampleParams,
  },
  accepts: ['table'],
  needs: [],
});

/** @throws infeasible where no column joins rows; invalid-data for weights that are missing or below 1 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const { name, codes, count } = householdOf(table, params.household);
  const { risks, known } = modelledRisks(table, params);
  await ctx.checkpoint(0.8);
  const joint = householdRisks(risks, codes, count);
  const sizes = new Float64Array(count);
  const riskOf = new Float64Array(count);
  for (let i = 0; i < joint.length; i += 1) {
    const h = codes[i] as number;
    sizes[h] = (sizes[h] as number) + 1;
    riskOf[h] = joint[i] as number;
  }
  const rows = joint.length;
  const households = sizes.reduce((sum, size) => sum + (size > 0 ? 1 : 0), 0);
  const found = joint.reduce((sum, risk) => sum + risk, 0);
  const variance = riskOf.reduce((sum, risk, h) => sum + square(sizes[h] as number) * risk * (1 - risk), 0);
  const expected = riskOf.reduce((sum, risk) => sum + risk, 0);
  const spread = riskOf.reduce((sum, risk) => sum + risk * (1 - risk), 0);
  const en = `${households} values of ${name} join ${rows} rows; known: ${listed(known, 'and', 'nothing')}`;
  const es = `${households} valores de ${name} unen ${rows} filas; se sabe: ${listed(known, 'y', 'nada')}`;
  const common = {
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'modelled',
    of: 'population',
    source: 'Franconi, Polettini 2004',
  } as const;
  const scores: Score[] = [
    {
      ...common,
      id: 'household-risk/mean',
      label: text('chance that a row or a companion is found', 'probabilidad de encontrar una fila o una compañera'),
      value: rows === 0 ? 0 : found / rows,
      unit: 'share',
      n: rows,
      interval: chanceInterval(found, variance, rows, rows === 0 ? 0 : 1 / rows),
      method: text(
        `${en}; mean over rows of 1 - product of (1 - risk) over the household.`,
        `${es}; media por filas de 1 - producto de (1 - riesgo) en el hogar.`,
      ),
    },
    {
      ...common,
      id: 'household-risk/expected',
      label: text('households found, expected', 'hogares encontrados, esperados'),
      value: expected,
      unit: 'count',
      n: households,
      interval: chanceInterval(expected, spread, households, 1),
      method: text(`${en}; sum over households.`, `${es}; suma de los hogares.`),
    },
  ];
  return scores;
};

const square = (x: number): number => x * x;

/** Household of each released row, read from the source: it joins rows whether or not it was released. */
function householdOf(table: TableRelease, named: string): { name: string; codes: Uint32Array; count: number } {
  const { parts, columns } = table.dataset.descriptor;
  const name = named === '' ? (parts.entity ?? columns.find(({ role }) => role === 'identifier')?.name) : named;
  if (name === undefined) {
    throw infeasible('no column joins the rows of a household', 'choose the column with its id', {
      param: 'household',
    });
  }
  const encoded = encodeColumn(table.dataset, name);
  let next = baseSize(encoded);
  // A row without an id is a household of its own.
  const codes = Uint32Array.from(table.rowOf, (row) => {
    const code = encoded.codes[row] as number;
    if (code !== encoded.missingCode) return code;
    next += 1;
    return next - 1;
  });
  return { name, codes, count: next };
}
