import type { DatasetDescriptor } from '../engine/kit/dataset.ts';
import type { BranchSpec, DatasetRef, ModuleRef } from '../engine/kit/job.ts';
import type { ParamRecord } from '../engine/kit/params.ts';
import type { ReleaseKind } from '../engine/kit/release.ts';
import { type Text, text } from '../engine/kit/text.ts';
import { attacks, metrics, techniqueOf } from '../engine/registry.ts';
import type { Preset } from './spec.ts';

interface Draft {
  readonly id: string;
  readonly label: Text;
  readonly summary: Text;
  readonly paper?: NonNullable<Preset['paper']>;
  readonly branches: readonly BranchSpec[];
}

/** The digital-twin paper's budget. Its unit is never named there; here it is one row. */
const twinEpsilon = 2.1;

/**
 * The standard scenarios for a dataset, always one click away: the papers' own systems, with every measure that can
 * speak about what they release, but those asked for by name only. Scenarios that need a technique this build does not have are left out.
 */
export function standardScenarios(dataset: DatasetRef, descriptor: DatasetDescriptor): readonly Preset[] {
  return drafts(descriptor)
    .filter(({ branches }) => branches.every(({ steps }) => steps.every(({ id }) => techniqueOf(id) !== undefined)))
    .map(({ id, label, summary, paper, branches }): Preset => {
      const kinds = new Set(branches.map(kindOf));
      return {
        id,
        label,
        summary,
        ...(paper === undefined ? {} : { paper }),
        spec: {
          version: 1,
          dataset,
          roles: {},
          branches,
          metrics: fitting(metrics, kinds),
          attacks: fitting(attacks, kinds),
          seed: dataset.kind === 'embedded' ? dataset.seed : 1,
          repeats: 1,
        },
      };
    });
}

const kindOf = (branch: BranchSpec): ReleaseKind => techniqueOf(branch.steps.at(-1)?.id ?? '')?.produces ?? 'table';

/** Measures, with their defaults, that accept at least one of these kinds of release. */
const fitting = (
  measures: readonly { readonly id: string; readonly accepts: readonly ReleaseKind[]; readonly onDemand?: true }[],
  kinds: ReadonlySet<ReleaseKind>,
): readonly ModuleRef[] =>
  measures
    .filter(({ accepts, onDemand }) => onDemand !== true && accepts.some((kind) => kinds.has(kind)))
    .map(({ id }) => ({ id }));

const branch = (id: string, ...steps: readonly ModuleRef[]): BranchSpec => ({ id, steps });
const step = (id: string, params: ParamRecord = {}): ModuleRef => ({ id, params });

const answers = (epsilon: number): ModuleRef => step('laplace-histogram', { epsilon, allocation: '30-50-20' });

function drafts(descriptor: DatasetDescriptor): readonly Draft[] {
  return [...twinDrafts(), ...otherDrafts(descriptor)];
}

function twinDrafts(): readonly Draft[] {
  return [
    {
      id: 'none',
      label: text('No protection', 'Sin protección'),
      summary: text(
        'The rows as they are: the bar every protection is read against.',
        'Las filas tal cual: la referencia de toda protección.',
      ),
      paper: 'Twin',
      branches: [branch('raw')],
    },
    {
      id: 'traditional',
      label: text('Traditional anonymization', 'Anonimización tradicional'),
      summary: text(
        'Names removed, places and times coarsened until every row has at least 4 twins (k = 5) and 3 sensitive values (l = 3).',
        'Sin nombres; lugares y horas menos precisos hasta que cada fila tiene al menos 4 gemelas (k = 5) y 3 valores sensibles (l = 3).',
      ),
      paper: 'Twin',
      branches: [branch('anonymized', step('mondrian', { k: 5, l: 3 }))],
    },
    {
      id: 'single-dp',
      label: text('Single mechanism: noisy answers', 'Un solo mecanismo: respuestas con ruido'),
      summary: text(
        'A curator answers counts with Laplace noise, ε = 2.1 in all, divided 30 / 50 / 20.',
        'Un custodio responde conteos con ruido de Laplace, ε = 2,1 en total, repartido 30 / 50 / 20.',
      ),
      paper: 'Twin',
      branches: [branch('answers', answers(twinEpsilon))],
    },
    {
      id: 'single-fl',
      label: text('Single mechanism: federated learning', 'Un solo mecanismo: aprendizaje federado'),
      summary: text(
        'Areas train one model together and keep their rows.',
        'Las zonas entrenan un modelo juntas y conservan sus filas.',
      ),
      paper: 'Twin',
      branches: [branch('model', step('fedavg'))],
    },
    {
      id: 'single-smpc',
      label: text('Single mechanism: secure sums', 'Un solo mecanismo: sumas seguras'),
      summary: text(
        'Three departments learn city totals without showing their own numbers.',
        'Tres departamentos obtienen totales de la ciudad sin mostrar sus cifras.',
      ),
      paper: 'Twin',
      branches: [branch('sums', step('additive-sum', { parties: 3 }))],
    },
    {
      id: 'hybrid',
      label: text('Hybrid', 'Híbrido'),
      summary: text(
        'Noisy answers (ε = 2.1, divided 30 / 50 / 20), a federated model and secure sums at once.',
        'Respuestas con ruido (ε = 2,1, reparto 30 / 50 / 20), un modelo federado y sumas seguras a la vez.',
      ),
      paper: 'Twin',
      branches: [
        branch('answers', answers(twinEpsilon)),
        branch('model', step('fedavg')),
        branch('sums', step('additive-sum', { parties: 3 })),
      ],
    },
  ];
}

function otherDrafts(descriptor: DatasetDescriptor): readonly Draft[] {
  const minimized = descriptor.columns.filter(({ role }) => role !== 'identifier').map(({ name }) => name);
  const onDevice = minimized.length === descriptor.columns.length ? {} : { columns: minimized };
  return [
    {
      id: 'model',
      label: text('Devices, encryption and noisy training', 'Dispositivos, cifrado y entrenamiento con ruido'),
      summary: text(
        'Devices drop identifiers, send encrypted telemetry (AES-256) and train together with noise on the updates.',
        'Los dispositivos eliminan identificadores, envían telemetría cifrada (AES-256) y entrenan juntos con ruido en los cambios.',
      ),
      paper: 'Model',
      branches: [
        { ...branch('telemetry', step('aes-gcm-telemetry')), ...onDevice },
        { ...branch('model', step('fedavg', { noiseMultiplier: 1 })), ...onDevice },
      ],
    },
    {
      id: 'centralised',
      label: text('Centralised', 'Centralizado'),
      summary: text(
        'One server holds all rows and trains on them.',
        'Un servidor tiene todas las filas y entrena con ellas.',
      ),
      paper: 'Model',
      branches: [branch('central', step('fedavg', { clients: 1, secureAggregation: false }))],
    },
    {
      id: 'encryption',
      label: text('Encryption only', 'Solo cifrado'),
      summary: text(
        'Rows are encrypted on the way; who receives them reads everything.',
        'Las filas van cifradas; quien las recibe lo lee todo.',
      ),
      paper: 'Model',
      branches: [branch('telemetry', step('aes-gcm-telemetry')), branch('raw')],
    },
    {
      id: 'review',
      label: text("The review's three techniques", 'Las tres técnicas de la revisión'),
      summary: text(
        'k-anonymity with l-diversity, secure sums between departments, and Laplace noise on counts, side by side.',
        'k-anonimato con l-diversidad, sumas seguras entre departamentos y ruido de Laplace en los conteos, en paralelo.',
      ),
      paper: 'Review',
      branches: [
        branch('anonymized', step('mondrian', { k: 5, l: 3 })),
        branch('sums', step('additive-sum', { parties: 3 })),
        branch('answers', step('laplace-histogram', { epsilon: 1, allocation: 'equal' })),
      ],
    },
    {
      id: 'streams',
      label: text('Randomized answers from vehicles', 'Respuestas aleatorizadas de vehículos'),
      summary: text(
        'Each vehicle flips two coins before it answers; only the crowd can be read.',
        'Cada vehículo lanza dos monedas antes de responder; solo se lee el conjunto.',
      ),
      paper: 'Streams',
      branches: [branch('stream', step('randomized-response'))],
    },
  ];
}
