import { drawsFor } from '../engine/kit/audit-draws.ts';
import type { AuditQuestion, PlantedBug } from '../engine/kit/audit.ts';
import { choice, defaultsOf, integer, number, type ParamRecord, type ParamSchema } from '../engine/kit/params.ts';
import { text, type Text } from '../engine/kit/text.ts';
import { techniqueOf } from '../engine/registry.ts';

/** Everything that can be audited, by the names the engine's audit knows, with how many runs are bearable on a page. */

export interface AuditSubject {
  /** `AuditQuestion.technique`. */
  readonly id: string;
  readonly label: Text;
  readonly group: 'noise' | 'choice' | 'technique';
  /** What can be set; columns are those of the audit's own tables. */
  readonly params: ParamSchema;
  /** Numbers of runs offered, the first at the start. */
  readonly draws: readonly number[];
}

const epsilon = number({
  label: text('privacy loss', 'pérdida de privacidad'),
  symbol: 'ε',
  help: text('What the mechanism claims.', 'Lo que promete el mecanismo.'),
  min: 0.05,
  max: 8,
  default: 1,
  scale: 'log',
});
const sensitivity = integer({
  label: text('sensitivity', 'sensibilidad'),
  help: text('How far one unit may move an answer.', 'Cuánto puede cambiar una respuesta una unidad.'),
  min: 1,
  max: 100,
  default: 1,
  scale: 'log',
});
const delta = number({
  label: text('chance of failure', 'probabilidad de fallo'),
  symbol: 'δ',
  help: text('Only for noise that promises nothing without one.', 'Solo para ruidos que sin ella no prometen nada.'),
  min: 1e-12,
  max: 0.01,
  default: 1e-6,
  scale: 'log',
});
const cells = integer({
  label: text('answers one unit moves', 'respuestas que cambia una unidad'),
  help: text('The audit reads them together.', 'La auditoría las lee juntas.'),
  min: 1,
  max: 20,
  default: 1,
});
const noise = choice({
  label: text('sampler', 'muestreador'),
  help: text(
    'Exact: whole numbers from fair bits, for a release. Fast: floating point, for simulation.',
    'Exacto: números enteros a partir de bits equitativos, para publicar. Rápido: coma flotante, para simular.',
  ),
  options: [
    { value: 'exact', label: text('exact', 'exacto') },
    { value: 'fast', label: text('fast', 'rápido') },
  ],
  default: 'exact',
});

const BARE = drawsFor('mechanism/laplace');
const many = [BARE, BARE / 10, BARE * 10] as const;
const additive = (id: string, label: Text, isApproximate = false): AuditSubject => ({
  id: `mechanism/${id}`,
  label,
  group: 'noise',
  params: isApproximate ? { epsilon, delta, sensitivity, cells, noise } : { epsilon, sensitivity, cells, noise },
  draws: many,
});
const chooser = (id: string, label: Text, params: ParamSchema = { epsilon, sensitivity }): AuditSubject => ({
  id: `known/${id}`,
  label,
  group: 'choice',
  params,
  draws: many,
});

const bare: readonly AuditSubject[] = [
  additive('discrete-laplace', text('Discrete Laplace (geometric)', 'Laplace discreta (geométrica)')),
  additive('laplace', text('Laplace', 'Laplace')),
  additive('gaussian', text('Gaussian (analytic)', 'Gaussiana (analítica)'), true),
  additive('discrete-gaussian', text('Discrete Gaussian', 'Gaussiana discreta'), true),
  additive('staircase', text('Staircase (least error)', 'Escalera (error mínimo)')),
  additive('staircase-least-squares', text('Staircase (least variance)', 'Escalera (varianza mínima)')),
  additive('truncated-laplace', text('Truncated Laplace', 'Laplace truncada'), true),
  additive('bounded-domain-laplace', text('Bounded-domain Laplace', 'Laplace de dominio acotado')),
  additive('snapping', text('Snapping', 'Snapping (redondeo a rejilla)')),
  chooser('randomized-response', text('Randomized response', 'Respuesta aleatorizada'), { epsilon }),
  chooser('exponential', text('Exponential mechanism', 'Mecanismo exponencial')),
  chooser('permute-and-flip', text('Permute-and-flip', 'Permutar y lanzar')),
  chooser(
    'sparse-vector',
    text('Sparse vector (first answer above)', 'Vector disperso (primera respuesta por encima)'),
  ),
];

/** Whole techniques that can audit themselves. One run makes a whole release: the slower it is, the fewer are offered. */
const audited: readonly string[] = [
  'laplace-histogram',
  'gaussian-histogram',
  'noisy-statistics',
  'contingency-table',
  'adaptive-allocation',
  'top-keys',
  'above-threshold',
  'heavy-keys',
  'private-quantiles',
  'synthetic-histogram',
  'synthetic-mwem',
  'synthetic-mst',
  'continual-counts',
  'range-tree',
  'matrix-workload',
  'w-event',
];
/** As many runs as notice every planted bug, a tenth of them for a look, and ten times as many for the sharpest bound. */
const runsOf = (id: string): readonly number[] => [drawsFor(id), drawsFor(id) / 10, drawsFor(id) * 10];

const isSettable = ([, { kind }]: readonly [string, ParamSchema[string]]): boolean =>
  kind === 'number' || kind === 'integer' || kind === 'choice' || kind === 'flag';

/** All subjects, bare mechanisms first. */
export const auditSubjects = (): readonly AuditSubject[] => [
  ...bare,
  ...audited.flatMap((id): readonly AuditSubject[] => {
    const technique = techniqueOf(id);
    if (technique === undefined) return [];
    const params = Object.fromEntries(Object.entries(technique.params).filter(isSettable));
    return [{ id, label: technique.label, group: 'technique', params, draws: runsOf(id) }];
  }),
];

/** Planted bugs that make sense for a subject. */
export const bugsOf = ({ id }: AuditSubject): readonly PlantedBug[] =>
  id === 'known/randomized-response'
    ? ['none', 'scale halved', 'seeded twice']
    : ['none', 'scale halved', 'sensitivity forgotten', 'seeded twice'];

/** Chance that a correct mechanism is accused. */
const AUDIT_ALPHA = 0.001;

/** The question an audit of the subject asks; parameters that cannot be set keep the technique's own defaults. */
export const auditQuestion = (
  subject: AuditSubject,
  params: ParamRecord,
  bug: PlantedBug,
  draws: number,
  seed: number,
): AuditQuestion => ({
  technique: subject.id,
  params: { ...defaultsOf(techniqueOf(subject.id)?.params ?? subject.params), ...params },
  bug,
  draws,
  alpha: AUDIT_ALPHA,
  seed,
});

/** Subject that audits what a mechanism's card describes, where there is one. */
export const auditOfCard = ({ id, kind }: { readonly id: string; readonly kind: string }): string | undefined =>
  bare.find((subject) => subject.id === `${kind === 'additive' ? 'mechanism' : 'known'}/${id}`)?.id;
