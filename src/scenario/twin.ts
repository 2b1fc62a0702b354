import type { DatasetDescriptor } from '../engine/kit/dataset.ts';
import type { DatasetRef } from '../engine/kit/job.ts';
import type { Family } from '../engine/kit/technique.ts';
import { type Text, text } from '../engine/kit/text.ts';
import { standardScenarios } from './presets.ts';
import type { Preset } from './spec.ts';

/** The digital twin paper's own system on a dataset: noisy answers, a federated model and secure sums at once. */
export const twinScenario = (dataset: DatasetRef, descriptor: DatasetDescriptor): Preset | undefined =>
  standardScenarios(dataset, descriptor).find(({ id }) => id === 'hybrid');

/** A row of the Twin paper's latency table, in milliseconds. `family` names the protection it times, where it is one. */
export interface PaperLatency {
  readonly id: string;
  readonly family?: Family;
  readonly label: Text;
  readonly minMs: number;
  readonly avgMs: number;
  readonly p95Ms: number;
}

export const paperLatencies: readonly PaperLatency[] = [
  {
    id: 'dp',
    family: 'dp',
    label: text('Differential privacy', 'Privacidad diferencial'),
    minMs: 3.2,
    avgMs: 8.7,
    p95Ms: 15.3,
  },
  {
    id: 'fl',
    family: 'learning',
    label: text('Federated learning', 'Aprendizaje federado'),
    minMs: 78.5,
    avgMs: 134.2,
    p95Ms: 248.6,
  },
  {
    id: 'smpc',
    family: 'mpc',
    label: text('Secure computation', 'Cómputo seguro'),
    minMs: 115.7,
    avgMs: 342.8,
    p95Ms: 621.4,
  },
  { id: 'integration', label: text('Data integration', 'Integración de datos'), minMs: 4.1, avgMs: 11.5, p95Ms: 19.8 },
  { id: 'end-to-end', label: text('End to end', 'De extremo a extremo'), minMs: 87.3, avgMs: 152.4, p95Ms: 273.5 },
];

/** What the Twin paper calls the threshold for responsive applications. */
export const responsiveMs = 500;

/** The Twin paper's utility shares by kind of question. */
export const paperUtility = {
  'utility-aggregate': 0.973,
  'utility-pattern': 0.961,
  'utility-individual': 0.894,
} as const;

/** The paper's figure for a utility measure, where it has one. */
export const paperUtilityOf = (score: string): number | undefined =>
  Object.hasOwn(paperUtility, score) ? paperUtility[score as keyof typeof paperUtility] : undefined;
