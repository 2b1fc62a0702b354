import { normalQuantile } from '../dp/gaussian.ts';
import type { Interval } from '../kit/score.ts';

const z = /* @__PURE__ */ normalQuantile(0.975);

export interface Auc {
  readonly auc: number;
  readonly standardError: number;
}

/**
 * Area under the ROC of scores of members against non-members (ties count one half) and its standard error by DeLong,
 * DeLong, Clarke-Pearson (1988), in O(n log n) from midranks (Sun, Xu 2014). Needs two scores a side for the error.
 */
export function aucOf(members: Float64Array, nonMembers: Float64Array): Auc {
  const m = members.length;
  const n = nonMembers.length;
  if (m === 0 || n === 0) return { auc: 0.5, standardError: Number.POSITIVE_INFINITY };
  const all = new Float64Array(m + n);
  all.set(members);
  all.set(nonMembers, m);
  const rank = midranks(all);
  const inMembers = midranks(members);
  const inOthers = midranks(nonMembers);
  // Structural components: the share of the other side each score beats.
  const beats = members.map((_, i) => ((rank[i] as number) - (inMembers[i] as number)) / n);
  const beaten = nonMembers.map((_, j) => 1 - ((rank[m + j] as number) - (inOthers[j] as number)) / m);
  const auc = meanOf(beats);
  const variance = varianceOf(beats) / m + varianceOf(beaten) / n;
  return { auc, standardError: Math.sqrt(variance) };
}

export const normalInterval = (value: number, standardError: number): Interval => ({
  low: Math.max(0, value - z * standardError),
  high: Math.min(1, value + z * standardError),
  level: 0.95,
  kind: 'sampling',
});

function midranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i);
  order.sort((a, b) => (values[a] as number) - (values[b] as number));
  const out = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end += 1;
    for (let i = start; i < end; i += 1) out[order[i] as number] = (start + end + 1) / 2;
    start = end;
  }
  return out;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

function varianceOf(values: Float64Array): number {
  if (values.length < 2) return Number.POSITIVE_INFINITY;
  const mean = meanOf(values);
  let sum = 0;
  for (const value of values) sum += (value - mean) * (value - mean);
  return sum / (values.length - 1);
}
