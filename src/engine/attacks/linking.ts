import type { TableRelease } from '../kit/release.ts';
import { encodeColumn } from '../table/encode.ts';
import { groupRows, rowsByClass } from '../table/group.ts';
import { coversCode } from '../table/hierarchy.ts';
import { hasColumn } from '../table/table.ts';
import { type CellRanges, cellRanges, comparedColumn, type KnownColumn } from '../metrics/released-cells.ts';

/**
 * What an adversary does with a released table: keep the rows whose released cells are compatible with what is known of
 * one target. Released rows are joined into classes of equal cells first, and classes are found through the first
 * known column, so that one target costs a few thousand comparisons on a million rows.
 */
export type KnownPrecision = 'minute' | 'hour' | 'day';

export class Linker {
  /** Known columns the release still has. */
  readonly used: readonly string[];
  private readonly known: readonly KnownColumn[];
  private readonly cells: readonly CellRanges[];
  private readonly first: Uint32Array;
  private readonly sizes: Uint32Array;
  private readonly classOf: Uint32Array;
  private readonly members: { readonly start: Uint32Array; readonly rows: Uint32Array };
  /** Classes by knowledge code of the first known column: `index[from[v]] .. index[from[v + 1] - 1]`. */
  private readonly from: Uint32Array;
  private readonly index: Uint32Array;

  constructor(release: TableRelease, names: readonly string[], precision: KnownPrecision) {
    const pairs = names.flatMap((name) => {
      const known = knownColumn(release, name, precision);
      const cells = cellRanges(release, known);
      return cells === undefined ? [] : [{ known, cells }];
    });
    this.known = pairs.map((pair) => pair.known);
    this.cells = pairs.map((pair) => pair.cells);
    this.used = this.known.map((column) => column.name);
    const grouping = groupRows(
      this.cells.map((cells) => cells.codes),
      this.cells.map((cells) => cells.low.length),
      release.table.rows,
    );
    this.first = grouping.first;
    this.sizes = grouping.sizes;
    this.classOf = grouping.classOf;
    this.members = rowsByClass(grouping);
    const count = this.known[0]?.count ?? 1;
    this.from = new Uint32Array(count + 1);
    this.eachCover((v) => {
      this.from[v + 1] = (this.from[v + 1] as number) + 1;
    });
    for (let v = 0; v < count; v += 1) this.from[v + 1] = (this.from[v + 1] as number) + (this.from[v] as number);
    this.index = new Uint32Array(this.from[count] as number);
    const at = this.from.slice();
    this.eachCover((v, c) => {
      this.index[at[v] as number] = c;
      at[v] = (at[v] as number) + 1;
    });
  }

  /** Classes of released rows compatible with source row `target`. */
  compatible(target: number): number[] {
    const found: number[] = [];
    const wanted = this.known.map((column) => column.ofBase[column.truth.codes[target] as number] as number);
    const v = wanted[0] ?? 0;
    for (let i = this.from[v] as number; i < (this.from[v + 1] as number); i += 1) {
      const c = this.index[i] as number;
      if (this.fits(c, wanted)) found.push(c);
    }
    return found;
  }

  size(classes: readonly number[]): number {
    let sum = 0;
    for (const c of classes) sum += this.sizes[c] as number;
    return sum;
  }

  holds(classes: readonly number[], releasedRow: number): boolean {
    return releasedRow >= 0 && classes.includes(this.classOf[releasedRow] as number);
  }

  /** The i-th released row of the classes taken together. */
  pick(classes: readonly number[], i: number): number {
    let left = i;
    for (const c of classes) {
      const size = this.sizes[c] as number;
      if (left < size) return this.members.rows[(this.members.start[c] as number) + left] as number;
      left -= size;
    }
    return -1;
  }

  /** Adds the codes of all rows of the classes to a tally. */
  tally(classes: readonly number[], codes: Uint32Array, out: Uint32Array): void {
    for (const c of classes) {
      for (let i = this.members.start[c] as number; i < (this.members.start[c + 1] as number); i += 1) {
        const code = codes[this.members.rows[i] as number] as number;
        out[code] = (out[code] as number) + 1;
      }
    }
  }

  private fits(c: number, wanted: readonly number[]): boolean {
    const row = this.first[c] as number;
    for (let j = 1; j < wanted.length; j += 1) {
      const cells = this.cells[j] as CellRanges;
      const code = cells.codes[row] as number;
      const value = wanted[j] as number;
      if (!coversCode(cells, code, value)) return false;
    }
    return true;
  }

  private eachCover(visit: (value: number, c: number) => void): void {
    const cells = this.cells[0];
    for (let c = 0; c < this.first.length; c += 1) {
      if (cells === undefined) {
        visit(0, c);
        continue;
      }
      const code = cells.codes[this.first[c] as number] as number;
      const members = cells.members?.[code];
      if (members !== undefined) for (const v of members) visit(v, c);
      else for (let v = cells.low[code] as number; v <= (cells.high[code] as number); v += 1) visit(v, c);
    }
  }
}

function knownColumn(release: TableRelease, name: string, precision: KnownPrecision): KnownColumn {
  const truth = encodeColumn(release.dataset, name);
  const wanted = truth.base.kind === 'minutes' ? precision : undefined;
  const level = truth.hierarchy.levels.find((each) => each.name === wanted) ?? truth.hierarchy.levels[0];
  const ofBase = level?.codes ?? new Uint32Array(0);
  let count = 1;
  for (let i = 0; i < ofBase.length; i += 1) count = Math.max(count, (ofBase[i] as number) + 1);
  return { name, ofBase, truth, count };
}

/**
 * The secret as the adversary guesses it: numbers with an interval ladder in bands of its first width, other columns
 * value by value. Codes of the truth by source row and of the release by released row share one dictionary.
 */
export function secretCodes(
  release: TableRelease,
  secret: string,
): { readonly truth: Uint32Array; readonly released: Uint32Array; readonly count: number } | undefined {
  if (!hasColumn(release.table, secret) || !hasColumn(release.dataset.table, secret)) return undefined;
  const cells = comparedColumn(release, secret);
  const banded = release.dataset.descriptor.columns.find((each) => each.name === secret)?.ladder?.kind === 'interval';
  const level = cells?.truth.hierarchy.levels[banded ? 1 : 0];
  if (cells === undefined || level === undefined) return undefined;
  let count = level.labels.length;
  // A cell of several bands names none of them: it gets a code that is no row's secret.
  const bandOf = cells.low.map((low, cell) => {
    const band = level.codes[low] as number;
    if (band === level.codes[cells.high[cell] as number]) return band;
    count += 1;
    return count - 1;
  });
  return {
    truth: Uint32Array.from(cells.truth.codes, (base) => level.codes[base] as number),
    released: cells.codes.map((cell) => bandOf[cell] as number),
    count,
  };
}
