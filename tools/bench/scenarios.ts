import type { ScenarioSpec } from '../../src/scenario/spec.ts';

/** The first view's scenario, for benchmarks. */
export const laplaceScenario: ScenarioSpec = {
  version: 1,
  dataset: { kind: 'embedded', id: 'nyc-taxi', rows: 20_000, seed: 1 },
  roles: {},
  branches: [{ id: 'main', steps: [{ id: 'laplace-histogram', params: { epsilon: 1 } }] }],
  metrics: [],
  attacks: [],
  seed: 1,
  repeats: 1,
};
