import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { column } from '../../kit/params.ts';
import { infeasible } from '../../kit/errors.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { encodeColumn } from '../../table/encode.ts';
import { distinctPerClass } from '../../table/group.ts';
import { baseSize } from '../../table/hierarchy.ts';
import { hasColumn } from '../../table/table.ts';
import { knownColumns, listed, releasedClasses, tableOfPeople } from './released-classes.ts';
import { knownPrecision, knownToOutsider } from './shared-params.ts';

/** Distinct l-diversity that a released table has, claimed or not (Machanavajjhala et al. 2007). */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'diversity',
  version: 2,
  label: text('diversity of the secret', 'diversidad del secreto'),
  summary: text(
    'How many sensitive values remain possible for someone who knows which group a row belongs to.',
    'Cuántos valores sensibles siguen siendo posibles para quien sabe a qué grupo pertenece una fila.',
  ),
  citations: [
    {
      authors: 'Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam',
      year: 2007,
      title: 'l-diversity: privacy beyond k-anonymity',
      doi: '10.1145/1217299.1217302',
    },
  ],
  limits: [
    text(
      'Counts different values as released, however close or unlikely.',
      'Cuenta valores distintos tal como se publican, por parecidos o raros que sean.',
    ),
  ],
  vetting: 'reviewed',
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
});

export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const candidates = [params.secret, ...table.sensitive, table.dataset.descriptor.parts.secret ?? ''];
  const secret = candidates.find((name) => name !== '' && hasColumn(table.table, name));
  if (table.table.rows === 0) throw infeasible('no row was released', 'leave fewer rows out, or load data');
  if (secret === undefined) {
    throw infeasible('the release has no sensitive column to count', 'give a released column the role sensitive');
  }
  const known = knownColumns(table, params.known).filter((name) => name !== secret);
  const classes = releasedClasses(table, known, params.precision);
  const encoded = encodeColumn(table.dataset, secret, table.table);
  const values = distinctPerClass(classes, encoded.codes, baseSize(encoded));
  let least = Infinity;
  let same = 0;
  for (let c = 0; c < classes.count; c += 1) {
    if ((values[c] as number) < least) least = values[c] as number;
    if (values[c] === 1) same += classes.sizes[c] as number;
  }
  const method = (en: string, es: string) =>
    text(
      `${en} ${secret} in ${classes.count} groups alike in ${listed(known, 'and', 'nothing')}.`,
      `${es} ${secret} en ${classes.count} grupos iguales en ${listed(known, 'y', 'nada')}.`,
    );
  const common = { provenance: 'measured', of: 'sample', n: table.table.rows } as const;
  const scores: Score[] = [
    {
      ...common,
      id: 'diversity/l',
      label: text('fewest secrets in a group', 'mínimo de secretos en un grupo'),
      value: least,
      unit: 'count',
      direction: 'higher-is-better',
      meaning: 'privacy',
      method: method('Fewest different values of', 'Mínimo de valores distintos de'),
    },
    {
      ...common,
      id: 'diversity/homogeneous',
      label: text('rows whose group gives the secret away', 'filas cuyo grupo revela el secreto'),
      value: same / table.table.rows,
      unit: 'share',
      direction: 'lower-is-better',
      meaning: 'risk',
      method: method('Share of rows with a single value of', 'Parte de las filas con un solo valor de'),
    },
  ];
  return scores;
};
