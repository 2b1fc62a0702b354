import type { Ctx } from '../../kit/context.ts';
import { text } from '../../kit/text.ts';
import type { Rng } from '../../rng/rng.ts';
import { sizeHistogram } from '../../table/group.ts';
import { populationUniqueness } from './population-uniqueness.ts';

/** Estimates from one sub-sample of a table whose number of unique rows is known. `undefined` = no answer. */
export interface SubSampleEstimates {
  readonly zayatz: number;
  readonly pitman: number | undefined;
  readonly snb: number | undefined;
  readonly dankar: number;
}

/**
 * Tries the estimators of population uniqueness where the truth is known: the table is taken for the population, simple
 * random samples of `fraction` of its rows are drawn from it, and its number of unique rows is estimated from each.
 * @param classOf class of each row, below `classes`
 */
export async function estimatesFromSubSamples(
  classOf: Uint32Array,
  classes: number,
  fraction: number,
  draws: number,
  rng: Rng,
  ctx: Ctx,
): Promise<readonly SubSampleEstimates[]> {
  const rows = classOf.length;
  const take = Math.max(1, Math.round(rows * fraction));
  const out: SubSampleEstimates[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    await ctx.checkpoint(draw / draws, text('Drawing samples of the table', 'Extrayendo muestras de la tabla'));
    const sizes = sampledSizes(classOf, classes, take, rng.fork(`sample-${draw}`));
    const { zayatz, pitman, snb, dankar } = populationUniqueness(sizeHistogram(sizes), rows);
    out.push({ zayatz, pitman, snb, dankar });
  }
  return out;
}

/** Class sizes of `take` rows drawn without replacement (Knuth's selection sampling: one pass, no permutation). */
function sampledSizes(classOf: Uint32Array, classes: number, take: number, rng: Rng): Uint32Array {
  const sizes = new Uint32Array(classes);
  let left = take;
  for (let i = 0; i < classOf.length && left > 0; i += 1) {
    if (rng.uniform() * (classOf.length - i) >= left) continue;
    const c = classOf[i] as number;
    sizes[c] = (sizes[c] as number) + 1;
    left -= 1;
  }
  return sizes.filter((size) => size > 0);
}
