import { expect, test } from 'vitest';
import { seededRng } from '../rng/rng.ts';
import { sgdPass } from './logistic.ts';
import { prepareFederation } from './prepare.ts';
import { testCity } from './test-city.ts';
import { tfStep } from './tf.ts';

test('TensorFlow.js takes the same steps as our kernel to 1e-4 and leaves no tensor behind', async () => {
  const city = testCity(400);
  const { training } = prepareFederation(
    city.dataset,
    city.table,
    { target: '', cut: 0, rows: 400, clients: 5, minRows: 1 },
    seededRng(1),
  );
  const ours = new Float64Array(training.width + 1);
  let theirs = new Float64Array(training.width + 1);
  for (let step = 0; step < 10; step += 1) {
    const from = step * 20;
    sgdPass(ours, training, from, from + 20, 20, 0.5, new Float64Array(ours.length));
    const { weights, tensorsLeft } = await tfStep(theirs, training, from, from + 20, 0.5);
    expect(tensorsLeft).toBe(0);
    theirs = Float64Array.from(weights);
  }
  ours.forEach((weight, j) => expect(Math.abs(weight - (theirs[j] ?? 0))).toBeLessThan(1e-4));
});
