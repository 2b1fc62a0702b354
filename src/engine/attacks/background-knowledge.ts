import { defineAttack, type MeasureRun } from '../kit/measure.ts';
import { integer } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import { listed, tableOfPeople } from '../metrics/risk/released-classes.ts';
import { knownPrecision, knownToOutsider } from '../metrics/risk/shared-params.ts';
import {
  classInterval,
  classSecrets,
  type ClassSecrets,
  largestSum,
  promisedDiversity,
  secretOfClass,
} from './class-secrets.ts';

/** Guessing a secret from the class when some values are known not to be the target's. */
export const descriptor = defineAttack({
  kind: 'attack',
  id: 'background-knowledge',
  version: 1,
  onDemand: true,
  label: text('secret guessed with background knowledge', 'secreto adivinado con conocimiento previo'),
  summary: text(
    'Someone knows the group of the target and can rule out some secrets. What is left is guessed by frequency.',
    'Alguien conoce el grupo del objetivo y puede descartar algunos secretos. Lo que queda se adivina por frecuencia.',
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
      'The worst case of j facts: those that rule out the most frequent other values of the group.',
      'El peor caso de j hechos: los que descartan los otros valores más frecuentes del grupo.',
    ),
    text(
      'Secrets are read as released: where they were perturbed, certain is not the same as true.',
      'Los secretos se leen tal como se publican: si se perturbaron, seguro no significa verdadero.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    excluded: integer({
      label: text('secrets ruled out', 'secretos descartados'),
      symbol: 'j',
      help: text(
        'Values the adversary knows the target does not have.',
        'Valores que el adversario sabe que el objetivo no tiene.',
      ),
      min: 0,
      max: 20,
      default: 1,
    }),
    known: knownToOutsider,
    precision: knownPrecision,
    secret: secretOfClass,
  },
  accepts: ['table'],
  needs: [],
  adversary: {
    who: text('someone close to the target', 'alguien cercano al objetivo'),
    knows: [
      text('the known columns of the target', 'las columnas conocidas del objetivo'),
      text('j secrets it does not have', 'j secretos que no tiene'),
      text('how frequent each secret is in all', 'la frecuencia de cada secreto en total'),
    ],
    wants: text("the target's secret", 'el secreto del objetivo'),
  },
  dimensions: ['identity'],
});

interface Tally {
  right: number;
  certain: number;
  worst: number;
  gain: number;
}

/**
 * With class counts n_1 >= n_2 >= ... and the j most frequent values the target does not have ruled out, the best guess
 * is right for exactly the rows with one of the j + 1 most frequent values: success = sum of their shares. Scores: that
 * (baseline: the same over the whole release), rows left with one value, the largest posterior
 * n_1 / (n - n_2 - ... - n_(j+1)), and the largest factor by which a class raises a value over its overall share.
 * @throws infeasible without a released secret
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const found = classSecrets(table, params.known, params.secret, params.precision);
  const j = params.excluded;
  const tally = tallyOf(found, j);
  const l = promisedDiversity(table, found.secret, found.known);
  const rows = found.rows;
  const baseline = largestSum(found.overall, j + 1) / rows;
  const posterior = worstPosterior(table, found, j);
  const names = listed(found.known, 'and', 'nothing');
  const nombres = listed(found.known, 'y', 'nada');
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    source: 'Machanavajjhala et al. 2007',
  } as const;
  const scores: Score[] = [
    {
      ...common,
      id: descriptor.id,
      label: descriptor.label,
      value: tally.right / rows,
      n: rows,
      interval: classInterval(tally.right / rows, found.sizes),
      baseline,
      method: text(
        `${tally.right} of ${rows} rows have one of the ${j + 1} most frequent ${found.secret} of their group, alike in ${names}, and are guessed once the other ${j} are ruled out. Baseline: the same without groups.`,
        `${tally.right} de ${rows} filas tienen uno de los ${j + 1} ${found.secret} más frecuentes de su grupo, igual en ${nombres}, y se adivinan al descartar los otros ${j}. Referencia: lo mismo sin grupos.`,
      ),
    },
    {
      ...common,
      id: `${descriptor.id}/certain`,
      label: text('secret left without an alternative', 'secreto sin alternativa'),
      value: tally.certain / rows,
      n: rows,
      interval: classInterval(tally.certain / rows, found.sizes),
      ...(l >= j + 2 ? { bound: 0 } : {}),
      method: text(
        `${tally.certain} of ${rows} rows lie in groups with at most ${j + 1} different ${found.secret}.`,
        `${tally.certain} de ${rows} filas están en grupos con a lo sumo ${j + 1} valores distintos de ${found.secret}.`,
      ),
    },
    {
      ...common,
      id: `${descriptor.id}/worst`,
      label: text('surest guess in any group', 'apuesta más segura en un grupo'),
      value: tally.worst,
      n: found.sizes.length,
      ...(posterior === undefined ? {} : { bound: posterior }),
      method: text(
        `Largest share of one value in a group once ${j} others are taken out, over ${found.sizes.length} groups.`,
        `Mayor parte de un valor en un grupo al quitar otros ${j}, entre ${found.sizes.length} grupos.`,
      ),
    },
    {
      ...common,
      id: `${descriptor.id}/gain`,
      label: text('largest gain over the overall frequency', 'mayor ganancia sobre la frecuencia total'),
      unit: 'factor',
      value: tally.gain,
      n: found.sizes.length,
      method: text(
        `Largest ratio of a value's share in a group to its share in the ${rows} released rows.`,
        `Mayor cociente entre la parte de un valor en un grupo y su parte en las ${rows} filas publicadas.`,
      ),
    },
  ];
  return scores;
};

function tallyOf(found: ClassSecrets, j: number): Tally {
  const tally: Tally = { right: 0, certain: 0, worst: 0, gain: 0 };
  for (let c = 0; c < found.sizes.length; c += 1) {
    const from = found.start[c] as number;
    const to = found.start[c + 1] as number;
    const size = found.sizes[c] as number;
    let top = 0;
    for (let i = from; i < Math.min(to, from + j + 1); i += 1) top += found.counts[i] as number;
    const first = found.counts[from] as number;
    tally.right += top;
    if (to - from <= j + 1) tally.certain += size;
    tally.worst = Math.max(tally.worst, first / (size - (top - first)));
    for (let i = from; i < to; i += 1) {
      const overall = (found.overall[found.values[i] as number] as number) / found.rows;
      tally.gain = Math.max(tally.gain, (found.counts[i] as number) / size / overall);
    }
  }
  return tally;
}

/** Recursive (c, l) promises n_1 < c (n_l + ...): with at most l - 2 values ruled out the posterior stays below c / (c + 1). */
function worstPosterior(
  { guarantee, quasiIdentifiers }: TableRelease,
  { secret, known }: ClassSecrets,
  j: number,
): number | undefined {
  if (guarantee.kind !== 'k-anonymity' || !known.every((name) => quasiIdentifiers.includes(name))) return undefined;
  const bounds = (guarantee.models ?? []).flatMap((model) => {
    if (!('column' in model) || model.column !== secret) return [];
    if (model.type === 'recursive-cl' && j <= model.l - 2) return [model.c / (model.c + 1)];
    return model.type === 'alpha-k' && j === 0 ? [model.alpha] : [];
  });
  return bounds.length === 0 ? undefined : Math.min(...bounds);
}
