import type { GraphicalModel } from './graphical-model.ts';
import { cellsOver, projection, summedOnto } from './junction-tree.ts';

/**
 * Counts a model gives any column or pair of columns, in one clique or not. A pair apart is found by sending each value of the
 * first column along the tree: O(values x cells) a column, done when first asked.
 */
export function allMarginals(model: GraphicalModel): (attributes: readonly number[]) => Float64Array {
  const known = new Map<number, readonly Float64Array[]>();
  return (attributes) => {
    const [a, b] = attributes;
    const at = model.tree.cliques.findIndex((clique) => attributes.every((each) => clique.includes(each)));
    if (at >= 0) {
      const { shape, cliques } = model.tree;
      const onto = projection(shape, cliques[at] as readonly number[], attributes);
      return summedOnto(model.marginals[at] as Float64Array, onto, cellsOver(shape, attributes));
    }
    if (a === undefined || b === undefined || attributes.length > 2)
      throw new Error('only columns and pairs are summed');
    let rows = known.get(a);
    if (rows === undefined) {
      rows = pairsFrom(model, a);
      known.set(a, rows);
    }
    return rows[b] as Float64Array;
  };
}

interface Hop {
  readonly clique: number;
  /** Hops that start where this one ends. */
  readonly next: readonly Hop[];
  /** Cell of the separator towards the hop before for each cell of the clique, and the model's counts of the separator. */
  readonly back: Int32Array;
  readonly separator: Float64Array;
}

/** Joint counts of column `a` with every other column, row-major. */
function pairsFrom(model: GraphicalModel, a: number): readonly Float64Array[] {
  const { shape, cliques } = model.tree;
  const values = shape[a] as number;
  const out = shape.map((size) => new Float64Array(values * size));
  const first = cliques.findIndex((clique) => clique.includes(a));
  const root = hopsFrom(model, first, -1);
  const own = projection(shape, cliques[first] as readonly number[], [a]);
  const columnsOf = cliques.map((clique) => clique.map((b) => ({ b, onto: projection(shape, clique, [b]) })));
  const visit = (hop: Hop, counts: Float64Array, value: number): void => {
    for (const { b, onto } of columnsOf[hop.clique] ?? []) {
      const into = out[b] as Float64Array;
      const from = value * (shape[b] as number);
      // A column of several cliques is written by each, with the same counts: the last one stays.
      into.fill(0, from, from + (shape[b] as number));
      for (let i = 0; i < counts.length; i += 1) {
        const cell = from + (onto[i] as number);
        into[cell] = (into[cell] as number) + (counts[i] as number);
      }
    }
    for (const next of hop.next) {
      const ahead = projectionBetween(model, hop.clique, next.clique);
      const sent = summedOnto(counts, ahead, next.separator.length);
      for (let s = 0; s < sent.length; s += 1) {
        const all = next.separator[s] as number;
        sent[s] = all > 0 ? (sent[s] as number) / all : 0;
      }
      const marginal = model.marginals[next.clique] as Float64Array;
      const onward = new Float64Array(marginal.length);
      for (let i = 0; i < onward.length; i += 1)
        onward[i] = (marginal[i] as number) * (sent[next.back[i] as number] as number);
      visit(next, onward, value);
    }
  };
  const start = model.marginals[first] as Float64Array;
  for (let value = 0; value < values; value += 1) {
    visit(
      root,
      start.map((count, i) => (own[i] === value ? count : 0)),
      value,
    );
  }
  return out;
}

function hopsFrom(model: GraphicalModel, clique: number, before: number): Hop {
  const { shape, cliques, parent } = model.tree;
  const around = cliques.map((_, c) => c).filter((c) => c !== before && (parent[c] === clique || parent[clique] === c));
  const shared = sharedWith(model, clique, before);
  const back = projection(shape, cliques[clique] as readonly number[], shared);
  return {
    clique,
    next: around.map((c) => hopsFrom(model, c, clique)),
    back,
    separator: summedOnto(model.marginals[clique] as Float64Array, back, cellsOver(shape, shared)),
  };
}

const sharedWith = ({ tree }: GraphicalModel, clique: number, other: number): readonly number[] =>
  (tree.cliques[clique] ?? []).filter((each) => tree.cliques[other]?.includes(each) === true);

const between = new WeakMap<GraphicalModel, Map<string, Int32Array>>();

function projectionBetween(model: GraphicalModel, from: number, to: number): Int32Array {
  let known = between.get(model);
  if (known === undefined) {
    known = new Map();
    between.set(model, known);
  }
  const key = `${from} ${to}`;
  let found = known.get(key);
  if (found === undefined) {
    found = projection(model.tree.shape, model.tree.cliques[from] ?? [], sharedWith(model, from, to));
    known.set(key, found);
  }
  return found;
}
