/**
 * Runs per world and pair at which the audit of a technique with its default parameters notices every bug that can be planted in it, at
 * false-alarm rates down to 1e-6 (dp/audit/techniques.test.ts): by how small the difference is that a bug makes. An audit that is right more
 * often than not would do with half of them.
 */
const DRAWS: Readonly<Record<string, number>> = {
  'top-keys': 20_000,
  'above-threshold': 20_000,
  'private-quantiles': 20_000,
  'gaussian-histogram': 20_000,
  'synthetic-mst': 20_000,
  'continual-counts': 40_000,
  'range-tree': 40_000,
  'matrix-workload': 40_000,
};
const USUAL = 10_000;
/** Of a bare mechanism, additive or choosing: its outputs cost next to nothing. */
const BARE = 100_000;

/** How many runs an audit of that technique (or `mechanism/<id>`, `known/<id>`) is started with. */
export const drawsFor = (technique: string): number =>
  /^(mechanism|known)\//.test(technique) ? BARE : (DRAWS[technique] ?? USUAL);
