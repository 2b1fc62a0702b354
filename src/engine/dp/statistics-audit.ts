import type { Audited, AuditPair } from '../kit/audit.ts';
import { exp } from '../kit/portable-math.ts';
import { seededRng } from '../rng/rng.ts';
import { logDeltaOfMu } from './gaussian.ts';
import { type NeighbourPair, neighbourPairs, TINY_PLACES, type TinyRow, tinyTable } from './neighbour-tables.ts';
import { answer, type Answering, answeringOf } from './statistics-answers.ts';
import { askedOf, lossOf, planOfAsked, type StatisticParams, type StatisticPlan } from './statistics-plan.ts';

/**
 * The statistic on neighbouring tables, drawn by the code that releases it. What is seen is one number: the answers of the cells in
 * which the unit is, those it left against those it came to. `finish` is what a technique does to all cells afterwards.
 */
export function auditOf(
  asked: StatisticParams,
  exact: boolean,
  finish: (statistic: Float64Array) => Float64Array = (statistic) => statistic,
): Audited {
  // The tables have a place, an hour and a value; only a person, or its day, can be in several hours.
  const keys = asked.protects === 'row' ? ['place'] : ['place', 'time'];
  const params: StatisticParams = { ...asked, value: 'value', by: asked.grouping === 'columns' ? keys : [] };
  const pairs = neighbourPairs({
    protects: params.protects,
    neighbours: params.neighbours,
    rowsPerCell: params.rowsPerCell,
    cells: params.grouping === 'columns' ? params.cellsPerUnit : 1,
  });
  const profile = profileOf(params, exact);
  const kept = params.protects === 'row' ? 1 : params.rowsPerCell * params.cellsPerUnit;
  const sensitivity = kept * (params.neighbours === 'replace-one' ? 2 : 1);
  return {
    claim: lossOf(params),
    ...(profile === undefined ? {} : { profile }),
    ...(sensitivity === 1 ? {} : { sensitivity }),
    outputs:
      exact && (params.statistic === 'count' || params.statistic === 'sum') && !params.consistent
        ? 'discrete'
        : 'continuous',
    pairs: pairs.map((pair) => ({ label: pair.label, draw: drawer(pair, params, exact, finish) })),
  };
}

/** A unit's rows in one cell are all alike, so which of them are kept does not matter: one plan serves all draws. */
function drawer(
  pair: NeighbourPair,
  params: StatisticParams,
  exact: boolean,
  finish: (statistic: Float64Array) => Float64Array,
): AuditPair['draw'] {
  const plans = pair.worlds.map((rows) => planOfRows(rows, params));
  const answerings = plans.map((plan) => answeringOf(plan, exact));
  return (world, rng, out) => {
    const [plan, answering] = [plans[world] as StatisticPlan, answerings[world] as readonly Answering[]];
    for (let i = 0; i < out.length; i += 1) {
      out[i] = seenOf(pair, params, finish(answer(plan, answering, exact, () => rng).statistic));
    }
  };
}

function planOfRows(rows: readonly TinyRow[], params: StatisticParams): StatisticPlan {
  const input = tinyTable(rows);
  return planOfAsked(input, params, askedOf(input, params), seededRng('audit'));
}

/** Delta over epsilon where all noise is normal: losses add up in squares. Undefined for any other law. */
function profileOf(params: StatisticParams, exact: boolean): Audited['profile'] {
  let squares = 0;
  for (const { figures } of answeringOf(planOfRows([], params), exact)) {
    if (figures.law.kind !== 'gaussian') return undefined;
    squares += figures.law.mu * figures.law.mu;
  }
  return (epsilon) => exp(logDeltaOfMu(Math.sqrt(squares), epsilon));
}

/** A cell that says nothing (a mean of no rows) is seen as a number no answer takes. */
const SILENT = -1e6;

function seenOf(pair: NeighbourPair, params: StatisticParams, statistic: Float64Array): number {
  const finite = (value: number): number => (value === value ? value : SILENT);
  if (params.grouping === 'whole table') return finite(statistic[0] as number);
  const hours = statistic.length / TINY_PLACES.length;
  let seen = 0;
  for (const { place, hour, sign } of pair.seen) {
    seen += sign * finite(statistic[TINY_PLACES.indexOf(place) * hours + hour] as number);
  }
  return seen;
}
