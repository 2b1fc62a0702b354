import { laplaceScenario } from './scenarios.ts';
import { type BenchRow, measure } from '../bench-kit.ts';
import { contentDigest } from '../../src/engine/kit/canonical.ts';
import { planJobs } from '../../src/scenario/plan.ts';

/** Cost of what surrounds every job: planning with its keys, and the digest of a big result. */
export const bench = async (): Promise<readonly BenchRow[]> => {
  const pictures = { truth: new Float64Array(265 * 24).fill(3.5), released: new Float64Array(265 * 24).fill(4) };
  return [
    await measure('plan a scenario of 20 repeats', 20, () => planJobs({ ...laplaceScenario, repeats: 20 })),
    await measure('digest of two pictures of 265 x 24 cells', 50, () => contentDigest(pictures)),
  ];
};
