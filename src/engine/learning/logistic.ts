import type { Examples } from '../kit/release.ts';
import { exp, log1p } from '../kit/portable-math.ts';

/** Quality of a binary classifier on labelled rows. `loss` is the mean logistic loss in nats. */
export interface Quality {
  readonly loss: number;
  readonly accuracy: number;
  /** F1 of the positive class; 0 when it is never predicted nor present. */
  readonly f1: number;
}

/**
 * One pass of plain mini-batch gradient descent of logistic regression over rows `from`..`to` in their order, in place.
 * The last batch may be short; the gradient is the batch mean (McMahan et al. 2017, algorithm 1, ClientUpdate).
 * Shapes: `weights` width + 1 (bias last), `features` row-major rows x width, `gradient` scratch of width + 1.
 */
export function sgdPass(
  weights: Float64Array,
  rows: Examples,
  from: number,
  to: number,
  batchSize: number,
  learningRate: number,
  gradient: Float64Array,
): void {
  const { width, features, labels } = rows;
  for (let start = from; start < to; start += batchSize) {
    const end = Math.min(to, start + batchSize);
    gradient.fill(0);
    for (let row = start; row < end; row += 1) {
      const base = row * width;
      const error = sigmoid(marginAt(weights, features, base, width)) - (labels[row] as number);
      for (let j = 0; j < width; j += 1) {
        gradient[j] = (gradient[j] as number) + error * (features[base + j] as number);
      }
      gradient[width] = (gradient[width] as number) + error;
    }
    const step = learningRate / (end - start);
    for (let j = 0; j <= width; j += 1) weights[j] = (weights[j] as number) - step * (gradient[j] as number);
  }
}

/** P(label = 1 | x) of each row of `features` (row-major, `width` columns). */
export function probabilities(weights: Float64Array, features: Float64Array, width: number): Float64Array {
  const rows = width === 0 ? 0 : Math.trunc(features.length / width);
  const out = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) out[row] = sigmoid(marginAt(weights, features, row * width, width));
  return out;
}

/** Loss, accuracy at 0.5 and F1 of the weights on `rows`; all 0 on no rows. */
export function evaluate(weights: Float64Array, rows: Examples): Quality {
  let loss = 0;
  let right = 0;
  let truePositive = 0;
  let predicted = 0;
  let positive = 0;
  for (let row = 0; row < rows.rows; row += 1) {
    const margin = marginAt(weights, rows.features, row * rows.width, rows.width);
    const label = rows.labels[row] as number;
    loss += lossOf(margin, label);
    const guess = margin >= 0 ? 1 : 0;
    if (guess === label) right += 1;
    truePositive += guess & label;
    predicted += guess;
    positive += label;
  }
  const n = Math.max(1, rows.rows);
  return {
    loss: loss / n,
    accuracy: right / n,
    f1: predicted + positive === 0 ? 0 : (2 * truePositive) / (predicted + positive),
  };
}

/** Logistic loss -ln P(label) of one row with margin `margin`, without overflow. */
export const lossOf = (margin: number, label: number): number =>
  log1p(exp(-Math.abs(margin))) + Math.max(0, label === 1 ? -margin : margin);

export const sigmoid = (x: number): number => {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
};

function marginAt(weights: Float64Array, features: Float64Array, base: number, width: number): number {
  let margin = weights[width] as number;
  for (let j = 0; j < width; j += 1) margin += (weights[j] as number) * (features[base + j] as number);
  return margin;
}
