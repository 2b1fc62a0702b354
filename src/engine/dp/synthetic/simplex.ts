/**
 * The non-negative vector of that sum nearest to `values` in weighted squares: max(0, value - shift / weight) for the one
 * shift that makes the sum right. O(n log n).
 */
export function projectedOnto(values: Float64Array, weight: number | Float64Array, total: number): Float64Array {
  if (!(total > 0)) return new Float64Array(values.length);
  const spread = (i: number): number => (typeof weight === 'number' ? 1 : 1 / (weight[i] as number));
  // Values fall to zero in order of value / spread as the shift grows.
  const order = Uint32Array.from(values.keys()).sort(
    (i, j) => (values[j] as number) / spread(j) - (values[i] as number) / spread(i),
  );
  let sum = -total;
  let spreads = 0;
  let shift = 0;
  for (const i of order) {
    const next = (sum + (values[i] as number)) / (spreads + spread(i));
    if (spreads > 0 && (values[i] as number) - next * spread(i) <= 0) break;
    sum += values[i] as number;
    spreads += spread(i);
    shift = next;
  }
  return values.map((value, i) => Math.max(0, value - shift * spread(i)));
}
