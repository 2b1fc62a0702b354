/** Points of one person in the order of their times. */
export type Sequence = readonly number[];

/** Whether the points of `known` occur in `trace` in this order, not necessarily one after the other. O(length). */
export function isSubsequence(known: Sequence, trace: Sequence): boolean {
  let next = 0;
  for (let i = 0; i < trace.length && next < known.length; i += 1) if (trace[i] === known[next]) next += 1;
  return next === known.length;
}

/**
 * Unicity of traces whose order is known (Pratesi et al. 2018, location sequence attack): the highest chance to pick the
 * right person, 1 / (people whose trace contains the known points in order), over all subsequences of `k` points of each
 * person. Who has fewer points is known by all of them; who has none is known by nothing and hides among everybody.
 */
export function sequenceRisks(traces: readonly Sequence[], k: number): Float64Array {
  const matching = new Map<string, number>();
  return Float64Array.from(traces, (trace) => {
    let fewest = traces.length;
    for (const known of subsequences(trace, Math.min(k, trace.length))) {
      const name = known.join(' ');
      let found = matching.get(name);
      if (found === undefined) {
        found = traces.reduce((count, other) => count + (isSubsequence(known, other) ? 1 : 0), 0);
        matching.set(name, found);
      }
      fewest = Math.min(fewest, found);
    }
    return 1 / fewest;
  });
}

/** Every choice of `size` positions, in order; equal choices of points may come more than once. */
export function* subsequences(items: Sequence, size: number, from = 0): Generator<number[]> {
  if (size === 0) yield [];
  else {
    for (let i = from; i <= items.length - size; i += 1) {
      for (const rest of subsequences(items, size - 1, i + 1)) yield [items[i] as number, ...rest];
    }
  }
}
