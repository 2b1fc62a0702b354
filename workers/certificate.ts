import { certificateOf } from '../src/engine/anonymization/certificate.ts';
import type { Certificate } from '../src/engine/kit/certificate.ts';
import { unsupported } from '../src/engine/kit/errors.ts';
import type { Job } from '../src/engine/kit/job.ts';
import { type ExecuteDeps, jobRng, loadSteps, runSteps } from './pipeline.ts';

/**
 * Runs a branch and has the independent checker re-prove what it claims of its table.
 *
 * @throws unsupported for releases that are no table, and for randomized steps on the user's own file: its exports are
 * drawn anew each time, so the certificate would be of another table
 */
export async function certificate(job: Job, deps: ExecuteDeps): Promise<Certificate> {
  const steps = await loadSteps(job, deps.technique);
  const drawn = steps.find(({ module }) => module.descriptor.randomized);
  if (job.dataset.kind === 'file' && drawn !== undefined) {
    throw unsupported(
      `${drawn.module.descriptor.label.en} draws anew at every export of your own file, so no certificate fits the file you saved`,
      'use steps without chance (generalization, suppression, Mondrian) for a certified release',
    );
  }
  const { release } = await runSteps(job, steps, steps.length, deps, jobRng(job));
  if (release.kind !== 'table') {
    throw unsupported(
      `a certificate is of a table, this branch releases ${release.kind}`,
      'choose a branch that releases rows',
    );
  }
  await deps.checkpoint(0.85);
  return certificateOf(release, {
    steps: steps.map(({ module, params }) => ({
      id: module.descriptor.id,
      version: module.descriptor.version,
      params,
    })),
    seed: job.seed,
  });
}
