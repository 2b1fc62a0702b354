import { describe, expect, it } from 'vitest';
import { run as suppress, descriptor as fullDomain } from '../../anonymization/full-domain.ts';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf } from '../../kit/params.ts';
import { seededRng } from '../../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../../testing/tiny-dataset.ts';
import { descriptor, run } from './group-quality.ts';

const ctx = () => quietContext(seededRng(1));
const params = defaultsOf(descriptor.params);

describe('quality of the groups', () => {
  it('of the original: nothing left open, all information kept', async () => {
    const scores = await run(tinyRelease(tinyDataset(200)), params, ctx());
    const of = (id: string) => scores.find((score) => score.id === `group-quality/${id}`)?.value;
    expect(of('bits-open')).toBe(0);
    expect(of('entropy-kept')).toBe(1);
    expect(of('class-size')).toBeLessThan(2);
  });

  it('of a table of nothing but "*": every row looks like all, no information kept', async () => {
    const source = tinyRelease(tinyDataset(200));
    const levels = Object.fromEntries(source.quasiIdentifiers.map((name) => [name, 30]));
    const release = await suppress(source, { ...defaultsOf(fullDomain.params), levels }, ctx());
    const scores = await run(release, params, ctx());
    const of = (id: string) => scores.find((score) => score.id === `group-quality/${id}`)?.value;
    expect(of('discernibility')).toBe(200);
    expect(of('class-size')).toBe(200);
    expect(of('entropy-kept')).toBeCloseTo(0, 9);
  });
});
