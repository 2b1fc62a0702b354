/**
 * Junction trees of graphical models over discrete attributes (Koller, Friedman, 2009, chapter 10): maximal cliques of a
 * triangulation of the given cliques, joined by a maximum spanning tree of separators. Attributes are numbered; `shape[a]` values.
 */
export interface JunctionTree {
  readonly shape: readonly number[];
  /** Attributes of each maximal clique, ascending. */
  readonly cliques: readonly (readonly number[])[];
  /** Cliques, every parent before its children. Trees of a forest are joined by empty separators: one root. */
  readonly order: readonly number[];
  /** Parent of each clique, -1 for the root. */
  readonly parent: readonly number[];
  /** Attributes a clique shares with its parent, ascending. */
  readonly separator: readonly (readonly number[])[];
  /** Cells of all cliques together: what a model holds in memory, several times over. */
  readonly cells: number;
}

/** Cells of a table over those attributes. */
export const cellsOver = (shape: readonly number[], attributes: readonly number[]): number =>
  attributes.reduce((cells, attribute) => cells * (shape[attribute] as number), 1);

/** Every attribute is in some clique. Elimination takes the attribute whose clique is smallest next. O(attributes^3). */
export function junctionTree(shape: readonly number[], cliques: readonly (readonly number[])[]): JunctionTree {
  const maximal = maximalCliques(shape, cliques);
  const { order, parent } = spanningTree(maximal);
  const separator = maximal.map((clique, c) => {
    const above = maximal[parent[c] as number];
    return above === undefined ? [] : clique.filter((attribute) => above.includes(attribute));
  });
  const cells = maximal.reduce((sum, clique) => sum + cellsOver(shape, clique), 0);
  return { shape, cliques: maximal, order, parent, separator, cells };
}

function maximalCliques(shape: readonly number[], cliques: readonly (readonly number[])[]): readonly number[][] {
  const linked = shape.map(() => new Set<number>());
  for (const clique of cliques) {
    for (const a of clique) for (const b of clique) if (a !== b) linked[a]?.add(b);
  }
  const left = new Set(shape.keys());
  const found: number[][] = [];
  while (left.size > 0) {
    let next = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const a of left) {
      const cells = cellsOver(shape, [a, ...(linked[a] as Set<number>)]);
      if (cells < least || next < 0) [next, least] = [a, cells];
    }
    const around = [...(linked[next] as Set<number>)];
    found.push([next, ...around].sort((a, b) => a - b));
    for (const a of around) {
      for (const b of around) if (a !== b) linked[a]?.add(b);
      linked[a]?.delete(next);
    }
    left.delete(next);
  }
  return found.filter(
    (clique, i) =>
      !found.some(
        (other, j) =>
          j !== i && clique.every((attribute) => other.includes(attribute)) && (other.length > clique.length || j < i),
      ),
  );
}

/** Prim's algorithm on separator sizes, which gives the running intersection property (Jensen, Jensen, 1994). */
function spanningTree(cliques: readonly (readonly number[])[]): { order: number[]; parent: number[] } {
  const parent = cliques.map(() => -1);
  const best = cliques.map(() => -1);
  const order: number[] = [];
  const done = new Set<number>();
  while (done.size < cliques.length) {
    let next = -1;
    for (let c = 0; c < cliques.length; c += 1) {
      if (!done.has(c) && (next < 0 || (best[c] as number) > (best[next] as number))) next = c;
    }
    done.add(next);
    order.push(next);
    for (let c = 0; c < cliques.length; c += 1) {
      if (done.has(c)) continue;
      const shared = (cliques[c] as readonly number[]).filter((a) => cliques[next]?.includes(a)).length;
      if (shared > (best[c] as number)) {
        best[c] = shared;
        parent[c] = next;
      }
    }
  }
  return { order, parent };
}

/**
 * Cell of the table over `onto` (row-major in that order) for each cell of the table over `clique`: what summing out and
 * multiplying in walk along.
 */
export function projection(shape: readonly number[], clique: readonly number[], onto: readonly number[]): Int32Array {
  const stride = new Map<number, number>();
  let step = 1;
  for (let i = onto.length - 1; i >= 0; i -= 1) {
    const attribute = onto[i] as number;
    stride.set(attribute, step);
    step *= shape[attribute] as number;
  }
  let cells = Int32Array.of(0);
  for (const attribute of clique) {
    const values = shape[attribute] as number;
    const by = stride.get(attribute) ?? 0;
    const next = new Int32Array(cells.length * values);
    for (let i = 0; i < cells.length; i += 1) {
      for (let v = 0; v < values; v += 1) next[i * values + v] = (cells[i] as number) + v * by;
    }
    cells = next;
  }
  return cells;
}

/** Sums of `values` over the cells that go to the same cell of a smaller table. */
export function summedOnto(values: Float64Array, onto: Int32Array, size: number): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < values.length; i += 1) {
    const at = onto[i] as number;
    out[at] = (out[at] as number) + (values[i] as number);
  }
  return out;
}
