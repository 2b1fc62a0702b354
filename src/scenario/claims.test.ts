import { describe, expect, it } from 'vitest';
import { datasets } from '../../datasets/list.ts';
import type { DatasetRef } from '../engine/kit/job.ts';
import { attacks, measureOf, techniqueOf } from '../engine/registry.ts';
import { claims, claimTasks, papers, partsOf } from './claims.ts';
import { judge, verdictOf, type Evidence } from './claims-verdict.ts';
import { paperLatencies, paperUtility, twinScenario } from './twin.ts';
import { standardScenarios } from './presets.ts';

const descriptor = datasets[0];
if (descriptor === undefined) throw new Error('no dataset');
const dataset: DatasetRef = { kind: 'embedded', id: descriptor.id, rows: 1000, seed: 1 };
const presets = standardScenarios(dataset, descriptor);
const sources = claims.flatMap(({ id, test }) =>
  test === undefined ? [] : partsOf(test.source).map((source) => ({ id, source })),
);
const nothing: Evidence = { runs: new Map(), latencies: new Map(), rows: 1000 };

describe('claims of the papers', () => {
  it('cover all five papers, each claim under one name', () => {
    expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
    expect(new Set(claims.map(({ paper }) => paper))).toEqual(new Set(papers));
  });

  it('are tested, or say why not', () => {
    const silent = claims.filter(({ test, cannot }) => (test === undefined) === (cannot === undefined));
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('name standard scenarios and branches that exist', () => {
    const wrong = sources.filter(
      ({ source }) =>
        presets.find(({ id }) => id === source.preset)?.spec.branches.every(({ id }) => id !== source.branch) ?? true,
    );
    expect(wrong).toEqual([]);
  });

  it('name measures of the registry that read what the branch releases', () => {
    const wrong = sources.filter(({ source }) => {
      if (source.kind !== 'score') return false;
      const branch = presets
        .find(({ id }) => id === source.preset)
        ?.spec.branches.find(({ id }) => id === source.branch);
      const kind = techniqueOf(branch?.steps.at(-1)?.id ?? '')?.produces ?? 'table';
      return measureOf(source.score.split('/')[0] ?? '')?.accepts.includes(kind) !== true;
    });
    expect(wrong).toEqual([]);
  });

  it('have both languages', () => {
    const texts = claims.flatMap((claim) => [
      claim.statement,
      claim.test?.measures,
      claim.cannot,
      claim.caveat,
      claim.arithmetic?.says,
    ]);
    expect(texts.filter((one) => one !== undefined && (one.es === undefined || one.es === one.en))).toEqual([]);
  });

  it('need each branch at most once to run and once to time', () => {
    const tasks = claimTasks(claims, presets, { dataset, roles: {}, seed: 1 });
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
    expect(
      new Set(sources.map(({ source }) => `${source.kind === 'latency'} ${source.preset}/${source.branch}`)).size,
    ).toBe(tasks.length);
  });

  it('are pending without evidence, and never tested where they cannot be', () => {
    for (const claim of claims) {
      expect(judge(claim, nothing).verdict).toBe(claim.test === undefined ? 'cannot' : 'pending');
    }
  });

  it('find the sums that do not add up', () => {
    const broken = claims.filter(({ arithmetic }) => arithmetic?.agrees === false).map(({ id }) => id);
    expect(broken).toEqual([
      'twin/allocation',
      'twin/re-identification-traditional',
      'twin/risk-reduction',
      'twin/single-gain',
      'twin/membership-single',
      'twin/membership-hybrid',
      'twin/utility-overall',
      'twin/f1',
      'twin/latency-end-to-end',
      'streams/composition',
    ]);
    const reduction = claims.find(({ id }) => id === 'twin/risk-reduction')?.arithmetic?.says.en;
    expect(reduction).toContain('215 %');
    expect(claims.find(({ id }) => id === 'twin/single-gain')?.arithmetic?.says.en).toContain('81.4 %');
    expect(claims.find(({ id }) => id === 'twin/f1')?.arithmetic?.says.en).toContain(
      '4 of 6 tasks counted in points, 5',
    );
  });
});

describe('a verdict', () => {
  const interval = { low: 0.4, high: 0.6, level: 0.95, kind: 'sampling' as const };

  it('needs the whole interval on one side', () => {
    expect(verdictOf({ value: 0.5, interval }, { at: 'most', value: 0.6 })).toBe('holds');
    expect(verdictOf({ value: 0.5, interval }, { at: 'most', value: 0.5 })).toBe('unclear');
    expect(verdictOf({ value: 0.5, interval }, { at: 'most', value: 0.3 })).toBe('fails');
    expect(verdictOf({ value: 0.5, interval }, { at: 'least', value: 0.7 })).toBe('fails');
    expect(verdictOf({ value: 0.5, interval }, { at: 'about', value: 0.5, within: 0.2 })).toBe('holds');
    expect(verdictOf({ value: 0.5, interval }, { at: 'about', value: 0.9, within: 0.2 })).toBe('fails');
    expect(verdictOf({ value: 0.5, interval }, { at: 'alone' })).toBe('alone');
  });
});

describe('the twin', () => {
  it('is a standard scenario with answers, a model and sums', () => {
    const kinds = twinScenario(dataset, descriptor)?.spec.branches.map(
      (branch) => techniqueOf(branch.steps[0]?.id ?? '')?.produces,
    );
    expect(kinds).toEqual(['answers', 'model', 'shares']);
  });

  it('sets its papers figures beside measures and families that exist', () => {
    for (const id of Object.keys(paperUtility)) expect(measureOf(id)).toBeDefined();
    for (const row of paperLatencies) expect([row.minMs < row.avgMs, row.avgMs < row.p95Ms]).toEqual([true, true]);
    expect(attacks.length).toBeGreaterThan(0);
  });
});
