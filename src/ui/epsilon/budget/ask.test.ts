import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LedgerAnswer } from '../../../engine/kit/accounting.ts';
import type { PrivacyEvent } from '../../../engine/kit/guarantee.ts';
import type { Job, JobOutcome } from '../../../engine/kit/job.ts';
import { text } from '../../../engine/kit/text.ts';
import { techniques } from '../../../engine/registry.ts';
import type { Outcome } from '../../../runtime/protocol.ts';
import { addReceipt, openBudgetOf, useLedgerStore } from '../../../store/ledger-store.ts';
import { ask, type AskOptions, classOf } from './ask.ts';

const key = { dataset: 'aa', unit: 'trip', neighbours: 'add-remove' } as const;
const event = (epsilon: number): PrivacyEvent => ({
  what: 'counts in 24 cells',
  on: 'zone x hour',
  mechanism: 'Laplace',
  epsilon,
  delta: 0,
  neighbours: 'add-remove',
  unit: 'trip',
  sensitivity: 1,
});

/** A ledger that adds up; what the engine's own says is tested with the engine. */
const adding = (events: readonly PrivacyEvent[], total: number): LedgerAnswer => {
  const spent = events.reduce((sum, { epsilon }) => sum + epsilon, 0);
  return {
    lanes: [],
    truth: { before: { lower: 0, upper: spent }, after: { lower: 0, upper: spent } },
    filter: { fits: spent <= total, room: Math.max(0, total - spent) },
    odometer: { epsilon: spent, delta: 0 },
  };
};

const done = (events: readonly PrivacyEvent[]): JobOutcome => ({
  status: 'ok',
  key: 'k',
  digest: 'd',
  kind: 'answers',
  datasetChecksum: 'aa',
  guarantee: { kind: 'none', why: 'not read here' },
  events,
  pictures: [],
  notes: [],
  scores: [],
  skipped: [],
  cost: { messages: 0, bytes: 0, rounds: 0 } as never,
  timings: [],
});

const seeds: number[] = [];
function options(run: (job: Job) => Promise<JobOutcome>, expected = [event(1)]): AskOptions {
  const live = {
    run: (job: Job) => {
      seeds.push(job.seed);
      return run(job);
    },
    question: (_id: unknown, question: { events: readonly PrivacyEvent[]; budget: { epsilon: number } }) =>
      Promise.resolve({
        status: 'ok',
        value: adding(question.events, question.budget.epsilon),
      } as Outcome<LedgerAnswer>),
  };
  return {
    live: live as unknown as AskOptions['live'],
    job: {
      key: '',
      dataset: { kind: 'embedded', id: 'x', rows: 1, seed: 1 },
      seed: 1,
      branch: { id: 'a', steps: [] },
      metrics: [],
      attacks: [],
    } as unknown as Job,
    events: expected,
    key,
    terms: { total: { epsilon: 2.1, delta: 0 }, rule: 'filter' },
    dataset: {
      descriptor: { label: text('Trips'), columns: [], parts: {} },
      rows: 10,
    } as unknown as AskOptions['dataset'],
    technique: techniques[0] as AskOptions['technique'],
    who: 'Ana',
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
}
const receipts = () => openBudgetOf(useLedgerStore.getState().book, key)?.receipts ?? [];
const answers = (events: readonly PrivacyEvent[]) => () => Promise.resolve(done(events));

beforeEach(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  useLedgerStore.setState({ book: { version: 1, budgets: [] } });
  seeds.length = 0;
});

describe('asking', () => {
  it('opens the budget with the first answer, charges each, and refuses what would overdraw before running it', async () => {
    const one = options(answers([event(1)]));
    expect((await ask(one)).status).toBe('answered');
    expect((await ask(one)).status).toBe('answered');
    expect(await ask(one)).toEqual({ status: 'refused' });
    expect(receipts()).toHaveLength(2);
    expect(seeds).toHaveLength(2);
    expect(new Set(seeds).size).toBe(2);
  });

  it('charges nothing for an answer that failed or was cancelled', async () => {
    const problem = { code: 'infeasible', message: 'no' } as const;
    const failed = await ask(options(() => Promise.resolve({ status: 'failed', key: 'k', problem })));
    expect(failed).toMatchObject({ status: 'failed', problem });
    expect((await ask(options(() => Promise.resolve({ status: 'cancelled', key: 'k' })))).status).toBe('cancelled');
    const gone = new AbortController();
    const late = options(() => {
      gone.abort();
      return Promise.resolve(done([event(1)]));
    });
    expect((await ask({ ...late, signal: gone.signal })).status).toBe('cancelled');
    expect(receipts()).toEqual([]);
  });

  it('withholds an answer where another tab spent the rest while it was computed', async () => {
    await ask(options(answers([event(1)])));
    const budget = openBudgetOf(useLedgerStore.getState().book, key)?.id ?? '';
    const raced = options(() => {
      const [first] = receipts();
      if (first !== undefined) addReceipt(budget, { ...first, who: 'other tab' });
      return Promise.resolve(done([event(1)]));
    });
    expect(await ask(raced)).toEqual({ status: 'refused' });
    expect(
      receipts()
        .map(({ who }) => who)
        .toSorted(),
    ).toEqual(['Ana', 'other tab']);
  });

  it('charges what the answer cost, and withholds one that cost more than there is', async () => {
    expect((await ask(options(answers([event(0.2)])))).status).toBe('answered');
    expect(receipts()[0]?.events).toEqual([event(0.2)]);
    expect(await ask(options(answers([event(2)])))).toEqual({ status: 'refused' });
    expect(receipts()).toHaveLength(1);
  });

  it('is of the most sensitive class it touches, and of the highest where that is unknown', () => {
    const columns = [
      { name: 'zone', sensitivity: 'high' },
      { name: 'hour', sensitivity: 'low' },
    ] as never;
    expect(classOf([event(1)], { columns })).toBe('high');
    expect(classOf([{ ...event(1), on: 'hour' }], { columns })).toBe('low');
    expect(classOf([{ ...event(1), on: 'whole table' }], { columns })).toBe('high');
  });
});
