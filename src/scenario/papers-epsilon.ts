import type { DatasetDescriptor } from '../engine/kit/dataset.ts';
import type { DatasetRef, Job } from '../engine/kit/job.ts';
import { type Text, text } from '../engine/kit/text.ts';
import { TWIN } from './dp-step.ts';
import { planJob } from './plan.ts';
import type { ScenarioSpec } from './spec.ts';
import { paperUtility } from './twin.ts';

/** The digital-twin paper's privacy loss on one city, with its three kinds of utility, as a scenario of its own. */

export type PaperUtility = keyof typeof paperUtility;
export const paperUtilities: readonly PaperUtility[] = ['utility-aggregate', 'utility-pattern', 'utility-individual'];
export const paperHeads: Readonly<Record<PaperUtility, Text>> = {
  'utility-aggregate': text('Aggregate', 'Agregado'),
  'utility-pattern': text('Pattern', 'Patrón'),
  'utility-individual': text('Individual', 'Individual'),
};
export const paperFigure = (utility: PaperUtility): number => paperUtility[utility];

/**
 * Pure Laplace noise keeps (2.1, 10^-5) too, with a delta of 0; Gaussian noise uses the delta. The paper names neither, so the
 * standard scenario's mechanism (Laplace, 30 / 50 / 20) stands for it.
 */
export function paperScenario(descriptor: DatasetDescriptor, seed: number): ScenarioSpec {
  const dataset: DatasetRef = { kind: 'embedded', id: descriptor.id, rows: descriptor.rows.default, seed };
  return {
    version: 1,
    dataset,
    roles: {},
    branches: [
      {
        id: 'main',
        steps: [{ id: 'laplace-histogram', params: { epsilon: TWIN.epsilon, allocation: '30-50-20' } }],
      },
    ],
    metrics: paperUtilities.map((id) => ({ id })),
    attacks: [],
    seed,
    repeats: 1,
  };
}

export function paperJob(spec: ScenarioSpec): Job | null {
  const branch = spec.branches[0];
  return branch === undefined ? null : planJob(spec, branch);
}
