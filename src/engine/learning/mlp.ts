import type { Examples } from '../kit/release.ts';
import { exp, log, tanh } from '../kit/portable-math.ts';

/**
 * A multilayer perceptron with softmax cross-entropy at the end. One flat parameter vector: for each layer the weights
 * row by row as [input][output], then the bias. The derivative of relu at 0 is 0.
 */
export interface Mlp {
  readonly dims: readonly number[];
  readonly activation: 'relu' | 'tanh';
}

export const parameterCount = ({ dims }: Mlp): number => layerOffsets(dims)[dims.length - 1] as number;

/** Where each layer's parameters begin; the last entry is their number. */
export function layerOffsets(dims: readonly number[]): readonly number[] {
  const offsets = [0];
  for (let layer = 1; layer < dims.length; layer += 1) {
    const inputs = dims[layer - 1] as number;
    offsets.push((offsets[layer - 1] as number) + (inputs + 1) * (dims[layer] as number));
  }
  return offsets;
}

/** Buffers for one example: values and error terms per layer. Reused across examples. */
export interface Workspace {
  readonly offsets: readonly number[];
  /** Values of layer l, l = 0 the input. */
  readonly values: readonly Float64Array[];
  /** Derivative of the loss by the pre-activation of layer l + 1. */
  readonly deltas: readonly Float64Array[];
}

export const workspaceOf = ({ dims }: Mlp): Workspace => ({
  offsets: layerOffsets(dims),
  values: dims.map((size) => new Float64Array(size)),
  deltas: dims.slice(1).map((size) => new Float64Array(size)),
});

/** Forward and backward pass of one example; fills the workspace and returns the loss in nats. */
export function backpropagate(net: Mlp, weights: Float64Array, rows: Examples, row: number, space: Workspace): number {
  const { values, deltas, offsets } = space;
  const last = deltas.length;
  const input = values[0] as Float64Array;
  for (let j = 0; j < input.length; j += 1) input[j] = rows.features[row * rows.width + j] as number;
  for (let layer = 0; layer < last; layer += 1) {
    affine(weights, offsets[layer] as number, values[layer] as Float64Array, values[layer + 1] as Float64Array);
    if (layer < last - 1) activate(values[layer + 1] as Float64Array, net.activation);
  }
  const loss = softmaxError(values[last] as Float64Array, rows.labels[row] as number, deltas[last - 1] as Float64Array);
  for (let layer = last - 1; layer > 0; layer -= 1) {
    pullBack(
      weights,
      offsets[layer] as number,
      deltas[layer] as Float64Array,
      values[layer] as Float64Array,
      deltas[layer - 1] as Float64Array,
      net.activation,
    );
  }
  return loss;
}

/** gradient += factor * gradient of the example in the workspace. */
export function accumulate(space: Workspace, factor: number, gradient: Float64Array): void {
  for (let layer = 0; layer < space.deltas.length; layer += 1) {
    const delta = space.deltas[layer] as Float64Array;
    const value = space.values[layer] as Float64Array;
    let at = space.offsets[layer] as number;
    for (let i = 0; i <= value.length; i += 1) {
      const scaled = factor * (i < value.length ? (value[i] as number) : 1);
      for (let o = 0; o < delta.length; o += 1) {
        gradient[at] = (gradient[at] as number) + scaled * (delta[o] as number);
        at += 1;
      }
    }
  }
}

/** Norm of the example's gradient without building it: sqrt(sum_l |delta_l|^2 (1 + |a_(l-1)|^2)) (Goodfellow 2015). */
export function gradientNorm(space: Workspace): number {
  let sum = 0;
  for (let layer = 0; layer < space.deltas.length; layer += 1) {
    sum += squared(space.deltas[layer] as Float64Array) * (1 + squared(space.values[layer] as Float64Array));
  }
  return Math.sqrt(sum);
}

/** Mean loss over all rows; 0 on none. */
export function meanLoss(net: Mlp, weights: Float64Array, rows: Examples): number {
  const space = workspaceOf(net);
  let sum = 0;
  for (let row = 0; row < rows.rows; row += 1) sum += backpropagate(net, weights, rows, row, space);
  return sum / Math.max(1, rows.rows);
}

/** Per-example clipping of DP-SGD (Abadi et al. 2016), before noise: norms, factors, losses and the clipped sum. */
export function clippedGradientSum(
  net: Mlp,
  weights: Float64Array,
  rows: Examples,
  clip: number,
): {
  readonly norms: Float64Array;
  readonly factors: Float64Array;
  readonly losses: Float64Array;
  readonly sum: Float64Array;
} {
  const space = workspaceOf(net);
  const sum = new Float64Array(weights.length);
  const norms = new Float64Array(rows.rows);
  const factors = new Float64Array(rows.rows);
  const losses = new Float64Array(rows.rows);
  for (let row = 0; row < rows.rows; row += 1) {
    losses[row] = backpropagate(net, weights, rows, row, space);
    const length = gradientNorm(space);
    norms[row] = length;
    factors[row] = length > clip ? clip / length : 1;
    accumulate(space, factors[row] as number, sum);
  }
  return { norms, factors, losses, sum };
}

function affine(weights: Float64Array, offset: number, from: Float64Array, to: Float64Array): void {
  const outputs = to.length;
  const bias = offset + from.length * outputs;
  for (let o = 0; o < outputs; o += 1) to[o] = weights[bias + o] as number;
  for (let i = 0; i < from.length; i += 1) {
    const value = from[i] as number;
    const row = offset + i * outputs;
    for (let o = 0; o < outputs; o += 1) to[o] = (to[o] as number) + value * (weights[row + o] as number);
  }
}

function activate(values: Float64Array, activation: Mlp['activation']): void {
  for (let i = 0; i < values.length; i += 1) {
    values[i] = activation === 'relu' ? Math.max(0, values[i] as number) : tanh(values[i] as number);
  }
}

function softmaxError(logits: Float64Array, label: number, delta: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) largest = Math.max(largest, logit);
  let total = 0;
  for (let o = 0; o < logits.length; o += 1) {
    delta[o] = exp((logits[o] as number) - largest);
    total += delta[o] as number;
  }
  for (let o = 0; o < logits.length; o += 1) delta[o] = (delta[o] as number) / total - (o === label ? 1 : 0);
  return log(total) + largest - (logits[label] as number);
}

function pullBack(
  weights: Float64Array,
  offset: number,
  delta: Float64Array,
  values: Float64Array,
  out: Float64Array,
  activation: Mlp['activation'],
): void {
  for (let i = 0; i < values.length; i += 1) {
    let sum = 0;
    const row = offset + i * delta.length;
    for (let o = 0; o < delta.length; o += 1) sum += (weights[row + o] as number) * (delta[o] as number);
    const value = values[i] as number;
    out[i] = sum * (activation === 'relu' ? (value > 0 ? 1 : 0) : 1 - value * value);
  }
}

function squared(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
