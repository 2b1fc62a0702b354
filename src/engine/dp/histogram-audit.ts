import type { Audited, AuditPair } from '../kit/audit.ts';
import type { Loss } from '../kit/loss.ts';
import { type Text, text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { answerOf, type AnswerParams, baseOf, type Plan, sensitivityOf } from './answers.ts';
import { type NeighbourPair, neighbourPairs, type TinyRow, tinyTable } from './neighbour-tables.ts';
import type { Noise } from './noise.ts';
import type { Query } from './queries.ts';

/** What a histogram technique hands over to be audited: its own plan and its own noise. */
export interface AuditedHistogram {
  readonly params: AnswerParams;
  readonly claim: Loss;
  /** Delta over epsilon of all questions of a plan together, where it says more than the claim. */
  readonly profileOf?: (plan: Plan) => (epsilon: number) => number;
  planOf(rows: ReturnType<typeof tinyTable>): Promise<Plan>;
  /** Noise of question `i`, fresh, as a release draws it. */
  noiseOf(plan: Plan, i: number, rng: Rng): Noise;
}

/** Cells do not know of each other, so few are as telling as many, and are drawn faster. */
export const AUDITED_GRID = { hours: 'whole day' } as const;

/** Tables by their place in `neighbourPairs` (add-remove). */
const NOBODY = 0;
const OTHERS = 2;
const FAR_ABOVE = 5;
const MISSING = 7;
/** Questions that are audited by themselves: places, values and behaviour; the rest are counts like these. */
const ALONE = 3;

/** Two plans that differ by a unit. */
type Plans = readonly [Plan, Plan];

/**
 * Pairs of tiny tables: first each question with the whole budget spent on it, where one answer tells most; then all of them with the
 * budget divided. What is seen is how much better the answers fit the second table than the first: the likelihood ratio, but for
 * rounding and cutting.
 */
export async function auditHistogram(histogram: AuditedHistogram): Promise<Audited> {
  const { params, claim } = histogram;
  const rows = params.protects === 'row' ? 1 : params.contributionBound;
  const tables = neighbourPairs({
    protects: params.protects,
    neighbours: 'add-remove',
    rowsPerCell: params.contributionBound,
    cells: 1,
  });
  const pairAt = (at: number): NeighbourPair => tables[at] as NeighbourPair;
  const asked = (await plansOf(histogram, pairAt(OTHERS).worlds))[0].queries;
  const alone = [
    ...asked.slice(0, ALONE).map((query, i) => [i, query.sum === undefined ? OTHERS : FAR_ABOVE] as const),
    [0, NOBODY] as const,
  ];
  const pairs: AuditPair[] = [];
  for (const [i, at] of alone) {
    const { label, worlds } = pairAt(at);
    const [zero, one] = await plansOf(histogram, worlds);
    const plans: Plans = [onlyQuestion(zero, i, claim), onlyQuestion(one, i, claim)];
    pairs.push(auditPair(histogram, wholeBudget(zero.queries[i] as Query, label), plans));
  }
  for (const at of [OTHERS, MISSING]) {
    const { label, worlds } = pairAt(at);
    pairs.push(auditPair(histogram, allQuestions(label), await plansOf(histogram, worlds)));
  }
  return { claim, outputs: 'continuous', pairs, ...(rows > 1 ? { sensitivity: rows } : {}) };
}

const wholeBudget = ({ label: query }: Query, label: Text): Text =>
  text(
    `the whole budget on "${query.en}": ${label.en}`,
    `todo el presupuesto en «${query.es ?? query.en}»: ${label.es ?? label.en}`,
  );
const allQuestions = (label: Text): Text =>
  text(`all questions: ${label.en}`, `todas las preguntas: ${label.es ?? label.en}`);

async function plansOf(
  histogram: AuditedHistogram,
  worlds: readonly [readonly TinyRow[], readonly TinyRow[]],
): Promise<Plans> {
  const [zero, one] = [await histogram.planOf(tinyTable(worlds[0])), await histogram.planOf(tinyTable(worlds[1]))];
  return narrowed([zero, one]);
}

/** That question alone, with all of epsilon. */
const onlyQuestion = (plan: Plan, i: number, { epsilon }: Loss): Plan => ({
  ...plan,
  queries: [plan.queries[i] as Query],
  epsilons: Float64Array.of(epsilon),
});

/** The same questions over the cells whose answers differ (one cell where none does): what is drawn in the others tells nothing. */
function narrowed([zero, one]: Plans): Plans {
  const kept = zero.queries.map((query, i) => {
    const [before, after] = [baseOf(query, zero), baseOf(one.queries[i] as Query, one)];
    const cells = Array.from(before.keys()).filter((cell) => before[cell] !== after[cell]);
    return cells.length === 0 ? [0] : cells;
  });
  const over = (plan: Plan): Plan => ({
    ...plan,
    queries: plan.queries.map((query, i) => {
      const cells = kept[i] as readonly number[];
      return { ...query, size: cells.length, cells: query.cells.map((cell) => cells.indexOf(cell)) };
    }),
  });
  return [over(zero), over(one)];
}

function auditPair(histogram: AuditedHistogram, label: Text, plans: Plans): AuditPair {
  const { params, claim, profileOf } = histogram;
  const normal = claim.delta > 0;
  const changes = plans[0].queries.map((_, i) => changesOf(plans, i, params, normal));
  return {
    label,
    ...(profileOf === undefined ? {} : { profile: profileOf(plans[0]) }),
    draw: (world, rng, out) => {
      const plan = plans[world];
      for (let run = 0; run < out.length; run += 1) {
        let seen = 0;
        for (let i = 0; i < plan.queries.length; i += 1) {
          const noise = histogram.noiseOf(plan, i, rng);
          const { released } = answerOf(plan.queries[i] as Query, noise, plan, params);
          for (const change of changes[i] ?? []) seen += fitOf(released[change.cell] as number, change, normal);
        }
        out[run] = seen;
      }
    },
  };
}

/** A cell whose answer differs; the weight is the part of the budget in units of the sensitivity (squared: normal noise). */
interface CellChange {
  readonly cell: number;
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/**
 * How much better an answer fits the second table: for Laplace noise by where it lies between both answers, beyond which nothing more is
 * learned. Cut there and not subtracted, or last bits of floating-point noise would tell the truth.
 */
function fitOf(answer: number, { from, to, weight }: CellChange, normal: boolean): number {
  const middle = (from + to) / 2;
  if (normal) return weight * (answer - middle) * (to - from);
  const [low, high] = from < to ? [from, to] : [to, from];
  const between = answer < low ? low : answer > high ? high : answer;
  return weight * 2 * (between - middle) * (to > from ? 1 : -1);
}

function changesOf(plans: Plans, i: number, params: AnswerParams, normal: boolean): readonly CellChange[] {
  const [before, after] = plans.map((plan) => baseOf(plan.queries[i] as Query, plan)) as [Float64Array, Float64Array];
  const query = plans[0].queries[i] as Query;
  const unit = (plans[0].epsilons[i] as number) / sensitivityOf(query, plans[0], params);
  const cells: CellChange[] = [];
  for (let cell = 0; cell < query.size; cell += 1) {
    const [from, to] = [before[cell] as number, after[cell] as number];
    if (from !== to) cells.push({ cell, from, to, weight: normal ? unit * unit : unit });
  }
  return cells;
}
