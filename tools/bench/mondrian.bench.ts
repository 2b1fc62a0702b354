import { mondrianPartition } from '../../src/engine/anonymization/mondrian-partition.ts';
import { quietContext } from '../../src/engine/kit/context.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import type { BenchRow } from '../bench-kit.ts';

/** Mondrian (k = 5, l = 3) of 1M rows x 5 quasi-identifiers, beside the plain way: recursion over arrays of row numbers. */
const ROWS = 1_000_000;
const SIZES = [265, 265, 44_640, 7, 100];

export async function bench(): Promise<BenchRow[]> {
  const rng = seededRng('bench/mondrian');
  const columns = SIZES.map((size) => {
    const codes = new Uint32Array(ROWS);
    for (let i = 0; i < ROWS; i += 1) codes[i] = Math.floor(size * rng.uniform() * (size < 1000 ? rng.uniform() : 1));
    return codes;
  });
  const sensitive = { codes: Uint32Array.from({ length: ROWS }, () => rng.int(8)), size: 8 };
  const start = performance.now();
  const out = await mondrianPartition(
    { columns, sizes: SIZES, k: 5, l: 3, sensitive, relaxed: false },
    quietContext(rng),
  );
  const ms = performance.now() - start;
  const before = performance.now();
  plain(
    columns,
    sensitive.codes,
    Array.from({ length: ROWS }, (_, i) => i),
    5,
    3,
  );
  const peer = performance.now() - before;
  const name = `Mondrian 1M x 5, k=5, l=3 (${out.count} classes)`;
  return [
    {
      name,
      ours: { ms },
      peer: { name: 'recursion with row arrays and sort', ms: peer },
      ratio: peer / ms,
      budgetMs: 3000,
    },
  ];
}

/** Number of classes of a textbook implementation: median by sort, filter into new arrays, no retreat to other cuts. */
function plain(columns: readonly Uint32Array[], sensitive: Uint32Array, rows: number[], k: number, l: number): number {
  const spans = columns.map((codes, j) => {
    let low = Infinity;
    let high = -1;
    for (const row of rows) {
      low = Math.min(low, codes[row] as number);
      high = Math.max(high, codes[row] as number);
    }
    return { j, width: (high - low) / ((SIZES[j] as number) - 1) };
  });
  spans.sort((a, b) => b.width - a.width);
  for (const { j, width } of spans) {
    if (width === 0) break;
    const codes = columns[j] as Uint32Array;
    const sorted = rows.map((row) => codes[row] as number).sort((a, b) => a - b);
    const median = sorted[(sorted.length - 1) >> 1] as number;
    const left = rows.filter((row) => (codes[row] as number) <= median);
    const right = rows.filter((row) => (codes[row] as number) > median);
    const diverse = (part: number[]): boolean => new Set(part.map((row) => sensitive[row])).size >= l;
    if (left.length >= k && right.length >= k && diverse(left) && diverse(right)) {
      return plain(columns, sensitive, left, k, l) + plain(columns, sensitive, right, k, l);
    }
  }
  return 1;
}
