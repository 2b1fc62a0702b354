import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../engine/kit/canonical.ts';
import type { HierarchySpec, HierarchySpecs } from '../engine/kit/hierarchy-spec.ts';
import { parseScenario, parseScenarioText, scenarioText } from './codec.ts';
import { onDataOf } from './hierarchies.ts';
import { packHierarchies, unpackHierarchies } from './hierarchy-link.ts';
import { limits } from './limits.ts';
import { decodeLink, encodeLink, linkLimit, needsScenarioFile, openLink } from './link.ts';
import { planJob } from './plan.ts';
import type { ScenarioSpec } from './spec.ts';

const plain: ScenarioSpec = {
  version: 1,
  dataset: { kind: 'embedded', id: 'nyc-taxi', rows: 100, seed: 7 },
  roles: {},
  branches: [{ id: 'raw', steps: [] }],
  metrics: [],
  attacks: [],
  seed: 7,
  repeats: 1,
};
const file: ScenarioSpec = { ...plain, dataset: { kind: 'file', sha256: 'ab'.repeat(32), name: '' } };
const all: HierarchySpecs = {
  fare: { kind: 'interval', origin: 0, widths: [5, 10, 50] },
  zip: { kind: 'mask', from: 'right', steps: [2, 4] },
  at: { kind: 'date', levels: ['hour', 'day'] },
  age: { kind: 'order', names: ['young and old'], cuts: [[20, 40], [40]] },
  from: { kind: 'place' },
  pay: {
    kind: 'table',
    rows: [
      ['card', 'paid', '*'],
      ['cash', 'paid', '*'],
      ['none', 'unpaid', '*'],
    ],
  },
  name: { kind: 'suppress' },
};
const tableOf = (rows: number, columns = 3): HierarchySpec => ({
  kind: 'table',
  rows: Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, level) => `value ${i} ${level}`)),
});
const refused = (hierarchies: unknown): string => {
  const result = parseScenario({ ...plain, hierarchies });
  if (result.ok) throw new Error('was accepted');
  return result.errors.map(({ message }) => message).join(' | ');
};

describe('hierarchies of a scenario', () => {
  it('of every kind stay the same through link and file', () => {
    const spec = { ...plain, hierarchies: all };
    expect(decodeLink(encodeLink(spec))).toEqual({ ok: true, value: spec });
    expect(parseScenarioText(scenarioText(spec))).toEqual({ ok: true, value: spec });
  });

  it('change a job key only where there are some', () => {
    const key = planJob(plain, { id: 'raw', steps: [] }).key;
    const empty = parseScenario({ ...plain, hierarchies: {} });
    expect(empty).toEqual({ ok: true, value: plain });
    const keys = [all, { from: { kind: 'place' } } as const, { from: { kind: 'suppress' } } as const].map(
      (hierarchies) => planJob({ ...plain, hierarchies }, { id: 'raw', steps: [] }).key,
    );
    expect(new Set([key, ...keys]).size).toBe(4);
    expect(planJob({ ...plain, hierarchies: structuredClone(all) }, { id: 'raw', steps: [] }).key).toBe(keys[0]);
  });

  it('go with the data they belong to', () => {
    const onto = onDataOf({ ...file, hierarchies: all }, plain);
    expect(onto).toMatchObject({ dataset: file.dataset, hierarchies: all });
    expect(Object.keys(onDataOf(plain, onto))).not.toContain('hierarchies');
  });

  it('are refused with a sentence where they are hostile or too large', () => {
    expect(refused({ a: { kind: 'magic' } })).toContain('hierarchies.a');
    expect(refused({ a: { kind: 'interval', origin: 0, widths: [Infinity] } })).toContain('widths');
    expect(refused({ a: { kind: 'interval', origin: 0, widths: Array(99).fill(1) } })).toContain('widths');
    expect(refused({ a: { kind: 'date', levels: ['century'] } })).toContain('levels');
    expect(refused({ a: { kind: 'order', cuts: [[0]] } })).toContain('cuts');
    expect(refused({ a: { kind: 'table', rows: [['x', 1]] } })).toContain('rows');
    expect(refused({ a: { kind: 'table', rows: [['x'.repeat(1000)]] } })).toContain('rows');
    expect(refused({ a: { kind: 'place', extra: 1 } })).toContain('extra');
    expect(refused(JSON.parse('{"constructor":{"kind":"place"}}'))).toContain('constructor');
    expect(refused({ a: tableOf(limits.labels / 4, 3), b: tableOf(limits.labels / 4, 3) })).toContain('labels');
    expect(refused({ a: { kind: 'order', cuts: [Array.from({ length: 50_001 }, (_, i) => i + 1)] } })).toContain(
      'labels',
    );
  });

  it('may have as many labels as the limit says, and still travel as a file', () => {
    const spec = { ...plain, hierarchies: { a: tableOf(limits.labels / 5, 5) } };
    expect(parseScenarioText(scenarioText(spec))).toEqual({ ok: true, value: spec });
  });
});

describe('hierarchies in links', () => {
  it('pack and unpack to themselves, whatever the table', () => {
    const label = fc.constantFrom('*', 'a', 'b', '0', '');
    const table = fc
      .array(fc.array(label, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })
      .map((rows): HierarchySpecs => ({ x: { kind: 'table', rows } }));
    fc.assert(
      fc.property(table, (specs) => {
        expect(unpackHierarchies(JSON.parse(canonicalJson(packHierarchies(specs))))).toEqual(specs);
      }),
    );
  });

  it('too long are named by digest, and come back from the scenario at hand alone', () => {
    const spec = { ...plain, hierarchies: { a: tableOf(300) } };
    const link = encodeLink(spec);
    expect(link.length).toBeLessThan(linkLimit);
    expect(needsScenarioFile(spec)).toBe(true);
    expect(openLink(link, structuredClone(spec.hierarchies))).toEqual({ ok: true, value: { spec } });
    for (const kept of [undefined, all]) {
      const opened = openLink(link, kept);
      expect(opened).toMatchObject({ ok: true, value: { spec: plain, missing: { code: 'invalid-data' } } });
    }
    const strict = decodeLink(link);
    expect(!strict.ok && strict.errors[0]?.remedy).toContain('scenario file');
  });

  it('never hold the values of a file', () => {
    const rules: HierarchySpecs = { fare: { kind: 'interval', origin: 0, widths: [5] } };
    expect(needsScenarioFile({ ...file, hierarchies: rules })).toBe(false);
    const spec = { ...file, hierarchies: { ...rules, person: { kind: 'table', rows: [['Ada', '*']] } as const } };
    expect(needsScenarioFile(spec)).toBe(true);
    const packed = encodeLink(spec).split('s=').at(-1) ?? '';
    expect(atob(packed.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain('Ada');
  });

  it('that were tampered with are refused, never thrown about', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (packed) => {
        const result = parseScenario({ ...plain, hierarchies: unpackHierarchies(packed) });
        if (!result.ok) expect(result.errors[0]?.message.length).toBeGreaterThan(5);
      }),
    );
  });
});
