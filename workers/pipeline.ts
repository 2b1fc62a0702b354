import { loadTechnique } from '../src/engine/kernels.ts';
import { type Ctx, costMeter, type CostMeter } from '../src/engine/kit/context.ts';
import type { ColumnDescriptor, LoadedDataset } from '../src/engine/kit/dataset.ts';
import { EngineError, invalidData, unsupported } from '../src/engine/kit/errors.ts';
import type { PrivacyEvent } from '../src/engine/kit/guarantee.ts';
import type { DatasetRef, Job, RoleOverrides, StageTiming } from '../src/engine/kit/job.ts';
import type { AnyTechniqueModule } from '../src/engine/kit/kernels.ts';
import { type ParamRecord, parseParams } from '../src/engine/kit/params.ts';
import type { Picture } from '../src/engine/kit/picture.ts';
import type { Release, TableRelease } from '../src/engine/kit/release.ts';
import { type Text, text } from '../src/engine/kit/text.ts';
import { type Rng, seededRng } from '../src/engine/rng/rng.ts';
import { columnOf, makeTable } from '../src/engine/table/table.ts';
import { stretch } from './checkpoint.ts';
import { withHierarchies } from './hierarchies.ts';

/** All that is impure in running a job; the same code runs in workers, in Node and in tests. */
export interface ExecuteDeps {
  /** Opens a dataset, from a cache where it can. */
  readonly open: (ref: DatasetRef, ctx: Ctx) => Promise<LoadedDataset>;
  /** Milliseconds, monotone; only timings depend on it. */
  readonly clock: () => number;
  readonly checkpoint: Ctx['checkpoint'];
  readonly asset?: (url: URL) => Promise<Uint8Array>;
  /** Technique by id, where not this build's own: tests bring theirs. */
  readonly technique?: (id: string) => Promise<AnyTechniqueModule>;
  /** Cryptographic randomness, for exports of the user's own data. */
  readonly secure?: Rng;
}

/** A technique ready to run: its module and its checked parameters. */
export interface Step {
  readonly index: number;
  readonly module: AnyTechniqueModule;
  readonly params: ParamRecord;
}

/** What running some steps of a branch gave. Events, pictures and notes of all steps, in order, each once. */
export interface Flow {
  readonly dataset: LoadedDataset;
  readonly release: Release;
  readonly events: readonly PrivacyEvent[];
  readonly pictures: readonly Picture[];
  readonly notes: readonly Text[];
  readonly timings: readonly StageTiming[];
  readonly cost: CostMeter;
}

const loading = text('Loading the data', 'Cargando los datos');

/** Random stream of a branch and repetition; everything in a job is forked from it by name. */
export const jobRng = (job: Pick<Job, 'seed' | 'branch' | 'repetition'>): Rng =>
  seededRng(`${job.seed}`).fork(`branch/${job.branch.id}`).fork(`repetition/${job.repetition}`);

/** Random stream of one step. */
export const stepRng = (base: Rng, step: Step): Rng => base.fork(`${step.index}/${step.module.descriptor.id}`);

/** Loads a branch's techniques and checks their parameters, before any data is touched. */
export async function loadSteps(
  job: Job,
  load: (id: string) => Promise<AnyTechniqueModule> = loadTechnique,
): Promise<readonly Step[]> {
  return Promise.all(
    job.branch.steps.map(async (ref, index): Promise<Step> => {
      const module = await load(ref.id);
      const parsed = parseParams(module.descriptor.params, ref.params);
      if (parsed.ok) return { index, module, params: parsed.value };
      const first = parsed.errors[0];
      throw new EngineError(
        'invalid-param',
        `${ref.id}: ${first?.message ?? 'wrong parameters'}`,
        first?.remedy,
        first?.place,
      );
    }),
  );
}

/**
 * Opens the job's data and runs the first `count` steps of its branch.
 *
 * @throws EngineError of the data, of a step, or `unsupported` where a step cannot take what the one before releases.
 */
export async function runSteps(
  job: Job,
  steps: readonly Step[],
  count: number,
  deps: ExecuteDeps,
  rng: Rng,
): Promise<Flow> {
  const cost = costMeter();
  const context = (from: number, to: number, stream: Rng, note?: Text): Ctx => ({
    rng: stream,
    cost,
    checkpoint: stretch(deps.checkpoint, from, to, note),
    ...(deps.asset === undefined ? {} : { asset: deps.asset }),
  });
  const openedAt = deps.clock();
  const opened = await deps.open(job.dataset, context(0, 0.25, rng.fork('open'), loading));
  const dataset = await withHierarchies(withRoles(opened, job.roles), job.hierarchies);
  const timings: StageTiming[] = [{ stage: 'data', label: loading, wallMs: deps.clock() - openedAt }];
  let release: Release = sourceRelease(dataset, job.branch.columns);
  const events = new Set<PrivacyEvent>();
  const pictures = new Set<Picture>();
  const notes = new Set<Text>();
  for (const step of steps.slice(0, count)) {
    const { descriptor } = step.module;
    if (!descriptor.accepts.includes(release.kind))
      throw cannotTake(descriptor.label, descriptor.accepts, release.kind);
    const share = 0.55 / Math.max(1, count);
    const from = 0.25 + share * step.index;
    const startedAt = deps.clock();
    release = await step.module.run(
      release,
      step.params,
      context(from, from + share, stepRng(rng, step), descriptor.label),
    );
    timings.push({ stage: descriptor.stage, label: descriptor.label, wallMs: deps.clock() - startedAt });
    for (const event of release.events) events.add(event);
    for (const picture of release.pictures) pictures.add(picture);
    for (const note of release.notes) notes.add(note);
  }
  return { dataset, release, events: [...events], pictures: [...pictures], notes: [...notes], timings, cost };
}

const cannotTake = (label: Text, accepts: readonly string[], kind: string): EngineError =>
  unsupported(
    `${label.en} works on ${accepts.join(' or ')}, and the step before releases ${kind}`,
    `put a step before it that releases ${accepts.join(' or ')}, or move it to a branch of its own`,
  );

/** The dataset with the user's column roles. @throws invalid-data for a column it does not have. */
export function withRoles(dataset: LoadedDataset, roles: RoleOverrides): LoadedDataset {
  const names = Object.keys(roles);
  if (names.length === 0) return dataset;
  const { columns } = dataset.descriptor;
  for (const name of names) {
    if (columns.some((column) => column.name === name)) continue;
    const known = columns.map((column) => column.name).join(', ');
    throw invalidData(
      `a role is set for column "${name.slice(0, 60)}"; the data has ${known}`,
      'reset the column roles',
      {
        column: name,
      },
    );
  }
  const changed = columns.map(
    (column): ColumnDescriptor => (Object.hasOwn(roles, column.name) ? { ...column, ...roles[column.name] } : column),
  );
  return { ...dataset, descriptor: { ...dataset.descriptor, columns: changed } };
}

/** The unprotected data as the first release of a branch, cut to the columns the branch may see. */
export function sourceRelease(dataset: LoadedDataset, only?: readonly string[]): TableRelease {
  const { table } = dataset;
  const kept = only === undefined ? table : makeTable(only.map((name) => columnOf(table, name)));
  const rowOf = new Uint32Array(kept.rows);
  for (let row = 0; row < rowOf.length; row += 1) rowOf[row] = row;
  const withRole = (role: string): readonly string[] =>
    dataset.descriptor.columns
      .filter((column) => column.role === role && kept.columns.some(({ name }) => name === column.name))
      .map((column) => column.name);
  return {
    kind: 'table',
    dataset,
    table: kept,
    rowOf,
    quasiIdentifiers: withRole('quasi-identifier'),
    sensitive: withRole('sensitive'),
    suppressed: new Uint32Array(0),
    guarantee: { kind: 'none', why: 'nothing protects these rows' },
    events: [],
    pictures: [],
    notes: [],
  };
}
