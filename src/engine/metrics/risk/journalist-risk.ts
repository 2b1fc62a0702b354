import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { journalistRisks } from './class-risks.ts';
import { knownColumns, listed, releasedClasses, tableOfPeople } from './released-classes.ts';
import { knownPrecision, knownToOutsider, samplingFraction, smallestGroup } from './shared-params.ts';

/** Risk when the adversary does not know who is in the table: 1 / number of people of the population in the class. */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'journalist-risk',
  version: 1,
  label: text('journalist risk', 'riesgo del periodista'),
  summary: text(
    'The chance to point at the right member of the whole population, by someone who does not know who is in the table.',
    'La probabilidad de señalar al miembro correcto de toda la población, por alguien que no sabe quién está en la tabla.',
  ),
  citations: [
    { authors: 'El Emam', year: 2013, title: 'Guide to the De-Identification of Personal Health Information' },
  ],
  limits: [
    text(
      'Without a population register, group sizes in the population are taken as sample size / f. For rows unique in the sample that is optimistic.',
      'Sin un registro de población, el tamaño de cada grupo en ella se toma como tamaño muestral / f. Para filas únicas en la muestra es optimista.',
    ),
  ],
  vetting: 'verified',
  params: {
    known: knownToOutsider,
    precision: knownPrecision,
    fraction: samplingFraction,
    smallest: smallestGroup,
  },
  accepts: ['table'],
  needs: [],
});

export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const known = knownColumns(table, params.known);
  const { sizes, count } = releasedClasses(table, known, params.precision);
  const population = Float64Array.from(sizes, (size) => size / params.fraction);
  const risks = journalistRisks(sizes, population, 1 / params.smallest);
  const en = `${count} groups alike in ${listed(known, 'and', 'nothing')}, taken to be 1 / ${params.fraction} times larger in the population`;
  const es = `${count} grupos iguales en ${listed(known, 'y', 'nada')}, que se suponen 1 / ${params.fraction} veces mayores en la población`;
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'modelled',
    of: 'population',
    n: table.table.rows,
    source: 'El Emam 2013, ch. 16',
  } as const;
  const scores: Score[] = [
    {
      ...common,
      id: 'journalist-risk/average',
      label: text('right guess in the population, on average', 'acierto en la población, de media'),
      value: risks.success,
      method: text(`${en}.`, `${es}.`),
    },
    {
      ...common,
      id: 'journalist-risk/highest',
      label: text('right guess in the population, most exposed row', 'acierto en la población, fila más expuesta'),
      value: risks.highest,
      method: text(`${en}; 1 / smallest.`, `${es}; 1 / el menor.`),
    },
    {
      ...common,
      id: 'journalist-risk/at-risk',
      label: text(
        `rows in population groups below ${params.smallest}`,
        `filas en grupos de población de menos de ${params.smallest}`,
      ),
      value: risks.atRisk,
      method: text(`${en}.`, `${es}.`),
    },
  ];
  return scores;
};
