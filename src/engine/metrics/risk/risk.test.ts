import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as mondrian from '../../anonymization/mondrian.ts';
import * as pseudonyms from '../../anonymization/pseudonyms.ts';
import { rawRelease, someTrips, toyTrips } from '../../anonymization/toy-trips.ts';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf } from '../../kit/params.ts';
import { seededRng } from '../../rng/rng.ts';
import { groupRows, sizeHistogram } from '../../table/group.ts';
import { classRisks, journalistRisks } from './class-risks.ts';
import * as diversity from './diversity.ts';
import { populationUniqueness } from './population-uniqueness.ts';
import * as prosecutor from './prosecutor-risk.ts';
import * as unicity from './unicity.ts';
import { Traces } from './unicity-core.ts';
import * as uniqueness from './uniqueness.ts';
import { attackRisk, wilson } from './wilson.ts';

const ctx = quietContext(seededRng('risk'));
const raw = rawRelease(toyTrips(someTrips(120)));

describe('class risks', () => {
  it('follow from class sizes', () => {
    const risks = classRisks(Uint32Array.of(1, 4, 5), 0.2);
    expect([risks.highest, risks.lowest, risks.average, risks.atRisk, risks.unique]).toEqual([1, 0.2, 0.3, 0.5, 0.1]);
    const outside = journalistRisks(Uint32Array.of(1, 4, 5), [10, 8, 50], 0.1);
    expect(outside.highest).toBe(0.125);
    expect(outside.marketer).toBeCloseTo((1 / 10 + 4 / 8 + 5 / 50) / 10, 12);
    expect(outside.atRisk).toBe(0.4);
  });

  it('fall to at most 1/k after Mondrian, with l values in every group', async () => {
    const out = await mondrian.run(raw, { ...defaultsOf(mondrian.descriptor.params), k: 5, l: 3 }, ctx);
    const [average, highest, exposed] = await prosecutor.run(out, defaultsOf(prosecutor.descriptor.params), ctx);
    expect([highest?.value ?? 1, highest?.bound]).toEqual([0.2, 0.2]);
    expect([exposed?.value, (average?.value ?? 1) <= 0.2]).toEqual([0, true]);
    const [l, same] = await diversity.run(out, defaultsOf(diversity.descriptor.params), ctx);
    expect([(l?.value ?? 0) >= 3, same?.value]).toEqual([true, 0]);
  });

  it('claim no bound of k for an outsider who knows a column the method left as it was', async () => {
    const params = { ...defaultsOf(mondrian.descriptor.params), quasiIdentifiers: ['zone'], k: 5, l: 1 };
    const [average, highest] = await prosecutor.run(
      await mondrian.run(raw, params, ctx),
      { ...defaultsOf(prosecutor.descriptor.params), precision: 'minute' },
      ctx,
    );
    expect(highest?.value).toBe(1);
    expect([average?.bound, highest?.bound]).toEqual([undefined, undefined]);
  });
});

describe('uniqueness', () => {
  it('keeps the sample apart from the population', async () => {
    const scores = await uniqueness.run(raw, { ...defaultsOf(uniqueness.descriptor.params), precision: 'day' }, ctx);
    expect(scores[0]?.of).toBe('sample');
    expect(scores.slice(1).every((score) => score.of === 'population' && score.provenance === 'modelled')).toBe(true);
  });

  it('estimates the population uniques of a known population within a tenth', () => {
    // Population: 1,000 classes of sizes 1..20, 50 each; a fifth of it sampled. False-alarm rate: seeded, so none.
    const rng = seededRng('population');
    const members = Array.from({ length: 1000 }, (_, c) => Array.from({ length: (c % 20) + 1 }, () => c)).flat();
    const sample = Uint32Array.from(members.filter(() => rng.uniform() < 0.2));
    const found = populationUniqueness(sizeHistogram(groupRows([sample], [1000]).sizes), members.length);
    expect(found.dankarModel).toBe('snb');
    expect(found.dankar).toBeGreaterThan(0);
    expect(found.dankar).toBeLessThan(150);
    expect(found.zayatz).toBeGreaterThan(found.dankar);
  });
});

describe('unicity', () => {
  it('counts the traces that contain the known points, as a plain search does', () => {
    const traces = fc.array(fc.uniqueArray(fc.nat(8), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(traces, fc.nat(), (people, seed) => {
        const pairs = people.flatMap((points, t) => points.map((point) => [t, point] as const));
        const who = Uint32Array.from(pairs, (pair) => pair[0]);
        const where = Uint32Array.from(pairs, (pair) => pair[1]);
        const index = new Traces(who, where, people.length, 9, groupRows([who, where], [people.length, 9]));
        const rng = seededRng(seed);
        people.forEach((points, t) => {
          const known = index.draw(t, 2, rng);
          expect(known.length).toBe(Math.min(2, points.length));
          expect(index.matching(known)).toBe(
            people.filter((other) => known.every((point) => other.includes(point))).length,
          );
        });
      }),
      { numRuns: 200 },
    );
  });

  it('is not lowered by pseudonyms', async () => {
    const settings = { ...defaultsOf(unicity.descriptor.params), people: 50 };
    const [before] = await unicity.run(raw, settings, ctx);
    const coded = await pseudonyms.run(raw, { method: 'keyed-hash', columns: [] }, ctx);
    const [after] = await unicity.run(coded, settings, ctx);
    expect(before?.value).toBe(1);
    expect(after?.value).toBe(1);
    expect(before?.interval?.low).toBeGreaterThan(0.7);
  });
});

describe('wilson', () => {
  it('equals the published figures of Anonymeter', () => {
    const { centre, half } = wilson(23, 100);
    expect(centre).toBeCloseTo(0.23998824451588613, 14);
    expect(half).toBeCloseTo(0.08155558571285167, 14);
    expect(attackRisk(wilson(1, 100), wilson(50, 100)).value).toBe(0);
  });
});
