import { expect, test } from 'vitest';
import { descriptor as telemetry, run as encrypt } from '../crypto/aes-gcm-telemetry.ts';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { AnswersRelease, Examples, ModelRelease, TableRelease } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import { accuracyBound } from '../learning/accounting.ts';
import { descriptor as fedavg, run as train } from '../learning/fedavg.ts';
import { cityOf, testCity } from '../learning/test-city.ts';
import { descriptor as sum, run as addUp } from '../mpc/additive-sum.ts';
import { seededRng } from '../rng/rng.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';
import { run as collude } from './collusion.ts';
import { run as listen } from './eavesdropper.ts';
import { aucOf } from './intervals.ts';
import { run as infer } from './membership-inference.ts';
import { run as presence } from './presence-in-answers.ts';

const ctx = () => quietContext(seededRng('attacks'));
const base = {
  dataset: testCity(10).dataset,
  guarantee: { kind: 'none', why: 'test' },
  events: [],
  pictures: [],
  notes: [],
} as const;

const examples = (values: readonly number[]): Examples => ({
  rows: values.length,
  width: 1,
  features: Float64Array.from(values),
  labels: new Uint8Array(values.length).fill(1),
});
const model = (members: readonly number[], others: readonly number[]): ModelRelease => ({
  ...base,
  kind: 'model',
  weights: Float64Array.of(1),
  members: examples(members),
  nonMembers: examples(others),
  predict: (features) => features,
});

test('a model that is sure of its training rows only is found out, one that treats all alike is not', async () => {
  const members = Array.from({ length: 100 }, () => 0.99);
  const [found, area] = await infer(
    model(
      members,
      members.map(() => 0.4),
    ),
    { targets: 200 },
    ctx(),
  );
  expect(found?.value).toBe(1);
  expect(area?.value).toBe(1);
  const [blind, coin] = await infer(model(members, members), { targets: 200 }, ctx());
  expect(blind?.value).toBe(0.5);
  expect(coin?.value).toBe(0.5);
});

test('a federated model of many rows gives membership away to nobody: interval around one half', async () => {
  const release = await train(testCity(6000), defaultsOf(fedavg.params), ctx());
  const [score] = await infer(release, { targets: 4000 }, ctx());
  expect(score?.interval?.low).toBeLessThan(0.53);
  expect(score?.baseline).toBe(0.5);
});

test('unique rows of a table are found, rows with a twin are not', async () => {
  const column = (codes: number[]) => [
    { name: 'zone', kind: 'category', codes: Uint8Array.from(codes), levels: ['Z1', 'Z2', 'Z3', 'Z4'] } as const,
  ];
  const release = (codes: number[]): TableRelease => ({
    ...cityOf(column(codes)),
    quasiIdentifiers: ['zone'],
    sensitive: [],
  });
  const [unique] = await infer(release([0, 1, 2, 3]), { targets: 20 }, ctx());
  expect(unique?.value).toBe(1);
  const many = Array.from({ length: 2000 }, (_, i) => i % 4);
  const [twins] = await infer(release(many), { targets: 2000 }, ctx());
  // Binomial(2000, 1/2): within 4.5 standard deviations but for 1 run in 100,000.
  expect(Math.abs((twins?.value ?? 0) - 0.5)).toBeLessThan(0.051);
});

const answers = (scale: number): AnswersRelease => {
  const cells = 2000;
  const truth = new Float64Array(cells).fill(5);
  const rng = seededRng('noise');
  const { sample } = { sample: () => (rng.u32() & 1 ? 1 : -1) * scale * -Math.log(1 - rng.uniform()) };
  return {
    ...base,
    kind: 'answers',
    guarantee: { kind: 'dp', epsilon: 1 / scale, delta: 0, neighbours: 'add-remove', unit: 'trip', model: 'central' },
    answers: [
      {
        id: 'a',
        of: 'counts',
        label: text('a'),
        unit: 'trip',
        dims: [],
        truth,
        released: truth.map((value) => value + sample()),
        halfWidth95: 3 * scale,
        sensitivity: 1,
        scale,
        sensitivityClass: 'high',
      },
    ],
  };
};

test('presence is read off exact answers and hidden in noise, at the rate the Laplace law predicts', async () => {
  for (const scale of [0.5, 1, 2]) {
    const [score] = await presence(answers(scale), { trials: 2000 }, ctx());
    const expected = 1 - Math.exp(-0.5 / scale) / 2; // P(noise >= -1/2)
    // 2000 cells: standard error at most 0.0112; 4.5 of them.
    expect(Math.abs((score?.value ?? 0) - expected)).toBeLessThan(0.051);
    expect(score?.bound).toBeCloseTo(accuracyBound(1 / scale, 0), 12);
  }
  const exact = answers(1);
  const [clear] = await presence(
    { ...exact, answers: exact.answers.map((set) => ({ ...set, scale: 0, released: set.truth })) },
    { trials: 500 },
    ctx(),
  );
  expect(clear?.value).toBe(1);
});

test('in a table of mostly empty cells, cut at zero, nobody is told above the proven limit', async () => {
  const one = answers(1);
  const sparse = one.answers.map((set) => {
    const truth = set.truth.map((_, i) => (i % 4 === 0 ? 1 + (i % 3) : 0));
    const released = truth.map((value, i) =>
      Math.max(0, Math.round(value + (set.released[i] ?? 0) - (set.truth[i] ?? 0)) - 1),
    );
    return { ...set, truth, released };
  });
  const [score] = await presence({ ...one, answers: sparse }, { trials: 2000 }, ctx());
  // Saying "absent" of everybody is right half of the time, and no more: fixed seed, 4.5 standard errors of 500 cells.
  expect(score?.n).toBe(500);
  expect(score?.value ?? 1).toBeLessThan(accuracyBound(1, 0) + 0.09);
});

test('a sum is attacked with the largest value a row may add, also where it comes out whole', async () => {
  const one = answers(1);
  const sums = one.answers.map((set) => ({ ...set, of: 'sums' as const, sensitivity: 50, scale: 1 }));
  const [score] = await presence({ ...one, answers: sums }, { trials: 2000 }, ctx());
  // Noise of scale 1 reaches half of 50 once in e^25 draws; read as counts, a row would be told in 70 % of cells only.
  expect(score?.value).toBe(1);
});

test('two grids together give more away than one, and stay below the bound of the sum', async () => {
  const one = answers(1);
  const [grid] = one.answers;
  if (grid === undefined) throw new Error('no grid');
  const both: AnswersRelease = {
    ...one,
    answers: [grid, { ...grid, id: 'b' }],
    guarantee: { ...one.guarantee, epsilon: 2 } as AnswersRelease['guarantee'],
  };
  const [score, single] = await presence(both, { trials: 4000 }, ctx());
  expect(score?.value ?? 0).toBeGreaterThan((single?.value ?? 1) - 0.02);
  expect(score?.interval?.low ?? 1).toBeLessThan(accuracyBound(2, 0));
});

test('an eavesdropper tosses coins at AES-GCM and reads plain text', async () => {
  const release = await encrypt(testCity(500), defaultsOf(telemetry.params), ctx());
  const [score, uniform] = await listen(release, {}, ctx());
  expect(score?.interval?.low).toBeLessThan(0.5);
  expect(score?.interval?.high).toBeGreaterThan(0.5); // fixed seed; a fresh one would fail 1 time in 20
  expect(uniform?.value).toBeGreaterThan(1e-4);
  const plain = Uint8Array.from({ length: 20_000 }, (_, i) => 48 + (i % 10));
  const [open] = await listen({ ...release, sample: plain }, {}, ctx());
  expect(open?.value).toBe(1);
});

test('colluders learn nothing from shares and everything from the exact total', async () => {
  const release = await addUp(testCity(2000), { ...defaultsOf(sum.params), by: 'place' }, ctx());
  const [shares, total] = await collude(release, {}, ctx());
  expect(shares?.interval?.low).toBeLessThan(0.5);
  expect(shares?.interval?.high).toBeGreaterThan(0.5);
  expect(total?.value).toBe(1);
  const [seen] = await presence(release, { trials: 100 }, ctx());
  expect(seen?.value).toBe(1);
});

test('swapping members and others mirrors the area, ties count one half, and Wilson matches the tables', () => {
  const a = Float64Array.of(0.9, 0.8, 0.4, 0.4);
  const b = Float64Array.of(0.7, 0.4, 0.1);
  expect(aucOf(a, b).auc).toBeCloseTo((3 + 3 + 1.5 + 1.5) / 12, 12);
  expect(aucOf(a, b).auc + aucOf(b, a).auc).toBeCloseTo(1, 12);
  const interval = wilsonInterval(8, 10);
  expect(interval.low).toBeCloseTo(0.4902, 4);
  expect(interval.high).toBeCloseTo(0.9433, 4);
});

test('a person with several rows is tried with all of them in one cell, at the rate of the promise', async () => {
  const one = answers(10);
  const perPerson = one.answers.map((set) => ({ ...set, sensitivity: 10 }));
  const release: AnswersRelease = {
    ...one,
    answers: perPerson,
    guarantee: { kind: 'dp', epsilon: 1, delta: 0, neighbours: 'unbounded-user', unit: 'person', model: 'central' },
  };
  const scores = await presence(release, { trials: 4000 }, ctx());
  const expected = 1 - Math.exp(-0.5) / 2; // shift 10 under scale 10: P(noise >= -shift / 2)
  // 4000 draws: standard error 0.0073; 4.5 of them, exceeded by 7 runs in a million.
  expect(Math.abs((scores[0]?.value ?? 0) - expected)).toBeLessThan(0.033);
  expect(scores[0]?.bound).toBeCloseTo(accuracyBound(1, 0), 12);
  expect(scores[0]?.method.en).toContain('10 rows in one cell');
  expect(scores).toHaveLength(1);
});
