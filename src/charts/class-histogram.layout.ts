/** Equivalence classes by size before and after, in size bins that double, as shares of rows. */
import type { SizeCounts } from './props.ts';
import { makeScale, type Scale } from './scale.ts';

export interface SizeBin {
  /** Inclusive sizes. */
  readonly from: number;
  readonly to: number;
  /** Rows living in classes of these sizes. */
  readonly before: number;
  readonly after: number;
}

/** Bins 1, 2, 3-4, 5-8, 9-16, ...: single people must stay visible. */
export function binSizes(before: SizeCounts, after: SizeCounts): SizeBin[] {
  const binOf = (size: number) => (size <= 1 ? 0 : Math.ceil(Math.log2(size)));
  const rowsBy = (counts: SizeCounts) => {
    const rows: number[] = [];
    for (let i = 0; i < counts.size.length; i++) {
      const size = counts.size[i] as number;
      const bin = binOf(size);
      rows[bin] = (rows[bin] ?? 0) + size * (counts.classes[i] as number);
    }
    return rows;
  };
  const [b, a] = [rowsBy(before), rowsBy(after)];
  return Array.from({ length: Math.max(b.length, a.length, 4) }, (_, i) => ({
    from: i === 0 ? 1 : 2 ** (i - 1) + 1,
    to: 2 ** i,
    before: b[i] ?? 0,
    after: a[i] ?? 0,
  }));
}

/** Rows in classes smaller than k. */
export function rowsBelow(counts: SizeCounts, k: number): number {
  let rows = 0;
  for (let i = 0; i < counts.size.length; i++) {
    if ((counts.size[i] as number) < k) rows += (counts.size[i] as number) * (counts.classes[i] as number);
  }
  return rows;
}

export interface ClassLayout {
  readonly bars: readonly {
    readonly bin: SizeBin;
    readonly x: number;
    readonly width: number;
    readonly beforeY: number;
    readonly afterY: number;
    readonly label: string;
  }[];
  readonly kX: number;
  readonly kAt: (x: number) => number;
  readonly y: Scale;
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

/** Bars of equal width a bin; the k line stands where size k would lie on the bins' doubling scale. */
export function layoutClasses(
  data: { before: SizeCounts; after: SizeCounts; k: number; rows: number; kMax: number },
  size: { width: number; height: number; em: number },
): ClassLayout {
  const { em } = size;
  const bins = binSizes(data.before, data.after);
  const plot = { left: 2.8 * em, right: size.width, top: 2.6 * em, bottom: size.height - 2.6 * em };
  const rows = Math.max(1, data.rows);
  const top = Math.max(...bins.map((bin) => Math.max(bin.before, bin.after))) / rows;
  const y = makeScale([0, Math.max(top, 0.01)], [plot.bottom, plot.top], { count: 3 });
  const pitch = (plot.right - plot.left) / bins.length;
  // Left edge of the bin in which k is the first size that is safe; inside a bin, interpolated.
  const edge = (k: number) => (k <= 1 ? 0 : Math.log2(k - 1 || 1) + (k > 1 ? 1 : 0));
  const kX = plot.left + Math.min(bins.length, edge(data.k)) * pitch;
  return {
    bars: bins.map((bin, i) => ({
      bin,
      x: plot.left + i * pitch + pitch * 0.12,
      width: pitch * 0.76,
      beforeY: y(bin.before / rows),
      afterY: y(bin.after / rows),
      label: bin.from === bin.to ? String(bin.from) : `${bin.from}–${bin.to}`,
    })),
    kX,
    kAt: (px) =>
      Math.min(
        data.kMax,
        Math.max(1, px - plot.left <= pitch / 2 ? 1 : Math.round(2 ** ((px - plot.left) / pitch - 1) + 1)),
      ),
    y,
    plot,
  };
}
