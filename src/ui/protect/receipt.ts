import type { ColumnDescriptor } from '../../engine/kit/dataset.ts';
import type { TextTools } from '../i18n/use-text.ts';
import { words } from './words.ts';

/** What the engine writes on a receipt: "counts in 6360 cells", "federated model, 20 rounds". */
const receipt = /^(counts|clipped sums|federated model|running totals)(?: in|,| over) (\d+) (?:cells|rounds|steps)$/;

/** Columns of a receipt by their labels: it names them as the table does. */
export function onWords(on: string, columns: readonly ColumnDescriptor[], { tx }: TextTools): string {
  const labelOf = (name: string): string => {
    const label = columns.find((column) => column.name === name)?.label;
    return label === undefined ? name : tx(label);
  };
  return on.split(' x ').map(labelOf).join(' × ');
}

/** What was released, in words. */
export function whatWords(what: string, { tx }: TextTools): string {
  const [, kind, n] = receipt.exec(what) ?? [];
  const known = words.receipts[kind as keyof typeof words.receipts];
  return known === undefined ? what : tx(known, { n: Number(n) });
}

/** A receipt's mechanism in words; names of the literature stay as they are. */
export function mechanismWords(mechanism: string, { tx }: TextTools): string {
  const known = words.mechanisms[mechanism as keyof typeof words.mechanisms];
  return known === undefined ? mechanism : tx(known);
}

/** Cells of counts or sums: disjoint parts of the data, charged once; 1 for anything else. */
export function disjointCells(what: string): number {
  const [, kind, n] = receipt.exec(what) ?? [];
  return kind === 'counts' || kind === 'clipped sums' ? Number(n) : 1;
}
