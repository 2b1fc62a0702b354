/** A stage with what was measured here and what the paper prints, in ms; either may be absent. */
export interface LatencyPair {
  readonly id: string;
  readonly label: string;
  readonly here?: Span | undefined;
  readonly paper?: Span | undefined;
}
export interface Span {
  readonly min: number;
  readonly avg: number;
  readonly p95: number;
}
export interface PlacedSpan {
  readonly x1: number;
  readonly x: number;
  readonly x2: number;
  readonly y: number;
}
export interface LatencyAxis {
  readonly height: number;
  readonly ticks: readonly { readonly x: number; readonly value: number }[];
  readonly limitX: number;
  readonly rows: readonly {
    readonly pair: LatencyPair;
    readonly labelY: number;
    readonly here?: PlacedSpan;
    readonly paper?: PlacedSpan;
  }[];
  readonly axisY: number;
}

/** Places pairs on one logarithmic axis of whole decades that holds every value and the limit. */
export function layoutLatencyAxis(
  pairs: readonly LatencyPair[],
  limit: number,
  width: number,
  em: number,
): LatencyAxis {
  const values = pairs.flatMap(({ here, paper }) =>
    [here, paper].flatMap((span) => (span === undefined ? [] : [span.min, span.p95])),
  );
  const positive = [...values, limit].filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...positive)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...positive))));
  const pad = em * 0.8;
  const x = (value: number): number => {
    const share = (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low);
    return pad + share * (width - 2 * pad);
  };
  const pitch = em * 3;
  const place = (span: Span, y: number): PlacedSpan => ({ x1: x(span.min), x: x(span.avg), x2: x(span.p95), y });
  const rows = pairs.map((pair, at) => {
    const top = at * pitch;
    return {
      pair,
      labelY: top + em * 0.9,
      ...(pair.here === undefined ? {} : { here: place(pair.here, top + em * 1.5) }),
      ...(pair.paper === undefined ? {} : { paper: place(pair.paper, top + em * 2.15) }),
    };
  });
  const axisY = pairs.length * pitch + em * 0.2;
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => ({ value: 10 ** (low + i), x: x(10 ** (low + i)) }));
  return { height: axisY + em * 2.2, ticks, limitX: x(limit), rows, axisY };
}
