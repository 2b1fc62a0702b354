import { describe, expect, it } from 'vitest';
import { descriptors as attacks } from '../attacks/list.ts';
import { loadMeasure, loadTechnique } from '../kernels.ts';
import { quietContext } from '../kit/context.ts';
import { EngineError } from '../kit/errors.ts';
import type { AttackDescriptor, MetricDescriptor } from '../kit/measure.ts';
import { defaultsOf, type ParamRecord, type ParamSchema, type ParamValue } from '../kit/params.ts';
import type { Release } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { descriptors as metrics } from '../metrics/list.ts';
import { seededRng } from '../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { descriptors } from './list.ts';

/**
 * Whatever a noisy release answers, each measure that says it reads such releases gives numbers one can understand, or a sentence
 * why it cannot.
 */

const measures: readonly (AttackDescriptor | MetricDescriptor)[] = [...metrics, ...attacks];
const ctx = () => quietContext(seededRng(1));

/** Choices that change what is answered, not only how much noise it has. */
const SHAPES = new Set([
  'allocation',
  'statistic',
  'grouping',
  'groups',
  'withCounts',
  'cells',
  'step',
  'workload',
  'nonNegative',
]);

/** The defaults, and every other option of what is answered. */
function variants(schema: ParamSchema): readonly ParamRecord[] {
  const others = Object.entries(schema).flatMap(([name, spec]): [string, ParamValue][] => {
    if (!SHAPES.has(name)) return [];
    if (spec.kind === 'flag') return [[name, !spec.default]];
    if (spec.kind !== 'choice') return [];
    return spec.options.filter(({ value }) => value !== spec.default).map(({ value }) => [name, value]);
  });
  return [{}, ...others.map(([name, value]) => ({ [name]: value }))].map((own) => ({ ...defaultsOf(schema), ...own }));
}

/** The work's result, or the sentence of a typed error. */
async function orSentence<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineError && error.code !== 'internal' && error.message !== '') return error.message;
    throw error;
  }
}

function checkScore({ id, value, unit, interval, baseline, bound, direction, meaning, n }: Score): void {
  expect(Number.isFinite(value), `${id} = ${value}`).toBe(true);
  for (const number of [baseline, bound, n]) expect(number === undefined || !Number.isNaN(number), id).toBe(true);
  if (interval !== undefined) {
    expect(Number.isFinite(interval.low) && Number.isFinite(interval.high), id).toBe(true);
    expect(interval.low, id).toBeLessThanOrEqual(interval.high);
    // Where fresh noise would fall 95 times in 100: this draw of it may be one of the other five.
    const slack = interval.kind === 'noise' ? Number.POSITIVE_INFINITY : 1e-9 * Math.max(1, Math.abs(value));
    expect(interval.low, id).toBeLessThanOrEqual(value + slack);
    expect(interval.high, id).toBeGreaterThanOrEqual(value - slack);
  }
  if (unit === 'share' && meaning !== 'utility') expect(Math.abs(value), id).toBeLessThanOrEqual(1);
  if (unit !== 'share' || direction === 'lower-is-better') return;
  // Utility may fall without end, for noise has none, but nothing is better than the truth.
  expect(value, id).toBeLessThanOrEqual(1 + 1e-9);
}

async function checkMeasures(release: Release, name: string): Promise<number> {
  let scored = 0;
  for (const descriptor of measures.filter(({ accepts }) => accepts.includes(release.kind))) {
    const module = await loadMeasure(descriptor.id);
    const scores = await orSentence(() => module.run(release, defaultsOf(module.descriptor.params), ctx())).catch(
      (error: unknown) => {
        throw new Error(`${descriptor.id} on ${name}`, { cause: error });
      },
    );
    if (typeof scores === 'string') continue;
    scored += scores.length;
    for (const score of scores) checkScore(score);
    const [first] = scores;
    if (descriptor.kind !== 'attack' || first === undefined) continue;
    expect(first.baseline, `${descriptor.id} on ${name}: baseline`).toBeDefined();
    expect(first.interval, `${descriptor.id} on ${name}: interval`).toBeDefined();
  }
  return scored;
}

describe('intervals of a utility over fresh noise', () => {
  const intervalOf = async (id: string, own: ParamRecord) => {
    const { run, descriptor } = await loadTechnique(id);
    const release = await run(tinyRelease(tinyDataset(300)), { ...defaultsOf(descriptor.params), ...own }, ctx());
    const measure = await loadMeasure('utility-aggregate');
    return (await measure.run(release, defaultsOf(measure.descriptor.params), ctx()))[0]?.interval;
  };

  it('are given where the noise is Laplace of one scale on counts', async () => {
    expect(await intervalOf('laplace-histogram', {})).toBeDefined();
    expect(await intervalOf('contingency-table', {})).toBeDefined();
  });

  it('are left out where the noise has another law, or no scale of its own', async () => {
    expect(await intervalOf('w-event', {})).toBeUndefined();
    expect(await intervalOf('private-quantiles', {})).toBeUndefined();
    expect(await intervalOf('noisy-statistics', { mechanism: 'staircase' })).toBeUndefined();
  });
});

describe.each(descriptors.map((descriptor) => [descriptor.id, descriptor.params] as const))(
  'measures of a %s release',
  (id, schema) => {
    it('are finite numbers within their ranges, or a sentence', { timeout: 60_000 }, async () => {
      const module = await loadTechnique(id);
      let scored = 0;
      for (const params of variants(schema)) {
        const name = `${id} ${JSON.stringify(params)}`;
        for (const rows of [1, 300]) {
          const release = await orSentence(() => module.run(tinyRelease(tinyDataset(rows)), params, ctx()));
          if (typeof release !== 'string') scored += await checkMeasures(release, name);
        }
      }
      expect(scored).toBeGreaterThan(0);
    });
  },
);
