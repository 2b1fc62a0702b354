import type { Ctx } from '../kit/context.ts';
import { KdTree } from './kd-tree.ts';
import type { NumberTable } from './matrices.ts';

/**
 * MDAV, maximum distance to average vector (Domingo-Ferrer, Torra, 2005, algorithm MDAV-generic; fixed group size): the
 * k rows nearest to the row farthest from the centroid form a group, and the k nearest to the row farthest from that
 * one, while 2k rows are left; the rest is the last group. Rows are points scaled by 1 / deviation (population).
 *
 * Ties: among equally far rows the first, among equally near rows the last one of the table (as in sdcMicro).
 * O(n^2 / k) distances at worst; a k-d tree leaves a few thousand of 20,000 to be looked at in few dimensions.
 * @param points rows x width, already scaled
 * @returns group of each row, groups numbered from 0
 */
export async function mdav(points: NumberTable, k: number, ctx: Ctx, from = 0, to = 1): Promise<Uint32Array> {
  const { rows, width } = points;
  const groupOf = new Uint32Array(rows);
  let tree = new KdTree(points);
  await ctx.checkpoint(from);
  let group = 0;
  let spent = 0;
  const take = (row: number): void => {
    for (const near of tree.nearest(row, k)) {
      groupOf[near] = group;
      tree.remove(near);
    }
    group += 1;
  };
  const centroid = new Float64Array(width);
  while (tree.left >= 2 * k) {
    const both = tree.left >= 3 * k;
    tree.mean(centroid);
    const far = tree.farthest(centroid);
    const opposite = both ? tree.farthestFromRow(far) : far;
    take(far);
    if (both) take(opposite);
    if (tree.left * 2 < tree.built) tree = tree.rebuilt();
    spent += tree.work;
    tree.work = 0;
    if (spent > 1_000_000) {
      spent = 0;
      await ctx.checkpoint(from + (to - from) * (1 - tree.left / rows));
    }
  }
  tree.eachLeft((row) => {
    groupOf[row] = group;
  });
  return groupOf;
}
