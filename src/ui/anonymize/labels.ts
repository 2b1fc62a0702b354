import type { TextTools } from '../i18n/use-text.ts';
import { capital, columnPhrase, joined, small } from './node-words.ts';
import type { Anonymize } from './use-anonymize.ts';

/** A column's own label, as it stands inside a sentence. */
export function labelOf(page: Pick<Anonymize, 'columns'>, name: string, { tx }: Pick<TextTools, 'tx'>): string {
  const column = page.columns.find((one) => one.name === name);
  return column === undefined ? name : small(tx(column.label));
}

/** "Pickup time and drop-off time by day; pickup zone by borough": a node in words, columns of one level together. */
export function nodePhrase(
  page: Pick<Anonymize, 'shape' | 'columns'>,
  levels: readonly number[],
  tools: Pick<TextTools, 'tx' | 'language'>,
): string {
  const { shape } = page;
  if (shape === undefined) return '';
  const byLevel = new Map<string, string[]>();
  shape.columns.forEach((name, c) => {
    const level = shape.levelNames[c]?.[levels[c] ?? 0] ?? '';
    byLevel.set(level, [...(byLevel.get(level) ?? []), labelOf(page, name, tools)]);
  });
  const phrases = [...byLevel].map(([level, columns]) => columnPhrase(joined(columns, tools.language), level, tools));
  const nested = phrases.length < shape.columns.length;
  return capital(nested ? phrases.join('; ') : joined(phrases, tools.language));
}

/** What is counted: one row of the data, by its own name. */
export const rowUnitOf = (page: Pick<Anonymize, 'dataset'>): string =>
  page.dataset.status === 'ok' ? page.dataset.value.descriptor.rowUnit : 'row';
