import { log } from '../../kit/portable-math.ts';

/**
 * Counts of a naive Bayes classifier with categorical features and Laplace smoothing (one extra row per bin). Rows may
 * belong to classes and bins in part: a generalized cell adds a fraction to each bin it may stand for.
 */
export class BayesCounts {
  readonly classes: Float64Array;
  readonly features: readonly Float64Array[];

  constructor(
    readonly classCount: number,
    readonly bins: readonly number[],
  ) {
    this.classes = new Float64Array(classCount);
    this.features = bins.map((count) => new Float64Array(classCount * count));
  }

  /** Adds (or with `sign` -1 takes away) another set of counts. */
  add(other: BayesCounts, sign: 1 | -1): void {
    addTo(this.classes, other.classes, sign);
    this.features.forEach((counts, j) => {
      addTo(counts, other.features[j] as Float64Array, sign);
    });
  }

  /** The most frequent class, the first of equals: what ZeroR predicts. */
  majority(): number {
    return largest(this.classes);
  }

  model(): BayesModel {
    const prior = this.classes.map((count) => log(count + 1));
    const tables = this.features.map((counts, j) => {
      const bins = this.bins[j] as number;
      return counts.map((count, i) =>
        log((Math.max(0, count) + 1) / ((this.classes[Math.floor(i / bins)] as number) + bins)),
      );
    });
    return new BayesModel(prior, tables, this.bins);
  }
}

export class BayesModel {
  private readonly scores: Float64Array;

  constructor(
    private readonly prior: Float64Array,
    private readonly tables: readonly Float64Array[],
    private readonly bins: readonly number[],
  ) {
    this.scores = new Float64Array(prior.length);
  }

  /** Class of largest posterior for the bins of row i, the first of equals. */
  predict(features: readonly Uint32Array[], i: number): number {
    this.scores.set(this.prior);
    for (let j = 0; j < this.tables.length; j += 1) {
      const table = this.tables[j] as Float64Array;
      const bins = this.bins[j] as number;
      const bin = (features[j] as Uint32Array)[i] as number;
      for (let y = 0; y < this.scores.length; y += 1) {
        this.scores[y] = (this.scores[y] as number) + (table[y * bins + bin] as number);
      }
    }
    return largest(this.scores);
  }
}

function addTo(out: Float64Array, other: Float64Array, sign: 1 | -1): void {
  for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + sign * (other[i] as number);
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}
