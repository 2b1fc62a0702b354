import type { RowProblem } from '../../src/engine/kit/dataset.ts';

/** How many problems are listed one by one; the rest are counted by reason. */
export const LISTED_PROBLEMS = 200;

/** Collects what is wrong with rows and values: the first ones listed, all counted. */
export class ProblemList {
  readonly listed: RowProblem[] = [];
  readonly #beyond = new Map<string, number>();
  readonly #all = new Map<string, number>();

  /** Notes a problem at a 1-based line (or row, for files without lines). */
  add(line: number, column: string | undefined, reason: string, value?: string): void {
    this.#all.set(reason, (this.#all.get(reason) ?? 0) + 1);
    if (this.listed.length >= LISTED_PROBLEMS) {
      this.#beyond.set(reason, (this.#beyond.get(reason) ?? 0) + 1);
      return;
    }
    const shown = value === undefined || value.length <= 60 ? value : `${value.slice(0, 57)}...`;
    this.listed.push({
      line,
      reason,
      ...(column === undefined ? {} : { column }),
      ...(shown === undefined ? {} : { text: shown }),
    });
  }

  /** Forgets the problems after the first `total`: those of a record that turned out to be cut off by the file's end. */
  forgetSince(total: number): void {
    for (let n = this.total - total; n > 0 && this.#beyond.size === 0; n -= 1) {
      const last = this.listed.pop();
      if (last !== undefined) this.#all.set(last.reason, (this.#all.get(last.reason) ?? 1) - 1);
    }
  }

  /** Problems beyond the listed ones, by reason. */
  beyond(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#beyond);
  }

  /** Every problem so far, listed or not. */
  get total(): number {
    let sum = 0;
    for (const count of this.#all.values()) sum += count;
    return sum;
  }

  /** All problems of one reason, listed or not. */
  countOf(reason: string): number {
    return this.#all.get(reason) ?? 0;
  }
}
