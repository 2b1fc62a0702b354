import type { Ctx } from '../src/engine/kit/context.ts';
import { unsupported } from '../src/engine/kit/errors.ts';
import type { Job } from '../src/engine/kit/job.ts';
import type { StudyShare } from '../src/engine/kit/technique.ts';
import { stretch } from './checkpoint.ts';
import type { ExecuteDeps } from './pipeline.ts';
import { lastStep } from './preview.ts';

/** A study of the branch's last step: one worker's share of the preparation, ready for questions. */
export interface RunningStudy {
  readonly shape: unknown;
  readonly ask: (question: unknown, checkpoint: Ctx['checkpoint']) => Promise<unknown>;
}

/**
 * Opens this worker's share of a study.
 *
 * @throws unsupported where the method answers no questions; what the method throws while it prepares.
 */
export async function openStudy(job: Job, share: StudyShare, deps: ExecuteDeps): Promise<RunningStudy> {
  const { step, input, ctx } = await lastStep(job, deps);
  const { study: open, descriptor } = step.module;
  if (open === undefined) throw unsupported(`${descriptor.label.en} answers no questions`, 'run it as a whole');
  // Where the steps before it left the progress: see runSteps.
  const from = step.index === 0 ? 0.25 : 0.8;
  const checkpoint = stretch(deps.checkpoint, from, 1, descriptor.label);
  const study = await open(input, step.params, { ...ctx, checkpoint }, share);
  return {
    shape: study.shape,
    // A stream of its own for each question: an answer must not depend on what was asked before.
    ask: (question, asking) => study.ask(question, { ...ctx, checkpoint: asking, rng: ctx.rng.fork('ask') }),
  };
}
