import { costMeter, type Ctx } from '../src/engine/kit/context.ts';
import { unsupported } from '../src/engine/kit/errors.ts';
import type { Job } from '../src/engine/kit/job.ts';
import type { PreviewBank } from '../src/engine/kit/technique.ts';
import { type ExecuteDeps, jobRng, loadSteps, runSteps, type Step, stepRng } from './pipeline.ts';

/** The last step of a branch with what it gets as input: where sessions, previews and protocols live. */
export async function lastStep(job: Job, deps: ExecuteDeps) {
  const steps = await loadSteps(job, deps.technique);
  const step = steps.at(-1);
  if (step === undefined) throw unsupported('this branch has no steps', 'add a protection first');
  const rng = jobRng(job);
  const flow = await runSteps(job, steps, steps.length - 1, deps, rng);
  const { descriptor } = step.module;
  if (!descriptor.accepts.includes(flow.release.kind)) {
    throw unsupported(`${descriptor.label.en} cannot work on ${flow.release.kind}`, 'move it to a branch of its own');
  }
  return { step, input: flow.release, ctx: contextOf(step, deps, job) };
}

const contextOf = (step: Step, deps: ExecuteDeps, job: Job): Ctx => ({
  rng: stepRng(jobRng(job), step),
  cost: costMeter(),
  checkpoint: deps.checkpoint,
  ...(deps.asset === undefined ? {} : { asset: deps.asset }),
});

/** Truth and unit noise for the page's instant preview. @throws unsupported where the method offers none. */
export async function previewJob(job: Job, draws: number, deps: ExecuteDeps): Promise<PreviewBank> {
  const { step, input, ctx } = await lastStep(job, deps);
  const { preview, descriptor } = step.module;
  if (preview === undefined) throw unsupported(`${descriptor.label.en} has no instant preview`);
  return preview(input, step.params, ctx, draws);
}
