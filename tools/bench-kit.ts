/** A measured figure, beside the same work by a peer library (same input, same run) where there is one. */
export interface BenchRow {
  readonly name: string;
  /** Median and, where several runs were made, the extremes. */
  readonly ours: { readonly ms: number; readonly minMs?: number; readonly maxMs?: number; readonly repeats?: number };
  readonly peer?: { readonly name: string; readonly ms: number };
  /** Peer time over ours. */
  readonly ratio?: number;
  readonly budgetMs?: number;
}

/** What a `tools/bench/<name>.bench.ts` exports as `bench`. */
export type Bench = () => Promise<readonly BenchRow[]>;

/** Times `work` `repeats` times after one run that warms it up. */
export async function measure(name: string, repeats: number, work: () => unknown): Promise<BenchRow> {
  await work();
  const samples: number[] = [];
  for (let i = 0; i < repeats; i += 1) {
    const startedAt = performance.now();
    await work();
    samples.push(performance.now() - startedAt);
  }
  samples.sort((a, b) => a - b);
  const at = (index: number): number => samples[index] ?? 0;
  return { name, ours: { ms: at(samples.length >> 1), minMs: at(0), maxMs: at(samples.length - 1), repeats } };
}
