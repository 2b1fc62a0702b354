import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { EngineError } from '../kit/errors.ts';
import { defaultsOf } from '../kit/params.ts';
import type { SeriesPicture } from '../kit/picture.ts';
import type { AnswersRelease, TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { smallCity } from '../testing/small-city.ts';
import { descriptor, run, schemeErrors, session } from './continual-counts.ts';
import { gaussianDelta } from './gaussian.ts';
import { basicComposition } from './ledger.ts';

const defaults = defaultsOf(descriptor.params);
type P = typeof defaults;

/** The small city with a declared period of 20 days. */
function dated(hours: readonly number[]): TableRelease {
  const city = smallCity(
    hours,
    hours.map(() => 0),
    hours.map(() => 5),
  );
  const { descriptor: plain } = city.dataset;
  const columns = plain.columns.map((column) =>
    column.name === 'when' ? { ...column, bounds: [0, 20 * 86400000] as const } : column,
  );
  return { ...city, dataset: { ...city.dataset, descriptor: { ...plain, columns } } };
}
const released = async (overrides: Partial<P>, hours: readonly number[] = [1, 30, 30, 470], seed = 1) =>
  (await run(dated(hours), { ...defaults, ...overrides }, quietContext(seededRng(seed)))) as AnswersRelease;
const seriesOf = (release: { readonly pictures: AnswersRelease['pictures'] }): SeriesPicture =>
  release.pictures.find((picture): picture is SeriesPicture => picture.view === 'series') as SeriesPicture;

describe('continual counts', () => {
  it('has the steps of the declared period and true totals that only grow', async () => {
    const picture = seriesOf(await released({}));
    expect(picture.steps).toHaveLength(20);
    expect([...picture.truth.slice(0, 3), picture.truth[19]]).toEqual([1, 3, 3, 4]);
  });

  it('charges one budget for the whole series, whatever the scheme', async () => {
    for (const scheme of ['input', 'tree', 'honaker', 'square-root'] as const) {
      const laplace = await released({ scheme, noise: 'laplace', epsilon: 0.7 });
      expect(basicComposition(laplace.events)?.epsilon).toBeCloseTo(0.7, 12);
      const gaussian = await released({ scheme, epsilon: 0.7, delta: 1e-5 });
      const [event] = gaussian.events;
      expect(event?.law?.kind).toBe('gaussian');
      expect(gaussianDelta(event?.scale ?? 0, 0.7, event?.sensitivity ?? 0) / 1e-5).toBeCloseTo(1, 6);
    }
  });

  it('gives the frames of its session, the last of which is its run', async () => {
    const params = { ...defaults, scheme: 'honaker', noise: 'laplace' } as const;
    const live = await session(dated([1, 30]), params, quietContext(seededRng(5)));
    const frames: SeriesPicture[] = [];
    for (let i = 0; i < (live.steps ?? 0); i += 1) {
      frames.push(seriesOf(await live.step(quietContext(seededRng(9)))));
    }
    const whole = seriesOf(await run(dated([1, 30]), params, quietContext(seededRng(5))));
    expect(frames.at(-1)?.released).toEqual(whole.released);
    expect(frames[3]?.done).toBe(4);
    expect([...(frames[3]?.released.slice(4) ?? [])].every((value) => value === 0)).toBe(true);
  });

  it('refuses to change anything in flight', async () => {
    const live = await session(dated([1]), defaults, quietContext(seededRng(1)));
    expect(() => live.set('epsilon', 3)).toThrow(EngineError);
  });

  it('gives every total within its stated half width in 95 % of series', async () => {
    // 400 series x 20 totals, dependent within one: the share of series whose last total is inside is binomial; 1e-6 each side
    // is 5 standard deviations, 0.05.
    for (const [scheme, noise] of [
      ['square-root', 'gaussian'],
      ['tree', 'laplace'],
      ['honaker', 'laplace'],
      ['input', 'laplace'],
    ] as const) {
      let inside = 0;
      for (let seed = 0; seed < 400; seed += 1) {
        const { released: noisy, truth, halfWidth95 } = seriesOf(await released({ scheme, noise }, [1, 30], seed));
        if (Math.abs((noisy[18] as number) - (truth[18] as number)) <= (halfWidth95[18] as number)) inside += 1;
      }
      expect(Math.abs(inside / 400 - 0.95), scheme).toBeLessThan(0.055);
    }
  });

  it('orders the schemes as the theory does: square root, Honaker, tree, noise on every step', () => {
    const errors = schemeErrors({ noise: 'gaussian', epsilon: 1, delta: 1e-6 }, 365);
    expect(errors['square-root']).toBeLessThan(errors.honaker);
    expect(errors.honaker).toBeLessThan(errors.tree);
    expect(errors.tree).toBeLessThan(errors.input);
  });

  it('corrects earlier totals at the end without touching the last one', async () => {
    const base = { scheme: 'honaker', noise: 'laplace' } as const;
    const first = seriesOf(await released(base));
    const revised = seriesOf(await released({ ...base, revise: true }));
    expect(revised.released[19]).toBeCloseTo(first.released[19] as number, 9);
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    expect(sum(revised.halfWidth95)).toBeLessThan(sum(first.halfWidth95));
  });

  it('makes whole measurements with exact noise from the cryptographic source', async () => {
    const secure = { ...seededRng(3), path: 'secure' };
    for (const noise of ['laplace', 'gaussian'] as const) {
      const release = await run(dated([1, 30]), { ...defaults, scheme: 'tree', noise }, quietContext(secure));
      const { released: noisy } = seriesOf(release);
      expect([...noisy].every((value) => Number.isInteger(value))).toBe(true);
    }
    const root = await run(dated([1, 30]), defaults, quietContext(secure));
    expect(root.events.at(-1)?.law?.kind).toBe('zcdp');
  });

  it('hides a person as a whole with noise for all rows kept, and says so', async () => {
    const row = await released({ scheme: 'tree' });
    const person = await released({ scheme: 'tree', protects: 'entity', contributionBound: 3 });
    expect((person.answers[0]?.scale ?? 0) / (row.answers[0]?.scale ?? 1)).toBeCloseTo(3, 9);
    expect(person.notes.some((note) => note.en.includes('user-level'))).toBe(true);
    expect(row.notes.some((note) => note.en.includes('event-level'))).toBe(true);
  });

  it('takes hours of a week where no period is declared, and says so', async () => {
    const city = smallCity([0, 30], [0, 0], [5, 5]);
    const release = await run(city, { ...defaults, step: 'hour' }, quietContext(seededRng(1)));
    const picture = seriesOf(release);
    expect(picture.steps).toHaveLength(168);
    // The epoch was a Thursday.
    expect(picture.truth[72]).toBe(1);
    expect(release.notes.some((note) => note.en.includes('no period'))).toBe(true);
  });
});
