import type { AttackDescriptor, MetricDescriptor } from '../../engine/kit/measure.ts';
import type { Text } from '../../engine/kit/text.ts';
import { measureOf } from '../../engine/registry.ts';
import { comparisonRows, type ComparisonRow } from '../../scenario/collate.ts';
import { isPresenceGame } from '../explore/scores.ts';
import { asSummaries, presenceId, type Column } from './columns.layout.ts';
import { words } from './words.ts';

/** A question in plain words with the measures that answer it. */
export interface Question {
  readonly id: string;
  readonly text: Text;
  readonly rows: readonly AnsweredRow[];
}
export interface AnsweredRow extends ComparisonRow {
  /** The measure behind the row; none for the question asked of every release, whose attack depends on what is released. */
  readonly measure: AttackDescriptor | MetricDescriptor | undefined;
}

const order = ['attack', 'risk', 'population', 'privacy', 'utility', 'cost'] as const;
type QuestionId = (typeof order)[number];

const asked: Readonly<Record<QuestionId, Text>> = {
  attack: words.askAttack,
  risk: words.askRisk,
  population: words.askPopulation,
  privacy: words.askPrivacy,
  utility: words.askUtility,
  cost: words.askCost,
};

/**
 * The questions a council asks, each with the scores that answer it. Without `all` the table stays short: one score a
 * measure, its first, and only where at least two scenarios have it; games the leading question stands for are left out.
 */
export function questionsOf(columns: readonly Column[], all: boolean): readonly Question[] {
  const rows = comparisonRows(asSummaries(columns))
    .map((row): AnsweredRow => ({ ...row, measure: measureOf(row.id.split('/')[0] ?? row.id) }))
    .filter((row, at, rows) => all || (shared(row) >= 2 && isHeadline(row, rows.slice(0, at))));
  return order.flatMap((id) => {
    const own = rows.filter((row) => questionOf(row) === id).toSorted((a, b) => leading(b) - leading(a));
    return own.length === 0 ? [] : [{ id, text: asked[id], rows: own }];
  });
}

function isHeadline(row: AnsweredRow, before: readonly AnsweredRow[]): boolean {
  if (row.id === presenceId) return true;
  if (row.cells.some((cell) => cell !== undefined && isPresenceGame(cell.score))) return false;
  return !before.some((other) => other.measure !== undefined && other.measure.id === row.measure?.id);
}

const shared = (row: ComparisonRow): number => row.cells.filter((cell) => cell !== undefined).length;
const leading = (row: ComparisonRow): number => (row.id === presenceId ? 1 : 0);

/** Sample and population never share a question. */
function questionOf(row: AnsweredRow): QuestionId {
  if (row.meaning === 'utility' || row.meaning === 'cost') return row.meaning;
  const of = row.cells.find((cell) => cell !== undefined)?.score.of;
  if (of === 'population') return 'population';
  if (row.id === presenceId || row.measure?.kind === 'attack') return 'attack';
  return row.meaning;
}

/** All rows with their intervals as CSV, for every column: value, low, high. */
export function comparisonCsv(
  questions: readonly Question[],
  names: readonly string[],
  inWords: (text: Text) => string,
): string {
  const head = ['question', 'measure', 'id', 'unit', ...names.flatMap((name) => [name, `${name} low`, `${name} high`])];
  const lines = questions.flatMap((question) =>
    question.rows.map((row) => [
      inWords(question.text),
      inWords(row.label),
      row.id,
      row.unit,
      ...row.cells.flatMap((cell) => [cell?.mean ?? '', cell?.interval?.low ?? '', cell?.interval?.high ?? '']),
    ]),
  );
  return `${[head, ...lines].map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** Quoted where needed; a text that a spreadsheet would run as a formula gets an apostrophe. */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
