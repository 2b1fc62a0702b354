import * as v from 'valibot';
import type { Problem } from '../engine/kit/errors.ts';
import type { HierarchySpecs } from '../engine/kit/hierarchy-spec.ts';
import type { BranchSpec, DatasetRef, ModuleRef, RoleOverrides } from '../engine/kit/job.ts';
import { type ParamSchema, parseParams } from '../engine/kit/params.ts';
import { fail, ok, type Result } from '../engine/kit/result.ts';
import { attacks, metrics, techniques } from '../engine/registry.ts';
import { limits } from './limits.ts';
import { migrate } from './migrate.ts';
import { withHierarchies } from './hierarchies.ts';
import { hierarchies } from './hierarchy-schema.ts';
import type { ScenarioSpec } from './spec.ts';

/** Names that would reach a prototype when a record is built carelessly. */
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(limits.name));
const id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'expected lower-case letters, digits and hyphens'));
const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const record = <T extends v.GenericSchema>(value: T) =>
  v.pipe(
    v.record(v.string(), value),
    v.check((given) => Object.keys(given).length <= limits.columns, `expected at most ${limits.columns} entries`),
  );

const moduleRef = v.strictObject({ id, params: v.optional(v.record(v.string(), v.unknown())) });
const dataset = v.variant('kind', [
  v.strictObject({
    kind: v.literal('embedded'),
    id,
    rows: whole(1, limits.rows),
    seed: whole(0, limits.seed),
    options: v.optional(record(v.pipe(v.number(), v.finite()))),
  }),
  v.strictObject({
    kind: v.literal('file'),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex')),
    name: v.pipe(v.string(), v.maxLength(limits.name)),
    choices: v.optional(record(v.pipe(v.string(), v.maxLength(limits.name)))),
    limit: v.optional(whole(1, limits.rows)),
  }),
]);
const roles = record(
  v.strictObject({
    role: v.optional(v.picklist(['identifier', 'quasi-identifier', 'sensitive', 'other'])),
    sensitivity: v.optional(v.picklist(['high', 'medium', 'low'])),
  }),
);
const branch = v.strictObject({
  id,
  label: v.optional(v.pipe(v.string(), v.maxLength(limits.name))),
  columns: v.optional(v.pipe(v.array(name), v.maxLength(limits.columns))),
  steps: v.pipe(v.array(moduleRef), v.maxLength(limits.steps)),
});
const scenario = v.strictObject({
  version: v.literal(1),
  dataset,
  roles: v.optional(roles, {}),
  hierarchies: v.optional(hierarchies),
  branches: v.pipe(v.array(branch), v.minLength(1), v.maxLength(limits.branches)),
  metrics: v.optional(v.pipe(v.array(moduleRef), v.maxLength(limits.measures)), []),
  attacks: v.optional(v.pipe(v.array(moduleRef), v.maxLength(limits.measures)), []),
  seed: whole(0, limits.seed),
  repeats: v.optional(whole(1, limits.repeats), 1),
});

type Described = { readonly id: string; readonly params: ParamSchema };

/**
 * Reads a scenario from outside: plain JSON of any known version, checked member by member, ids against the registry
 * and parameters against each module's own schema. The result is complete (every parameter has its value) and holds
 * nothing that was not asked for. Never throws; every problem says what, where and what to do.
 */
export function parseScenario(raw: unknown): Result<ScenarioSpec> {
  const shape = checkShape(raw);
  if (shape !== undefined) return fail([shape]);
  const current = migrate(raw);
  if (!current.ok) return current;
  const parsed = v.safeParse(scenario, current.value, { abortPipeEarly: true });
  if (!parsed.success) return fail(parsed.issues.slice(0, 20).map(issueProblem));
  const given = parsed.output;
  const errors: Problem[] = [];
  const branches = given.branches.map(
    (each): BranchSpec =>
      ({
        ...each,
        steps: resolve(each.steps, techniques, `branch ${each.id}`, 'technique', errors),
      }) as BranchSpec,
  );
  for (const [at, each] of branches.entries()) {
    if (branches.findIndex((other) => other.id === each.id) !== at) {
      errors.push(problem(`two branches have the id "${each.id}"`, 'give each branch its own id'));
    }
  }
  const spec: ScenarioSpec = {
    version: 1,
    dataset: given.dataset as DatasetRef,
    roles: given.roles as RoleOverrides,
    branches,
    metrics: resolve(given.metrics, metrics, 'metrics', 'metric', errors),
    attacks: resolve(given.attacks, attacks, 'attacks', 'attack', errors),
    seed: given.seed,
    repeats: given.repeats,
  };
  if (errors.length > 0) return fail(errors.slice(0, 20));
  return ok(withHierarchies(spec, given.hierarchies as HierarchySpecs | undefined));
}

/** A scenario file's text. */
export function parseScenarioText(text: string): Result<ScenarioSpec> {
  if (text.length > limits.file) {
    return fail([
      problem(
        `the file has ${text.length} characters; a scenario has at most ${limits.file}`,
        'choose a scenario file saved by this page',
      ),
    ]);
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : 'not JSON';
    return fail([problem(`the file is not JSON (${why})`, 'choose a scenario file saved by this page')]);
  }
  return parseScenario(raw);
}

/** A scenario as a file: indented JSON. File names stay out, as they do in links. */
export const scenarioText = (spec: ScenarioSpec): string =>
  `${JSON.stringify(spec.dataset.kind === 'file' ? { ...spec, dataset: { ...spec.dataset, name: '' } } : spec, null, 2)}\n`;

/** Resolves module references against descriptors, completing parameters and collecting problems. */
function resolve(
  refs: readonly { readonly id: string; readonly params?: unknown }[],
  known: readonly Described[],
  where: string,
  what: string,
  errors: Problem[],
): readonly ModuleRef[] {
  return refs.flatMap((ref) => {
    const descriptor = known.find((each) => each.id === ref.id);
    if (descriptor === undefined) {
      errors.push(
        problem(
          `${where}: unknown ${what} "${ref.id}"`,
          'remove it, or open the scenario with the build that made it',
          ref.id,
        ),
      );
      return [];
    }
    const params = parseParams(descriptor.params, ref.params);
    if (params.ok) return [{ id: ref.id, params: params.value }];
    errors.push(...params.errors.map((error) => ({ ...error, message: `${where}, ${ref.id}: ${error.message}` })));
    return [];
  });
}

/** Depth, size and names first, iteratively, so that hostile JSON cannot exhaust the stack of anything after. */
function checkShape(raw: unknown): Problem | undefined {
  const stack: [unknown, number][] = [[raw, 0]];
  let nodes = 0;
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    const [value, depth] = entry;
    nodes += 1;
    if (nodes > limits.nodes)
      return problem('the scenario holds far too many values', 'choose a scenario saved by this page');
    if (typeof value === 'string' && value.length > limits.file)
      return problem('the scenario holds a text that is far too long', 'choose a scenario saved by this page');
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= limits.depth)
      return problem('the scenario is nested too deeply', 'choose a scenario saved by this page');
    for (const key of Object.keys(value)) {
      if (forbiddenNames.has(key)) return problem(`the scenario uses the reserved name "${key}"`, 'remove it');
      stack.push([(value as Record<string, unknown>)[key], depth + 1]);
    }
  }
  return undefined;
}

function issueProblem(issue: v.BaseIssue<unknown>): Problem {
  const path = v.getDotPath(issue as v.GenericIssue) ?? '';
  const where = path === '' ? 'scenario' : path.slice(0, 120);
  return problem(`${where}: ${issue.message.slice(0, 200)}`, `correct or remove ${where}`, where);
}

const problem = (message: string, remedy: string, param?: string): Problem => ({
  code: 'invalid-data',
  message,
  remedy,
  ...(param === undefined ? {} : { place: { param } }),
});
