import { defineAttack, type MeasureRun } from '../kit/measure.ts';
import { number } from '../kit/params.ts';
import type { Score } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import { listed, tableOfPeople } from '../metrics/risk/released-classes.ts';
import { knownPrecision, knownToOutsider } from '../metrics/risk/shared-params.ts';
import { classInterval, classSecrets, promisedDiversity, secretOfClass } from './class-secrets.ts';

/** Classes in which every row has the same secret: knowing the class is knowing the secret. */
export const descriptor = defineAttack({
  kind: 'attack',
  id: 'homogeneity',
  version: 1,
  onDemand: true,
  label: text('secret known from the group', 'secreto conocido por el grupo'),
  summary: text(
    'Rows whose whole group shares one secret: whoever knows the group knows the secret, without finding the row.',
    'Filas cuyo grupo entero comparte un secreto: quien conoce el grupo conoce el secreto, sin encontrar la fila.',
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
      'Values are compared as released: two close numbers are two values.',
      'Los valores se comparan tal como se publican: dos números cercanos son dos valores.',
    ),
    text(
      'Secrets are read as released: where they were perturbed, certain is not the same as true.',
      'Los secretos se leen tal como se publican: si se perturbaron, seguro no significa verdadero.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    known: knownToOutsider,
    precision: knownPrecision,
    secret: secretOfClass,
    certain: number({
      label: text('nearly certain from', 'casi seguro desde'),
      help: text(
        'Share of a group with one secret from which the second line counts it.',
        'Parte de un grupo con un mismo secreto desde la que cuenta la segunda línea.',
      ),
      min: 0.5,
      max: 1,
      default: 0.9,
      advanced: true,
    }),
  },
  accepts: ['table'],
  needs: [],
  adversary: {
    who: text('a neighbour or colleague', 'un vecino o un colega'),
    knows: [
      text('the known columns of the target', 'las columnas conocidas del objetivo'),
      text('that it is in the data', 'que está en los datos'),
    ],
    wants: text("the target's secret", 'el secreto del objetivo'),
  },
  dimensions: ['identity'],
});

/**
 * Share of released rows in classes with one secret (baseline: 1 if the whole release has one, else 0; bound 0 where l of
 * at least 2 is promised), share in classes where one secret reaches the share `certain`, and share of such classes.
 * @throws infeasible without a released secret
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const found = classSecrets(table, params.known, params.secret, params.precision);
  const classes = found.sizes.length;
  let one = 0;
  let nearly = 0;
  let groups = 0;
  for (let c = 0; c < classes; c += 1) {
    const size = found.sizes[c] as number;
    const top = found.counts[found.start[c] as number] as number;
    if (top === size) {
      one += size;
      groups += 1;
    }
    if (top >= params.certain * size) nearly += size;
  }
  const bounded = promisedDiversity(table, found.secret, found.known) >= 2;
  const alone = found.overall.some((count) => count === found.rows) ? 1 : 0;
  const where = text(
    `of ${found.secret} in ${classes} groups alike in ${listed(found.known, 'and', 'nothing')}`,
    `de ${found.secret} en ${classes} grupos iguales en ${listed(found.known, 'y', 'nada')}`,
  );
  const share = (id: string, label: Score['label'], value: number, method: Score['method']): Score => ({
    id,
    label,
    value,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n: found.rows,
    interval: classInterval(value, found.sizes),
    baseline: alone,
    method,
    source: 'Machanavajjhala et al. 2007',
  });
  return [
    {
      ...share(
        descriptor.id,
        descriptor.label,
        one / found.rows,
        text(
          `${one} of ${found.rows} rows lie in ${groups} groups with a single value ${where.en}.`,
          `${one} de ${found.rows} filas están en ${groups} grupos con un único valor ${where.es ?? ''}.`,
        ),
      ),
      ...(bounded ? { bound: 0 } : {}),
    },
    share(
      `${descriptor.id}/nearly`,
      text('secret nearly certain from the group', 'secreto casi seguro por el grupo'),
      nearly / found.rows,
      text(
        `${nearly} of ${found.rows} rows lie in groups where one value has at least ${100 * params.certain} % ${where.en}.`,
        `${nearly} de ${found.rows} filas están en grupos donde un valor tiene al menos el ${100 * params.certain} % ${where.es ?? ''}.`,
      ),
    ),
  ];
};
