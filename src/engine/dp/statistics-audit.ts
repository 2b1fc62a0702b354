import type { Audited } from '../kit/audit.ts';
import type { TableRelease } from '../kit/release.ts';
import { type Rng, seededRng } from '../rng/rng.ts';

import { type NeighbourPair, neighbourPairs, TINY_PLACES, tinyTable } from './neighbour-tables.ts';
import { answer, answeringOf } from './statistics-answers.ts';
import {
  type Asked,
  askedOf,
  lossOf,
  planOfAsked,
  type StatisticParams,
  type StatisticPlan,
} from './statistics-plan.ts';

/**
 * The statistic on neighbouring tables, drawn by the code that releases it. What is seen is one number: the answers of the cells in
 * which the unit is, those it left against those it came to.
 */
export function auditOf(asked: StatisticParams, exact: boolean): Audited {
  // The tables have a place, an hour and a value; only a person can be in several hours.
  const keys = asked.protects === 'entity' ? ['place', 'time'] : ['place'];
  const params: StatisticParams = { ...asked, value: 'value', by: asked.grouping === 'columns' ? keys : [] };
  const pairs = neighbourPairs({
    protects: params.protects,
    neighbours: params.neighbours,
    rowsPerCell: params.rowsPerCell,
    cells: params.grouping === 'columns' ? params.cellsPerUnit : 1,
  });
  return {
    claim: lossOf(params),
    outputs:
      exact && (params.statistic === 'count' || params.statistic === 'sum') && !params.consistent
        ? 'discrete'
        : 'continuous',
    pairs: pairs.map((pair) => ({ label: pair.label, draw: drawer(pair, params, exact) })),
  };
}

function drawer(pair: NeighbourPair, params: StatisticParams, exact: boolean) {
  const worlds = pair.worlds.map((rows) => worldOf(tinyTable(rows), params, exact));
  return (world: 0 | 1, rng: Rng, out: Float64Array): void => {
    const { input, asked, plan, answering } = worlds[world] as World;
    for (let i = 0; i < out.length; i += 1) {
      // Which rows of a person are kept is part of the draw.
      const now = params.protects === 'entity' ? planOfAsked(input, params, asked, rng) : plan;
      const { statistic } = answer(now, answering, exact, () => rng);
      out[i] = seenOf(pair, params, statistic);
    }
  };
}

interface World {
  readonly input: TableRelease;
  readonly asked: Asked;
  readonly plan: StatisticPlan;
  readonly answering: ReturnType<typeof answeringOf>;
}

function worldOf(input: TableRelease, params: StatisticParams, exact: boolean): World {
  const asked = askedOf(input, params);
  // Noise is set by claim and sensitivity alone, so it is the same for every choice of rows.
  const plan = planOfAsked(input, params, asked, seededRng('audit'));
  return { input, asked, plan, answering: answeringOf(plan, exact) };
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
