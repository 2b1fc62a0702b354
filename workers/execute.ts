import { loadMeasure } from '../src/engine/kernels.ts';
import { costMeter } from '../src/engine/kit/context.ts';
import type { LoadedDataset } from '../src/engine/kit/dataset.ts';
import { EngineError, type Problem, toProblem } from '../src/engine/kit/errors.ts';
import type { Job, JobOutcome, JobResult, ModuleRef } from '../src/engine/kit/job.ts';
import type { AnyMeasureModule } from '../src/engine/kit/kernels.ts';
import { type ParamRecord, parseParams } from '../src/engine/kit/params.ts';
import type { Release } from '../src/engine/kit/release.ts';
import type { Score } from '../src/engine/kit/score.ts';
import { text } from '../src/engine/kit/text.ts';
import type { Rng } from '../src/engine/rng/rng.ts';
import { contentDigest } from '../src/engine/kit/canonical.ts';
import { stretch } from './checkpoint.ts';
import { type ExecuteDeps, jobRng, loadSteps, runSteps, type Step } from './pipeline.ts';

const measuring = text('Measuring', 'Midiendo');
const verifying = text('Re-checking the claim', 'Comprobando de nuevo la promesa');

/**
 * Runs one branch and repetition: data, steps, re-check of syntactic claims, metrics and attacks. Never throws.
 * The digest covers everything but timings, so it is the same in every browser, in Node and for any number of workers.
 */
export async function executeJob(job: Job, deps: ExecuteDeps): Promise<JobOutcome> {
  try {
    return await run(job, deps);
  } catch (error) {
    const problem = toProblem(error);
    return problem.code === 'cancelled'
      ? { status: 'cancelled', key: job.key }
      : { status: 'failed', key: job.key, problem };
  }
}

async function run(job: Job, deps: ExecuteDeps): Promise<JobResult> {
  const rng = jobRng(job);
  const steps = await loadSteps(job, deps.technique);
  const flow = await runSteps(job, steps, steps.length, deps, rng);
  const timings = [...flow.timings];
  const last = steps.at(-1);
  if (last?.module.verify !== undefined) {
    const startedAt = deps.clock();
    proveClaim(last, flow.release);
    timings.push({ stage: 'verify', label: verifying, wallMs: deps.clock() - startedAt });
  }
  const startedAt = deps.clock();
  const { scores, skipped } = await measureAll(job, flow.dataset, flow.release, deps, rng);
  timings.push({ stage: 'measure', label: measuring, wallMs: deps.clock() - startedAt });
  const content = {
    kind: flow.release.kind,
    datasetChecksum: flow.dataset.checksum,
    guarantee: flow.release.guarantee,
    events: flow.events,
    pictures: flow.pictures,
    notes: flow.notes,
    scores,
    skipped,
    cost: flow.cost.totals(),
  };
  return { status: 'ok', key: job.key, digest: contentDigest(content), ...content, timings };
}

/** A claim that does not hold on the output must never reach the screen as a result. */
function proveClaim(step: Step, release: Release): void {
  const violations = step.module.verify?.(release, release.guarantee) ?? [];
  const first = violations[0];
  if (first === undefined) return;
  throw new EngineError(
    'internal',
    `${step.module.descriptor.id}: the release does not keep its promise: ${first.en} (${violations.length} violations)`,
    'report the link of this state; do not use this release',
  );
}

interface Measured {
  readonly scores: readonly Score[];
  readonly skipped: JobResult['skipped'];
}

/** Every metric and attack that fits; those that do not are listed with the reason. */
async function measureAll(
  job: Job,
  dataset: LoadedDataset,
  release: Release,
  deps: ExecuteDeps,
  rng: Rng,
): Promise<Measured> {
  const refs = [...job.metrics, ...job.attacks];
  const scores: Score[] = [];
  const skipped: { id: string; problem: Problem }[] = [];
  for (const [at, ref] of refs.entries()) {
    try {
      const module = await loadMeasure(ref.id);
      const params = paramsOf(ref, module);
      const why = misfit(module, dataset, release);
      if (why !== undefined) {
        skipped.push({ id: ref.id, problem: why });
        continue;
      }
      const from = 0.8 + (0.2 * at) / refs.length;
      const ctx = {
        rng: rng.fork(`measure/${ref.id}`),
        cost: costMeter(),
        checkpoint: stretch(deps.checkpoint, from, from + 0.2 / refs.length, module.descriptor.label),
        ...(deps.asset === undefined ? {} : { asset: deps.asset }),
      };
      scores.push(...(await module.run(release, params, ctx)));
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'cancelled') throw error;
      skipped.push({ id: ref.id, problem });
    }
  }
  return { scores, skipped };
}

function paramsOf(ref: ModuleRef, module: AnyMeasureModule): ParamRecord {
  const parsed = parseParams(module.descriptor.params, ref.params);
  if (parsed.ok) return parsed.value;
  const first = parsed.errors[0];
  throw new EngineError('invalid-param', first?.message ?? 'wrong parameters', first?.remedy, first?.place);
}

/** Why a measure cannot speak about this release; `undefined` when it can. */
function misfit(module: AnyMeasureModule, dataset: LoadedDataset, release: Release): Problem | undefined {
  const { accepts, needs } = module.descriptor;
  if (!accepts.includes(release.kind)) {
    return {
      code: 'unsupported',
      message: `it reads ${accepts.join(' or ')}; this branch releases ${release.kind}`,
    };
  }
  const missing = needs.filter((part) => dataset.descriptor.parts[part] === undefined);
  if (missing.length === 0) return undefined;
  return {
    code: 'unsupported',
    message: `the data has no column for ${missing.join(', ')}`,
    remedy: `choose a dataset with ${missing.join(', ')}, or set the column roles`,
  };
}
