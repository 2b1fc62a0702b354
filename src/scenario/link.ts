import type { Problem } from '../engine/kit/errors.ts';
import type { HierarchySpecs } from '../engine/kit/hierarchy-spec.ts';
import type { ModuleRef } from '../engine/kit/job.ts';
import { defaultOf, type ParamRecord, type ParamSchema, type ParamValue } from '../engine/kit/params.ts';
import { fail, ok, type Result } from '../engine/kit/result.ts';
import { measureOf, techniqueOf } from '../engine/registry.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { canonicalJson } from '../engine/kit/canonical.ts';
import { parseScenario } from './codec.ts';
import { hierarchiesDigest } from './hierarchies.ts';
import { mayTravel, packHierarchies, unpackHierarchies } from './hierarchy-link.ts';
import { limits } from './limits.ts';
import type { ScenarioSpec } from './spec.ts';

/**
 * Links. After `#` (and the page's route) comes a query of readable keys for the five main settings
 *
 *     data=nyc-taxi&rows=20000&seed=7&epsilon=2.1&k=5&m=<metrics>&a=<attacks>&s=<packed rest>
 *
 * where `epsilon` and `k` are those of the first step that has such a parameter (changing them by hand works), and
 * `s` is base64url of compact JSON that leaves out everything equal to its default. A file is named by its digest
 * only: file names and data never enter a link. Hierarchies: see hierarchy-link.ts.
 */

/** Packed module: its id alone, or with the parameters that differ from their defaults. */
type PackedModule = string | readonly [string, ParamRecord];
interface Packed {
  readonly v: number;
  /** Branches: id, steps, columns, label. */
  readonly b: readonly (readonly [string, readonly PackedModule[], (readonly string[] | 0)?, string?])[];
  /** Parameters of measures that differ from their defaults. */
  readonly p?: unknown;
  readonly r?: unknown;
  /** Hierarchies, or the digest of those that do not travel in a link. */
  readonly h?: unknown;
  readonly n?: number;
  readonly o?: unknown;
  readonly d?: number;
  readonly c?: unknown;
}

const readable = ['epsilon', 'k'] as const;

/** Query part of the link of a scenario. Longer than `linkLimit` only for scenarios with very many own settings. */
export const encodeLink = (spec: ScenarioSpec): string => withinLimit(spec).link;

/** Whether a scenario's link names its hierarchies by digest only: a scenario file has to go with it. */
export const needsScenarioFile = (spec: ScenarioSpec): boolean => withinLimit(spec).shortened;

function withinLimit(spec: ScenarioSpec): { readonly link: string; readonly shortened: boolean } {
  const { hierarchies } = spec;
  if (hierarchies === undefined) return { link: encode(spec, undefined), shortened: false };
  if (mayTravel(spec.dataset, hierarchies)) {
    const link = encode(spec, packHierarchies(hierarchies));
    if (link.length <= linkLimit) return { link, shortened: false };
  }
  return { link: encode(spec, hierarchiesDigest(hierarchies)), shortened: true };
}

function encode(spec: ScenarioSpec, hierarchies: unknown): string {
  const { dataset } = spec;
  const shown: string[] =
    dataset.kind === 'embedded'
      ? [`data=${dataset.id}`, `rows=${dataset.rows}`, `seed=${spec.seed}`]
      : [
          `data=sha256-${dataset.sha256}`,
          ...(dataset.limit === undefined ? [] : [`rows=${dataset.limit}`]),
          `seed=${spec.seed}`,
        ];
  const main = mainSettings(spec);
  for (const name of readable) {
    const at = main[name];
    if (at !== undefined) shown.push(`${name}=${at.value}`);
  }
  if (spec.metrics.length > 0) shown.push(`m=${idsOf(spec.metrics)}`);
  if (spec.attacks.length > 0) shown.push(`a=${idsOf(spec.attacks)}`);
  const measures = { ...ownMeasureParams(spec.metrics, 'm'), ...ownMeasureParams(spec.attacks, 'a') };
  const rest: Packed = {
    v: spec.version,
    b: spec.branches.map((branch, b) => {
      const steps = branch.steps.map((step, s) => packModule(step, techniqueOf(step.id)?.params, hiddenOf(main, b, s)));
      if (branch.label !== undefined) return [branch.id, steps, branch.columns ?? 0, branch.label];
      return branch.columns === undefined ? [branch.id, steps] : [branch.id, steps, branch.columns];
    }),
    ...(Object.keys(measures).length === 0 ? {} : { p: measures }),
    ...(Object.keys(spec.roles).length === 0 ? {} : { r: spec.roles }),
    ...(hierarchies === undefined ? {} : { h: hierarchies }),
    ...(spec.repeats === 1 ? {} : { n: spec.repeats }),
    ...(dataset.kind === 'embedded' && dataset.seed !== spec.seed ? { d: dataset.seed } : {}),
    ...(dataset.kind === 'embedded' && dataset.options !== undefined ? { o: dataset.options } : {}),
    ...(dataset.kind === 'file' && dataset.choices !== undefined ? { c: dataset.choices } : {}),
  };
  return `${shown.join('&')}&s=${toBase64Url(new TextEncoder().encode(canonicalJson(rest)))}`;
}

/** Longest link this page makes or opens. Beyond it, the scenario travels as a file. */
export const linkLimit = limits.link;

/** A link's scenario, and what it could not bring. */
export interface Opened {
  readonly spec: ScenarioSpec;
  readonly missing?: Problem;
}

/** Reads a link that has to bring everything it names; as `openLink` otherwise. */
export function decodeLink(hash: string): Result<ScenarioSpec> {
  const opened = openLink(hash);
  if (!opened.ok) return opened;
  const { spec, missing } = opened.value;
  return missing === undefined ? ok(spec) : fail([missing]);
}

/**
 * Reads a link's hash, with or without `#` and route. Everything is validated; nothing is trusted; never throws. `kept`
 * are hierarchies at hand, for a link that names its own by digest; with others the scenario comes without.
 */
export function openLink(hash: string, kept?: HierarchySpecs): Result<Opened> {
  if (hash.length > linkLimit + 100)
    return fail([broken(`the link has ${hash.length} characters; at most ${linkLimit} are expected`)]);
  const query = readQuery(hash);
  const packed = query.get('s');
  if (packed === undefined) return fail([broken('the link holds no scenario')]);
  const bytes = fromBase64Url(packed);
  if (bytes === undefined) return fail([broken('the link is damaged: its last part is not base64url')]);
  let rest: unknown;
  try {
    rest = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail([broken('the link is damaged: its last part does not unpack')]);
  }
  if (typeof rest !== 'object' || rest === null || Array.isArray(rest)) return fail([broken('the link is damaged')]);
  const fields = rest as Readonly<Record<string, unknown>>;
  const named = fields['h'];
  const known = kept !== undefined && hierarchiesDigest(kept) === named ? kept : undefined;
  const hierarchies = typeof named === 'string' ? known : unpackHierarchies(named);
  const parsed = parseScenario(unpack(fields, query, hierarchies));
  if (!parsed.ok) return parsed;
  const missing = typeof named === 'string' && known === undefined ? { missing: hierarchiesMissing(named) } : {};
  return ok({ spec: parsed.value, ...missing });
}

function unpack(
  rest: Readonly<Record<string, unknown>>,
  query: ReadonlyMap<string, string>,
  hierarchies: unknown,
): unknown {
  const seed = numeric(query.get('seed'));
  const branches = listOf(rest['b']).map((entry) => {
    const [id, steps, columns, label] = listOf(entry);
    return {
      id,
      steps: listOf(steps).map(unpackModule),
      ...(columns === undefined || columns === 0 ? {} : { columns }),
      ...(label === undefined ? {} : { label }),
    };
  });
  for (const name of readable) {
    const value = query.get(name);
    if (value !== undefined) setMain(branches, name, numeric(value));
  }
  return {
    version: rest['v'],
    dataset: unpackDataset(rest, query, seed),
    roles: rest['r'] ?? {},
    ...(hierarchies === undefined ? {} : { hierarchies }),
    branches,
    metrics: unpackMeasures(query.get('m'), rest['p'], 'm'),
    attacks: unpackMeasures(query.get('a'), rest['p'], 'a'),
    seed,
    repeats: rest['n'] ?? 1,
  };
}

function unpackDataset(
  rest: Readonly<Record<string, unknown>>,
  query: ReadonlyMap<string, string>,
  seed: unknown,
): unknown {
  const data = query.get('data') ?? '';
  const rows = query.get('rows');
  if (data.startsWith('sha256-')) {
    return {
      kind: 'file',
      sha256: data.slice(7),
      name: '',
      ...(rest['c'] === undefined ? {} : { choices: rest['c'] }),
      ...(rows === undefined ? {} : { limit: numeric(rows) }),
    };
  }
  return {
    kind: 'embedded',
    id: data,
    rows: numeric(rows),
    seed: rest['d'] ?? seed,
    ...(rest['o'] === undefined ? {} : { options: rest['o'] }),
  };
}

interface MainSetting {
  readonly branch: number;
  readonly step: number;
  readonly value: number;
}

/** The first step, in order of branches, whose schema has a numeric parameter of that name. */
function mainSettings(spec: ScenarioSpec): Readonly<Partial<Record<(typeof readable)[number], MainSetting>>> {
  const found: Partial<Record<(typeof readable)[number], MainSetting>> = {};
  for (const name of readable) {
    for (const [branch, { steps }] of spec.branches.entries()) {
      const step = steps.findIndex((ref) => isNumeric(techniqueOf(ref.id)?.params, name));
      const ref = steps[step];
      if (ref === undefined) continue;
      const schema = techniqueOf(ref.id)?.params[name];
      const value = ref.params?.[name] ?? (schema === undefined ? undefined : defaultOf(schema));
      if (typeof value === 'number') found[name] = { branch, step, value };
      break;
    }
  }
  return found;
}

function setMain(branches: readonly { readonly steps: unknown[] }[], name: string, value: unknown): void {
  for (const { steps } of branches) {
    for (const [at, step] of steps.entries()) {
      const { id, params } = step as { readonly id?: unknown; readonly params?: unknown };
      if (typeof id !== 'string' || !isNumeric(techniqueOf(id)?.params, name)) continue;
      const own = typeof params === 'object' && params !== null ? params : {};
      steps[at] = { id, params: { ...own, [name]: value } };
      return;
    }
  }
}

const isNumeric = (schema: ParamSchema | undefined, name: string): boolean => {
  const kind = schema !== undefined && Object.hasOwn(schema, name) ? schema[name]?.kind : undefined;
  return kind === 'number' || kind === 'integer';
};

const hiddenOf = (main: ReturnType<typeof mainSettings>, branch: number, step: number): readonly string[] =>
  readable.filter((name) => main[name]?.branch === branch && main[name]?.step === step);

function packModule(ref: ModuleRef, schema: ParamSchema | undefined, hidden: readonly string[] = []): PackedModule {
  const own: [string, ParamValue][] = Object.entries(ref.params ?? {}).filter(([name, value]) => {
    const spec = schema !== undefined && Object.hasOwn(schema, name) ? schema[name] : undefined;
    return !hidden.includes(name) && (spec === undefined || canonicalJson(defaultOf(spec)) !== canonicalJson(value));
  });
  return own.length === 0 ? ref.id : [ref.id, Object.fromEntries(own)];
}

const unpackModule = (packed: unknown): unknown => {
  if (typeof packed === 'string') return { id: packed };
  const [id, params] = listOf(packed);
  return { id, ...(params === undefined ? {} : { params }) };
};

/** Ids of measures, readable; parameters that differ from their defaults go into the packed rest under "m2", "a0"... */
const idsOf = (refs: readonly ModuleRef[]): string => refs.map(({ id }) => id).join('.');

function ownMeasureParams(refs: readonly ModuleRef[], letter: 'm' | 'a'): Readonly<Record<string, ParamRecord>> {
  const own = refs.flatMap((ref, at): [string, ParamRecord][] => {
    const packed = packModule(ref, measureOf(ref.id)?.params);
    return typeof packed === 'string' ? [] : [[`${letter}${at}`, packed[1]]];
  });
  return Object.fromEntries(own);
}

function unpackMeasures(ids: string | undefined, own: unknown, letter: 'm' | 'a'): unknown {
  if (ids === undefined || ids === '') return [];
  const params = typeof own === 'object' && own !== null ? new Map<string, unknown>(Object.entries(own)) : new Map();
  return ids.split('.').map((id, at) => {
    const given: unknown = params.get(`${letter}${at}`);
    return given === undefined ? { id } : { id, params: given };
  });
}

/** Query of the hash as a map; the first of equal keys counts, and broken escapes stay as they are. */
function readQuery(hash: string): ReadonlyMap<string, string> {
  const text = hash.replace(/^#/, '');
  const query = text.includes('?') ? text.slice(text.indexOf('?') + 1) : text;
  const found = new Map<string, string>();
  for (const part of query.split('&')) {
    const at = part.indexOf('=');
    if (at > 0 && !found.has(part.slice(0, at))) found.set(part.slice(0, at), part.slice(at + 1));
  }
  return found;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Numbers only as JSON writes them; anything else is left as text for the schema to refuse. */
const numeric = (value: string | undefined): unknown =>
  value !== undefined && /^-?\d{1,17}(\.\d{1,17})?(e[+-]?\d{1,3})?$/i.test(value) ? Number(value) : value;

const hierarchiesMissing = (digest: string): Problem => ({
  code: 'invalid-data',
  message: `the link names hierarchies (${digest.slice(0, 8)}) that are too long for a link, or list the values of a file`,
  remedy: 'open the scenario file that was saved with it',
});

const broken = (message: string): Problem => ({
  code: 'invalid-data',
  message,
  remedy: 'copy the whole link again, or open the scenario file',
});
