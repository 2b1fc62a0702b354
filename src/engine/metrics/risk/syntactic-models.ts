import { infeasible } from '../../kit/errors.ts';
import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { column } from '../../kit/params.ts';
import type { Score } from '../../kit/score.ts';
import { type Text, text } from '../../kit/text.ts';
import { type Achieved, achieved } from '../../anonymization/models/achieved.ts';
import { sensitiveOfRelease } from '../../anonymization/models/sensitive-domain.ts';
import { encodeEach } from '../../table/encode.ts';
import { hasColumn } from '../../table/table.ts';
import { knownColumns, listed, releasedClasses, tableOfPeople } from './released-classes.ts';
import { knownPrecision, knownToOutsider } from './shared-params.ts';

/** Largest l for which the recursive ratio is listed. */
const MOST_L = 5;

/** What a released table achieves for each syntactic model, claimed or not (papers below; ARX and pyCANON measure the same). */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'syntactic-models',
  version: 1,
  label: text('privacy models achieved', 'modelos de privacidad alcanzados'),
  summary: text(
    'The strictest parameter of each model that every group of the released table satisfies.',
    'El parámetro más estricto de cada modelo que cumplen todos los grupos de la tabla publicada.',
  ),
  citations: [
    {
      authors: 'Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam',
      year: 2007,
      title: 'l-diversity: privacy beyond k-anonymity',
      doi: '10.1145/1217299.1217302',
    },
    {
      authors: 'Li, Li, Venkatasubramanian',
      year: 2007,
      title: 't-closeness: privacy beyond k-anonymity and l-diversity',
      doi: '10.1109/ICDE.2007.367856',
    },
    {
      authors: 'Cao, Karras',
      year: 2012,
      title: 'Publishing microdata with a robust privacy guarantee',
      doi: '10.14778/2350229.2350255',
    },
  ],
  limits: [
    text(
      'The worst group decides: one odd group can hide that all others are far better.',
      'Decide el peor grupo: uno solo puede ocultar que los demás son mucho mejores.',
    ),
  ],
  vetting: 'verified',
  params: {
    known: knownToOutsider,
    precision: knownPrecision,
    secret: column({
      label: text('secret', 'secreto'),
      help: text(
        'Empty: the sensitive column of the release or dataset.',
        'Vacío: la columna sensible de la publicación o del conjunto.',
      ),
      roles: ['sensitive'],
    }),
  },
  accepts: ['table'],
  needs: [],
  onDemand: true,
});

/** @throws infeasible without a released row or a released sensitive column */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const candidates = [params.secret, ...table.sensitive, table.dataset.descriptor.parts.secret ?? ''];
  const secret = candidates.find((name) => name !== '' && hasColumn(table.table, name));
  if (table.table.rows === 0) throw infeasible('no row was released', 'leave fewer rows out, or load data');
  if (secret === undefined) {
    throw infeasible('the release has no sensitive column to compare', 'give a released column the role sensitive');
  }
  const known = knownColumns(table, params.known).filter((name) => name !== secret);
  await encodeEach(table, known, () => ctx.checkpoint(0));
  const classes = releasedClasses(table, known, params.precision);
  await ctx.checkpoint(0.2);
  const { domain, codes } = sensitiveOfRelease(table, secret);
  await ctx.checkpoint(0.3);
  const found = achieved(classes, codes, domain, MOST_L);
  const place = text(
    `Worst of ${classes.count} groups alike in ${listed(known, 'and', 'nothing')}; ${secret} compared with all ${domain.rows} rows.`,
    `El peor de ${classes.count} grupos iguales en ${listed(known, 'y', 'nada')}; ${secret} comparada con las ${domain.rows} filas.`,
  );
  return scoresOf(found, place, table.table.rows);
};

function scoresOf(found: Achieved, method: Text, n: number): readonly Score[] {
  const score = (id: string, label: Text, value: number | undefined, unit: string, higher: boolean): Score[] =>
    value === undefined || !Number.isFinite(value)
      ? []
      : [
          {
            id: `syntactic-models/${id}`,
            label,
            value,
            unit,
            direction: higher ? 'higher-is-better' : 'lower-is-better',
            meaning: higher ? 'privacy' : 'risk',
            provenance: 'measured',
            of: 'sample',
            n,
            method,
          },
        ];
  return [
    ...score('k', text('k: rows of the smallest group', 'k: filas del grupo menor'), found.k, 'count', true),
    ...score('distinct-l', text('distinct l', 'l distintos'), found.distinctL, 'count', true),
    ...score('entropy-l', text('entropy l', 'l por entropía'), found.entropyL, 'count', true),
    ...[...found.recursive].flatMap(([l, c]) =>
      score(
        `recursive-${l}`,
        text(`recursive c above, l = ${l}`, `c recursiva mayor que, l = ${l}`),
        c,
        'ratio',
        false,
      ),
    ),
    ...score(
      'alpha',
      text('α: largest share of a value', 'α: mayor proporción de un valor'),
      found.alpha,
      'share',
      false,
    ),
    ...score('t-equal', text('t, values alike', 't, valores equidistantes'), found.tEqual, 'share', false),
    ...score('t-ordered', text('t, ordered', 't, ordenada'), found.tOrdered, 'share', false),
    ...score('t-hierarchical', text('t, hierarchical', 't, jerárquica'), found.tHierarchical, 'share', false),
    ...score('basic-beta', text('basic β', 'β básica'), found.basicBeta, 'ratio', false),
    ...score('enhanced-beta', text('enhanced β', 'β mejorada'), found.enhancedBeta, 'ratio', false),
    ...score('delta', text('δ-disclosure above', 'δ-divulgación mayor que'), found.delta, 'bits', false),
  ];
}
