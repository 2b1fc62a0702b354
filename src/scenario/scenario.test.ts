import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../engine/kit/params.ts';
import { techniques } from '../engine/registry.ts';
import { tinyDataset } from '../engine/testing/tiny-dataset.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { canonicalJson, contentDigest, sha256Hex } from '../engine/kit/canonical.ts';
import { parseScenario, parseScenarioText, scenarioText } from './codec.ts';
import { jobKey } from './key.ts';
import { decodeLink, encodeLink, linkLimit } from './link.ts';
import { planJob, planJobs } from './plan.ts';
import { standardScenarios } from './presets.ts';
import type { ScenarioSpec } from './spec.ts';

const dataset = { kind: 'embedded', id: 'nyc-taxi', rows: 20_000, seed: 7 } as const;
const presets = standardScenarios(dataset, tinyDataset(0).descriptor);
const parsed = (raw: unknown): ScenarioSpec => {
  const result = parseScenario(raw);
  if (!result.ok) throw new Error(result.errors.map(({ message }) => message).join('; '));
  return result.value;
};
const plain: ScenarioSpec = {
  version: 1,
  dataset,
  roles: {},
  branches: [{ id: 'raw', steps: [] }],
  metrics: [],
  attacks: [],
  seed: 7,
  repeats: 1,
};

describe('canonical form', () => {
  it('sorts keys, drops undefined and prints -0 as 0', () => {
    expect(canonicalJson({ b: [1, undefined, -0], a: { d: undefined, c: 'x' } })).toBe(
      '{"a":{"c":"x"},"b":[1,null,0]}',
    );
  });

  it('hashes as SHA-256 does', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('digests typed arrays by type and bytes, with one NaN', () => {
    const odd = new Float64Array(2);
    new DataView(odd.buffer).setBigUint64(8, 0xfff8000000000001n, true);
    expect(contentDigest({ a: odd })).toBe(contentDigest({ a: Float64Array.of(0, NaN) }));
    expect(contentDigest(Uint8Array.of(1))).not.toBe(contentDigest(Int8Array.of(1)));
    expect(contentDigest([[1], [2]])).not.toBe(contentDigest([[1, 2]]));
    expect(contentDigest({ a: Infinity })).not.toBe(contentDigest({ a: -Infinity }));
  });
});

describe('base64url', () => {
  it('round-trips any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });
});

describe('standard scenarios', () => {
  it('all parse, and stay the same through link and file', () => {
    expect(presets.length).toBeGreaterThan(0);
    for (const { id, spec } of presets) {
      const complete = parsed(spec);
      const link = encodeLink(complete);
      expect(decodeLink(`#/protect?${link}`), id).toEqual({ ok: true, value: complete });
      expect(parseScenarioText(scenarioText(complete)), id).toEqual({ ok: true, value: complete });
    }
  });

  it('travel in links of typically at most 500 characters', () => {
    const lengths = presets.map(({ spec }) => encodeLink(parsed(spec)).length).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(500);
    expect(lengths.at(-1)).toBeLessThanOrEqual(linkLimit);
  });
});

describe('links', () => {
  it('show the main settings and obey a change of them by hand', () => {
    const preset = presets.find(({ id }) => id === 'single-dp');
    if (preset === undefined) return;
    const link = encodeLink(parsed(preset.spec));
    expect(link).toMatch(/^data=nyc-taxi&rows=20000&seed=7&epsilon=2\.1&/);
    const changed = decodeLink(link.replace('epsilon=2.1', 'epsilon=0.5').replace('rows=20000', 'rows=1000'));
    expect(changed.ok && changed.value.branches[0]?.steps[0]?.params?.['epsilon']).toBe(0.5);
    expect(changed.ok && changed.value.dataset).toMatchObject({ rows: 1000 });
  });

  it('name a file by its digest only', () => {
    const file = { kind: 'file', sha256: 'ab'.repeat(32), name: 'my secret trips.csv', limit: 500 } as const;
    const link = encodeLink({ ...plain, dataset: file });
    expect(link).not.toContain('secret');
    expect(decodeLink(link)).toMatchObject({ ok: true, value: { dataset: { ...file, name: '' } } });
  });

  it('carry every parameter of every technique that differs from its default', () => {
    for (const { id, params } of techniques) {
      const spec = parsed({ ...plain, branches: [{ id: 'one', steps: [{ id, params: defaultsOf(params) }] }] });
      expect(decodeLink(encodeLink(spec)), id).toEqual({ ok: true, value: spec });
    }
  });

  it('never throw on garbage, and answer with a sentence', () => {
    const good = encodeLink(parsed(presets.at(-1)?.spec));
    const garbage = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.json().map((json) => `data=x&rows=1&seed=1&s=${toBase64Url(new TextEncoder().encode(json))}`),
      fc
        .tuple(fc.nat(good.length), fc.string({ maxLength: 5 }))
        .map(([at, text]) => good.slice(0, at) + text + good.slice(at + 1)),
    );
    fc.assert(
      fc.property(garbage, (hash) => {
        const result = decodeLink(hash);
        if (!result.ok) expect(result.errors[0]?.message.length).toBeGreaterThan(5);
      }),
      { numRuns: 500 },
    );
  });
});

describe('hostile scenarios', () => {
  const refused = (raw: unknown): string => {
    const result = parseScenario(raw);
    if (result.ok) throw new Error('was accepted');
    return result.errors.map(({ message }) => message).join(' | ');
  };

  it('are refused with a sentence', () => {
    expect(refused(null)).toBeTruthy();
    expect(refused({ ...plain, seed: 1e308 })).toContain('seed');
    expect(refused({ ...plain, dataset: { ...dataset, rows: 1e12 } })).toContain('rows');
    expect(refused({ ...plain, repeats: 1e9 })).toContain('repeats');
    expect(refused({ ...plain, branches: [{ id: 'a', steps: [{ id: 'no-such-thing' }] }] })).toContain('no-such-thing');
    expect(refused({ ...plain, version: 99 })).toContain('version 99');
    expect(refused({ ...plain, extra: 1 })).toContain('extra');
    expect(refused({ ...plain, dataset: { ...dataset, id: '<script>alert(1)</script>' } })).toContain('dataset.id');
    expect(refused({ ...plain, branches: Array(100).fill(plain.branches[0]) })).toContain('branches');
    expect(refused({ ...plain, branches: [plain.branches[0], plain.branches[0]] })).toContain('two branches');
    expect(refused(JSON.parse('{"version":1,"__proto__":{"x":1}}'))).toContain('__proto__');
    expect(refused({ ...plain, roles: JSON.parse('{"constructor":{}}') })).toContain('constructor');
  });

  it('may be nested without end', () => {
    let deep: unknown = {};
    for (let i = 0; i < 100_000; i += 1) deep = { a: deep };
    expect(refused(deep)).toContain('deep');
    expect(parseScenarioText('['.repeat(150_000)).ok).toBe(false);
  });

  it('never make the parser throw', () => {
    const mutated = fc
      .tuple(fc.constantFrom(...Object.keys(plain)), fc.jsonValue())
      .map(([key, value]) => ({ ...plain, [key]: value }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), mutated, fc.anything()), (raw) => void parseScenario(raw)),
      { numRuns: 500 },
    );
  });
});

describe('job keys', () => {
  it('change with every parameter of every technique', () => {
    for (const descriptor of techniques) {
      for (const [name, schema] of Object.entries(descriptor.params)) {
        const other = otherValue(schema);
        if (other === undefined) continue;
        const keyWith = (params: Record<string, never>): string =>
          planJob(
            { ...plain, branches: [{ id: 'b', steps: [{ id: descriptor.id, params }] }] },
            { id: 'b', steps: [{ id: descriptor.id, params }] },
          ).key;
        expect(keyWith({ [name]: other as never }), `${descriptor.id}.${name}`).not.toBe(keyWith({}));
      }
    }
  });

  it('do not depend on labels, file names, key order or defaults spelled out', () => {
    const [job] = planJobs(plain);
    if (job === undefined) throw new Error('no job');
    expect(jobKey({ ...job, branch: { ...job.branch, label: 'mine' } })).toBe(job.key);
    const file = { kind: 'file', sha256: 'ab'.repeat(32), name: 'a.csv' } as const;
    expect(jobKey({ ...job, dataset: file })).toBe(jobKey({ ...job, dataset: { ...file, name: 'b.csv' } }));
    expect(jobKey({ ...job, repetition: 1 })).not.toBe(job.key);
    expect(jobKey({ ...job, seed: 8 })).not.toBe(job.key);
  });

  it('are planned branch by branch, then repeat by repeat', () => {
    const spec = {
      ...plain,
      branches: [
        { id: 'a', steps: [] },
        { id: 'b', steps: [] },
      ],
      repeats: 2,
    };
    expect(planJobs(spec).map(({ branch, repetition }) => `${branch.id}${repetition}`)).toEqual([
      'a0',
      'b0',
      'a1',
      'b1',
    ]);
  });
});

function otherValue(schema: (typeof techniques)[number]['params'][string]): unknown {
  switch (schema.kind) {
    case 'number':
    case 'integer':
      return schema.default === schema.max ? schema.min : schema.max;
    case 'choice':
      return schema.options.find(({ value }) => value !== schema.default)?.value;
    case 'flag':
      return !schema.default;
    case 'column':
      return 'x';
    case 'columns':
      return ['x'];
    case 'levels':
      return { x: 3 };
  }
}
