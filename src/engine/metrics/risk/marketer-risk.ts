import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { text } from '../../kit/text.ts';
import { classRisks } from './class-risks.ts';
import { knownColumns, listed, releasedClasses, tableOfPeople } from './released-classes.ts';
import { knownPrecision, knownToOutsider } from './shared-params.ts';

/** Expected share of rows matched rightly by someone who links all of them (Dankar, El Emam 2010). */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'marketer-risk',
  version: 1,
  label: text('marketer risk', 'riesgo del comercial'),
  summary: text(
    'The share of all rows that someone linking the whole table to a register of the same people would match rightly.',
    'La parte de las filas que acertaría quien cruzara la tabla entera con un registro de las mismas personas.',
  ),
  citations: [
    { authors: 'Dankar, El Emam', year: 2010, title: 'A method for evaluating marketer re-identification risk' },
  ],
  limits: [
    text(
      'Assumes a register that covers exactly the people of the table: a worst case.',
      'Supone un registro con exactamente las personas de la tabla: un caso peor.',
    ),
  ],
  vetting: 'verified',
  params: {
    known: knownToOutsider,
    precision: knownPrecision,
  },
  accepts: ['table'],
  needs: [],
});

export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const known = knownColumns(table, params.known);
  const risks = classRisks(releasedClasses(table, known, params.precision).sizes, 1);
  const source = table.dataset.table.rows;
  const expected = source === 0 ? 0 : risks.classes / source;
  return [
    {
      id: 'marketer-risk',
      label: text('rows matched rightly in a full link', 'filas acertadas en un cruce completo'),
      value: expected,
      unit: 'share',
      direction: 'lower-is-better',
      meaning: 'risk',
      provenance: 'measured',
      of: 'sample',
      n: source,
      baseline: source === 0 ? 0 : 1 / source,
      method: text(
        `${risks.classes} groups alike in ${listed(known, 'and', 'nothing')} / ${source} rows of the data; suppressed rows are never matched.`,
        `${risks.classes} grupos iguales en ${listed(known, 'y', 'nada')} / ${source} filas de los datos; las suprimidas nunca se aciertan.`,
      ),
      source: 'Dankar, El Emam 2010',
    },
  ];
};
