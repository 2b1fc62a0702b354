import { attacks, metrics, techniqueOf } from '../engine/registry.ts';
import type { ReleaseKind } from '../engine/kit/release.ts';
import type { ModuleRef } from '../engine/kit/job.ts';
import { firstStep } from '../scenario/first-step.ts';
import type { ScenarioSpec } from '../scenario/spec.ts';

/** Every measure that can speak about a kind of release, with its defaults. */
export const metricsFor = (kind: ReleaseKind): readonly ModuleRef[] =>
  metrics.filter((metric) => metric.accepts.includes(kind)).map(({ id }) => ({ id }));
export const attacksFor = (kind: ReleaseKind): readonly ModuleRef[] =>
  attacks.filter((attack) => attack.accepts.includes(kind)).map(({ id }) => ({ id }));

/** What a newcomer sees before any click: New York's trips, counts with noise at epsilon = 1. */
export function firstSpec(): ScenarioSpec {
  const kind = techniqueOf(firstStep.id)?.produces ?? 'table';
  return {
    version: 1,
    dataset: { kind: 'embedded', id: 'nyc-taxi', rows: 20_000, seed: 1 },
    roles: {},
    branches: [{ id: 'main', steps: [firstStep] }],
    metrics: metricsFor(kind),
    attacks: attacksFor(kind),
    seed: 1,
    repeats: 1,
  };
}
