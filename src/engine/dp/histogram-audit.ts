import type { Audited } from '../kit/audit.ts';
import type { Loss } from '../kit/loss.ts';
import type { Rng } from '../rng/rng.ts';
import { answerOf, type AnswerParams, baseOf, type Plan, sensitivityOf } from './answers.ts';
import { type NeighbourPair, neighbourPairs, type TinyRow, tinyTable } from './neighbour-tables.ts';
import type { Noise } from './noise.ts';
import type { Query } from './queries.ts';

/** What a histogram technique hands over to be audited: its own plan and its own noise. */
export interface AuditedHistogram {
  readonly params: AnswerParams;
  readonly claim: Loss;
  readonly profile?: Audited['profile'];
  planOf(rows: ReturnType<typeof tinyTable>): Promise<Plan>;
  /** Noise of question `i`, fresh, as a release draws it. */
  noiseOf(plan: Plan, i: number, rng: Rng): Noise;
}

/** Cells do not know of each other, so few are as telling as many, and are drawn faster. */
export const AUDITED_GRID = { hours: 'whole day' } as const;

/** Pairs that a grid of counts can differ by; more would only repeat them. */
const PAIRS = [0, 2, 3, 7] as const;

/**
 * Pairs of tiny tables asked all questions of a histogram. What is seen is how much better the answers fit the second table than the
 * first, over the cells where they differ: the likelihood ratio, but for rounding and cutting.
 */
export async function auditHistogram(histogram: AuditedHistogram): Promise<Audited> {
  const { params } = histogram;
  const isEntity = params.protects === 'entity';
  const all = neighbourPairs({
    protects: params.protects,
    neighbours: 'add-remove',
    rowsPerCell: params.contributionBound,
    cells: 1,
  });
  const pairs = await Promise.all(
    PAIRS.map(async (at) => {
      const pair = all[at] as NeighbourPair;
      return { label: pair.label, draw: await drawer(histogram, pair.worlds) };
    }),
  );
  return {
    claim: histogram.claim,
    outputs: 'continuous',
    pairs,
    ...(isEntity && params.contributionBound > 1 ? { sensitivity: params.contributionBound } : {}),
    ...(histogram.profile === undefined ? {} : { profile: histogram.profile }),
  };
}

async function drawer(histogram: AuditedHistogram, rows: readonly [readonly TinyRow[], readonly TinyRow[]]) {
  const plans = [await histogram.planOf(tinyTable(rows[0])), await histogram.planOf(tinyTable(rows[1]))] as const;
  const normal = histogram.claim.delta > 0;
  const changes = plans[0].queries.map((_, i) => changesOf(plans, i, histogram.params, normal));
  return (world: 0 | 1, rng: Rng, out: Float64Array): void => {
    const plan = plans[world];
    for (let run = 0; run < out.length; run += 1) {
      let seen = 0;
      for (let i = 0; i < plan.queries.length; i += 1) {
        const { released } = answerOf(
          plan.queries[i] as Query,
          histogram.noiseOf(plan, i, rng),
          plan,
          histogram.params,
        );
        for (const { cell, from, to, weight } of changes[i] ?? []) {
          const number = released[cell] as number;
          const fit = normal
            ? (number - (from + to) / 2) * (to - from)
            : Math.abs(number - from) - Math.abs(number - to);
          seen += weight * fit;
        }
      }
      out[run] = seen;
    }
  };
}

/** Cells of question `i` in which two plans differ; the weight is the part of the budget in units of the sensitivity (squared: normal). */
function changesOf(plans: readonly [Plan, Plan], i: number, params: AnswerParams, normal: boolean) {
  const [before, after] = plans.map((plan) => baseOf(plan.queries[i] as Query, plan)) as [Float64Array, Float64Array];
  const query = plans[0].queries[i] as Query;
  const unit = (plans[0].epsilons[i] as number) / sensitivityOf(query, plans[0], params);
  const cells: { readonly cell: number; readonly from: number; readonly to: number; readonly weight: number }[] = [];
  for (let cell = 0; cell < query.size; cell += 1) {
    const [from, to] = [before[cell] as number, after[cell] as number];
    if (from !== to) cells.push({ cell, from, to, weight: normal ? unit * unit : unit });
  }
  return cells;
}
