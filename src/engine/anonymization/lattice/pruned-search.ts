import type { Ctx } from '../../kit/context.ts';
import { text } from '../../kit/text.ts';
import { TIE } from './answer.ts';
import type { Bound } from './bounds.ts';
import { nodeOfLevels } from './lattice-columns.ts';
import type { Found, NodeJudge } from './node-judge.ts';

/** Nodes found admissible, and how many were looked at. */
export interface Searched {
  readonly found: Map<number, Found>;
  evaluated: number;
  bestLoss: number;
}

/** Candidates a pruned search keeps in memory; beyond it nothing can be proved here. */
const MOST_CANDIDATES = 400_000;

const descending = text('looking for a good start', 'buscando un buen comienzo');
const proving = text('proving that nothing is better', 'probando que nada es mejor');

class Search {
  readonly result: Searched = { found: new Map(), evaluated: 0, bestLoss: Infinity };
  /** Nodes below which everything is inadmissible. */
  readonly excluded: (readonly number[])[] = [];
  private readonly judged = new Set<number>();

  constructor(
    private readonly judge: NodeJudge,
    readonly heights: readonly number[],
  ) {}

  look(levels: readonly number[]): Found | undefined {
    const node = nodeOfLevels(levels, this.heights);
    if (this.judged.has(node)) return this.result.found.get(node);
    this.judged.add(node);
    this.result.evaluated += 1;
    const { found, excludesFiner } = this.judge.judge(levels);
    if (excludesFiner) this.exclude([...levels]);
    if (found === undefined) return undefined;
    this.result.found.set(node, found);
    this.result.bestLoss = Math.min(this.result.bestLoss, found.loss);
    return found;
  }

  isExcluded(levels: readonly number[]): boolean {
    return this.excluded.some((other) => other.every((level, j) => (levels[j] as number) <= level));
  }

  /** Keeps the coarsest ones only: a finer one says nothing more. */
  private exclude(levels: readonly number[]): void {
    if (this.isExcluded(levels)) return;
    for (let i = this.excluded.length - 1; i >= 0; i -= 1) {
      if ((this.excluded[i] as readonly number[]).every((level, j) => level <= (levels[j] as number))) {
        this.excluded.splice(i, 1);
      }
    }
    this.excluded.push(levels);
  }
}

/**
 * Descends from the most general node, each time lowering the column that leaves the admissible node with the least
 * loss, until none is left. O(columns x sum of heights) nodes looked at. Proves nothing.
 */
async function descend(search: Search, ctx: Pick<Ctx, 'checkpoint'>): Promise<void> {
  const levels = search.heights.map((height) => height - 1);
  const steps = levels.reduce((sum, level) => sum + level, 0);
  search.look(levels);
  for (let step = 0; step < steps; step += 1) {
    let best: { readonly column: number; readonly loss: number } | undefined;
    for (let j = 0; j < levels.length; j += 1) {
      const level = levels[j] as number;
      if (level === 0) continue;
      levels[j] = level - 1;
      const found = search.isExcluded(levels) ? undefined : search.look(levels);
      levels[j] = level;
      await ctx.checkpoint((step + j / levels.length) / steps, descending);
      if (found !== undefined && (best === undefined || found.loss < best.loss)) best = { column: j, loss: found.loss };
    }
    if (best === undefined) return;
    levels[best.column] = (levels[best.column] as number) - 1;
  }
}

/** Nodes whose levels alone cost no more than `most`; undefined when there are too many. */
function candidates(heights: readonly number[], bound: Bound, most: number): (readonly number[])[] | undefined {
  const all: (readonly number[])[] = [];
  const levels = heights.map(() => 0);
  const decided: number[] = [];
  const visitAll = (j: number): boolean => {
    if (j === heights.length) {
      all.push([...levels]);
      return all.length <= MOST_CANDIDATES;
    }
    decided.push(j);
    let isRoom = true;
    for (let level = 0; level < (heights[j] as number) && isRoom; level += 1) {
      levels[j] = level;
      if (bound(levels, decided) <= most) isRoom = visitAll(j + 1);
    }
    decided.pop();
    levels[j] = 0;
    return isRoom;
  };
  return visitAll(0) ? all : undefined;
}

/**
 * The optimum of a measure with a lower bound (Flash's idea: coarse nodes first, since an inadmissible one settles all
 * finer ones; Kohlmayer et al. 2012): a greedy descent gives a first loss, then every node whose levels alone cost no
 * more is looked at, or excluded by one that was.
 * @returns `isProved` false where there are too many candidates: then the descent's node is the answer
 */
export async function prunedSearch(
  judge: NodeJudge,
  heights: readonly number[],
  bound: Bound,
  ctx: Pick<Ctx, 'checkpoint'>,
): Promise<Searched & { readonly isProved: boolean }> {
  const search = new Search(judge, heights);
  await descend(search, { checkpoint: (fraction, note) => ctx.checkpoint(0.4 * fraction, note) });
  const { result } = search;
  const limit = (): number => result.bestLoss + TIE * Math.abs(result.bestLoss);
  // Without a first admissible node every node is a candidate.
  const open = candidates(heights, bound, limit());
  if (open === undefined) return { ...result, isProved: false };
  const height = (levels: readonly number[]): number => levels.reduce((sum, level) => sum + level, 0);
  const everything = heights.map((_, j) => j);
  open.sort((a, b) => height(b) - height(a));
  for (const [at, levels] of open.entries()) {
    if ((at & 15) === 0) await ctx.checkpoint(0.4 + (0.6 * at) / open.length, proving);
    if (search.isExcluded(levels) || bound(levels, everything) > limit()) continue;
    search.look(levels);
    await ctx.checkpoint(0.4 + (0.6 * at) / open.length, proving);
  }
  return { ...result, isProved: true };
}

/** The descent alone. */
export async function greedySearch(
  judge: NodeJudge,
  heights: readonly number[],
  ctx: Pick<Ctx, 'checkpoint'>,
): Promise<Searched> {
  const search = new Search(judge, heights);
  await descend(search, ctx);
  return search.result;
}
