import type { ColumnDescriptor } from '../src/engine/kit/dataset.ts';
import { claimedModels, type Guarantee } from '../src/engine/kit/guarantee.ts';
import type { ParamRecord } from '../src/engine/kit/params.ts';
import { columnOfModel, type PrivacyModel } from '../src/engine/kit/privacy-model.ts';
import { numberText } from '../src/engine/table/ladders.ts';

/** What the last step of the branch asks for, as far as ARX has a field for it. */
export interface ArxQuestion {
  readonly guarantee: Guarantee;
  readonly params: ParamRecord;
}

/** A quasi-identifier's hierarchy in the archive. */
export interface ArxHierarchy {
  readonly file: string;
  readonly levels: number;
}

const roleNames: Readonly<Record<ColumnDescriptor['role'], string>> = {
  identifier: 'Identifying',
  'quasi-identifier': 'Quasi-identifying',
  sensitive: 'Sensitive',
  other: 'Insensitive',
};

/** Names of the measures in ARX's "Utility measure" tab. */
const metricNames: Readonly<Record<string, string>> = {
  loss: 'Loss, aggregate function geometric mean',
  'loss-arithmetic': 'Loss, aggregate function arithmetic mean',
  discernibility: 'Discernibility',
  'discernibility-monotonic': 'Discernibility, monotonic variant',
  'class-size': 'Average equivalence class size',
  'non-uniform-entropy': 'Non-uniform entropy',
  'non-uniform-entropy-monotonic': 'Non-uniform entropy, monotonic variant',
  'normalized-entropy': 'Normalized non-uniform entropy',
  precision: 'Precision',
  'precision-monotonic': 'Precision, monotonic variant',
  height: 'Height',
  ambiguity: 'Ambiguity',
  kl: 'KL-Divergence',
};

/** Setting, column, value: one line a thing to set in ARX. */
export function arxSettings(
  columns: readonly { readonly name: string; readonly descriptor?: ColumnDescriptor }[],
  hierarchies: ReadonlyMap<string, ArxHierarchy>,
  { guarantee, params }: ArxQuestion,
): readonly (readonly string[])[] {
  const models = claimedModels(guarantee);
  const guarded = new Set(models.map(columnOfModel));
  const rows: string[][] = [['setting', 'column', 'value']];
  for (const { name, descriptor } of columns) {
    rows.push(['attribute type', name, typeOf(hierarchies.has(name), guarded.has(name), descriptor?.role ?? 'other')]);
    const found = hierarchies.get(name);
    if (found !== undefined) rows.push(['hierarchy', name, found.file], ['levels', name, `0-${found.levels - 1}`]);
  }
  for (const model of models) rows.push(['privacy model', columnOfModel(model) ?? '', arxModel(model)]);
  return [...rows, ...searchSettings(params)];
}

/** ARX refuses a sensitive attribute without a model, so the others are said to be insensitive there. */
function typeOf(quasi: boolean, guarded: boolean, role: ColumnDescriptor['role']): string {
  if (guarded) return roleNames.sensitive;
  if (quasi) return roleNames['quasi-identifier'];
  if (role === 'sensitive') return 'Insensitive (sensitive here, but ARX wants a privacy model for each sensitive one)';
  return role === 'quasi-identifier' ? roleNames.other : roleNames[role];
}

/** Parameters that searches of this kind share, whatever the technique. */
function searchSettings(params: ParamRecord): readonly (readonly string[])[] {
  const rows: string[][] = [];
  const limit = params['limit'];
  if (typeof limit === 'number') rows.push(['suppression limit', '', `${numberText(limit * 100)} %`]);
  const metric = params['metric'];
  if (typeof metric === 'string') rows.push(['quality model', '', metricNames[metric] ?? `${metric}: not in ARX`]);
  const factor = params['gsFactor'];
  if (typeof factor === 'number') rows.push(['generalization/suppression factor', '', numberText(factor)]);
  for (const [column, weight] of entriesOf(params['weights'])) {
    rows.push(['attribute weight', column, numberText(Math.min(10, weight) / 10)]);
  }
  for (const [column, level] of entriesOf(params['levels'])) {
    rows.push(['generalization level (minimum and maximum)', column, String(level)]);
  }
  return rows;
}

const entriesOf = (value: unknown): readonly (readonly [string, number])[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, each]: [string, unknown]) =>
        typeof each === 'number' ? [[name, each] as const] : [],
      )
    : [];

function arxModel(model: PrivacyModel): string {
  switch (model.type) {
    case 'k-anonymity':
      return `k-Anonymity, k = ${model.k}`;
    case 'k-map':
      return `k-Map, k = ${model.k} (needs the population table)`;
    case 'delta-presence':
      return `d-Presence, min = ${model.min}, max = ${model.max} (needs the population table)`;
    case 'distinct-l':
      return `Distinct-l-diversity, l = ${model.l}`;
    case 'entropy-l':
      return `Shannon-entropy-l-diversity, l = ${model.l}`;
    case 'recursive-cl':
      return `Recursive-(c,l)-diversity, c = ${model.c}, l = ${model.l}`;
    case 't-closeness':
      return `t-Closeness with ${model.distance} distance, t = ${model.t}`;
    case 'delta-disclosure':
      return `d-Disclosure privacy, d = ${model.delta}`;
    case 'basic-beta':
      return `Basic-b-likeness, b = ${model.beta}`;
    case 'enhanced-beta':
      return `Enhanced-b-likeness, b = ${model.beta}`;
    case 'alpha-k':
      return `(alpha, k)-anonymity, alpha = ${model.alpha}, k = ${model.k}: ARX does not have this model`;
    case 'k-m':
      return `k^m-anonymity, k = ${model.k}, m = ${model.m}: ARX does not have this model`;
  }
}
