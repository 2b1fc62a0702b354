/**
 * The non-negative vector of that sum nearest to `values` in weighted squares: max(0, value - shift / weight) for the one
 * shift that makes the sum right. Values that fall below zero are left out and the shift found anew (Michelot, 1986).
 */
export function projectedOnto(values: Float64Array, weight: number | Float64Array, total: number): Float64Array {
  if (!(total > 0)) return new Float64Array(values.length);
  const spreads = typeof weight === 'number' ? new Float64Array(values.length).fill(1) : weight.map((each) => 1 / each);
  let active = Uint32Array.from(values.keys());
  let shift = 0;
  for (;;) {
    let sum = -total;
    let spread = 0;
    for (const i of active) {
      sum += values[i] as number;
      spread += spreads[i] as number;
    }
    shift = sum / spread;
    const kept = active.filter((i) => (values[i] as number) > shift * (spreads[i] as number));
    if (kept.length === active.length || kept.length === 0) break;
    active = kept;
  }
  const out = new Float64Array(values.length);
  for (const i of active) out[i] = Math.max(0, (values[i] as number) - shift * (spreads[i] as number));
  return out;
}
