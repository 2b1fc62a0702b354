import type { Pause } from '../../kit/context.ts';
import type { Rng } from '../../rng/rng.ts';
import type { GraphicalModel } from './graphical-model.ts';
import { cellsOver, projection, summedOnto } from './junction-tree.ts';

/**
 * Records drawn from a model, clique by clique down the tree: the values a clique adds are drawn given those it shares with
 * its parent. Counts are rounded by a systematic sample (each cell gets its expected count rounded down or up, unbiased),
 * which adds far less error than independent draws (McKenna, Miklau, Sheldon, 2021, section 3.3). O(rows x cliques + cells).
 * @returns codes of each column
 */
export async function sampledRecords(
  model: GraphicalModel,
  rows: number,
  rng: Rng,
  pause?: Pause,
): Promise<readonly Uint16Array[]> {
  const { shape, cliques, order, separator } = model.tree;
  const out = shape.map(() => new Uint16Array(rows));
  for (const c of order) {
    const clique = cliques[c] as readonly number[];
    const given = separator[c] as readonly number[];
    const added = clique.filter((attribute) => !given.includes(attribute));
    const table = arranged(model, c, [...given, ...added]);
    const size = cellsOver(shape, added);
    const { start, members } = byGroup(out, shape, given, rows);
    const weights = summedOnto(
      table,
      Int32Array.from(table.keys(), (i) => Math.floor(i / size)),
      start.length - 1,
    );
    const lots = rng.fork(`clique ${c}`);
    await pause?.();
    for (let group = 0; group + 1 < start.length; group += 1) {
      const from = start[group] as number;
      const to = start[group + 1] as number;
      if (to === from) continue;
      shuffle(members, from, to, lots);
      const cells = table.subarray(group * size, (group + 1) * size);
      systematic(cells, weights[group] as number, to - from, lots, (i, cell) => {
        const row = members[from + i] as number;
        let rest = cell;
        for (let k = added.length - 1; k >= 0; k -= 1) {
          const attribute = added[k] as number;
          const values = shape[attribute] as number;
          (out[attribute] as Uint16Array)[row] = rest % values;
          rest = Math.floor(rest / values);
        }
      });
    }
  }
  return out;
}

/** The clique's counts, row-major over `attributes`. */
function arranged(model: GraphicalModel, clique: number, attributes: readonly number[]): Float64Array {
  const { shape, cliques } = model.tree;
  const onto = projection(shape, cliques[clique] as readonly number[], attributes);
  return summedOnto(model.marginals[clique] as Float64Array, onto, onto.length);
}

/** Rows by the values they have in the given columns. */
function byGroup(
  codes: readonly Uint16Array[],
  shape: readonly number[],
  given: readonly number[],
  rows: number,
): { start: Uint32Array; members: Uint32Array } {
  const groups = cellsOver(shape, given);
  const groupOf = new Uint32Array(rows);
  for (const attribute of given) {
    const own = codes[attribute] as Uint16Array;
    const values = shape[attribute] as number;
    for (let i = 0; i < rows; i += 1) groupOf[i] = (groupOf[i] as number) * values + (own[i] as number);
  }
  const start = new Uint32Array(groups + 1);
  for (let i = 0; i < rows; i += 1)
    start[(groupOf[i] as number) + 1] = (start[(groupOf[i] as number) + 1] as number) + 1;
  for (let g = 0; g < groups; g += 1) start[g + 1] = (start[g + 1] as number) + (start[g] as number);
  const next = start.slice(0, groups);
  const members = new Uint32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const group = groupOf[i] as number;
    members[next[group] as number] = i;
    next[group] = (next[group] as number) + 1;
  }
  return { start, members };
}

/** Fisher and Yates within [from, to). */
function shuffle(items: Uint32Array, from: number, to: number, rng: Rng): void {
  for (let i = to - 1; i > from; i -= 1) {
    const j = from + rng.int(i - from + 1);
    const kept = items[i] as number;
    items[i] = items[j] as number;
    items[j] = kept;
  }
}

/** `n` places along the running sum of the weights, evenly spaced from a random start; cells alike where nothing weighs. */
function systematic(
  cells: Float64Array,
  weight: number,
  n: number,
  rng: Rng,
  take: (index: number, cell: number) => void,
): void {
  if (!(weight > 0)) {
    for (let i = 0; i < n; i += 1) take(i, rng.int(cells.length));
    return;
  }
  const offset = rng.uniform();
  let taken = 0;
  let sum = 0;
  for (let cell = 0; cell < cells.length && taken < n; cell += 1) {
    sum += ((cells[cell] as number) / weight) * n;
    for (; taken < n && offset + taken < sum; taken += 1) take(taken, cell);
  }
  // Rounding may leave the last place beyond the sum.
  let last = cells.length - 1;
  while (last > 0 && !((cells[last] as number) > 0)) last -= 1;
  for (; taken < n; taken += 1) take(taken, last);
}
