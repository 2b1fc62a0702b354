import { describe, expect, it } from 'vitest';
import { loadTechnique } from '../kernels.ts';
import { quietContext } from '../kit/context.ts';
import type { PrivacyEvent } from '../kit/guarantee.ts';
import { basicComposition } from '../kit/loss.ts';
import { lawsOf } from '../kit/laws-of-events.ts';
import { defaultsOf } from '../kit/params.ts';
import { techniques } from '../registry.ts';
import { seededRng } from '../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { accountAll } from './accounting/race.ts';
import { deltaOnce } from './accounting/losses.ts';

/** A receipt's law, its epsilon and delta, and the technique's claim tell the same story. */

const central = techniques.filter(({ family }) => family === 'dp');
const ctx = () => quietContext(seededRng('receipts'));

async function receiptsOf(id: string) {
  const { run, descriptor } = await loadTechnique(id);
  const release = await run(tinyRelease(tinyDataset(300)), defaultsOf(descriptor.params), ctx());
  return { events: release.events, claim: release.guarantee };
}

/** What the receipts add up to without any law: the claim may not be smaller. */
const bare = (events: readonly PrivacyEvent[]) => basicComposition(events.map(({ law: _law, ...event }) => event));

describe.each(central.map(({ id }) => id))('receipts of %s', (id) => {
  it('have laws that keep the epsilon and delta they stand beside', async () => {
    const { events } = await receiptsOf(id);
    expect(events.length).toBeGreaterThan(0);
    for (const { law, epsilon, delta } of events) {
      if (law === undefined || law.kind === 'zcdp') continue;
      // One draw: rounding of the calibration is all that may differ.
      expect(deltaOnce(law, epsilon * (1 + 1e-9)), JSON.stringify(law)).toBeLessThanOrEqual(delta * (1 + 1e-6) + 1e-15);
    }
  });

  it('compose to no more than the claim, by adding up and by the tightest proof', async () => {
    const { events, claim } = await receiptsOf(id);
    if (claim.kind !== 'dp') throw new Error(`${id} claims no differential privacy with its defaults`);
    const read = lawsOf(events);
    if (read.status !== 'ok') throw new Error(read.why.en);
    expect(read.unit).toBe(claim.unit);
    expect(read.neighbours).toBe(claim.neighbours);
    const delta = claim.delta > 0 ? claim.delta : 1e-9;
    const { truth } = await accountAll(read.laws, delta, 1e-3, ctx(), (part) => part);
    expect(truth.lower).toBeLessThanOrEqual(claim.epsilon * (1 + 1e-9));
    const sum = bare(events);
    // Concentrated techniques claim less than their receipts add up to, by a proof of their own.
    if (sum !== undefined && !events.some(({ law }) => law?.kind === 'zcdp' || law?.kind === 'gaussian')) {
      expect(sum.epsilon).toBeLessThanOrEqual(claim.epsilon * (1 + 1e-9));
    }
    expect(truth.upper).toBeLessThanOrEqual(claim.epsilon * (1 + 1e-6));
  });
});
