import { create } from 'zustand';
import type { Sensitivity } from '../engine/kit/dataset.ts';
import type { Neighbours, PrivacyEvent } from '../engine/kit/guarantee.ts';
import type { Loss } from '../engine/kit/loss.ts';
import type { Text } from '../engine/kit/text.ts';
import { bookOf } from './ledger-schema.ts';
import { followStored, readStored, writeStored } from './storage.ts';

/**
 * Privacy budgets and what was spent of them. Apart from the scenario and its undo on purpose: what has been told cannot be
 * taken back, so receipts are only ever added, in this tab and in all others of this browser.
 */

/** Who says whether a question still fits: the filter for questions chosen as one goes, or an accountant for a fixed list. */
export type LedgerRule = 'filter' | 'basic' | 'zcdp' | 'rdp' | 'pld';

/** Losses add up only for the same table, hidden unit and neighbouring relation. */
export interface LedgerKey {
  /** Checksum of the dataset. */
  readonly dataset: string;
  readonly unit: string;
  readonly neighbours: Neighbours;
}

/** One answered question. */
export interface Receipt {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly who: string;
  /** The most sensitive class among the columns it asked about. */
  readonly sensitivityClass: Sensitivity;
  readonly question: Text;
  /** Technique that answered. */
  readonly method: string;
  readonly events: readonly PrivacyEvent[];
  /** The largest released values. The seed of the noise is not kept: whoever has it can take the noise off. */
  readonly answer?: {
    readonly label: Text;
    readonly unit: string;
    readonly cells: readonly { readonly label: string; readonly value: number }[];
    readonly halfWidth95?: number;
  };
}

export interface Terms {
  readonly total: Loss;
  readonly rule: LedgerRule;
}

export interface Budget extends LedgerKey, Terms {
  readonly id: string;
  readonly data: Text;
  readonly rows: number;
  readonly opened: string;
  readonly receipts: readonly Receipt[];
}

export interface Book {
  readonly version: 1;
  readonly budgets: readonly Budget[];
}

export interface LedgerState {
  readonly book: Book;
  /** Whether this browser keeps the book; false once it refused. */
  readonly kept: boolean;
  /** Whether a stored book could not be read; its text is set aside, not overwritten. */
  readonly unread: boolean;
}

const NAME = 'ledger';
const empty: Book = { version: 1, budgets: [] };

function stored(): { readonly book: Book; readonly unread: boolean } {
  const raw = readStored(NAME);
  const book = raw === undefined ? empty : bookOf(raw);
  if (book !== undefined) return { book, unread: false };
  writeStored(`${NAME}-unread`, raw);
  return { book: empty, unread: true };
}

export const useLedgerStore = create<LedgerState>(() => ({ ...stored(), kept: true }));
const { getState, setState } = useLedgerStore;

followStored(
  NAME,
  () => void syncLedger(),
  () => setState({ book: empty, kept: true, unread: false }),
);

/** Both books in one: every budget and every receipt of either. Budgets by opening, receipts by time. */
export function mergeBooks(a: Book, b: Book): Book {
  const budgets = new Map<string, Budget>();
  for (const budget of [...a.budgets, ...b.budgets]) {
    const known = budgets.get(budget.id);
    const receipts = new Map([...(known?.receipts ?? []), ...budget.receipts].map((receipt) => [receipt.id, receipt]));
    budgets.set(budget.id, { ...(known ?? budget), receipts: [...receipts.values()].toSorted(byTime) });
  }
  return {
    version: 1,
    budgets: [...budgets.values()].toSorted((x, y) => compare(x.opened, y.opened) || compare(x.id, y.id)),
  };
}

const compare = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
const byTime = (x: Receipt, y: Receipt): number => compare(x.at, y.at) || compare(x.id, y.id);

/** Takes in what other tabs have written since; nothing is lost on either side. */
export function syncLedger(): Book {
  const read = stored();
  const book = mergeBooks(getState().book, read.book);
  if (JSON.stringify(book) !== JSON.stringify(getState().book)) setState({ book });
  if (read.unread) setState({ unread: true });
  return book;
}

/** Budgets of a table, unit and relation, oldest first; the last one is open. */
export const budgetsOf = (book: Book, key: LedgerKey): readonly Budget[] =>
  book.budgets.filter(
    ({ dataset, unit, neighbours }) => dataset === key.dataset && unit === key.unit && neighbours === key.neighbours,
  );

export const openBudgetOf = (book: Book, key: LedgerKey): Budget | undefined => budgetsOf(book, key).at(-1);

/** Opens a budget; those before it stay, with all they hold. */
export function openBudget(key: LedgerKey, terms: Terms, about: Pick<Budget, 'data' | 'rows'>, at: string): Budget {
  const { dataset, unit, neighbours } = key;
  const { total, rule } = terms;
  const budget: Budget = {
    id: crypto.randomUUID(),
    dataset,
    unit,
    neighbours,
    total,
    rule,
    ...about,
    opened: at,
    receipts: [],
  };
  keep({ version: 1, budgets: [...syncLedger().budgets, budget] });
  return budget;
}

/** Writes a spend down. There is no way to take one out. */
export function addReceipt(budget: string, receipt: Omit<Receipt, 'id'>): void {
  const book = syncLedger();
  const whole: Receipt = { ...receipt, id: crypto.randomUUID() };
  keep({
    version: 1,
    budgets: book.budgets.map((one) => (one.id === budget ? { ...one, receipts: [...one.receipts, whole] } : one)),
  });
}

function keep(book: Book): void {
  setState({ book, kept: writeStored(NAME, book) });
}

/**
 * Everything that was spent, as accountants read it. Parallel groups hold within one asking only: two askings of the same
 * partition add up.
 */
export const eventsOf = (receipts: readonly Receipt[]): readonly PrivacyEvent[] =>
  receipts.flatMap(({ id, events }) =>
    events.map((event) =>
      event.parallelGroup === undefined ? event : { ...event, parallelGroup: `${id} ${event.parallelGroup}` },
    ),
  );
