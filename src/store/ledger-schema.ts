import * as v from 'valibot';
import { above0, from0, lossLaw, share } from '../scenario/law-schema.ts';
import type { Book } from './ledger-store.ts';

/** What a stored book of budgets must look like; anything else is set aside, never half read. */

const words = v.object({ en: v.string(), es: v.optional(v.string()) });

const neighbours = v.picklist(['add-remove', 'replace-one', 'unbounded-user']);

const event = v.object({
  what: v.string(),
  on: v.string(),
  mechanism: v.string(),
  epsilon: from0,
  delta: from0,
  neighbours,
  unit: v.string(),
  sensitivity: v.number(),
  scale: v.optional(v.number()),
  law: v.optional(lossLaw),
  count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  parallelGroup: v.optional(v.string()),
});

const receipt = v.object({
  id: v.string(),
  at: v.string(),
  who: v.string(),
  sensitivityClass: v.picklist(['high', 'medium', 'low']),
  question: words,
  method: v.string(),
  events: v.pipe(v.array(event), v.minLength(1)),
  answer: v.optional(
    v.object({
      label: words,
      unit: v.string(),
      cells: v.array(v.object({ label: v.string(), value: v.number() })),
      halfWidth95: v.optional(v.number()),
    }),
  ),
});

const book = v.object({
  version: v.literal(1),
  budgets: v.array(
    v.object({
      id: v.string(),
      dataset: v.string(),
      data: words,
      rows: from0,
      unit: v.string(),
      neighbours,
      total: v.object({ epsilon: above0, delta: share }),
      rule: v.picklist(['filter', 'basic', 'zcdp', 'rdp', 'pld']),
      opened: v.string(),
      receipts: v.array(receipt),
    }),
  ),
});

/** The book, or undefined where it cannot be read. */
export function bookOf(raw: unknown): Book | undefined {
  const read = v.safeParse(book, raw);
  // Optional entries of valibot may be `undefined`; JSON never holds one.
  return read.success ? (read.output as Book) : undefined;
}
