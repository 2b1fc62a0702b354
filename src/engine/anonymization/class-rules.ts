import type { ClassValues, Criterion } from './models/criterion.ts';

/** A sensitive column as kernels that form classes read it: a code per row and the models its classes must satisfy. */
export interface Secret {
  readonly codes: Uint32Array;
  readonly size: number;
  readonly criteria: readonly Criterion[];
}

/**
 * Rows as records of `stride` words: quasi-identifier codes first, sensitive codes after them. One row is one cache
 * line, so looking at all columns of a row costs one access.
 */
export interface PackedRows {
  readonly data: Uint32Array;
  readonly stride: number;
  /** Number of quasi-identifiers. */
  readonly width: number;
}

export function packRows(columns: readonly Uint32Array[], secrets: readonly Secret[]): PackedRows {
  const all = [...columns, ...secrets.map((secret) => secret.codes)];
  const stride = Math.max(1, all.length);
  const n = all[0]?.length ?? 0;
  const data = new Uint32Array(n * stride);
  all.forEach((codes, j) => {
    for (let i = 0, at = j; i < n; i += 1, at += stride) data[at] = codes[i] as number;
  });
  return { data, stride, width: columns.length };
}

/** Rows below which no class can satisfy k and every model. */
export const leastRows = (k: number, secrets: readonly Secret[]): number =>
  secrets.reduce((least, { criteria }) => criteria.reduce((most, one) => Math.max(most, one.leastRows), least), k);

/** Whether the union of two classes that satisfy every model satisfies them too. */
export const allMonotone = (secrets: readonly Secret[]): boolean =>
  secrets.every(({ criteria }) => criteria.every((one) => one.monotone));

/** Counts of the sensitive values of one class, kept while rows come and go: O(1) a row. */
export class Tally implements ClassValues {
  size = 0;
  distinct = 0;
  readonly counts: Uint32Array;
  readonly values: Uint32Array;
  private readonly place: Uint32Array;

  constructor(domain: number) {
    this.counts = new Uint32Array(domain);
    this.values = new Uint32Array(domain);
    this.place = new Uint32Array(domain);
  }

  add(code: number): void {
    const before = this.counts[code] as number;
    if (before === 0) {
      this.values[this.distinct] = code;
      this.place[code] = this.distinct;
      this.distinct += 1;
    }
    this.counts[code] = before + 1;
    this.size += 1;
  }

  remove(code: number): void {
    const left = (this.counts[code] as number) - 1;
    this.counts[code] = left;
    this.size -= 1;
    if (left > 0) return;
    this.distinct -= 1;
    const last = this.values[this.distinct] as number;
    const at = this.place[code] as number;
    this.values[at] = last;
    this.place[last] = at;
  }

  clear(): void {
    for (let i = 0; i < this.distinct; i += 1) this.counts[this.values[i] as number] = 0;
    this.distinct = 0;
    this.size = 0;
  }
}

/** One side of a cut, or one class: its tallies of every sensitive column, and whether it may be released as a class. */
export class Side {
  size = 0;
  private readonly tallies: readonly Tally[];

  constructor(
    private readonly packed: PackedRows,
    private readonly k: number,
    private readonly secrets: readonly Secret[],
  ) {
    this.tallies = secrets.map((secret) => new Tally(secret.size));
  }

  /** @param row position of the record in the packed rows */
  add(row: number): void {
    const at = row * this.packed.stride + this.packed.width;
    this.size += 1;
    for (let q = 0; q < this.tallies.length; q += 1) {
      (this.tallies[q] as Tally).add(this.packed.data[at + q] as number);
    }
  }

  remove(row: number): void {
    const at = row * this.packed.stride + this.packed.width;
    this.size -= 1;
    for (let q = 0; q < this.tallies.length; q += 1) {
      (this.tallies[q] as Tally).remove(this.packed.data[at + q] as number);
    }
  }

  clear(): void {
    this.size = 0;
    for (const tally of this.tallies) tally.clear();
  }

  holds(): boolean {
    if (this.size < this.k) return false;
    for (let q = 0; q < this.tallies.length; q += 1) {
      const tally = this.tallies[q] as Tally;
      for (const one of (this.secrets[q] as Secret).criteria) if (!one.holds(one.measure(tally))) return false;
    }
    return true;
  }
}
