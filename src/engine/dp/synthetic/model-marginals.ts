import type { GraphicalModel } from './graphical-model.ts';
import { cellsOver, projection, summedOnto } from './junction-tree.ts';

/**
 * Counts a model gives to columns and pairs of columns, in one clique or not, in the order they are asked for. A pair apart is found by
 * sending each value of its smaller column along the tree: O(values x cells) for all pairs of that column. Yields now and then.
 */
export function* marginalsOf(
  model: GraphicalModel,
  wanted: readonly (readonly number[])[],
): Generator<void, readonly Float64Array[], void> {
  const { shape, cliques } = model.tree;
  const sent = new Map<number, readonly Float64Array[]>();
  const out: Float64Array[] = [];
  for (const attributes of wanted) {
    const at = cliques.findIndex((clique) => attributes.every((each) => clique.includes(each)));
    const [a, b] = attributes;
    if (at >= 0) {
      const onto = projection(shape, cliques[at] as readonly number[], attributes);
      out.push(summedOnto(model.marginals[at] as Float64Array, onto, cellsOver(shape, attributes)));
      yield;
    } else if (a !== undefined && b !== undefined && attributes.length === 2) {
      const isFirst = (shape[a] as number) <= (shape[b] as number);
      const [from, to] = isFirst ? [a, b] : [b, a];
      const rows = sent.get(from) ?? (yield* pairsFrom(model, from));
      sent.set(from, rows);
      const table = rows[to] as Float64Array;
      out.push(isFirst ? table : transposed(table, shape[from] as number, shape[to] as number));
    } else {
      throw new Error('only columns and pairs are summed');
    }
  }
  return out;
}

function transposed(table: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(table.length);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) out[j * rows + i] = table[i * columns + j] as number;
  }
  return out;
}

/** One clique on the way out from the first. */
interface Hop {
  readonly clique: number;
  readonly next: readonly Hop[];
  /** Cell of the separator towards the hop before: of each cell of this clique, and of each cell of the one before. */
  readonly back: Int32Array;
  readonly ahead: Int32Array;
  /** The model's counts of that separator. */
  readonly separator: Float64Array;
  /** Cell of each column this clique is the first to hold. */
  readonly columns: readonly { readonly b: number; readonly onto: Int32Array }[];
}

/** Joint counts of column `a` with every other column, row-major. */
function* pairsFrom(model: GraphicalModel, a: number): Generator<void, readonly Float64Array[], void> {
  const { shape, cliques } = model.tree;
  const values = shape[a] as number;
  const out = shape.map((size) => new Float64Array(values * size));
  const first = cliques.findIndex((clique) => clique.includes(a));
  const root = hopFrom(model, first, -1, new Set());
  const own = projection(shape, cliques[first] as readonly number[], [a]);
  const start = model.marginals[first] as Float64Array;
  const visit = (hop: Hop, counts: Float64Array, value: number): void => {
    for (const { b, onto } of hop.columns) {
      const into = (out[b] as Float64Array).subarray(value * (shape[b] as number));
      for (let i = 0; i < counts.length; i += 1) {
        const cell = onto[i] as number;
        into[cell] = (into[cell] as number) + (counts[i] as number);
      }
    }
    for (const next of hop.next) {
      const shares = summedOnto(counts, next.ahead, next.separator.length);
      for (let s = 0; s < shares.length; s += 1) {
        const all = next.separator[s] as number;
        shares[s] = all > 0 ? (shares[s] as number) / all : 0;
      }
      const marginal = model.marginals[next.clique] as Float64Array;
      const onward = new Float64Array(marginal.length);
      for (let i = 0; i < onward.length; i += 1) {
        onward[i] = (marginal[i] as number) * (shares[next.back[i] as number] as number);
      }
      visit(next, onward, value);
    }
  };
  for (let value = 0; value < values; value += 1) {
    visit(
      root,
      start.map((count, i) => (own[i] === value ? count : 0)),
      value,
    );
    yield;
  }
  return out;
}

function hopFrom({ tree, marginals }: GraphicalModel, clique: number, before: number, held: Set<number>): Hop {
  const { shape, cliques, parent } = tree;
  const own = cliques[clique] as readonly number[];
  const shared = own.filter((each) => cliques[before]?.includes(each) === true);
  const back = projection(shape, own, shared);
  const columns = own.filter((b) => !held.has(b)).map((b) => ({ b, onto: projection(shape, own, [b]) }));
  for (const b of own) held.add(b);
  const around = cliques.map((_, c) => c).filter((c) => c !== before && (parent[c] === clique || parent[clique] === c));
  return {
    clique,
    next: around.map((c) => hopFrom({ tree, marginals, total: 0 }, c, clique, held)),
    back,
    ahead: projection(shape, cliques[before] ?? [], shared),
    separator: summedOnto(marginals[clique] as Float64Array, back, cellsOver(shape, shared)),
    columns,
  };
}
