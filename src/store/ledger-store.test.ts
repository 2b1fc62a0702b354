import * as fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PrivacyEvent } from '../engine/kit/guarantee.ts';
import { basicComposition } from '../engine/kit/loss.ts';
import { text } from '../engine/kit/text.ts';
import { firstSpec } from './first-spec.ts';
import type { Book, LedgerKey, Receipt, Terms } from './ledger-store.ts';

/** A browser's storage, shared by what would be two tabs. */
class Memory {
  readonly items = new Map<string, string>();
  full = false;
  getItem = (name: string): string | null => this.items.get(name) ?? null;
  setItem = (name: string, value: string): void => {
    if (this.full) throw new Error('quota');
    this.items.set(name, value);
  };
}

const key: LedgerKey = { dataset: 'aa', unit: 'trip', neighbours: 'add-remove' };
const terms: Terms = { total: { epsilon: 2.1, delta: 1e-5 }, rule: 'filter' };
const about = { data: text('Trips'), rows: 100 };
const event: PrivacyEvent = {
  what: 'counts in 24 cells',
  on: 'hour',
  mechanism: 'Laplace',
  epsilon: 0.5,
  delta: 0,
  neighbours: 'add-remove',
  unit: 'trip',
  sensitivity: 1,
  law: { kind: 'laplace', epsilon: 0.5 },
};
const receipt = (at: string, events: readonly PrivacyEvent[] = [event]): Omit<Receipt, 'id'> => ({
  at,
  who: 'Ana',
  sensitivityClass: 'high',
  question: text('Counts'),
  method: 'x',
  events,
});

let memory: Memory;
/** The store as a tab that has just been opened sees it. */
async function tab() {
  vi.resetModules();
  return import('./ledger-store.ts');
}

beforeEach(() => {
  memory = new Memory();
  vi.stubGlobal('localStorage', memory);
});

describe('the ledger', () => {
  it('is there again after a reload, receipts and all', async () => {
    const before = await tab();
    const budget = before.openBudget(key, terms, about, '2026-01-01T00:00:00Z');
    before.addReceipt(budget.id, receipt('2026-01-02T00:00:00Z'));
    const after = await tab();
    expect(after.useLedgerStore.getState().book).toEqual(before.useLedgerStore.getState().book);
    expect(after.openBudgetOf(after.useLedgerStore.getState().book, key)?.receipts).toHaveLength(1);
  });

  it('forgets no spend of either of two tabs', async () => {
    const one = await tab();
    const budget = one.openBudget(key, terms, about, '2026-01-01T00:00:00Z');
    const two = await tab();
    one.addReceipt(budget.id, receipt('2026-01-02T00:00:00Z'));
    two.addReceipt(budget.id, receipt('2026-01-03T00:00:00Z'));
    one.addReceipt(budget.id, receipt('2026-01-04T00:00:00Z'));
    const again = await tab();
    expect(again.openBudgetOf(again.useLedgerStore.getState().book, key)?.receipts).toHaveLength(3);
  });

  it('is not touched by undo', async () => {
    const ledger = await tab();
    const scenario = await import('./scenario-store.ts');
    scenario.adopt(firstSpec());
    scenario.setNoiseSeed(7);
    const budget = ledger.openBudget(key, terms, about, '2026-01-01T00:00:00Z');
    ledger.addReceipt(budget.id, receipt('2026-01-02T00:00:00Z'));
    const before = ledger.useLedgerStore.getState().book;
    scenario.undo();
    expect(ledger.useLedgerStore.getState().book).toBe(before);
  });

  it('keeps one budget for each table, hidden unit and relation, and old ones as history', async () => {
    const ledger = await tab();
    const first = ledger.openBudget(key, terms, about, '2026-01-01T00:00:00Z');
    ledger.addReceipt(first.id, receipt('2026-01-02T00:00:00Z'));
    ledger.openBudget({ ...key, unit: 'vehicle' }, terms, about, '2026-01-03T00:00:00Z');
    const second = ledger.openBudget(key, terms, about, '2026-01-04T00:00:00Z');
    const { book } = ledger.useLedgerStore.getState();
    expect(ledger.budgetsOf(book, key).map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(ledger.openBudgetOf(book, key)?.receipts).toEqual([]);
    expect(ledger.openBudgetOf(book, { ...key, dataset: 'bb' })).toBeUndefined();
  });

  it('says when the browser keeps nothing', async () => {
    const ledger = await tab();
    memory.full = true;
    ledger.openBudget(key, terms, about, '2026-01-01T00:00:00Z');
    expect(ledger.useLedgerStore.getState().kept).toBe(false);
    expect(ledger.useLedgerStore.getState().book.budgets).toHaveLength(1);
  });

  it('forgets everything once what is kept is erased, in memory too', async () => {
    const ledger = await tab();
    const { eraseStored } = await import('./storage.ts');
    const budget = ledger.openBudget(key, terms, about, '2026-01-01T00:00:00Z');
    ledger.addReceipt(budget.id, receipt('2026-01-02T00:00:00Z'));
    memory.items.clear();
    eraseStored();
    expect(ledger.useLedgerStore.getState().book.budgets).toEqual([]);
    expect(ledger.syncLedger().budgets).toEqual([]);
  });

  it('sets aside a stored book it cannot read', async () => {
    memory.items.set('epsilon-city/ledger', '{"version":1,"budgets":[{"id":3}]}');
    const ledger = await tab();
    expect(ledger.useLedgerStore.getState()).toMatchObject({ unread: true, book: { budgets: [] } });
    expect(memory.items.get('epsilon-city/ledger-unread')).toContain('"id":3');
  });

  it('adds up two askings of the same partition, though each composes in parallel inside', async () => {
    const { eventsOf } = await tab();
    const group = [1, 2].map((part) => ({ ...event, what: `part ${part}`, parallelGroup: 'boroughs' }));
    const asked = ['a', 'b'].map((id) => ({ id, ...receipt('2026-01-02T00:00:00Z', group) }));
    expect(basicComposition(eventsOf(asked.slice(0, 1)))?.epsilon).toBe(0.5);
    expect(basicComposition(eventsOf(asked))?.epsilon).toBe(1);
  });

  it('merges books in any order to the same book, which holds all of both', async () => {
    const { mergeBooks } = await tab();
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 6 });
    const bookOf = (budgets: readonly number[], receipts: readonly number[]): Book => ({
      version: 1,
      budgets: budgets.map((id) => ({
        ...key,
        ...terms,
        ...about,
        id: `b${id}`,
        opened: `2026-01-0${id}`,
        receipts: receipts.map((at) => ({ id: `r${id}-${at}`, ...receipt(`2026-02-0${at}`) })),
      })),
    });
    const books = fc.tuple(ids, ids).map(([budgets, receipts]) => bookOf(budgets, receipts));
    fc.assert(
      fc.property(books, books, (a, b) => {
        const merged = mergeBooks(a, b);
        expect(mergeBooks(b, a)).toEqual(merged);
        expect(mergeBooks(merged, a)).toEqual(merged);
        for (const budget of [...a.budgets, ...b.budgets]) {
          const found = merged.budgets.find(({ id }) => id === budget.id);
          expect(found?.receipts).toEqual(expect.arrayContaining([...budget.receipts]));
        }
      }),
    );
  });
});
