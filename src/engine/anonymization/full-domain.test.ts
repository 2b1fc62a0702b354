import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import type { LatticeAnswer, LatticeQuestion, LatticeShape } from '../kit/lattice.ts';
import { defaultsOf } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { descriptor, run, study, verify } from './full-domain.ts';

const ctx = () => quietContext(seededRng(1));
const defaults = defaultsOf(descriptor.params);

async function released(change: Partial<typeof defaults> = {}, rows = 400): Promise<TableRelease> {
  const release = await run(tinyRelease(tinyDataset(rows)), { ...defaults, ...change }, ctx());
  if (release.kind !== 'table') throw new Error('a table was expected');
  return release;
}

const questionOf = (k: number, limit = 0.05): LatticeQuestion => ({
  kind: 'optimum',
  models: [{ type: 'k-anonymity', k }],
  limit,
  metric: 'loss',
  gsFactor: 0.5,
});

describe('optimal generalization', () => {
  it('keeps its promise within the limit, whatever the measure', async () => {
    for (const { value: metric } of descriptor.params.metric.options) {
      const release = await released({ metric, k: 4 });
      expect(verify(release, release.guarantee), metric).toEqual([]);
      expect(release.suppressed.length).toBeLessThanOrEqual(20);
    }
  });

  it('is the best of all nodes of the solved lattice', async () => {
    const solved = await study(tinyRelease(tinyDataset(400)), defaults, ctx(), { part: 0, parts: 1 });
    const answer = (await solved.ask(questionOf(5), ctx())) as LatticeAnswer;
    const release = await released();
    const note = release.notes.map(({ en }) => en).join(' ');
    expect(note).toContain(`Proved optimum of ${(solved.shape as LatticeShape).nodes}`);
    expect(release.suppressed.length).toBe(answer.suppressed[answer.nodes.indexOf(answer.best)]);
    expect(Math.min(...answer.loss)).toBe(answer.bestLoss);
  });

  it('answers the same from one worker as from three', async () => {
    const whole = await study(tinyRelease(tinyDataset(400)), defaults, ctx(), { part: 0, parts: 1 });
    const all = (await whole.ask(questionOf(3, 0.2), ctx())) as LatticeAnswer;
    const parts = await Promise.all(
      [0, 1, 2].map(async (part) => {
        const share = await study(tinyRelease(tinyDataset(400)), defaults, ctx(), { part, parts: 3 });
        return (await share.ask(questionOf(3, 0.2), ctx())) as LatticeAnswer;
      }),
    );
    expect(parts.flatMap(({ nodes }) => [...nodes]).toSorted((a, b) => a - b)).toEqual(
      [...all.nodes].toSorted((a, b) => a - b),
    );
    expect(Math.min(...parts.map(({ bestLoss }) => bestLoss))).toBe(all.bestLoss);
  });

  it('releases levels chosen by hand, and refuses them beyond the limit', async () => {
    const [name = ''] = (await released()).quasiIdentifiers;
    const top = await released({
      levels: Object.fromEntries((await released()).quasiIdentifiers.map((each) => [each, 30])),
    });
    expect(top.suppressed).toHaveLength(0);
    expect(top.classOf?.every((c) => c === 0)).toBe(true);
    await expect(released({ levels: { [name]: 0 }, limit: 0, k: 50 })).rejects.toMatchObject({ code: 'infeasible' });
    await expect(released({ levels: { nowhere: 1 } })).rejects.toMatchObject({ code: 'invalid-param' });
  });

  it('compares with the population where asked', async () => {
    const map = await released({ population: 'k-map', k: 4 });
    expect(verify(map, map.guarantee)).toEqual([]);
    expect(map.rowOf.length + map.suppressed.length).toBe(134);
    const presence = await released({ population: 'delta-presence', present: 0.6 });
    expect(verify(presence, presence.guarantee)).toEqual([]);
  });

  it('leaves out no fewer rows as k grows, at the same levels', async () => {
    const levels = Object.fromEntries((await released()).quasiIdentifiers.map((name) => [name, 1]));
    let before = 0;
    for (const k of [2, 3, 5, 9]) {
      const { suppressed } = await released({ levels, limit: 1, k });
      expect(suppressed.length).toBeGreaterThanOrEqual(before);
      before = suppressed.length;
    }
  });
});
