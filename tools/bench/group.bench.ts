import { table as arquero } from 'arquero';
import { groupRows } from '../../src/engine/table/group.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import type { BenchRow } from '../bench-kit.ts';

/** Grouping of 1M rows by 4 columns beside a Map keyed by text and Arquero's groupby. */
const ROWS = 1_000_000;

export async function bench(): Promise<BenchRow[]> {
  const rng = seededRng('bench/group');
  const many = [265, 265, 24, 31];
  const few = [7, 7, 24, 6];
  const out: BenchRow[] = [];
  for (const cardinalities of [many, few]) {
    const columns = cardinalities.map((c) => {
      const codes = new Uint32Array(ROWS);
      // Squared uniform: popular zones exist, as in real trips (about 964,000 classes for the first case).
      for (let i = 0; i < ROWS; i += 1)
        codes[i] = Math.floor(c * (c > 100 ? rng.uniform() * rng.uniform() : rng.uniform()));
      return codes;
    });
    let classes = 0;
    const ms = best(9, () => {
      classes = groupRows(columns, cardinalities).count;
    });
    const name = `group 1M x 4 into ${classes} classes`;
    const [a, b, c, d] = columns as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
    const map = best(1, () => {
      const seen = new Map<string, number>();
      const classOf = new Uint32Array(ROWS);
      for (let i = 0; i < ROWS; i += 1) {
        const key = `${a[i]},${b[i]},${c[i]},${d[i]}`;
        let id = seen.get(key);
        if (id === undefined) {
          id = seen.size;
          seen.set(key, id);
        }
        classOf[i] = id;
      }
    });
    const frame = arquero({ a, b, c, d });
    const aq = best(1, () => {
      frame.groupby('a', 'b', 'c', 'd').count();
    });
    out.push({ name, ours: { ms }, peer: { name: 'Map with text keys', ms: map }, ratio: map / ms, budgetMs: 20 });
    out.push({ name, ours: { ms }, peer: { name: 'arquero 8.0.3', ms: aq }, ratio: aq / ms, budgetMs: 20 });
  }
  return out;
}

function best(repeats: number, work: () => void): number {
  let least = Infinity;
  for (let i = 0; i < repeats; i += 1) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
