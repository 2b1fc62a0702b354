import { webcrypto } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { loadTechnique } from '../kernels.ts';
import { quietContext } from '../kit/context.ts';
import { EngineError } from '../kit/errors.ts';
import { defaultsOf, type ParamRecord, type ParamSchema, type ParamValue } from '../kit/params.ts';
import type { AnswerSet, Release } from '../kit/release.ts';
import { secureRng, type Rng } from '../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { descriptors } from './list.ts';

/**
 * A release that is meant to be used draws from the cryptographic source: its noise is a whole number of steps from exact samplers, whatever
 * parameters are chosen. Every way to floating-point noise is trapped.
 */

vi.mock('../rng/samplers.ts', async (original) => {
  const samplers = await original<Record<string, (rng: Rng, ...rest: unknown[]) => unknown>>();
  const guarded = (name: string, sampler: (rng: Rng, ...rest: unknown[]) => unknown) => {
    return (rng: Rng, ...rest: unknown[]): unknown => {
      if (rng.path === 'secure') throw new TypeError(`${name}: floating-point noise in a release meant to be used`);
      return sampler(rng, ...rest);
    };
  };
  return Object.fromEntries(Object.entries(samplers).map(([name, sampler]) => [name, guarded(name, sampler)]));
});

/** Uniform doubles here choose rows to hold out, unseen values, or places in a finished model's band: none of them hides anything. */
const NO_NOISE = /engine\/dp\/synthetic\/(source|sample|domain)\.ts/;

function trapped(): Rng {
  const source = secureRng((buffer) => webcrypto.getRandomValues(buffer));
  const rng: Rng = {
    ...source,
    fork: () => rng,
    uniform: () => {
      const caller = new Error('a uniform double').stack?.split('\n')[2] ?? '';
      if (!NO_NOISE.test(caller)) throw new TypeError(`a uniform double in a release meant to be used:${caller}`);
      return source.uniform();
    },
  };
  return rng;
}

/** The defaults, and every other option of every choice and flag beside them. */
function variants(schema: ParamSchema): readonly ParamRecord[] {
  const others = Object.entries(schema).flatMap(([name, spec]): [string, ParamValue][] => {
    if (spec.kind === 'flag') return [[name, !spec.default]];
    if (spec.kind !== 'choice') return [];
    return spec.options.filter(({ value }) => value !== spec.default).map(({ value }) => [name, value]);
  });
  return [{}, ...others.map(([name, value]) => ({ [name]: value }))].map((own) => ({ ...defaultsOf(schema), ...own }));
}

/**
 * Answers read off a tree or solved for are post-processing, whose inputs are whole; quantiles are chosen among candidates without
 * noise; a mean is a quotient of two whole sums.
 */
const DERIVED = new Set(['range-tree', 'matrix-workload', 'continual-counts', 'private-quantiles']);
const QUOTIENTS = new Set(['mean', 'variance']);

function isPlain(id: string, params: ParamRecord): boolean {
  return !DERIVED.has(id) && !QUOTIENTS.has(String(params['statistic'])) && params['consistent'] !== true;
}

/** Largest power of two up to `x`. */
const powerBelow = (x: number): number => 2 ** Math.floor(Math.log2(x));

/** The finest grid noise of that scale is drawn on: 2^20 steps wide, one more bit for shares of it. */
const gridOf = ({ of, scale }: AnswerSet): number =>
  of === 'counts' || !(scale > 0) ? 1 : powerBelow(scale) / 2 ** 22;

async function attempt(id: string, params: ParamRecord): Promise<Release | undefined> {
  const module = await loadTechnique(id);
  try {
    return await module.run(tinyRelease(tinyDataset(200)), params, quietContext(trapped()));
  } catch (error) {
    if (error instanceof EngineError && error.code !== 'internal') return undefined;
    throw new Error(JSON.stringify(params), { cause: error });
  }
}

describe.each(descriptors.map((descriptor) => [descriptor.id, descriptor.params] as const))(
  'a %s release meant to be used',
  (id, schema) => {
    it('draws whole numbers of steps, never floating-point noise, under any option', { timeout: 60_000 }, async () => {
      let made = 0;
      for (const params of variants(schema)) {
        const release = await attempt(id, params);
        if (release === undefined) continue;
        made += 1;
        if (release.kind !== 'answers') continue;
        for (const answer of release.answers) {
          const name = `${answer.id} under ${JSON.stringify(params)}`;
          expect(answer.released.every(Number.isFinite), name).toBe(true);
          expect(
            answer.released.some((value) => Object.is(value, -0)),
            name,
          ).toBe(false);
          if (!isPlain(id, params)) continue;
          const step = gridOf(answer);
          const off = answer.released.filter((value) => !Number.isInteger(value / step));
          expect([...off], name).toEqual([]);
        }
      }
      expect(made).toBeGreaterThan(0);
    });
  },
);

describe('the traps', () => {
  it('catch what they are set for', async () => {
    const { laplace } = await import('../rng/samplers.ts');
    const rng = trapped();
    expect(() => laplace(rng, 1)).toThrow('floating-point noise');
    expect(() => rng.uniform()).toThrow('a uniform double');
  });
});
