import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadMeasure, loadTechnique } from './kernels.ts';
import { costMeter, type Ctx } from './kit/context.ts';
import { cancelled, EngineError } from './kit/errors.ts';
import type { AttackDescriptor, MetricDescriptor } from './kit/measure.ts';
import {
  defaultOf,
  defaultsOf,
  type ParamRecord,
  type ParamSchema,
  type ParamSpec,
  type ParamValue,
  parseParams,
} from './kit/params.ts';
import type { Release, ReleaseKind } from './kit/release.ts';
import type { Score } from './kit/score.ts';
import type { TechniqueDescriptor } from './kit/technique.ts';
import type { Text } from './kit/text.ts';
import { attacks, metrics, techniques } from './registry.ts';
import { type Rng, seededRng } from './rng/rng.ts';
import { contentDigest } from './kit/canonical.ts';
import { type TinyShape, tinyDataset, tinyRelease } from './testing/tiny-dataset.ts';

/** Every module of the registry keeps the promises that the runtime, the page and the reader rely on. */

const rows = 400;
const here = import.meta.dirname;
const measures: readonly (AttackDescriptor | MetricDescriptor)[] = [...metrics, ...attacks];

interface Watch {
  readonly ctx: Ctx;
  readonly fractions: number[];
  checkpoints: number;
}

/** A context that counts checkpoints, keeps their fractions, and cancels at the `cancelAt`-th. */
function watched(rng: Rng, cancelAt = Infinity): Watch {
  const watch: Watch = {
    fractions: [],
    checkpoints: 0,
    ctx: {
      rng,
      cost: costMeter(),
      checkpoint: async (fraction) => {
        watch.checkpoints += 1;
        watch.fractions.push(fraction);
        if (watch.checkpoints >= cancelAt) throw cancelled();
      },
    },
  };
  return watch;
}

const quiet = (seed: number): Ctx => watched(seededRng(seed)).ctx;

/** What leaves the worker: everything of a release but the data it was made from. */
function released(release: Release): unknown {
  const { dataset: _dataset, ...rest } = release;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value !== 'function'));
}

/** Runs a technique with its defaults on the tiny city. */
async function play(id: string, shape: TinyShape, count: number, seed: number, ctx?: Ctx): Promise<Release> {
  const module = await loadTechnique(id);
  return module.run(tinyRelease(tinyDataset(count, shape)), defaultsOf(module.descriptor.params), ctx ?? quiet(seed));
}

/** A release of that kind to measure: the data itself, or what the first technique that makes such makes of it. */
async function releaseOf(kind: ReleaseKind, shape: TinyShape, count: number): Promise<Release | undefined> {
  const source = tinyRelease(tinyDataset(count, shape));
  if (kind === 'table') return source;
  const maker = techniques.find(({ produces, accepts }) => produces === kind && accepts.includes('table'));
  return maker === undefined ? undefined : play(maker.id, shape, count, 1);
}

/** Any values the schema allows: numbers over their whole range, columns and levels left at their defaults. */
function randomParams(schema: ParamSchema, rng: Rng): ParamRecord {
  const value = (spec: ParamSpec): ParamValue => {
    if (spec.kind === 'choice') return spec.options[rng.int(spec.options.length)]?.value ?? spec.default;
    if (spec.kind === 'flag') return rng.int(2) === 1;
    if (spec.kind !== 'number' && spec.kind !== 'integer') return defaultOf(spec);
    const share = spec.scale === 'log' ? rng.uniform() * rng.uniform() * rng.uniform() : rng.uniform();
    const drawn = spec.min + share * (spec.max - spec.min);
    return spec.kind === 'integer' ? Math.round(drawn) : drawn;
  };
  return Object.fromEntries(Object.entries(schema).map(([name, spec]) => [name, value(spec)]));
}

const isBilingual = (value: Text): boolean =>
  value.en.trim() !== '' && value.es !== undefined && value.es.trim() !== '';

/** Numbers as they are, but every EngineError (never another one) is a fine answer to odd data. */
async function answerOrTypedError<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineError && error.code !== 'internal' && error.message !== '') return undefined;
    throw error;
  }
}

function describeCard(descriptor: TechniqueDescriptor | AttackDescriptor | MetricDescriptor): void {
  it('says what it is, in both languages, with its source and its limits', () => {
    expect(descriptor.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(Number.isInteger(descriptor.version) && descriptor.version >= 1).toBe(true);
    expect(isBilingual(descriptor.label) && isBilingual(descriptor.summary)).toBe(true);
    expect(descriptor.limits.every(isBilingual)).toBe(true);
    expect(descriptor.limits.length).toBeGreaterThan(0);
    // A metric may be plain arithmetic (bytes counted), defined by its own summary.
    if (!('kind' in descriptor && descriptor.kind === 'metric')) expect(descriptor.citations.length).toBeGreaterThan(0);
    for (const { authors, year, title } of descriptor.citations) {
      expect(authors !== '' && title !== '' && year > 1800).toBe(true);
    }
    for (const spec of Object.values(descriptor.params))
      expect(isBilingual(spec.label) && isBilingual(spec.help)).toBe(true);
  });

  it('has valid defaults that survive JSON, and refuses what its schema does not know', () => {
    const schema: ParamSchema = descriptor.params;
    const defaults = defaultsOf(schema);
    const back: unknown = JSON.parse(JSON.stringify(defaults));
    expect(parseParams(schema, back)).toEqual({ ok: true, value: defaults });
    expect(parseParams(schema, { ...defaults, 'no-such-parameter': 1 }).ok).toBe(false);
    for (const [name, spec] of Object.entries(schema)) {
      expect(parseParams(schema, { [name]: Number.NaN }).ok, `${name} = NaN`).toBe(false);
      if (spec.kind !== 'number' && spec.kind !== 'integer') continue;
      expect(spec.min <= spec.default && spec.default <= spec.max, name).toBe(true);
      expect(parseParams(schema, { [name]: spec.max * 2 + 1 }).ok, `${name} too large`).toBe(false);
      for (const stop of spec.stops ?? [])
        expect(stop >= spec.min && stop <= spec.max, `${name} stop ${stop}`).toBe(true);
    }
  });

  it('lies in a file of its own name', () => {
    const files = readdirSync(here, { recursive: true, encoding: 'utf8' });
    const own = files.some(
      (file) => file.endsWith(`${descriptor.id}.ts`) || file.endsWith(`${lastPart(descriptor.id)}.ts`),
    );
    expect(own, `${descriptor.id}.ts`).toBe(true);
  });
}

/** Metrics in a folder of their group may leave the group out of the file's name: utility/aggregate.ts. */
const lastPart = (id: string): string => id.slice(id.indexOf('-') + 1);

const shapes: readonly (readonly [string, TinyShape, number])[] = [
  ['an empty table', 'varied', 0],
  ['one row', 'varied', 1],
  ['constant columns', 'constant', 30],
  ['missing values only', 'nulls', 30],
];

describe.each(techniques.map((descriptor) => [descriptor.id, descriptor] as const))(
  'technique %s',
  (id, descriptor) => {
    describeCard(descriptor);
    const fromTable = descriptor.accepts.includes('table');

    it('has a kernel of the same descriptor', async () => {
      expect((await loadTechnique(id)).descriptor).toBe(descriptor);
      expect(techniques.filter((other) => other.id === id)).toHaveLength(1);
    });

    it('claims a guarantee before it runs', () => {
      const claim = descriptor.guarantee(defaultsOf(descriptor.params), 'trip');
      expect(() => structuredClone(claim)).not.toThrow();
      if (claim.kind === 'dp')
        expect(claim.epsilon > 0 && claim.delta >= 0 && claim.delta < 1 && claim.unit !== '').toBe(true);
      if (claim.kind === 'none') expect(claim.why).not.toBe('');
    });

    it.runIf(fromTable)(
      'gives the same bytes for the same seed, and other bytes for another one if it is random',
      async () => {
        const first = contentDigest(released(await play(id, 'varied', rows, 1)));
        expect(contentDigest(released(await play(id, 'varied', rows, 1)))).toBe(first);
        const other = contentDigest(released(await play(id, 'varied', rows, 2)));
        expect(other !== first).toBe(descriptor.randomized);
      },
    );

    it.runIf(fromTable)('leaves its input as it was, and releases what it says', async () => {
      const source = tinyRelease(tinyDataset(rows));
      const before = contentDigest(source);
      const module = await loadTechnique(id);
      const release = await module.run(source, defaultsOf(module.descriptor.params), quiet(1));
      expect(contentDigest(source)).toBe(before);
      expect(release.kind).toBe(descriptor.produces);
      expect(release.dataset).toBe(source.dataset);
      for (const note of release.notes) expect(isBilingual(note), note.en).toBe(true);
      for (const event of release.events) expect(event.epsilon).toBeGreaterThan(0);
    });

    it.runIf(fromTable)('sends only what can be cloned', async () => {
      const { pictures, notes, events, guarantee } = await play(id, 'varied', rows, 1);
      expect(contentDigest(structuredClone({ pictures, notes, events, guarantee }))).toBe(
        contentDigest({ pictures, notes, events, guarantee }),
      );
    });

    it.runIf(fromTable)('reports progress that never falls, and stops at the checkpoint after a cancel', async () => {
      const watch = watched(seededRng(1));
      await play(id, 'varied', rows, 1, watch.ctx);
      expect(watch.checkpoints, 'checkpoints').toBeGreaterThan(0);
      expect(watch.fractions.every((fraction) => fraction >= 0 && fraction <= 1.000001)).toBe(true);
      expect(
        watch.fractions.every((fraction, at) => at === 0 || fraction >= (watch.fractions[at - 1] ?? 0) - 1e-9),
      ).toBe(true);
      const stopped = watched(seededRng(1), Math.ceil(watch.checkpoints / 2));
      await expect(play(id, 'varied', rows, 1, stopped.ctx)).rejects.toMatchObject({ code: 'cancelled' });
    });

    it.runIf(fromTable).each(shapes)('answers or says why not: %s', async (_name, shape, count) => {
      const release = await answerOrTypedError(() => play(id, shape, count, 1));
      if (release !== undefined) expect(release.kind).toBe(descriptor.produces);
    });

    it.runIf(fromTable)('answers or says why not: any parameters its schema allows', { timeout: 60_000 }, async () => {
      const module = await loadTechnique(id);
      for (const draw of [1, 2, 3, 4]) {
        const params = randomParams(descriptor.params, seededRng(`params/${id}/${draw}`));
        expect(parseParams(descriptor.params, params).ok, JSON.stringify(params)).toBe(true);
        const release = await answerOrTypedError(() => module.run(tinyRelease(tinyDataset(120)), params, quiet(draw)));
        if (release !== undefined)
          expect(module.verify?.(release, release.guarantee) ?? [], JSON.stringify(params)).toEqual([]);
      }
    });

    it.runIf(fromTable)('keeps a claim that can be re-checked on its output', async () => {
      const { verify } = await loadTechnique(id);
      if (verify === undefined) return;
      const release = await play(id, 'varied', rows, 1);
      expect(verify(release, release.guarantee)).toEqual([]);
    });

    it.runIf(fromTable)('has session, probe and preview that work, where it has them', async () => {
      const module = await loadTechnique(id);
      const params = defaultsOf(module.descriptor.params);
      const input = tinyRelease(tinyDataset(rows));
      if (module.session !== undefined) {
        const session = await module.session(input, params, quiet(1));
        const frame = await session.step(quiet(1));
        expect(frame.kind).toBe(descriptor.produces);
        expect(() => session.set('no-such-parameter', 1)).toThrow(EngineError);
      }
      await (await module.probe?.(input, params, quiet(1)))?.once();
      const bank = await module.preview?.(input, params, quiet(1), 4);
      if (bank !== undefined) {
        expect(Object.hasOwn(descriptor.params, bank.param)).toBe(true);
        expect(bank.unitNoise.length).toBe(bank.draws * bank.picture.truth.length);
      }
    });
  },
);

describe.each(measures.map((descriptor) => [descriptor.id, descriptor] as const))('measure %s', (id, descriptor) => {
  describeCard(descriptor);

  const measured = async (shape: TinyShape, count: number, ctx: Ctx): Promise<readonly (readonly Score[])[]> => {
    const module = await loadMeasure(id);
    const all: (readonly Score[])[] = [];
    for (const kind of descriptor.accepts) {
      const release = await answerOrTypedError(() => releaseOf(kind, shape, count));
      if (release !== undefined) all.push(await module.run(release, defaultsOf(module.descriptor.params), ctx));
    }
    return all;
  };

  it('has a kernel of the same descriptor', async () => {
    expect((await loadMeasure(id)).descriptor).toBe(descriptor);
    expect(measures.filter((other) => other.id === id)).toHaveLength(1);
  });

  it('answers with scores that can be understood, the same for the same seed', async () => {
    const scores = await measured('varied', rows, quiet(1));
    expect(contentDigest(await measured('varied', rows, quiet(1)))).toBe(contentDigest(scores));
    for (const list of scores) {
      expect(new Set(list.map((score) => score.id)).size).toBe(list.length);
      for (const score of list) checkScore(score, id);
      const [first] = list;
      if (descriptor.kind === 'attack' && first !== undefined) {
        expect(first.baseline, 'baseline').toBeDefined();
        expect(first.interval, 'interval').toBeDefined();
      }
    }
  });

  it('leaves the release as it was', async () => {
    const module = await loadMeasure(id);
    for (const kind of descriptor.accepts) {
      const release = await releaseOf(kind, 'varied', rows);
      if (release === undefined) continue;
      const before = contentDigest(released(release));
      await module.run(release, defaultsOf(module.descriptor.params), quiet(1));
      expect(contentDigest(released(release))).toBe(before);
    }
  });

  it.each(shapes)('answers or says why not: %s', async (_name, shape, count) => {
    await answerOrTypedError(() => measured(shape, count, quiet(1)));
  });
});

function checkScore(score: Score, id: string): void {
  expect(score.id.split('/')[0]).toBe(id);
  expect(Number.isFinite(score.value), `${score.id} = ${score.value}`).toBe(true);
  expect(isBilingual(score.label) && isBilingual(score.method), score.id).toBe(true);
  expect(score.unit, score.id).not.toBe('');
  // Rounding may put a bound an ulp or two on the other side of the value.
  const slack = 1e-9 * Math.max(1, Math.abs(score.value));
  if (score.interval !== undefined) {
    expect(score.interval.low, score.id).toBeLessThanOrEqual(score.value + slack);
    expect(score.interval.high, score.id).toBeGreaterThanOrEqual(score.value - slack);
  }
  if (score.unit === 'share' && score.meaning !== 'utility') {
    expect(score.value >= -1 && score.value <= 1, `${score.id} = ${score.value}`).toBe(true);
  }
}

describe('the registry', () => {
  it('knows no id twice', () => {
    const ids = [...techniques, ...measures].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has a test beside every technique, or in a folder of its family', () => {
    for (const { id, family } of techniques) {
      const tests = readdirSync(join(here, family), { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.test.ts'),
      );
      const tested = tests.some((file) => {
        const path = relative(dirname(file), `${id}.ts`);
        const imported = path.startsWith('.') ? path : `./${path}`;
        return readFileSync(join(here, family, file), 'utf8').includes(`'${imported}'`);
      });
      expect(tested, id).toBe(true);
    }
  });
});
