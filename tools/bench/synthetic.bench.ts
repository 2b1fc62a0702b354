import { loadEmbedded } from '../../datasets/load.ts';
import { sourceOf } from '../../src/engine/dp/synthetic/source.ts';
import { fitModel, type Measurement } from '../../src/engine/dp/synthetic/graphical-model.ts';
import { measureMst, mstBudget, type MstMeasured } from '../../src/engine/dp/synthetic/mst.ts';
import { descriptor as histogram, run as runHistogram } from '../../src/engine/dp/synthetic-histogram.ts';
import { descriptor as mst, run as runMst } from '../../src/engine/dp/synthetic-mst.ts';
import { descriptor as mwem, run as runMwem } from '../../src/engine/dp/synthetic-mwem.ts';
import { quietContext } from '../../src/engine/kit/context.ts';
import type { LoadedDataset } from '../../src/engine/kit/dataset.ts';
import { defaultsOf } from '../../src/engine/kit/params.ts';
import type { TableRelease } from '../../src/engine/kit/release.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import { type BenchRow, measure } from '../bench-kit.ts';
import { fileAsset } from '../testing/datasets.ts';

const ROWS = 100_000;
const BUDGET_MS = 5000;
const FIT_ITERATIONS = 100;

/** Synthetic tables of 100,000 taxi trips x 6 columns; the fit alone beside belief propagation as textbooks write it. */
export async function bench(): Promise<BenchRow[]> {
  const context = { ...quietContext(seededRng('bench')), asset: fileAsset };
  const dataset = await loadEmbedded({ kind: 'embedded', id: 'nyc-taxi', rows: ROWS, seed: 1 }, context);
  const input = releaseOf(dataset);
  const whole = async (name: string, run: () => Promise<unknown>): Promise<BenchRow> => ({
    ...(await measure(name, 3, run)),
    budgetMs: BUDGET_MS,
  });
  const rows = [
    await whole('MST, 100k x 6', () => runMst(input, defaultsOf(mst.params), context)),
    await whole('MST, 100k x 6, epsilon 20', () => runMst(input, { ...defaultsOf(mst.params), epsilon: 20 }, context)),
    await whole('MWEM, 100k x 6, 8 rounds', () => runMwem(input, defaultsOf(mwem.params), context)),
    await whole('noisy histogram, 100k', () => runHistogram(input, defaultsOf(histogram.params), context)),
  ];
  const source = await sourceOf(input, defaultsOf(mst.params), seededRng('bench'), async () => {});
  const measured = finished(measureMst(source.data, mstBudget(1, 1e-5, source.columns.length), 1, seededRng('bench')));
  const fit = await measure(`fit of ${measured.edges.length} pairs, ${FIT_ITERATIONS} iterations`, 3, () =>
    fitModel(measured.shape, measured.measurements, measured.total, { iterations: FIT_ITERATIONS, tolerance: 0 }),
  );
  const before = performance.now();
  textbook(measured, FIT_ITERATIONS);
  const ms = performance.now() - before;
  rows.push({ ...fit, peer: { name: 'log-space propagation, fixed step', ms }, ratio: ms / fit.ours.ms });
  return rows;
}

function releaseOf(dataset: LoadedDataset): TableRelease {
  const withRole = (role: string): readonly string[] =>
    dataset.descriptor.columns.filter((column) => column.role === role).map(({ name }) => name);
  return {
    kind: 'table',
    dataset,
    table: dataset.table,
    rowOf: Uint32Array.from({ length: dataset.table.rows }, (_, i) => i),
    quasiIdentifiers: withRole('quasi-identifier'),
    sensitive: withRole('sensitive'),
    suppressed: new Uint32Array(0),
    guarantee: { kind: 'none', why: 'nothing protects these rows' },
    events: [],
    pictures: [],
    notes: [],
  };
}

function finished(steps: Generator<number, MstMeasured, void>): MstMeasured {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Mirror descent with messages as sums of exponentials in log space along the tree of pairs, and a step small enough never to fail. */
function textbook({ shape, edges, measurements, total }: MstMeasured, iterations: number): void {
  const pairs = measurements.slice(shape.length);
  const potentials = pairs.map(({ values }) => values.map(() => 0));
  const step = 1 / (4 * total);
  for (let i = 0; i < iterations; i += 1) {
    const beliefs = edges.map((_, e) => logBelief(shape, edges, potentials, e, -1));
    beliefs.forEach((belief, e) => {
      const all = logSum(belief);
      const { values } = pairs[e] as Measurement;
      const potential = potentials[e] as Float64Array;
      for (let cell = 0; cell < belief.length; cell += 1) {
        const fitted = total * Math.exp((belief[cell] as number) - all);
        potential[cell] = (potential[cell] as number) - step * (fitted - (values[cell] as number));
      }
    });
  }
}

/** Potential of edge `e` and the messages of all edges around it but `from`. */
function logBelief(
  shape: readonly number[],
  edges: MstMeasured['edges'],
  potentials: readonly Float64Array[],
  e: number,
  from: number,
): Float64Array {
  const [a, b] = edges[e] as readonly [number, number];
  const width = shape[b] as number;
  const out = (potentials[e] as Float64Array).slice();
  edges.forEach((other, f) => {
    if (f === e || f === from) return;
    const shared = other.find((each) => each === a || each === b);
    // A neighbour beyond the column that leads to `from` is reached by way of it, not from here.
    if (shared === undefined || (from >= 0 && edges[from]?.includes(shared))) return;
    const belief = logBelief(shape, edges, potentials, f, e);
    const inner = shape[other[1]] as number;
    const lists: number[][] = Array.from({ length: shape[shared] as number }, () => []);
    belief.forEach((value, cell) => {
      lists[other[0] === shared ? Math.floor(cell / inner) : cell % inner]?.push(value);
    });
    const message = lists.map((list) => logSum(list));
    out.forEach((value, cell) => {
      out[cell] = value + (message[shared === a ? Math.floor(cell / width) : cell % width] as number);
    });
  });
  return out;
}

function logSum(values: ArrayLike<number>): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i += 1) top = Math.max(top, values[i] as number);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += Math.exp((values[i] as number) - top);
  return top + Math.log(sum);
}
