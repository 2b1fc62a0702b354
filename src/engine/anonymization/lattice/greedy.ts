import type { Ctx } from '../../kit/context.ts';
import type { LatticeTable } from './lattice-columns.ts';
import type { SearchSink } from './search-sink.ts';
import { LatticeWalk, type SolveOptions } from './solve.ts';

/**
 * Descends from the most general node, each time lowering the column that leaves the admissible node with the least
 * loss, until none is left: a good node to start a pruned search from, and the answer where the lattice is too large for
 * one. O(columns x sum of heights) nodes looked at. Proves nothing.
 */
export async function descend(
  table: LatticeTable,
  sink: SearchSink,
  options: SolveOptions,
  ctx: Pick<Ctx, 'checkpoint'>,
): Promise<number> {
  const walk = new LatticeWalk(table, sink, options, ctx);
  const levels = table.columns.map((column) => column.levels.length - 1);
  const steps = levels.reduce((sum, level) => sum + level, 0);
  await walk.visitNode(levels);
  for (let step = 0; step < steps; step += 1) {
    let best: { readonly column: number; readonly loss: number } | undefined;
    for (let j = 0; j < levels.length; j += 1) {
      const level = levels[j] as number;
      if (level === 0) continue;
      levels[j] = level - 1;
      const before = sink.found.length;
      await walk.visitNode(levels);
      await ctx.checkpoint(step / steps);
      levels[j] = level;
      const found = sink.found[before];
      if (found !== undefined && (best === undefined || found.loss < best.loss)) best = { column: j, loss: found.loss };
    }
    if (best === undefined) break;
    levels[best.column] = (levels[best.column] as number) - 1;
  }
  return walk.evaluated;
}
