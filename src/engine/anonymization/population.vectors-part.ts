import type { SchemaRow } from '../kit/vectors.ts';
import { populationUniqueness, slidNegativeBinomial } from '../metrics/risk/population-uniqueness.ts';

interface PopulationCase {
  readonly id: string;
  readonly populationSize: number;
  readonly histogram: readonly (readonly [number, number])[];
  readonly estimatesTight: { readonly zayatz: number; readonly pitman: number };
  readonly snbCorrected?: {
    readonly K: number;
    readonly alpha: number;
    readonly beta: number;
    readonly residual: number;
    readonly uniques: number;
  };
}
export interface PopulationDocument {
  readonly populationUniqueness?: { readonly cases: readonly PopulationCase[] };
}

/** Population uniqueness estimators on the class-size histograms of the file. */
export function* populationRows(document: PopulationDocument): Generator<SchemaRow> {
  for (const each of document.populationUniqueness?.cases ?? []) yield* population(each);
}

function* population(each: PopulationCase): Generator<SchemaRow> {
  const id = `populationUniqueness.cases[${each.id}]`;
  const histogram = {
    size: Uint32Array.from(each.histogram, (pair) => pair[0]),
    classes: Uint32Array.from(each.histogram, (pair) => pair[1]),
  };
  const found = populationUniqueness(histogram, each.populationSize);
  yield { id: `${id}.zayatz`, expected: each.estimatesTight.zayatz, actual: found.zayatz };
  // A Pitman estimate of 0 in the file means that ARX did not converge: no value to compare with.
  const pitman = each.estimatesTight.pitman;
  if (pitman > 0) yield { id: `${id}.pitman`, expected: pitman, actual: found.pitman, tolerance: 1e-6 };
  const snb = each.snbCorrected;
  if (snb === undefined) return;
  const mine = slidNegativeBinomial(histogram, each.populationSize);
  // Where the file's own residual is not 0, its equations have no solution in doubles: to find none is right.
  const solved = snb.residual <= 1e-6;
  if (!solved) yield { id: `${id}.snbCorrected`, expected: snb, actual: mine ?? null, ok: mine === undefined };
  yield {
    id: `${id}.dankar`,
    expected: dankarRule(each, solved ? snb.uniques : undefined),
    actual: found.dankar,
    tolerance: 1e-6,
  };
  if (!solved) return;
  const { K, alpha, beta, uniques } = snb;
  yield {
    id: `${id}.snbCorrected`,
    expected: { K, alpha, beta, uniques },
    actual: { K: mine?.classes, alpha: mine?.alpha, beta: mine?.beta, uniques: mine?.uniques },
    tolerance: 1e-6,
  };
}

/** Dankar's rule over the file's own estimates: Pitman up to a tenth, else the smaller of SNB and Zayatz; Zayatz where one is missing. */
function dankarRule(each: PopulationCase, snb: number | undefined): number {
  const { zayatz, pitman } = each.estimatesTight;
  const n = each.histogram.reduce((sum, [size, classes]) => sum + size * classes, 0);
  if (n / each.populationSize <= 0.1) return pitman > 0 ? pitman : zayatz;
  return Math.min(zayatz, snb ?? zayatz);
}
