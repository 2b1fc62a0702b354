import type { BranchSpec, Job, ModuleRef } from '../engine/kit/job.ts';
import type { LatticeMetric, LatticeQuestion, LatticeShape } from '../engine/kit/lattice.ts';
import type { PrivacyModel } from '../engine/kit/privacy-model.ts';
import { defaultsOf, type ParamRecord, type ParamSchema, type ParamValue } from '../engine/kit/params.ts';
import type { TechniqueDescriptor } from '../engine/kit/technique.ts';
import { metrics, techniqueOf } from '../engine/registry.ts';
import { levelsOf } from './lattice.ts';
import { planJob } from './plan.ts';
import type { ScenarioSpec } from './spec.ts';

/** The step of a scenario that a solved lattice answers for, and what its parameters ask. */

const LATTICE = 'full-domain';

/** Parameters a solved lattice answers without being solved again. */
const ASKED: readonly string[] = [
  'k',
  'l',
  'further',
  'c',
  't',
  'gain',
  'alpha',
  'limit',
  'metric',
  'gsFactor',
  'weights',
  'levels',
  'present',
];

/** k and l as in the papers the standard scenarios come from. */
export const PAPERS = { k: 5, l: 3 } as const;

export const latticeTechnique = (): TechniqueDescriptor | undefined => techniqueOf(LATTICE);

/** Thresholds that only some choices read: by the choice's parameter, the values that do. */
const READ_BY: Readonly<Record<string, readonly [choice: string, values: readonly string[]]>> = {
  c: ['further', ['recursive-cl']],
  t: ['further', ['t-equal', 't-ordered', 't-hierarchical']],
  gain: ['further', ['basic-beta', 'enhanced-beta', 'delta-disclosure']],
  alpha: ['further', ['alpha-k']],
  every: ['population', ['k-map', 'delta-presence']],
  present: ['population', ['delta-presence']],
};
/** What is asked for most comes first. */
const FIRST: readonly string[] = [
  'further',
  'c',
  't',
  'gain',
  'alpha',
  'alsoSensitive',
  'metric',
  'gsFactor',
  'sensitive',
];

/** The step's parameters that matter as things stand, in the order of use; all in one list. */
export function readParams(params: ParamRecord): ParamSchema {
  const rank = (name: string): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return Object.fromEntries(
    Object.entries(latticeTechnique()?.params ?? {})
      .filter(([name]) => {
        const reader = READ_BY[name];
        return reader === undefined || reader[1].includes(String(params[reader[0]]));
      })
      .toSorted(([a], [b]) => rank(a) - rank(b))
      .map(([name, spec]) => [name, { ...spec, advanced: false }]),
  );
}

/** Where the lattice step of a scenario is: last in its branch. */
export interface LatticePlace {
  readonly branch: number;
  readonly step: number;
}

/** The first branch that ends with the lattice step. */
export function latticePlace(spec: ScenarioSpec): LatticePlace | undefined {
  const branch = spec.branches.findIndex(({ steps }) => steps.at(-1)?.id === LATTICE);
  return branch < 0 ? undefined : { branch, step: (spec.branches[branch]?.steps.length ?? 1) - 1 };
}

/**
 * The branch with the lattice step in place of what protected it: steps that hand on a table without forming groups
 * (pseudonyms, columns left out) stay before it.
 */
export function withLatticeStep(branch: BranchSpec, params: ParamRecord = {}): BranchSpec {
  const before: ModuleRef[] = [];
  for (const step of branch.steps) {
    const technique = techniqueOf(step.id);
    if (technique === undefined || technique.produces !== 'table' || technique.view === 'classes') break;
    before.push(step);
  }
  return { ...branch, steps: [...before, { id: LATTICE, params }] };
}

/** Parameters of the step, completed with their defaults. */
export const latticeParams = (step: ModuleRef | undefined): ParamRecord => ({
  ...defaultsOf(latticeTechnique()?.params ?? {}),
  ...step?.params,
});

/** The question the step's parameters put to a lattice of this shape. */
export function questionOf(params: ParamRecord, shape: LatticeShape): LatticeQuestion {
  const weights = weightsOf(params['weights'], shape.columns);
  return {
    kind: 'optimum',
    models: modelsOf(params, shape.sensitive[0]),
    limit: Number(params['limit'] ?? 0),
    metric: String(params['metric'] ?? 'loss') as LatticeMetric,
    gsFactor: Number(params['gsFactor'] ?? 0.5),
    ...(weights === undefined ? {} : { weights }),
  };
}

/** Models the step promises under these parameters: its own guarantee, with the sensitive column the lattice counts. */
function modelsOf(params: ParamRecord, sensitive: string | undefined): readonly PrivacyModel[] {
  const named = sensitive === undefined ? { ...params, l: 1, further: 'none' } : { ...params, sensitive };
  const promise = latticeTechnique()?.guarantee(named, 'row');
  if (promise?.kind !== 'k-anonymity') return [{ type: 'k-anonymity', k: 1 }];
  const { k, l, models = [] } = promise;
  const distinct: readonly PrivacyModel[] =
    l === undefined || sensitive === undefined || l.value < 2
      ? []
      : [{ type: 'distinct-l', column: sensitive, l: l.value }];
  return [{ type: 'k-anonymity', k }, ...distinct, ...models];
}

function weightsOf(value: ParamValue | undefined, columns: readonly string[]): readonly number[] | undefined {
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const given = value as Readonly<Record<string, number>>;
  return Object.keys(given).length === 0 ? undefined : columns.map((name) => (given[name] ?? 5) / 10);
}

/** The node the parameters pin, or -1 where they ask for the optimum. */
export function pinnedNode(params: ParamRecord, shape: LatticeShape): number {
  const levels = params['levels'];
  if (typeof levels !== 'object' || Array.isArray(levels) || Object.keys(levels).length === 0) return -1;
  const given = levels as Readonly<Record<string, number>>;
  return shape.columns.reduce((node, name, c) => {
    const height = shape.heights[c] ?? 1;
    return node * height + Math.min(height - 1, given[name] ?? 0);
  }, 0);
}

/** Levels by column name: what pinning a node writes into the scenario. */
export const pinLevels = (node: number, shape: LatticeShape): Readonly<Record<string, number>> =>
  Object.fromEntries(levelsOf(node, shape.heights).map((level, c) => [shape.columns[c] ?? '', level]));

/** The job a study is opened for: everything that preparing depends on, and nothing a question can change. */
export function studyJob(spec: ScenarioSpec, branch: BranchSpec): Job {
  const last = branch.steps.at(-1);
  const kept = Object.entries(last?.params ?? {}).filter(([name]) => !ASKED.includes(name));
  // The smallest k there is: a solution refuses no question that a small table could answer.
  const least = latticeTechnique()?.params['k'];
  const k = least?.kind === 'integer' ? { k: least.min } : {};
  const steps = [
    ...branch.steps.slice(0, -1),
    { id: last?.id ?? LATTICE, params: { ...Object.fromEntries(kept), ...k } },
  ];
  return planJob({ ...spec, metrics: [], attacks: [] }, { id: branch.id, ...minimized(branch), steps });
}

const minimized = (branch: BranchSpec): Pick<BranchSpec, 'columns'> =>
  branch.columns === undefined ? {} : { columns: branch.columns };

/** The release of the step, with the risks that are modelled from the released groups; attacks are asked for apart. */
export const releaseJob = (spec: ScenarioSpec, branch: BranchSpec, attacks: ScenarioSpec['attacks'] = []): Job =>
  planJob({ ...spec, metrics: riskMeasures(), attacks }, branch);

/** The rows before the lattice step, measured alike: what the release is read against. */
export const rawJob = (spec: ScenarioSpec, branch: BranchSpec): Job =>
  planJob({ ...spec, metrics: riskMeasures(), attacks: [] }, { ...branch, steps: branch.steps.slice(0, -1) });

/** Risks every table has, without those asked for by name only. */
const riskMeasures = (): readonly ModuleRef[] =>
  metrics
    .filter(
      (metric) =>
        metric.group === 'risk' &&
        metric.onDemand !== true &&
        metric.accepts.includes('table') &&
        metric.needs.length === 0,
    )
    .map(({ id }) => ({ id }));
