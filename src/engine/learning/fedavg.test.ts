import { expect, test } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { EngineError } from '../kit/errors.ts';
import { defaultsOf } from '../kit/params.ts';
import { seededRng } from '../rng/rng.ts';
import { dpFedAvgEpsilon } from './accounting.ts';
import { maskedSum } from './aggregate.ts';
import { descriptor, type FedAvgParams, probe, run, session } from './fedavg.ts';
import { sgdPass } from './logistic.ts';
import { prepareFederation } from './prepare.ts';
import { awkwardCities, testCity } from './test-city.ts';

const defaults: FedAvgParams = defaultsOf(descriptor.params);
const train = (params: Partial<FedAvgParams>, seed = 7) =>
  run(testCity(3000), { ...defaults, ...params }, quietContext(seededRng(seed)));
const rounds = (picture: Awaited<ReturnType<typeof train>>['pictures'][number] | undefined) => {
  if (picture?.view !== 'rounds') throw new Error('expected the rounds picture');
  return picture;
};

test('the federated model learns what the pooled one learns and beats the majority guess', async () => {
  const picture = rounds((await train({})).pictures[0]);
  const last = picture.rounds.at(-1);
  expect(last?.accuracy ?? 0).toBeGreaterThan(0.85);
  expect(picture.majority.accuracy).toBeLessThan(0.6);
  expect(Math.abs((last?.accuracy ?? 0) - (picture.central?.accuracy ?? 0))).toBeLessThan(0.05);
});

test('the same seed gives the same weights and another seed gives others', async () => {
  const [a, b, c] = [await train({}), await train({}), await train({}, 8)];
  expect(a.weights).toEqual(b.weights);
  expect(a.weights).not.toEqual(c.weights);
});

test('with noise the release carries the epsilon of its rounds and the card says the same', async () => {
  const release = await train({ noiseMultiplier: 5, rounds: 20 });
  const expected = dpFedAvgEpsilon(1, 5, 20, 1e-5).epsilon;
  expect(release.guarantee).toMatchObject({ kind: 'dp', delta: 1e-5, unit: 'client' });
  expect(release.guarantee.kind === 'dp' && Math.abs(release.guarantee.epsilon - expected)).toBeLessThan(1e-12);
  const claimed = descriptor.guarantee({ ...defaults, noiseMultiplier: 5, rounds: 20 }, 'trip');
  expect(claimed.kind === 'dp' ? claimed.epsilon : 0).toBeCloseTo(expected, 12);
  expect(release.events).toHaveLength(1);
  expect(Math.max(...(rounds(release.pictures[0]).rounds[0]?.updateNorms ?? []))).toBeLessThanOrEqual(defaults.clip);
});

test('secure aggregation moves no weight by more than the fixed point and costs four rounds each', async () => {
  const ctx = quietContext(seededRng(7));
  const masked = await run(testCity(3000), { ...defaults, rounds: 3 }, ctx);
  const plain = await train({ rounds: 3, secureAggregation: false });
  masked.weights.forEach((weight, j) => expect(Math.abs(weight - (plain.weights[j] ?? 0))).toBeLessThan(1e-4));
  expect(ctx.cost.totals().rounds).toBe(12);
});

test('a sum that would wrap around the ring is refused instead of coming out wrong', () => {
  // Each value fits 32 bits with 20 of fraction, their sum of 3000 does not: it would be read as -1096.
  const updates = [Float64Array.of(1000), Float64Array.of(1000), Float64Array.of(1000)];
  expect(() => maskedSum(updates, seededRng(1))).toThrowError(/does not fit/);
});

test('noise claims nothing about a table whose rows an earlier step chose by looking at them', async () => {
  const cut = { ...testCity(3000), guarantee: { kind: 'k-anonymity', k: 5 } } as const;
  const release = await run(cut, { ...defaults, noiseMultiplier: 5, rounds: 1 }, quietContext(seededRng(7)));
  expect(release.guarantee.kind).toBe('none');
});

test('masks cancel exactly while every masked vector looks unlike its input', () => {
  const updates = [Float64Array.of(0.5, -1), Float64Array.of(0.25, 3), Float64Array.of(-2, 0)];
  const { sum, masked } = maskedSum(updates, seededRng(1));
  expect([...sum]).toEqual([-1.25, 2]);
  expect(new Set(masked.flatMap((words) => [...words])).size).toBe(6);
});

test('one full-batch pass per round equals centralised gradient descent', async () => {
  const options = { ...defaults, rounds: 4, localEpochs: 1, batchSize: 1_000_000, secureAggregation: false };
  const federation = prepareFederation(
    testCity(3000).dataset,
    testCity(3000).table,
    options,
    seededRng(7).fork('fedavg'),
  );
  const live = await session(testCity(3000), options, quietContext(seededRng(7)));
  let federated: Float64Array | undefined;
  for (let i = 0; i < 4; i += 1) {
    const release = await live.step(quietContext(seededRng(7)));
    federated = release.kind === 'model' ? release.weights : undefined;
  }
  const central = new Float64Array(federation.training.width + 1);
  for (let i = 0; i < 4; i += 1) {
    sgdPass(
      central,
      federation.training,
      0,
      federation.training.rows,
      1_000_000,
      defaults.learningRate,
      new Float64Array(central.length),
    );
  }
  central.forEach((weight, j) => expect(federated?.[j]).toBeCloseTo(weight, 10));
});

test('the learning rate changes in flight and other settings refuse to', async () => {
  const live = await session(testCity(500), defaults, quietContext(seededRng(1)));
  live.set('learningRate', 0.01);
  expect(() => live.set('clip', 2)).toThrow(/clip/);
  expect(() => live.set('learningRate', 'fast')).toThrow(/learningRate/);
  expect((await live.step(quietContext(seededRng(1)))).kind).toBe('model');
});

test('awkward tables give a model or a typed error', async () => {
  for (const [name, city] of Object.entries(awkwardCities())) {
    const outcome = await run(city, { ...defaults, rounds: 2 }, quietContext(seededRng(1))).catch(
      (error: unknown) => error,
    );
    expect(
      outcome instanceof EngineError || (outcome as { kind: string }).kind === 'model',
      `${name}: ${String(outcome)}`,
    ).toBe(true);
  }
});

test('a cancel between rounds stops training', async () => {
  let polls = 0;
  const ctx = quietContext(seededRng(1), () => (polls += 1) > 10);
  await expect(run(testCity(500), defaults, ctx)).rejects.toMatchObject({ code: 'cancelled' });
});

test('the probe runs one round again and again', async () => {
  const one = await probe(testCity(20_000), defaults, quietContext(seededRng(1)));
  const started = performance.now();
  for (let i = 0; i < 20; i += 1) await one.once();
  console.log(`one round, 20,000 rows: ${((performance.now() - started) / 20).toFixed(2)} ms`);
});
