import { defineTechnique, type Study, type StudyShare, type TechniqueRun } from '../src/engine/kit/technique.ts';
import type { Ctx } from '../src/engine/kit/context.ts';
import { infeasible, unsupported } from '../src/engine/kit/errors.ts';
import type { Release } from '../src/engine/kit/release.ts';
import type { AnyTechniqueModule } from '../src/engine/kit/kernels.ts';
import { text } from '../src/engine/kit/text.ts';

/** A technique of the tests: keeps the rows of its share in a study and answers with multiples of their numbers. */
const descriptor = defineTechnique({
  id: 'test-rows',
  version: 1,
  family: 'anonymization',
  label: text('Rows'),
  summary: text('Rows of a share.'),
  citations: [],
  limits: [],
  vetting: 'draft',
  params: {},
  stage: 'curator',
  dimensions: { serves: ['identity'] },
  view: 'rows',
  accepts: ['table'],
  produces: 'table',
  randomized: false,
  guarantee: () => ({ kind: 'none', why: 'a test' }),
});

const run: TechniqueRun<typeof descriptor> = async (input) => input;

async function study(input: Release, _params: unknown, ctx: Ctx, { part, parts }: StudyShare): Promise<Study> {
  if (input.kind !== 'table') throw unsupported('rows only');
  const rows: number[] = [];
  for (let row = part; row < input.table.rows; row += parts) {
    rows.push(row);
    await ctx.checkpoint(row / input.table.rows);
  }
  const kept = Float64Array.from(rows);
  return {
    shape: { part, rows: kept },
    ask: async (question, asking) => {
      // Long enough for any test, and an end for a fake worker, which nothing can end from outside.
      for (let left = question === 'long' ? 300 : 0; left > 0; left -= 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        await asking.checkpoint(0.5);
      }
      if (question === 'draw') return asking.rng.u32();
      if (typeof question !== 'number') throw infeasible('not a number', 'ask for a multiple');
      return { times: kept.map((row) => row * question), part: kept.subarray(0, 1) };
    },
  };
}

/** Loads the test's technique whatever the id. */
export const testTechnique = async (): Promise<AnyTechniqueModule> => ({ descriptor, run, study });
