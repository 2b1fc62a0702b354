import type { LatencyRow } from './props.ts';
import { makeScale } from './scale.ts';

/**
 * Words and bar of each row; log by default because stages differ by thousands. `told` are the values in words: they
 * take a line of their own where they would meet the label.
 */
export function layoutLatency(
  rows: readonly LatencyRow[],
  log: boolean,
  size: { width: number; em: number },
  told: readonly string[] = [],
) {
  const { em } = size;
  const seen = rows.flatMap((row) => [row.min, row.avg, row.p95]).filter((value) => value > 0);
  const least = seen.length === 0 ? 0.1 : Math.min(...seen);
  const most = seen.length === 0 ? 10 : Math.max(...seen);
  const domain: [number, number] = log ? [10 ** Math.floor(Math.log10(least) - 0.01), most * 1.3] : [0, most * 1.05];
  const x0 = 0.5 * em;
  const x = makeScale(domain, [x0, size.width - 0.5 * em], {
    log,
    count: Math.max(2, Math.floor(size.width / (6 * em))),
  });
  const at = (value: number) => (log && !(value > 0) ? x0 : x(value));
  const stacked = rows.some((row, i) => (row.label.length + (told[i]?.length ?? 0) + 2) * 0.42 * em > size.width);
  const pitch = stacked ? 3.5 : 2.4;
  const bars = rows.map((row, i) => ({
    y: (i * pitch + pitch - 1.1) * em,
    min: at(row.min),
    avg: at(row.avg),
    p95: at(row.p95),
  }));
  const base = (0.4 + rows.length * pitch) * em;
  return { bars, x, x0, base, stacked, height: base + 2.5 * em };
}
