import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { EngineError } from '../kit/errors.ts';
import { defaultsOf } from '../kit/params.ts';
import { gammainc } from '../kit/portable-math.ts';
import { awkwardCities, testCity } from '../learning/test-city.ts';
import { seededRng } from '../rng/rng.ts';
import { type AdditiveSumParams, descriptor, playAll, probe, protocol, run } from './additive-sum.ts';
import { encode, share } from './ring.ts';

const defaults: AdditiveSumParams = defaultsOf(descriptor.params);

test('the opened sum equals the plain sum for every party, whatever the inputs, words and parties', async () => {
  const vectors = fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 6 })).chain(([parties, length]) =>
    fc.array(fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: length, maxLength: length }), {
      minLength: parties,
      maxLength: parties,
    }),
  );
  await fc.assert(
    fc.asyncProperty(
      vectors,
      fc.constantFrom('32' as const, '64' as const),
      fc.integer(),
      async (inputs, bits, seed) => {
        const outcomes = await playAll(
          inputs.map((input) => Float64Array.from(input)),
          { ...defaults, bits },
          seededRng(seed),
        );
        const plain = (inputs[0] ?? []).map((_, i) => inputs.reduce((sum, input) => sum + (input[i] ?? 0), 0));
        for (const outcome of outcomes) expect([...outcome.opened]).toEqual(plain);
      },
    ),
    { numRuns: 60 },
  );
});

test('the order of the parties does not change what is opened', async () => {
  const inputs = [Float64Array.of(1, 2), Float64Array.of(30, 40), Float64Array.of(500, 600)];
  const [there] = await playAll(inputs, defaults, seededRng(1));
  const [back] = await playAll([...inputs].reverse(), defaults, seededRng(1));
  expect(there?.opened).toEqual(back?.opened);
});

test('any two of three shares look uniform: chi-square over 256 byte values, false alarm 1 in 10,000 each', () => {
  const secret = encode(new Float64Array(20_000).fill(17), { bits: 32, fractionBits: 0 }, 3);
  const shares = share(secret, 3, { bits: 32, fractionBits: 0 }, seededRng('uniform'));
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    const counts = new Float64Array(256);
    // The exclusive or of two independent uniform words is uniform too, and would show a tie between them.
    for (let i = 0; i < secret.length; i += 1) {
      const word = ((shares[a]?.[i] ?? 0) ^ (shares[b]?.[i] ?? 0)) >>> 24;
      counts[word] = (counts[word] ?? 0) + 1;
    }
    expect(chiSquareTail(counts)).toBeGreaterThan(1e-4);
  }
});

test('what a party receives looks uniform even where the inputs are all zero', async () => {
  const outcomes = await playAll(
    [0, 1, 2].map(() => new Float64Array(5000)),
    defaults,
    seededRng(3),
  );
  for (const { seen } of outcomes) {
    const counts = new Float64Array(256);
    for (const word of seen) counts[word & 255] = (counts[word & 255] ?? 0) + 1;
    expect(chiSquareTail(counts)).toBeGreaterThan(1e-4);
  }
});

test('a run on the city opens exact counts by hour, with the cost of the reference', async () => {
  const ctx = quietContext(seededRng(1));
  const release = await run(testCity(2000), { ...defaults, bits: '32' }, ctx);
  expect(release.opened).toEqual(release.truth);
  expect(release.opened.reduce((a, b) => a + b, 0)).toBe(2000);
  // 3 parties, 24 words of 4 bytes: sharing 4n(k-1) per owner, opening 4nk(k-1).
  expect(ctx.cost.totals()).toEqual({ messages: 12, bytes: 3 * 4 * 24 * 2 + 4 * 24 * 3 * 2, rounds: 2 });
  expect(release.parties).toHaveLength(3);
});

test('a mean in fixed point is off by no more than its rounding', async () => {
  const release = await run(testCity(2000), { ...defaults, query: 'mean', by: 'place' }, quietContext(seededRng(1)));
  release.opened.forEach((mean, i) => expect(Math.abs(mean - (release.truth[i] ?? 0))).toBeLessThan(2e-5));
});

test('playing the parties apart gives what the joined run opens', async () => {
  const city = testCity(500);
  const inputs = [0, 1, 2].map((party) => protocol.inputOf(city, defaults, party));
  const outcomes = await playAll(inputs, defaults, seededRng(1).fork('additive-sum'));
  const release = await run(city, defaults, quietContext(seededRng(1)));
  expect(outcomes[2]?.opened).toEqual(release.opened);
  expect(outcomes.map((outcome) => outcome.seen)).toEqual(release.views);
});

test('awkward tables give sums or a typed error', async () => {
  for (const [name, city] of Object.entries(awkwardCities())) {
    for (const query of ['count', 'sum', 'mean'] as const) {
      const outcome = await run(city, { ...defaults, query }, quietContext(seededRng(1))).catch(
        (error: unknown) => error,
      );
      expect(
        outcome instanceof EngineError || (outcome as { kind: string }).kind === 'shares',
        `${name}: ${String(outcome)}`,
      ).toBe(true);
    }
  }
});

test('numbers that could leave the ring are refused', () => {
  expect(() => encode(Float64Array.of(1e9), { bits: 32, fractionBits: 0 }, 3)).toThrow(/does not fit/);
});

test('the probe runs one secure sum', async () => {
  const one = await probe(testCity(2000), defaults, quietContext(seededRng(1)));
  const started = performance.now();
  for (let i = 0; i < 200; i += 1) await one.once();
  console.log(`one secure sum of 24 counts: ${((performance.now() - started) / 200).toFixed(3)} ms`);
});

/** P(chi-square with 255 degrees of freedom >= the statistic of 256 counts against uniform). */
function chiSquareTail(counts: Float64Array): number {
  const expected = counts.reduce((a, b) => a + b, 0) / 256;
  let statistic = 0;
  for (const count of counts) statistic += ((count - expected) * (count - expected)) / expected;
  return 1 - gammainc(statistic / 2, 127.5);
}
