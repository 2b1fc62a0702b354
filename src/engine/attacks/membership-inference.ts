import type { Ctx } from '../kit/context.ts';
import { infeasible, unsupported } from '../kit/errors.ts';
import { defineAttack } from '../kit/measure.ts';
import { integer, type Params } from '../kit/params.ts';
import { log } from '../kit/portable-math.ts';
import { type Examples, isSynthetic, type ModelRelease, type Release, type TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';
import { boundOf } from './bounds.ts';
import { aucOf, normalInterval } from './intervals.ts';
import { againstSynthetic } from './membership-synthetic.ts';
import { recordCounts } from './record-counts.ts';

export const descriptor = defineAttack({
  kind: 'attack',
  id: 'membership-inference',
  version: 1,
  label: text('Was this one in the data?', '¿Estaba en los datos?'),
  summary: text(
    'Guesses whether a given person took part. Of a model: people it fits better than usual are taken for training data. Of a table: people whose whole record can be found in it are taken for members.',
    'Adivina si una persona participó. De un modelo: quienes encajan mejor de lo habitual se toman por datos de entrenamiento. De una tabla: aquellos cuyo registro completo aparece en ella se toman por miembros.',
  ),
  citations: [
    {
      authors: 'Yeom, Giacomelli, Fredrikson, Jha',
      year: 2018,
      title: 'Privacy Risk in Machine Learning: Analyzing the Connection to Overfitting',
      where: 'CSF',
      doi: '10.1109/CSF.2018.00027',
    },
    {
      authors: 'Shokri, Stronati, Song, Shmatikov',
      year: 2017,
      title: 'Membership Inference Attacks Against Machine Learning Models',
      where: 'IEEE S&P',
      doi: '10.1109/SP.2017.41',
    },
    {
      authors: 'DeLong, DeLong, Clarke-Pearson',
      year: 1988,
      title: 'Comparing the Areas under Two or More Correlated ROC Curves',
      where: 'Biometrics 44',
      doi: '10.2307/2531595',
    },
  ],
  limits: [
    text(
      'One simple attack: a low number shows that this attack fails, not that every attack must.',
      'Un ataque sencillo: un número bajo muestra que este ataque falla, no que todos deban fallar.',
    ),
    text(
      "For tables, the world without the target is the same release less the target's own row; a method might have formed its classes otherwise.",
      'En tablas, el mundo sin la persona es la misma publicación sin su fila; el método podría haber formado otras clases.',
    ),
    text(
      'Membership of a single row is tested, also where a guarantee speaks about whole areas or persons.',
      'Se prueba la presencia de una sola fila, también donde la garantía habla de zonas o personas enteras.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    targets: integer({
      label: text('Targets', 'Personas probadas'),
      help: text('People tried, half of them members.', 'Personas que se prueban, la mitad miembros.'),
      min: 20,
      max: 20_000,
      default: 2000,
      scale: 'log',
    }),
  },
  accepts: ['model', 'table'],
  needs: [],
  adversary: {
    who: text(
      'someone who holds the record of one target and sees the release',
      'alguien que tiene el registro de un objetivo y ve la publicación',
    ),
    knows: [
      text(
        "the target's quasi-identifiers and sensitive value",
        'los cuasi-identificadores y el valor sensible de la persona',
      ),
      text(
        'for a model: its weights and the mean loss on training rows',
        'de un modelo: sus pesos y la pérdida media en entrenamiento',
      ),
    ],
    wants: text('to learn whether the target took part', 'saber si el objetivo estaba entre los datos'),
  },
  dimensions: ['identity', 'owner'],
});

type MembershipParams = Params<typeof descriptor.params>;

export async function run(release: Release, params: MembershipParams, ctx: Ctx): Promise<readonly Score[]> {
  await ctx.checkpoint(0);
  if (release.kind === 'model') return againstModel(release, params.targets >> 1, ctx.rng.fork('membership'));
  if (release.kind === 'table' && isSynthetic(release)) {
    return againstSynthetic(descriptor.id, descriptor.label, release, params.targets, ctx);
  }
  if (release.kind === 'table') return againstTable(release, params.targets, ctx);
  throw unsupported(`membership is tested on models and tables, not on ${release.kind}`);
}

/** Loss threshold: a row the model fits at least as well as the mean training row is called a member (Yeom et al. 2018, adversary 1). */
function againstModel(release: ModelRelease, most: number, rng: Rng): readonly Score[] {
  const n = Math.min(most, release.members.rows, release.nonMembers.rows);
  if (n === 0) throw infeasible('the model has no rows inside or outside its training data to test', 'use more rows');
  const all = lossesOf(release, release.members);
  const inside = drawn(all, n, rng.fork('members'));
  const outside = drawn(lossesOf(release, release.nonMembers), n, rng.fork('others'));
  const threshold = all.reduce((sum, loss) => sum + loss, 0) / all.length;
  let hits = 0;
  for (const loss of inside) hits += loss <= threshold ? 1 : 0;
  for (const loss of outside) hits += loss <= threshold ? 0 : 1;
  const bound = boundOf(release.guarantee);
  const { auc, standardError } = aucOf(
    inside.map((loss) => -loss),
    outside.map((loss) => -loss),
  );
  const how = text(
    `Loss threshold ${threshold.toFixed(4)} (mean loss of training rows) on ${n} training and ${n} held-out rows.`,
    `Umbral de pérdida ${threshold.toFixed(4)} (media del entrenamiento) en ${n} filas de entrenamiento y ${n} reservadas.`,
  );
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n: 2 * n,
    baseline: 0.5,
    method: how,
  } as const;
  return [
    {
      ...common,
      id: descriptor.id,
      label: descriptor.label,
      value: hits / (2 * n),
      interval: wilsonInterval(hits, 2 * n),
      ...bound,
      source: 'Yeom et al. 2018, adversary 1',
    },
    {
      ...common,
      id: `${descriptor.id}/auc`,
      label: text('Membership: area under the ROC', 'Pertenencia: área bajo la ROC'),
      value: auc,
      interval: normalInterval(auc, standardError),
      source: 'DeLong et al. 1988',
    },
    {
      ...common,
      id: `${descriptor.id}/advantage`,
      label: text('Membership: advantage over guessing', 'Pertenencia: ventaja sobre el azar'),
      value: hits / n - 1,
      interval: doubled(wilsonInterval(hits, 2 * n)),
      baseline: 0,
      ...(bound.bound === undefined ? {} : { bound: 2 * bound.bound - 1 }),
    },
  ];
}

/** `n` of the values without replacement: rows lie client after client, so the first ones would be no fair sample. */
function drawn(values: Float64Array, n: number, rng: Rng): Float64Array {
  const out = new Float64Array(n);
  let taken = 0;
  for (let i = 0; i < values.length && taken < n; i += 1) {
    if (rng.int(values.length - i) < n - taken) out[taken++] = values[i] as number;
  }
  return out;
}

const doubled = (interval: ReturnType<typeof wilsonInterval>): ReturnType<typeof wilsonInterval> => ({
  ...interval,
  low: 2 * interval.low - 1,
  high: 2 * interval.high - 1,
});

/** Logistic loss of each row under the released model; probabilities of 0 cost as much as 1e-300. */
function lossesOf(release: ModelRelease, rows: Examples): Float64Array {
  if (rows.width === 0) return new Float64Array(rows.rows);
  const probability = release.predict(rows.features);
  return probability.map((p, i) => -log(Math.max(1e-300, rows.labels[i] === 1 ? p : 1 - p)));
}

/**
 * Each target is tried in one of two worlds by a coin: as released, or with the target's row taken out. The adversary
 * says "in" when a row with the target's generalized quasi-identifiers (and sensitive value) is there.
 */
async function againstTable(release: TableRelease, most: number, ctx: Ctx): Promise<readonly Score[]> {
  const { columns } = release.dataset.descriptor;
  const names = new Set(release.table.columns.map((column) => column.name));
  const identifiers = new Set([
    release.dataset.descriptor.parts.entity,
    ...columns.filter((column) => column.role === 'identifier').map((column) => column.name),
  ]);
  const listed = release.quasiIdentifiers.filter((name) => names.has(name));
  const known = listed.length > 0 ? listed : [...names].filter((name) => !identifiers.has(name));
  const secret = release.sensitive.filter((name) => names.has(name) && !known.includes(name));
  const rows = release.table.rows;
  const all = rows + release.suppressed.length;
  if (all === 0 || known.length === 0) {
    throw infeasible(
      'the table has no rows or no columns an outsider could know',
      'release at least one column with rows',
    );
  }
  const scores: Score[] = [];
  for (const knows of [[...known, ...secret], known]) {
    if (scores.length === 1 && secret.length === 0) break;
    const counts = await recordCounts(release.table, knows, ctx);
    const rng = ctx.rng.fork(`membership/${scores.length}`);
    const n = Math.min(most, all);
    let hits = 0;
    for (let trial = 0; trial < n; trial += 1) {
      const row = n === all ? trial : rng.int(all);
      const copies = row < rows ? (counts[row] as number) : 0;
      const takesPart = (rng.u32() & 1) === 1;
      const seen = takesPart ? copies >= 1 : copies >= 2;
      hits += seen === takesPart ? 1 : 0;
    }
    scores.push(tableScore(release, knows, hits, n, scores.length === 0));
  }
  return scores;
}

function tableScore(release: TableRelease, knows: readonly string[], hits: number, n: number, first: boolean): Score {
  const named = knows.slice(0, 6).join(', ');
  return {
    id: first ? descriptor.id : `${descriptor.id}/without-secret`,
    label: first
      ? descriptor.label
      : text(
          'Was this one in the data? (sensitive value unknown)',
          '¿Estaba en los datos? (sin saber el valor sensible)',
        ),
    value: hits / n,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n,
    interval: wilsonInterval(hits, n),
    baseline: 0.5,
    ...boundOf(release.guarantee),
    method: text(
      `${n} targets, each in the release or taken out of it by a coin; "in" is said when their ${named} appear in a row. Right in ${hits}.`,
      `${n} personas, cada una en la publicación o retirada de ella al azar; se dice «sí» cuando ${named} aparecen en una fila. Acierta en ${hits}.`,
    ),
  };
}
