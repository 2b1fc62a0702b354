import { invalidData } from '../../kit/errors.ts';
import type { ClassValues, SensitiveDomain } from './criterion.ts';

/** One level of the tree as whole numbers, and its scratch for the class at hand. */
interface Level {
  /** Rows of the table below each node. */
  readonly overall: Float64Array;
  /** Node of the next level above each node. */
  readonly parent: Uint32Array;
  /** Rows of the class below each node, and sums of its children's positive and negative extras; 0 between classes. */
  readonly mass: Float64Array;
  readonly positive: Float64Array;
  readonly negative: Float64Array;
  /** Nodes with rows of the class. */
  readonly met: Uint32Array;
}

/**
 * Hierarchical distance of a class to the table: sum over inner nodes of level / (h - 1) times the smaller of the sums of
 * its children's positive and negative extras (p - q below the child), h levels (Li et al. 2007, section 4.2). Nodes
 * without a row of the class have no negative extra and cost nothing, so the work is values of the class x levels.
 * @throws invalid-data where the column has no tree with one root
 */
export function hierarchicalDistance(domain: SensitiveDomain): (cls: ClassValues) => number {
  const { rows } = domain;
  const levels = levelsOf(domain);
  const height = levels.length - 1;
  const [leaves] = levels;
  if (leaves === undefined || height === 0) return () => 0;
  return ({ size, counts, values, distinct }) => {
    let met = distinct;
    for (let i = 0; i < distinct; i += 1) {
      const code = values[i] as number;
      leaves.met[i] = code;
      leaves.mass[code] = counts[code] as number;
    }
    let work = 0;
    for (let h = 0; h < height; h += 1) {
      const above = levels[h + 1] as Level;
      met = lift(levels[h] as Level, above, met, size, rows);
      let moved = 0;
      for (let i = 0; i < met; i += 1) {
        const node = above.met[i] as number;
        moved += Math.min(above.positive[node] as number, above.negative[node] as number);
      }
      work += (h + 1) * moved;
    }
    const root = levels[height] as Level;
    for (let i = 0; i < met; i += 1) root.mass[root.met[i] as number] = 0;
    return work / (height * size * rows);
  };
}

/** Sums extras of the met nodes into their parents, empties the nodes, and returns how many parents were met. */
function lift(below: Level, above: Level, met: number, size: number, rows: number): number {
  let found = 0;
  for (let i = 0; i < met; i += 1) {
    const node = below.met[i] as number;
    const parent = below.parent[node] as number;
    if (above.mass[parent] === 0) {
      above.met[found] = parent;
      found += 1;
      // Children without a row of the class have the extra p > 0; those with one are corrected below.
      above.positive[parent] = size * (above.overall[parent] as number);
      above.negative[parent] = 0;
    }
    const mass = below.mass[node] as number;
    const expected = size * (below.overall[node] as number);
    const extra = expected - mass * rows;
    above.mass[parent] = (above.mass[parent] as number) + mass;
    above.positive[parent] = (above.positive[parent] as number) - expected + Math.max(extra, 0);
    above.negative[parent] = (above.negative[parent] as number) + Math.max(-extra, 0);
    below.mass[node] = 0;
  }
  return found;
}

function levelsOf({ column, hierarchy, overall, size }: SensitiveDomain): readonly Level[] {
  const given = hierarchy?.levels ?? [];
  if (given.length === 0 || given.at(-1)?.labels.length !== 1) {
    throw invalidData(
      `the hierarchy of "${column}" has no single top`,
      `give ${column} a hierarchy that ends in "*", or choose the equal distance`,
      { column },
    );
  }
  return given.map((level, h): Level => {
    const nodes = h === 0 ? size : level.labels.length;
    const at = (code: number): number => (h === 0 ? code : (level.codes[code] as number));
    const above = given[h + 1];
    const sums = new Float64Array(nodes);
    const parent = new Uint32Array(nodes);
    for (let code = 0; code < size; code += 1) {
      const node = at(code);
      sums[node] = (sums[node] as number) + (overall[code] as number);
      if (above !== undefined) parent[node] = above.codes[code] as number;
    }
    const scratch = () => new Float64Array(nodes);
    return {
      overall: sums,
      parent,
      mass: scratch(),
      positive: scratch(),
      negative: scratch(),
      met: new Uint32Array(nodes),
    };
  });
}
