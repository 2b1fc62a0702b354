import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTechnique } from '../kernels.ts';
import { contentDigest } from '../kit/canonical.ts';
import { quietContext } from '../kit/context.ts';
import type { LoadedDataset } from '../kit/dataset.ts';
import { EngineError } from '../kit/errors.ts';
import { lawsOf } from '../kit/laws-of-events.ts';
import { parseParams } from '../kit/params.ts';
import type { AnswersRelease, Release } from '../kit/release.ts';
import { type Rng, seededRng } from '../rng/rng.ts';
import { randomDataset, randomParams } from '../testing/random-dataset.ts';
import { tinyRelease } from '../testing/tiny-dataset.ts';
import { deltaOnce } from './accounting/losses.ts';
import { accountAll } from './accounting/race.ts';
import { descriptors } from './list.ts';

/**
 * Random tables under random parameters: a release whose numbers are numbers and whose receipts compose to no more than the claim, or
 * a typed error with a remedy. 5,000 tables nightly.
 */
const runs = process.env['EPSILON_FULL'] === '1' ? 5000 : 90;

/** Most numbers get a declared range, however it fits them: without one no sum, mean or quantile is answered. */
function withBounds(dataset: LoadedDataset, rng: Rng): LoadedDataset {
  const columns = dataset.descriptor.columns.map((column) => {
    if ((column.type !== 'number' && column.type !== 'integer') || rng.int(4) === 0) return column;
    const width = (column.type === 'number' ? [1, 300, 1e-9, 1e12] : [1, 40, 300, 5])[rng.int(4)] ?? 1;
    const low = [0, -5, -width, 200][rng.int(4)] ?? 0;
    return { ...column, bounds: [low, low + width] as const };
  });
  const hasMeasure = columns.some(({ name }) => name === 'amount') && rng.int(2) === 0;
  const parts = { ...dataset.descriptor.parts, ...(hasMeasure ? { measure: 'amount' } : {}) };
  return { ...dataset, descriptor: { ...dataset.descriptor, columns, parts } };
}

async function attempt(seed: number) {
  const rng = seededRng(`dp releases/${seed}`);
  const dataset = withBounds(randomDataset(rng), rng.fork('bounds'));
  const { id } = descriptors[rng.int(descriptors.length)] ?? { id: '' };
  const module = await loadTechnique(id);
  const raw = randomParams(
    rng,
    module.descriptor.params,
    dataset.table.columns.map(({ name }) => name),
  );
  const parsed = parseParams(module.descriptor.params, raw);
  if (!parsed.ok) return { id, raw };
  const run = () => module.run(tinyRelease(dataset), parsed.value, quietContext(seededRng(seed)));
  try {
    return { id, raw, release: await run(), again: await run() };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code === 'internal') throw error;
    expect(error.message).not.toBe('');
    return { id, raw };
  }
}

function checkNumbers({ answers, pictures }: AnswersRelease): void {
  for (const answer of answers) {
    const cells = answer.dims.reduce((size, { levels }) => size * levels.length, 1);
    expect(answer.released).toHaveLength(cells);
    expect(answer.truth).toHaveLength(cells);
    expect(answer.released.every(Number.isFinite), `numbers of ${answer.id}`).toBe(true);
    expect(answer.released.some((value) => Object.is(value, -0))).toBe(false);
    expect(answer.halfWidth95 >= 0 && answer.scale >= 0 && answer.sensitivity >= 0).toBe(true);
  }
  for (const picture of pictures) {
    if (picture.view !== 'counts') continue;
    expect(picture.released.every((value, i) => Number.isFinite(value) || picture.suppressed?.[i] === 1)).toBe(true);
  }
}

async function checkReceipts({ events, guarantee }: Release): Promise<void> {
  for (const { law, epsilon, delta } of events) {
    expect(epsilon >= 0 && delta >= 0 && delta < 1).toBe(true);
    if (law === undefined || law.kind === 'zcdp') continue;
    expect(deltaOnce(law, epsilon * (1 + 1e-9)), JSON.stringify(law)).toBeLessThanOrEqual(delta * (1 + 1e-6) + 1e-15);
  }
  if (guarantee.kind === 'none') {
    expect(guarantee.why).not.toBe('');
    return;
  }
  if (guarantee.kind !== 'dp') throw new Error(`a claim of another kind: ${guarantee.kind}`);
  const read = lawsOf(events);
  if (read.status !== 'ok') throw new Error(read.why.en);
  if (events.length === 0) return;
  expect(read).toMatchObject({ unit: guarantee.unit, neighbours: guarantee.neighbours });
  const releases = read.laws.reduce((sum, { count }) => sum + count, 0);
  // Hundreds of unlike laws would take minutes to compose; their sums are checked by the receipts themselves.
  if (read.laws.length > 40 || releases > 5000) return;
  const delta = guarantee.delta > 0 ? guarantee.delta : 1e-9;
  const ctx = quietContext(seededRng('accounting'));
  const { truth } = await accountAll(read.laws, delta, 1e-2, ctx, (part) => part);
  // The upper end of a coarse grid may lie above the claim; the truth may not, and basic composition proves the rest.
  expect(truth.lower).toBeLessThanOrEqual(guarantee.epsilon * (1 + 1e-9));
  expect(truth.upper).toBeLessThanOrEqual(guarantee.epsilon * (1 + 1e-3) + 1e-3);
}

const content = (release: Release): unknown =>
  Object.fromEntries(
    Object.entries(release).filter(([name, value]) => name !== 'dataset' && typeof value !== 'function'),
  );

describe('noisy releases of random tables', () => {
  it(`hold numbers and keep their claims, or a typed error says why there is none (${runs} tables)`, {
    timeout: 3_600_000,
  }, async () => {
    const made = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const { id, raw, release, again } = await attempt(seed).catch((error: unknown) => {
          throw new Error(`seed ${seed}`, { cause: error });
        });
        if (release === undefined || again === undefined) return;
        made.set(id, (made.get(id) ?? 0) + 1);
        try {
          if (release.kind === 'answers') checkNumbers(release);
          await checkReceipts(release);
          expect(contentDigest(content(again))).toBe(contentDigest(content(release)));
        } catch (error) {
          throw new Error(`seed ${seed}: ${id} ${JSON.stringify(raw)}`, { cause: error });
        }
      }),
      { numRuns: runs, endOnFailure: true, seed: 20 },
    );
    const total = [...made.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(runs / 4);
  });
});
