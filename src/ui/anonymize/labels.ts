import type { TextTools } from '../i18n/use-text.ts';
import { capital, columnPhrase, joined, small } from './node-words.ts';
import type { Anonymize } from './use-anonymize.ts';

/** A column's own label, as it stands inside a sentence. */
export function labelOf(page: Pick<Anonymize, 'columns'>, name: string, { tx }: Pick<TextTools, 'tx'>): string {
  const column = page.columns.find((one) => one.name === name);
  return column === undefined ? name : small(tx(column.label));
}

/** "Pickup time by day, pickup zone by borough": the columns of a node in words. */
export function nodePhrase(
  page: Pick<Anonymize, 'shape' | 'columns'>,
  levels: readonly number[],
  tools: Pick<TextTools, 'tx' | 'language'>,
): string {
  const { shape } = page;
  if (shape === undefined) return '';
  const phrases = shape.columns.map((name, c) =>
    columnPhrase(labelOf(page, name, tools), shape.levelNames[c]?.[levels[c] ?? 0] ?? '', tools),
  );
  return capital(joined(phrases, tools.language));
}

/** What is counted: one row of the data, by its own name. */
export const rowUnitOf = (page: Pick<Anonymize, 'dataset'>): string =>
  page.dataset.status === 'ok' ? page.dataset.value.descriptor.rowUnit : 'row';
