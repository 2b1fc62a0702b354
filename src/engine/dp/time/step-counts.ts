import type { Ctx } from '../../kit/context.ts';
import { type Text, text } from '../../kit/text.ts';
import { countCells } from '../axes.ts';
import { boundContributions } from '../contribution.ts';
import type { Subject } from '../selection/subject.ts';
import type { Axis } from '../axes.ts';

/** Rows per level of an axis: all of them, and those kept so that nobody has more than a few. */
export interface AxisCounts {
  readonly truth: Float64Array;
  readonly kept: Float64Array;
  /** Most rows of one hidden unit among those kept. */
  readonly rows: number;
  readonly dropped: number;
  readonly largest: number;
}

/** Counts over an axis; where whole units are hidden, a random choice of at most `bound` rows of each. */
export async function axisCounts(subject: Subject, axis: Axis, bound: number, ctx: Ctx): Promise<AxisCounts> {
  const truth = countCells(axis.codes, axis.levels.length);
  await ctx.checkpoint(0.15);
  if (subject.entity === undefined) return { truth, kept: truth, rows: 1, dropped: 0, largest: 1 };
  const { keep, dropped, largest } = boundContributions(subject.entity, bound, ctx.rng.fork('bound'));
  await ctx.checkpoint(0.2);
  return { truth, kept: countCells(axis.codes, axis.levels.length, keep), rows: bound, dropped, largest };
}

/** Who is hidden, in a sentence: one appearance, or everything of one unit. */
export function unitNote({ input, unit, entity }: Subject, counts: AxisCounts): Text {
  if (entity === undefined) {
    return text(
      `Hidden is one ${unit} (event-level privacy): somebody with n of them is protected with n times this ε.`,
      `Se oculta una sola fila (${unit}; privacidad por evento): quien tiene n queda protegido con n veces este ε.`,
    );
  }
  const [en, es] =
    unit === input.dataset.descriptor.privacyUnit
      ? ['user-level privacy', 'privacidad por usuario']
      : ['user-day privacy', 'privacidad por usuario y día'];
  return text(
    `Hidden is everything of one ${unit} (${en}): at most ${counts.rows} rows of each are counted and ${counts.dropped} were left out (the most active has ${counts.largest}). The last two numbers are exact: a diagnosis for you, not part of the release.`,
    `Se oculta todo lo de una unidad (${unit}; ${es}): se cuentan como mucho ${counts.rows} filas de cada una y ${counts.dropped} quedaron fuera (la más activa tiene ${counts.largest}). Los dos últimos números son exactos: un diagnóstico para usted, no parte de lo publicado.`,
  );
}
