import { log10 } from '../../kit/math/log10.ts';
import { log2 } from '../../kit/math/log2.ts';
import type { LatticeTable } from './lattice-columns.ts';
import { makeLeaf, type Leaf, logShares } from './leaf.ts';
import { AMBIGUITY, CLASSES, KL, KL_MASS, LOG_SHARE, NodeRecords, SQUARES, SUMS } from './node-records.ts';
import type { PrefixPartition } from './prefix-partition.ts';
import { type NodeSink, searchOrder } from './solve.ts';
import { SuppressedEntropy } from './suppressed-entropy.ts';

const LOG2_10 = log2(10);

export interface RecordOptions {
  /** Smallest class any later question can keep. */
  readonly least: number;
  readonly limit: number;
  /** Largest k a later question may name; larger classes share one entry. */
  readonly largest: number;
  /** Diversities counted on the first sensitive column: 1 = none. */
  readonly diversities: number;
  /** Keep what the entropy measures, and what KL divergence, need. */
  readonly entropy: boolean;
  readonly kl: boolean;
}

/**
 * Fills node records: classes of a node are added up by size (and diversity) as they are met, then summed from the
 * largest size down, so that entry s speaks about all classes of at least s rows.
 */
export class RecordSink implements NodeSink {
  readonly records: NodeRecords;
  private readonly leaf: Leaf;
  private readonly width: number;
  /** Numbers per size: covered by column in search order, the sums of an entry, rows. */
  private readonly fields: number;
  private readonly rest: number;
  private readonly cap: number;
  private readonly allowed: number;
  private readonly secrets: number;
  private readonly logs: readonly (readonly Float64Array[])[];
  private readonly entropy: SuppressedEntropy | undefined;
  private readonly logDomain: number;
  private readonly log2Rows: number;
  private readonly log2Of: (size: number) => number;
  private partition: PrefixPartition | undefined;

  /** Per node of the last column, zero between classes. */
  private readonly rowsIn: Float64Array;
  private readonly massIn: Float64Array;
  private readonly distinct: Uint32Array;
  private readonly seen: Uint32Array;
  private stamp = 0;
  private readonly touched: Uint32Array;

  /** Sums by diversity and size, and the sizes met at this node. */
  private readonly sums: Float64Array;
  private readonly met: Uint8Array;
  private readonly sizes: Uint32Array;
  private readonly running: Float64Array;
  private sizeCount = 0;
  /** Smallest class beyond the largest size kept apart. */
  private beyond = 0;
  private allSquares = 0;

  /** Classes of the node by size, for the entropies: linked lists over `classes`. */
  private readonly head: Int32Array;
  private readonly classes: {
    readonly prefix: Uint32Array;
    readonly node: Uint32Array;
    readonly size: Uint32Array;
    readonly diversity: Uint8Array;
    readonly next: Int32Array;
  };
  private classCount = 0;
  /** Rows of listed classes below each prefix class, and on each node of the last column. */
  private readonly liveOf: Float64Array;
  private readonly lastLive: Float64Array;
  /** Entropies per column by size, for the list being written. */
  private entropies = new Float64Array(0);
  /** Classes of at least each size in the list written before. */
  private cumulative = new Float64Array(0);

  constructor(
    private readonly table: LatticeTable,
    private readonly options: RecordOptions,
  ) {
    const { diversities, largest, entropy } = options;
    const columns = table.columns.length;
    const order = searchOrder(table);
    this.records = new NodeRecords({ columns, diversities, entropy });
    this.leaf = makeLeaf(table, order, { secret: diversities > 1 });
    this.width = columns - 1;
    this.fields = columns + SUMS + 1;
    this.rest = columns;
    this.cap = largest + 1;
    this.allowed = Math.floor(options.limit * table.rows);
    this.secrets = diversities > 1 ? (table.sensitive[0]?.size ?? 1) : 1;
    this.logs = logShares(table);
    this.entropy = entropy ? new SuppressedEntropy(table, order) : undefined;
    this.logDomain = table.columns.reduce((sum, column) => sum + log10(column.size), 0);
    this.log2Rows = log2(table.rows);
    this.log2Of = options.kl ? tabledLog2(table.rows) : log2;
    const nodes = table.columns[this.leaf.last]?.levels.reduce((most, level) => Math.max(most, level.count), 1) ?? 1;
    this.rowsIn = new Float64Array(nodes);
    this.massIn = new Float64Array(options.kl ? nodes : 0);
    this.touched = new Uint32Array(nodes);
    this.distinct = new Uint32Array(diversities > 1 ? nodes : 0);
    this.seen = new Uint32Array(diversities > 1 ? nodes * this.secrets : 0);
    this.sums = new Float64Array((this.cap + 1) * diversities * this.fields);
    this.running = new Float64Array(this.fields);
    this.met = new Uint8Array(this.cap + 1);
    this.sizes = new Uint32Array(this.cap + 1);
    this.liveOf = new Float64Array(table.tuples);
    this.lastLive = new Float64Array(entropy ? nodes : 0);
    const listed = entropy ? table.tuples : 0;
    this.head = new Int32Array(entropy ? this.cap + 1 : 0).fill(-1);
    this.classes = {
      prefix: new Uint32Array(listed),
      node: new Uint32Array(listed),
      size: new Uint32Array(listed),
      diversity: new Uint8Array(listed),
      next: new Int32Array(listed),
    };
  }

  prefix(partition: PrefixPartition, levels: Uint8Array): void {
    this.partition = partition;
    this.leaf.load(partition, levels);
  }

  node(level: number, levels: Uint8Array, index: number): number {
    const { partition } = this;
    if (partition === undefined) return 0;
    this.sizeCount = 0;
    this.classCount = 0;
    this.beyond = Infinity;
    const nodeOf = this.table.columns[this.leaf.last]?.levels[level]?.nodeOf ?? new Uint32Array(0);
    let live = 0;
    this.allSquares = 0;
    if (this.entropy !== undefined) this.lastLive.fill(0);
    for (let c = 0; c < partition.count; c += 1) {
      const used = this.count(partition, nodeOf, partition.starts[c] as number, partition.starts[c + 1] as number);
      const kept = this.addClasses(c, used, level);
      this.liveOf[c] = kept;
      live += kept;
    }
    // Rows dropped on the way are classes of fewer than `least` rows: of one row each where `least` is 2.
    this.allSquares = this.options.least <= 2 ? this.allSquares + this.table.rows - live : Number.NaN;
    this.write(index, levels);
    return live;
  }

  /** Rows, mass and different secrets per node of the last column within one prefix class; returns the nodes met. */
  private count(partition: PrefixPartition, nodeOf: Uint32Array, start: number, end: number): number {
    const { base, secret } = this.leaf;
    const { weight, mass } = partition;
    const { rowsIn, touched } = this;
    let used = 0;
    for (let i = start; i < end; i += 1) {
      const node = nodeOf[base[i] as number] as number;
      const before = rowsIn[node] as number;
      if (before === 0) {
        touched[used] = node;
        used += 1;
      }
      rowsIn[node] = before + (weight[i] as number);
    }
    if (this.options.diversities > 1) {
      const { seen, distinct, secrets } = this;
      this.stamp += 1;
      for (let i = start; i < end; i += 1) {
        const node = nodeOf[base[i] as number] as number;
        const key = node * secrets + (secret[i] as number);
        if (seen[key] === this.stamp) continue;
        seen[key] = this.stamp;
        distinct[node] = (distinct[node] as number) + 1;
      }
    }
    if (this.options.kl) {
      const { massIn } = this;
      for (let i = start; i < end; i += 1) {
        const node = nodeOf[base[i] as number] as number;
        massIn[node] = (massIn[node] as number) + (mass[i] as number);
      }
    }
    return used;
  }

  /** Adds the classes just counted to the sums by size; returns the rows in classes that a question may keep. */
  private addClasses(c: number, used: number, level: number): number {
    const { rowsIn, touched, sums, fields, cap, width, leaf, options, distinct } = this;
    const members = this.table.columns[leaf.last]?.levels[level]?.members ?? new Float64Array(0);
    const log = this.logs[leaf.last]?.[level] ?? new Float64Array(0);
    const product = leaf.product[c] as number;
    const logShare = leaf.logShare[c] as number;
    let live = 0;
    for (let j = 0; j < used; j += 1) {
      const node = touched[j] as number;
      const size = rowsIn[node] as number;
      rowsIn[node] = 0;
      let diversity = 0;
      if (options.diversities > 1) {
        diversity = Math.min(distinct[node] as number, options.diversities) - 1;
        distinct[node] = 0;
      }
      const mass = options.kl ? (this.massIn[node] as number) : 0;
      if (options.kl) this.massIn[node] = 0;
      if (size < options.least) continue;
      live += size;
      this.allSquares += size * size;
      const bucket = size < cap ? size : cap;
      if (bucket === cap && size < this.beyond) this.beyond = size;
      if (this.met[bucket] === 0) {
        this.met[bucket] = 1;
        this.sizes[this.sizeCount] = bucket;
        this.sizeCount += 1;
      }
      const at = (diversity * (cap + 1) + bucket) * fields;
      const covers = members[node] as number;
      for (let i = 0; i < width; i += 1) {
        sums[at + i] = (sums[at + i] as number) + size * (leaf.covered[c * width + i] as number);
      }
      sums[at + width] = (sums[at + width] as number) + size * covers;
      const rest = at + width + 1;
      sums[rest + CLASSES] = (sums[rest + CLASSES] as number) + 1;
      sums[rest + SQUARES] = (sums[rest + SQUARES] as number) + size * size;
      sums[rest + AMBIGUITY] = (sums[rest + AMBIGUITY] as number) + size * product * covers;
      sums[rest + LOG_SHARE] = (sums[rest + LOG_SHARE] as number) + size * (logShare + (log[node] as number));
      sums[rest + SUMS] = (sums[rest + SUMS] as number) + size;
      if (options.kl) {
        // log2 of the share of the class in the cells it covers, from logarithms already at hand.
        const covered = (logShare + (log[node] as number) + this.logDomain) * LOG2_10;
        sums[rest + KL] = (sums[rest + KL] as number) + mass * (this.log2Of(size) - this.log2Rows - covered);
        sums[rest + KL_MASS] = (sums[rest + KL_MASS] as number) + mass;
      }
      if (this.entropy !== undefined) {
        this.list(c, node, size, bucket, diversity);
        this.lastLive[node] = (this.lastLive[node] as number) + size;
      }
    }
    return live;
  }

  private list(prefix: number, node: number, size: number, bucket: number, diversity: number): void {
    const { classes, head } = this;
    const at = this.classCount;
    this.classCount += 1;
    classes.prefix[at] = prefix;
    classes.node[at] = node;
    classes.size[at] = size;
    classes.diversity[at] = diversity;
    classes.next[at] = head[bucket] as number;
    head[bucket] = at;
  }

  /** Sums from the largest size down, one list a diversity; entries beyond the limit are not kept. */
  private write(index: number, levels: Uint8Array): void {
    const { records, cap, fields, sums, options, table } = this;
    const sizes = this.sizes.subarray(0, this.sizeCount).sort();
    let rows = 0;
    for (const size of sizes) {
      for (let d = options.diversities - 2; d >= 0; d -= 1) this.addUp(d, size);
      rows += sums[size * fields + this.rest + SUMS] as number;
    }
    if (table.rows - rows <= this.allowed) {
      records.begin(index, levels, this.allSquares);
      if (this.partition !== undefined) this.entropy?.start(levels, this.partition, this.liveOf, this.lastLive);
      for (let l = 1; l <= options.diversities; l += 1) {
        if (this.entropy !== undefined) this.sumEntropies(this.entropy, sizes, l, rows);
        records.close(l, this.writeList(sizes, (l - 1) * (cap + 1), l));
      }
    }
    for (const size of sizes) {
      this.met[size] = 0;
      if (this.entropy !== undefined) this.head[size] = -1;
      for (let d = 0; d < options.diversities; d += 1) {
        const at = (d * (cap + 1) + size) * fields;
        sums.fill(0, at, at + fields);
      }
    }
  }

  /** Classes of at least d + 1 values include those of at least d + 2. */
  private addUp(d: number, size: number): void {
    const { fields, cap, sums } = this;
    const at = (d * (cap + 1) + size) * fields;
    const from = ((d + 1) * (cap + 1) + size) * fields;
    for (let f = 0; f < fields; f += 1) sums[at + f] = (sums[at + f] as number) + (sums[from + f] as number);
  }

  /** @returns the largest size from which on this list differs from that of l - 1; 0 where nowhere, or for l = 1 */
  private writeList(sizes: Uint32Array, offset: number, l: number): number {
    const { records, fields, rest, sums, running, table, leaf } = this;
    if (this.cumulative.length < sizes.length) this.cumulative = new Float64Array(2 * sizes.length);
    running.fill(0);
    let split = 0;
    for (let s = sizes.length - 1; s >= 0; s -= 1) {
      const size = sizes[s] as number;
      const at = (offset + size) * fields;
      const isEmpty = sums[at + rest + CLASSES] === 0;
      const added = isEmpty ? 0 : fields;
      for (let f = 0; f < added; f += 1) running[f] = (running[f] as number) + (sums[at + f] as number);
      const classes = running[rest + CLASSES] as number;
      const actual = size === this.cap ? this.beyond : size;
      if (l > 1 && split === 0 && classes !== this.cumulative[s]) split = actual;
      this.cumulative[s] = classes;
      const rows = running[rest + SUMS] as number;
      if (isEmpty || table.rows - rows > this.allowed || (l > 1 && split === 0)) continue;
      const entry = records.add(actual, rows);
      const { values } = records;
      for (let i = 0; i < rest; i += 1) values[entry + (leaf.order[i] as number)] = running[i] as number;
      for (let f = 0; f < SUMS; f += 1) values[entry + rest + f] = running[rest + f] as number;
      if (this.entropy === undefined) continue;
      for (let j = 0; j < rest; j += 1) values[entry + rest + SUMS + j] = this.entropies[s * rest + j] as number;
    }
    return split;
  }

  /** Entropies of what is suppressed when classes below each size, and those of fewer than l values, are left out. */
  private sumEntropies(entropy: SuppressedEntropy, sizes: Uint32Array, l: number, live: number): void {
    const { rest, table, classes } = this;
    if (this.entropies.length < sizes.length * rest) this.entropies = new Float64Array(2 * sizes.length * rest);
    let suppressed = table.rows - live;
    for (let s = 0; s < sizes.length; s += 1) {
      for (let at = this.head[sizes[s] as number] as number; at >= 0; at = classes.next[at] as number) {
        if ((classes.diversity[at] as number) + 1 === l - 1) this.count1(entropy, at, 1);
        if ((classes.diversity[at] as number) + 1 < l) suppressed += classes.size[at] as number;
      }
    }
    entropy.settle();
    let added = 0;
    for (; added < sizes.length && suppressed <= this.allowed; added += 1) {
      this.entropies.set(entropy.values, added * rest);
      for (let at = this.head[sizes[added] as number] as number; at >= 0; at = classes.next[at] as number) {
        if ((classes.diversity[at] as number) + 1 < l) continue;
        entropy.add(classes.size[at] as number, classes.prefix[at] as number, classes.node[at] as number);
        suppressed += classes.size[at] as number;
      }
    }
    for (let s = 0; s < added; s += 1) {
      for (let at = this.head[sizes[s] as number] as number; at >= 0; at = classes.next[at] as number) {
        if ((classes.diversity[at] as number) + 1 >= l) this.count1(entropy, at, -1);
      }
    }
  }

  private count1(entropy: SuppressedEntropy, at: number, sign: number): void {
    const { classes } = this;
    entropy.count(sign * (classes.size[at] as number), classes.prefix[at] as number, classes.node[at] as number);
  }
}

/** log2 of whole numbers up to `most`, from a table. */
function tabledLog2(most: number): (x: number) => number {
  const known = new Float64Array(most + 1);
  for (let x = 1; x <= most; x += 1) known[x] = log2(x);
  return (x) => known[x] as number;
}
