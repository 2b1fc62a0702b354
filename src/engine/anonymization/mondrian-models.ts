import { type PackedRows, packRows, type Secret, Side } from './class-rules.ts';
import { RowOrder } from './row-order.ts';

/** Models of sensitive columns beside k and distinct l for Mondrian's cuts. Sensitive codes move with the rows. */
export class FurtherModels {
  private readonly packed: PackedRows;
  private readonly left: Side;
  private readonly right: Side;

  private readonly order: RowOrder;

  /** @param largest number of codes of the largest column that is cut */
  constructor(secrets: readonly Secret[], k: number, largest: number) {
    this.packed = packRows([], secrets);
    this.left = new Side(this.packed, k, secrets);
    this.right = new Side(this.packed, k, secrets);
    this.order = new RowOrder(secrets[0]?.codes.length ?? 0, largest);
  }

  swap(a: number, b: number): void {
    const { data, stride } = this.packed;
    for (let q = 0; q < stride; q += 1) {
      const kept = data[a * stride + q] as number;
      data[a * stride + q] = data[b * stride + q] as number;
      data[b * stride + q] = kept;
    }
  }

  holds(start: number, end: number): boolean {
    this.left.clear();
    for (let i = start; i < end; i += 1) this.left.add(i);
    return this.left.holds();
  }

  /**
   * Largest code of the left side for the cut that divides the rows most evenly, among the allowed ones whose sides
   * both satisfy k and the models; -1 where there is none.
   * @param segment first row and the row after the last
   * @param range smallest and largest code in the segment
   * @param allowed smallest and largest code the left side may end with
   */
  nearestCut(
    codes: Uint32Array,
    segment: readonly [number, number],
    range: readonly [number, number],
    allowed: readonly [number, number],
  ): number {
    const [from, to] = allowed;
    const [start, end] = segment;
    this.order.sort(codes, 1, 0, start, end, range[0], range[1]);
    const order = this.order.rows;
    const size = end - start;
    this.left.clear();
    this.right.clear();
    for (let i = 0; i < size; i += 1) this.right.add(order[i] as number);
    let found = -1;
    let least = Infinity;
    for (let i = 0; i + 1 < size; i += 1) {
      const row = order[i] as number;
      this.left.add(row);
      this.right.remove(row);
      const code = codes[row] as number;
      const next = codes[order[i + 1] as number] as number;
      // Any cut in [code, next) divides the rows alike; it is allowed when that range meets the allowed one.
      if (next === code || next - 1 < from || code > to) continue;
      const off = Math.abs(2 * (i + 1) - size);
      if (off >= least || !this.left.holds() || !this.right.holds()) continue;
      least = off;
      found = Math.max(code, from);
    }
    return found;
  }
}
