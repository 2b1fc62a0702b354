import { describe, expect, it } from 'vitest';
import { exp, gammainc, log } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import { type Rng, seededRng } from '../../rng/rng.ts';
import { laplace, normal } from '../../rng/samplers.ts';
import { bernoulliExp, discreteLaplace, rationalScale } from '../../rng/samplers-exact.ts';
import { couldBeNaive, naiveLaplace } from '../breaking/floating-point.ts';
import { analyticSigma, classicSigma } from '../gaussian.ts';
import { discreteLaplaceMass } from '../noise.ts';
import { exponentialProbabilities } from '../selection/probabilities.ts';
import { testPair } from './pair.ts';
import { gaussianProfile } from './profile.ts';

/**
 * Bugs that a mechanism may have, each killed by the named check, which in turn lets the correct mechanism pass. Seeds are fixed; over all seeds a check
 * kills a correct mechanism with probability below 1e-6.
 */
const ALPHA = 1e-6;
const DRAWS = 60_000;

/** One run of a mechanism in one of two neighbouring worlds. */
type Mechanism = (world: 0 | 1, rng: Rng) => number;

interface Claim {
  readonly epsilon: number;
  readonly delta?: number;
  readonly mu?: number;
  readonly outputs?: 'discrete' | 'continuous';
}

/** The audit: is a bound certified above the claim, or above a point of its curve? */
async function isRefuted(name: string, run: Mechanism, claim: Claim): Promise<boolean> {
  const { epsilon, delta = 0, mu } = claim;
  const found = await testPair(
    {
      label: text('test', 'prueba'),
      draw: (world, rng, out) => {
        for (let i = 0; i < out.length; i += 1) out[i] = run(world, rng);
      },
    },
    {
      outputs: claim.outputs ?? 'discrete',
      claim: { epsilon, delta },
      ...(mu === undefined ? {} : { profile: gaussianProfile(mu) }),
      draws: DRAWS,
      chunk: 1024,
      alpha: ALPHA,
      rng: seededRng(`mutant/${name}`),
      checkpoint: async () => {},
    },
  );
  return found.lowerBound > epsilon || (found.profile ?? []).some((point) => point.delta > point.claimed);
}

/** Chi-square of draws around 0 against discrete Laplace masses; cells expecting fewer than 10 are pooled. */
function isMisfit(name: string, scale: number, draw: (rng: Rng) => number): boolean {
  const n = 200_000;
  const rng = seededRng(`mutant/${name}`);
  const seen = new Map<number, number>();
  for (let i = 0; i < n; i += 1) {
    const x = draw(rng) + 0;
    seen.set(x, (seen.get(x) ?? 0) + 1);
  }
  let statistic = 0;
  let cells = 0;
  let restSeen = n;
  let restExpected = n;
  for (let x = -60; x <= 60; x += 1) {
    const expected = n * discreteLaplaceMass(scale, x);
    if (expected < 10) continue;
    const count = seen.get(x) ?? 0;
    statistic += ((count - expected) * (count - expected)) / expected;
    restSeen -= count;
    restExpected -= expected;
    cells += 1;
  }
  if (restExpected >= 10) {
    statistic += ((restSeen - restExpected) * (restSeen - restExpected)) / restExpected;
    cells += 1;
  }
  return 1 - gammainc(statistic / 2, (cells - 1) / 2) < ALPHA;
}

/** The two-sided geometric with a plain mistake: a negative zero is kept, so zero has twice its weight. */
function doubleZero(rng: Rng, scale: number): number {
  let size = 0;
  while (bernoulliExp(rng, 1000, Math.round(1000 * scale))) size += 1;
  return (rng.u32() & 1) === 1 ? -size : size;
}

const additive =
  (noise: (rng: Rng) => number, moved = 1): Mechanism =>
  (world, rng) =>
    world * moved + noise(rng);
/** Two whole numbers as one code, each within +-30. */
const both = (a: number, b: number): number => {
  const within = (x: number): number => Math.max(-30, Math.min(30, x));
  return 100 * within(a) + within(b);
};
const dlap = (rng: Rng, scale: number): number => discreteLaplace(rng, rationalScale(scale));
const pick = (law: Float64Array, rng: Rng): number => {
  let rest = rng.uniform();
  let i = 0;
  while (i + 1 < law.length && rest >= (law[i] as number)) {
    rest -= law[i] as number;
    i += 1;
  }
  return i;
};
const clip = (value: number, most: number): number => Math.max(0, Math.min(most, value));

interface AuditMutant {
  readonly bug: string;
  readonly claim: Claim;
  readonly right: Mechanism;
  readonly wrong: Mechanism;
}

const firstOfSeed = dlap(seededRng('always'), 1);
const sigma = analyticSigma(0.7, 1e-3, 1);
const sigmaAt5Percent = analyticSigma(0.7, 0.05, 1);
const sigmaAt20 = analyticSigma(20, 1e-5, 1);
const classicAt20 = classicSigma(20, 1e-5, 1);
/** Scores of twelve candidates: all equal, or the first one up and the others down. */
const twelve = (world: 0 | 1): readonly number[] => Array.from({ length: 12 }, (_, i) => world * (i === 0 ? 1 : -1));
const chosenAt = (rate: number) => [0, 1].map((world) => exponentialProbabilities(twelve(world === 0 ? 0 : 1), rate));
const [half, whole] = [chosenAt(0.5), chosenAt(1)];

const audited: readonly AuditMutant[] = [
  {
    bug: 'scale halved',
    claim: { epsilon: 0.7, outputs: 'continuous' },
    right: additive((rng) => laplace(rng, 1 / 0.7)),
    wrong: additive((rng) => laplace(rng, 0.5 / 0.7)),
  },
  {
    bug: 'scale a tenth too small',
    claim: { epsilon: 1.3, outputs: 'continuous' },
    right: additive((rng) => laplace(rng, 1 / 1.3)),
    wrong: additive((rng) => laplace(rng, 0.9 / 1.3)),
  },
  {
    bug: 'multiplied by epsilon instead of divided',
    claim: { epsilon: 0.4, outputs: 'continuous' },
    right: additive((rng) => laplace(rng, 1 / 0.4)),
    wrong: additive((rng) => laplace(rng, 0.4)),
  },
  {
    bug: 'sensitivity forgotten',
    claim: { epsilon: 0.7 },
    right: additive((rng) => dlap(rng, 5 / 0.7), 5),
    wrong: additive((rng) => dlap(rng, 1 / 0.7), 5),
  },
  {
    bug: 'sensitivity off by two: a row replaced moves two cells, counted as one',
    claim: { epsilon: 0.8 },
    right: (world, rng) => both(1 - world + dlap(rng, 2 / 0.8), world + dlap(rng, 2 / 0.8)),
    wrong: (world, rng) => both(1 - world + dlap(rng, 1 / 0.8), world + dlap(rng, 1 / 0.8)),
  },
  {
    bug: 'a value is not clipped to its declared bounds before it is added up',
    claim: { epsilon: 1 },
    right: (world, rng) => 40 + clip(world * 900, 10) + dlap(rng, 10),
    wrong: (world, rng) => 40 + world * 900 + dlap(rng, 10),
  },
  {
    bug: 'the clipping comes after the noise instead of before it',
    claim: { epsilon: 1 },
    right: (world, rng) => clip(clip(world * 900, 10) + dlap(rng, 10), 50),
    wrong: (world, rng) => clip(world * 900 + dlap(rng, 10), 50),
  },
  {
    bug: 'rows of a person counted without the bound on them',
    claim: { epsilon: 1 },
    right: (world, rng) => Math.min(3, world * 12) + dlap(rng, 3),
    wrong: (world, rng) => world * 12 + dlap(rng, 3),
  },
  {
    bug: 'zero counted twice in the two-sided geometric',
    claim: { epsilon: 1 },
    right: additive((rng) => dlap(rng, 1)),
    wrong: additive((rng) => doubleZero(rng, 1)),
  },
  {
    bug: 'the same noise in two cells',
    claim: { epsilon: 1 },
    right: (world, rng) => both(world + dlap(rng, 1), 5 + dlap(rng, 1)),
    wrong: (world, rng) => {
      const noise = dlap(rng, 1);
      return both(world + noise, 5 + noise);
    },
  },
  {
    bug: 'every run starts from the same seed',
    claim: { epsilon: 1 },
    right: additive((rng) => dlap(rng, 1)),
    wrong: additive(() => firstOfSeed),
  },
  {
    bug: 'noise of one sign',
    claim: { epsilon: 1 },
    right: additive((rng) => dlap(rng, 1)),
    wrong: additive((rng) => Math.abs(dlap(rng, 1))),
  },
  {
    bug: 'tails cut off, delta not charged',
    claim: { epsilon: 1 },
    right: additive((rng) => dlap(rng, 1)),
    wrong: additive((rng) => {
      for (;;) {
        const noise = dlap(rng, 1);
        if (Math.abs(noise) <= 3) return noise;
      }
    }),
  },
  {
    bug: 'the answer left alone one time in fifty',
    claim: { epsilon: 1 },
    right: additive((rng) => dlap(rng, 1)),
    wrong: additive((rng) => (rng.int(50) === 0 ? 0.5 : dlap(rng, 1))),
  },
  {
    bug: 'Gaussian noise sold as pure',
    claim: { epsilon: 0.7, outputs: 'continuous' },
    right: additive((rng) => laplace(rng, 1 / 0.7)),
    wrong: additive((rng) => normal(rng, sigmaAt5Percent)),
  },
  {
    bug: 'deviation taken for variance',
    claim: { epsilon: 0.7, delta: 1e-3, mu: 1 / sigma, outputs: 'continuous' },
    right: additive((rng) => normal(rng, sigma)),
    wrong: additive((rng) => normal(rng, Math.sqrt(sigma))),
  },
  {
    bug: 'the classic Gaussian formula above epsilon 1',
    claim: { epsilon: 20, delta: 1e-5, mu: 1 / sigmaAt20, outputs: 'continuous' },
    right: additive((rng) => normal(rng, sigmaAt20)),
    wrong: additive((rng) => normal(rng, classicAt20)),
  },
  {
    bug: 'randomized response that lies half as often',
    claim: { epsilon: 1 },
    right: (world, rng) => (rng.uniform() < 1 / (1 + exp(1)) ? 1 - world : world),
    wrong: (world, rng) => (rng.uniform() < 0.5 / (1 + exp(1)) ? 1 - world : world),
  },
  {
    bug: 'exponential mechanism with epsilon instead of half of it',
    claim: { epsilon: 1 },
    right: (world, rng) => pick(half[world] as Float64Array, rng),
    wrong: (world, rng) => pick(whole[world] as Float64Array, rng),
  },
  {
    bug: 'the chosen candidate comes with its exact score',
    claim: { epsilon: 1 },
    right: (world, rng) => pick(exponentialProbabilities([2 + world, 1], 0.5), rng),
    wrong: (world, rng) => {
      const scores = [2 + world, 1] as const;
      return scores[pick(exponentialProbabilities(scores, 0.5), rng) === 0 ? 0 : 1];
    },
  },
];

describe('mutants of mechanisms', () => {
  it.each(audited.map((mutant) => [mutant.bug, mutant] as const))('the audit kills: %s', async (bug, mutant) => {
    expect(await isRefuted(bug, mutant.wrong, mutant.claim), 'mutant').toBe(true);
    expect(await isRefuted(bug, mutant.right, mutant.claim), 'correct mechanism').toBe(false);
  });

  it.each([
    ['zero counted twice in the two-sided geometric', (rng: Rng) => doubleZero(rng, 2)],
    ['scale two per cent too small', (rng: Rng) => dlap(rng, 1.96)],
    ['scale two per cent too large', (rng: Rng) => dlap(rng, 2.04)],
    ['continuous noise rounded down', (rng: Rng) => Math.floor(laplace(rng, 2))],
    ['continuous noise rounded, sold as discrete', (rng: Rng) => Math.round(laplace(rng, 2))],
    ['noise of one sign', (rng: Rng) => Math.abs(dlap(rng, 2))],
    ['noise doubled in place', (rng: Rng) => 2 * dlap(rng, 1)],
  ] as const)('the fit to the exact masses kills: %s', (bug, draw) => {
    expect(isMisfit(bug, 2, draw), 'mutant').toBe(true);
    expect(
      isMisfit(bug, 2, (rng) => dlap(rng, 2)),
      'correct mechanism',
    ).toBe(false);
  });

  it('the attack on last bits kills: textbook noise in doubles', () => {
    const rng = seededRng('mutant/doubles');
    const proves = (released: number): boolean => !couldBeNaive(released, 1, 1) && couldBeNaive(released, 0, 1);
    // A single release proves the answer more than half of the time; 1e-6 of the runs would see none in 40.
    const releases = Array.from({ length: 40 }, () => naiveLaplace(rng.uniform(), 1));
    expect(releases.some(proves)).toBe(true);
    expect(releases.every((released) => couldBeNaive(released, 0, 1))).toBe(true);
    expect(Array.from({ length: 40 }, () => dlap(rng, 1)).some((whole) => !Number.isInteger(whole - 1))).toBe(false);
  });

  it('the range kills: counts not cut at zero after the noise', () => {
    const rng = seededRng('mutant/range');
    const draws = Array.from({ length: 200 }, () => dlap(rng, 2));
    const isNeverNegative = (values: readonly number[]): boolean => values.every((value) => value >= 0);
    // Each draw is negative with probability 0.38: none in 200 would be one run in 1e41.
    expect(isNeverNegative(draws)).toBe(false);
    expect(isNeverNegative(draws.map((value) => Math.max(0, value)))).toBe(true);
    expect(log(0.62) * 200).toBeLessThan(log(1e-41));
  });
});
