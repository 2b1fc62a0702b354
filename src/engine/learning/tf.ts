import type { Examples } from '../kit/release.ts';

/** Weights after a step, and whether TensorFlow.js left any tensor behind (it must not). */
export interface TfStep {
  readonly weights: Float32Array;
  readonly tensorsLeft: number;
}

/**
 * One gradient step of logistic regression on rows `from`..`to` by TensorFlow.js in float32, on its pure JavaScript
 * backend so that every machine gets the same numbers. Independent of `logistic.ts` (automatic differentiation), so it
 * serves as its oracle. The library (1 MB) is loaded on first use only; it is in no first load.
 *
 * Shapes: `weights` width + 1, bias last.
 */
export async function tfStep(
  weights: Float64Array,
  rows: Examples,
  from: number,
  to: number,
  learningRate: number,
): Promise<TfStep> {
  const tf = await import('@tensorflow/tfjs');
  await tf.setBackend('cpu');
  await tf.ready();
  const before = tf.memory().numTensors;
  const { width } = rows;
  const count = to - from;
  const updated = tf.tidy(() => {
    // A column of ones carries the bias, so that the weights stay one vector.
    const values = new Float32Array(count * (width + 1)).fill(1);
    for (let i = 0; i < count; i += 1) {
      for (let j = 0; j < width; j += 1) values[i * (width + 1) + j] = rows.features[(from + i) * width + j] as number;
    }
    const x = tf.tensor2d(values, [count, width + 1]);
    const y = tf.tensor2d(Float32Array.from(rows.labels.subarray(from, to)), [count, 1]);
    const w = tf.tensor2d(Float32Array.from(weights), [width + 1, 1]);
    const gradient = tf.grad((v) => tf.losses.sigmoidCrossEntropy(y, tf.matMul(x, v as typeof w)))(w);
    return w.sub(gradient.mul(learningRate)).dataSync() as Float32Array;
  });
  return { weights: updated, tensorsLeft: tf.memory().numTensors - before };
}
