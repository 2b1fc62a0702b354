import type { Ctx } from '../kit/context.ts';
import { infeasible } from '../kit/errors.ts';
import type { TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';
import { encodeEach } from '../table/encode.ts';
import { boundOf } from './bounds.ts';
import { rowsBehind, rowsNotReleased, someOf } from './control.ts';
import { aucOf, normalInterval } from './intervals.ts';
import { auxiliaryColumn, Neighbours } from './nearest.ts';

/** Fewest rows of each kind that make a test. */
const FEWEST = 20;

/**
 * Membership of a synthetic table: a row is called a member when a record lies nearer to it than to the middle one of all
 * targets (distance to the closest record; Chen, Yu, Zhang, Fritz, 2020, "GAN-Leaks", full black box). Half the targets were shown to
 * the model, half were put aside before. Ties are settled by lot.
 * @throws infeasible where too few rows were put aside, for then nothing tells members from others
 */
export async function againstSynthetic(
  id: string,
  label: Score['label'],
  release: TableRelease,
  most: number,
  ctx: Ctx,
): Promise<readonly Score[]> {
  const others = rowsNotReleased(release);
  const behind = rowsBehind(release);
  const n = Math.min(most >> 1, others.length, behind.length);
  if (n < FEWEST) {
    throw infeasible(
      `only ${others.length} rows were put aside before the records were drawn, so members cannot be told from others`,
      'raise the share of rows put aside when making the synthetic table',
    );
  }
  const rng = ctx.rng.fork('membership');
  const inside = someOf(behind, n, rng.fork('members'));
  const outside = someOf(others, n, rng.fork('others'));
  const names = release.table.columns.map(({ name }) => name);
  await encodeEach(release, names, () => ctx.checkpoint(0));
  const known = names.flatMap((name) => auxiliaryColumn(release, name) ?? []);
  if (known.length === 0) throw infeasible('no released column can be compared', 'release a column of the data');
  await ctx.checkpoint(0);
  const near = new Neighbours(known, release.table.rows);
  const distances = new Float64Array(2 * n);
  for (let t = 0; t < 2 * n; t += 1) {
    distances[t] = near.distance((t < n ? inside[t] : outside[t - n]) as number);
    await ctx.checkpoint((t + 1) / (2 * n));
  }
  const middle = distances.slice().sort()[n] as number;
  const lots = rng.fork('ties');
  let hits = 0;
  distances.forEach((distance, t) => {
    const said = distance === middle ? lots.int(2) === 1 : distance < middle;
    if (said === t < n) hits += 1;
  });
  const { auc, standardError } = aucOf(
    distances.slice(0, n).map((distance) => -distance),
    distances.slice(n).map((distance) => -distance),
  );
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n: 2 * n,
    baseline: 0.5,
    method: text(
      `${n} rows the model was made of and ${n} that were put aside; "in" is said of those nearer than the middle one to some record, in ${names.join(', ')}. Right in ${hits} of ${2 * n}.`,
      `${n} filas con las que se hizo el modelo y ${n} apartadas; se dice «sí» de las más próximas que la mediana a algún registro, en ${names.join(', ')}. Acierta en ${hits} de ${2 * n}.`,
    ),
    source: 'Chen et al. 2020',
  } as const;
  return [
    {
      ...common,
      id,
      label,
      value: hits / (2 * n),
      interval: wilsonInterval(hits, 2 * n),
      ...boundOf(release.guarantee),
    },
    {
      ...common,
      id: `${id}/auc`,
      label: text('Membership: area under the ROC', 'Pertenencia: área bajo la ROC'),
      value: auc,
      interval: normalInterval(auc, standardError),
    },
  ];
}
