import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { classRisks } from './class-risks.ts';
import { boundByK, knownColumns, listed, releasedClasses, tableOfPeople } from './released-classes.ts';
import { knownPrecision, knownToOutsider, smallestGroup } from './shared-params.ts';

/** Risk that someone known to be in the table is found: 1 / class size (El Emam 2013). */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'prosecutor-risk',
  version: 1,
  label: text('prosecutor risk', 'riesgo del fiscal'),
  summary: text(
    'The chance to pick the right row for a person known to be in the table, from the number of rows that look alike.',
    'La probabilidad de elegir la fila correcta de alguien que se sabe que está en la tabla, según cuántas filas se parecen.',
  ),
  citations: [
    { authors: 'El Emam', year: 2013, title: 'Guide to the De-Identification of Personal Health Information' },
    { authors: 'Dankar, El Emam', year: 2010, title: 'A method for evaluating marketer re-identification risk' },
  ],
  limits: [
    text(
      'Counts rows that look alike, not people; says nothing about what the other columns give away.',
      'Cuenta filas parecidas, no personas; no dice nada de lo que revelan las demás columnas.',
    ),
  ],
  vetting: 'verified',
  params: {
    known: knownToOutsider,
    precision: knownPrecision,
    smallest: smallestGroup,
  },
  accepts: ['table'],
  needs: [],
});

export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const known = knownColumns(table, params.known);
  const risks = classRisks(releasedClasses(table, known, params.precision).sizes, 1 / params.smallest);
  const en = `${risks.rows} released rows form ${risks.classes} groups alike in ${listed(known, 'and', 'nothing')}`;
  const es = `${risks.rows} filas publicadas forman ${risks.classes} grupos iguales en ${listed(known, 'y', 'nada')}`;
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n: risks.rows,
    source: 'El Emam 2013, ch. 16',
  } as const;
  const bound = boundByK(table, known);
  const scores: Score[] = [
    {
      ...common,
      ...bound,
      id: 'prosecutor-risk/average',
      label: text('right guess, on average', 'acierto, de media'),
      value: risks.average,
      method: text(`${en}; groups / rows.`, `${es}; grupos / filas.`),
    },
    {
      ...common,
      ...bound,
      id: 'prosecutor-risk/highest',
      label: text('right guess, most exposed row', 'acierto, fila más expuesta'),
      value: risks.highest,
      method: text(`${en}; 1 / smallest group.`, `${es}; 1 / grupo menor.`),
    },
    {
      ...common,
      id: 'prosecutor-risk/at-risk',
      label: text(`rows in groups below ${params.smallest}`, `filas en grupos de menos de ${params.smallest}`),
      value: risks.atRisk,
      method: text(
        `${en}; share of rows in groups below ${params.smallest}.`,
        `${es}; parte de las filas en grupos de menos de ${params.smallest}.`,
      ),
    },
  ];
  return scores;
};
