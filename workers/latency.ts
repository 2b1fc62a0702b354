import { costMeter, type Ctx } from '../src/engine/kit/context.ts';
import { unsupported } from '../src/engine/kit/errors.ts';
import type { Job, Latency } from '../src/engine/kit/job.ts';
import type { Release } from '../src/engine/kit/release.ts';
import type { Probe } from '../src/engine/kit/technique.ts';
import { text } from '../src/engine/kit/text.ts';
import { stretch } from './checkpoint.ts';
import { type ExecuteDeps, jobRng, loadSteps, runSteps, type Step, stepRng } from './pipeline.ts';

/** Browsers round their clock to 0.1 ms: a sample of at least 1 ms keeps the rounding under 10 % of any sample. */
const minSampleMs = 1;
/** Whole-step measuring stops here when a step is slow; the number of repeats reached is part of the answer. */
const wholeStepBudgetMs = 6000;
export const minRepeats = 200;

/**
 * Latency table of a branch: one row a step, measured on its probe (one unit of work) or, where a method has none, on
 * the whole step. The first run, with nothing warm, is kept apart from the repeats.
 *
 * @throws unsupported for a branch without steps.
 */
export async function measureLatency(job: Job, repeats: number, deps: ExecuteDeps): Promise<readonly Latency[]> {
  const steps = await loadSteps(job, deps.technique);
  if (steps.length === 0) throw unsupported('this branch has no steps to time', 'add a protection first');
  const rng = jobRng(job);
  const rows: Latency[] = [];
  for (const step of steps) {
    const flow = await runSteps(job, steps, step.index, { ...deps, checkpoint: stretch(deps.checkpoint, 0, 0.1) }, rng);
    const ctx: Ctx = {
      rng: stepRng(rng, step),
      cost: costMeter(),
      checkpoint: deps.checkpoint,
      ...(deps.asset === undefined ? {} : { asset: deps.asset }),
    };
    const probe = await step.module.probe?.(flow.release, step.params, ctx);
    const unit = probe ?? wholeStep(step, flow.release, ctx);
    const budget = probe === undefined ? wholeStepBudgetMs : Infinity;
    const progress = stretch(
      deps.checkpoint,
      0.1 + (0.9 * step.index) / steps.length,
      0.1 + (0.9 * (step.index + 1)) / steps.length,
    );
    const sample = await timeProbe(unit, Math.max(minRepeats, repeats), budget, deps.clock, progress);
    rows.push({ stage: step.module.descriptor.stage, label: unit.label, ...sample });
  }
  return rows;
}

function wholeStep(step: Step, input: Release, ctx: Ctx): Probe {
  const quiet: Ctx = { ...ctx, checkpoint: async () => undefined };
  const { label } = step.module.descriptor;
  const rows = input.kind === 'table' ? input.table.rows : input.dataset.table.rows;
  return {
    label: text(
      `${label.en}, whole step on ${rows} rows`,
      `${label.es ?? label.en}, paso completo sobre ${rows} filas`,
    ),
    once: async () => {
      await step.module.run(input, step.params, quiet);
    },
  };
}

type Sample = Pick<Latency, 'repeats' | 'minMs' | 'avgMs' | 'p95Ms' | 'coldMs'>;

/** Times a unit of work; inner loops are sized so that one sample lasts at least 1 ms. */
export async function timeProbe(
  probe: Probe,
  repeats: number,
  budgetMs: number,
  clock: () => number,
  checkpoint: Ctx['checkpoint'],
): Promise<Sample> {
  const loop = async (times: number): Promise<number> => {
    const startedAt = clock();
    for (let i = 0; i < times; i += 1) {
      const pending = probe.once();
      // Awaiting a plain value would add a microtask to every unit.
      if (pending !== undefined) await pending;
    }
    return clock() - startedAt;
  };
  const coldMs = await loop(1);
  let inner = 1;
  while (inner < 1 << 22 && (await shortest(loop, inner)) < minSampleMs) inner *= 2;
  const samples: number[] = [];
  const startedAt = clock();
  while (samples.length < repeats && (samples.length < 5 || clock() - startedAt < budgetMs)) {
    const elapsed = await loop(inner);
    if (elapsed < minSampleMs && inner < 1 << 22) {
      // It warmed up since: longer loops, and no sample shorter than the clock can tell.
      inner *= 2;
      samples.length = 0;
      continue;
    }
    samples.push(elapsed / inner);
    await checkpoint(samples.length / repeats);
  }
  const sorted = samples.sort((a, b) => a - b);
  return {
    repeats: sorted.length,
    minMs: sorted[0] ?? 0,
    avgMs: sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length,
    p95Ms: sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0,
    coldMs,
  };
}

/** Shortest of a few loops: one alone may have met a garbage collection, and so look long enough. */
async function shortest(loop: (times: number) => Promise<number>, times: number): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < 4; i += 1) least = Math.min(least, await loop(times));
  return least;
}
