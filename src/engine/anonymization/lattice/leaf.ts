import type { LatticeTable } from './lattice-columns.ts';
import { log10 } from '../../kit/math/log10.ts';
import type { PrefixPartition } from './prefix-partition.ts';

/**
 * The inner loop's data: tuples of a prefix partition laid out in its order, so that the nodes of the last column are
 * counted in sequential passes; and what the first columns contribute to every class below.
 */
export interface Leaf {
  readonly order: readonly number[];
  readonly last: number;
  readonly base: Uint32Array;
  readonly secret: Uint32Array;
  /** Per class of the prefix: base values covered by each of the first columns, and their product. */
  readonly covered: Float64Array;
  readonly product: Float64Array;
  readonly logShare: Float64Array;
  load(partition: PrefixPartition, levels: Uint8Array): void;
}

/** log10 of the share of the domain below each node, by column and level. */
export function logShares(table: LatticeTable): readonly (readonly Float64Array[])[] {
  return table.columns.map((column) =>
    column.levels.map((level) => Float64Array.from(level.members, (members) => log10(members / column.size))),
  );
}

export function makeLeaf(table: LatticeTable, order: readonly number[], wants: { readonly secret: boolean }): Leaf {
  const last = order.at(-1) ?? 0;
  const first = order.slice(0, -1);
  const n = table.tuples;
  const width = first.length;
  const logs = logShares(table);
  const leaf = {
    order,
    last,
    base: new Uint32Array(n),
    secret: new Uint32Array(wants.secret ? n : 0),
    covered: new Float64Array(n * width),
    product: new Float64Array(Math.max(1, n)),
    logShare: new Float64Array(Math.max(1, n)),
    load: (partition: PrefixPartition, levels: Uint8Array): void => {
      const { tuples, length } = partition;
      const codes = table.columns[last]?.levels[0]?.codes ?? new Uint16Array(0);
      const secrets = table.sensitive[0]?.codes;
      for (let i = 0; i < length; i += 1) {
        const t = tuples[i] as number;
        leaf.base[i] = codes[t] as number;
      }
      if (wants.secret && secrets !== undefined) {
        for (let i = 0; i < length; i += 1) leaf.secret[i] = secrets[tuples[i] as number] as number;
      }
      loadClasses(partition, levels);
    },
  };
  const loadClasses = (partition: PrefixPartition, levels: Uint8Array): void => {
    leaf.product.fill(1, 0, partition.count);
    leaf.logShare.fill(0, 0, partition.count);
    for (let i = 0; i < width; i += 1) {
      const j = first[i] as number;
      const level = levels[j] as number;
      const members = table.columns[j]?.levels[level]?.members ?? new Float64Array(0);
      const log = logs[j]?.[level] ?? new Float64Array(0);
      for (let c = 0; c < partition.count; c += 1) {
        const node = partition.codes[c * width + i] as number;
        const covers = members[node] as number;
        leaf.covered[c * width + i] = covers;
        leaf.product[c] = (leaf.product[c] as number) * covers;
        leaf.logShare[c] = (leaf.logShare[c] as number) + (log[node] as number);
      }
    }
  };
  return leaf;
}
