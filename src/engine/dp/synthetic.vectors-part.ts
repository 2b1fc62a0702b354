import type { Quantity, VectorRow } from '../kit/vectors.ts';
import { fitModel, marginalOf, type Measurement } from './synthetic/graphical-model.ts';
import { multiplicativeUpdate } from './synthetic/mwem.ts';
import { mstBudget } from './synthetic/mst.ts';
import { list, of } from './vectors-read.ts';

interface MeasuredClique {
  readonly clique: readonly number[];
  readonly values: readonly number[];
}

/** Section 11 of the reference: synthetic data. */
export const quantities: Readonly<Record<string, Quantity>> = {
  'mwem.update': of((p, row) =>
    multiplicativeUpdate(list(row, 'weights'), list(row, 'query'), p('measurement'), p('total')),
  ),
  'mst.one_way_sigma': of((p) => mstBudget(p('epsilon'), p('delta'), p('attributes')).sigma),
  'mst.edge_epsilon': of((p) => mstBudget(p('epsilon'), p('delta'), p('attributes')).edgeEpsilon),
  'pgm.fitted_marginals': fittedMarginals,
};

async function fittedMarginals(row: VectorRow): Promise<readonly number[]> {
  const shape = list(row, 'shape');
  const measured = row.params['measurements'] as readonly MeasuredClique[];
  const measurements = measured.map(
    ({ clique, values }): Measurement => ({ attributes: clique, values: Float64Array.from(values), weight: 1 }),
  );
  const { model } = await fitModel(shape, measurements, row.params['total'] as number, {
    iterations: 20_000,
    tolerance: 1e-10,
  });
  return measurements.flatMap(({ attributes }) => [...(marginalOf(model, attributes) ?? [])]);
}
