import type { LedgerAnswer } from '../../../engine/kit/accounting.ts';
import type { DatasetDescriptor, Sensitivity } from '../../../engine/kit/dataset.ts';
import type { Problem } from '../../../engine/kit/errors.ts';
import type { PrivacyEvent } from '../../../engine/kit/guarantee.ts';
import type { DatasetSummary, Job, JobResult, Progress } from '../../../engine/kit/job.ts';
import type { CountsPicture } from '../../../engine/kit/picture.ts';
import type { TechniqueDescriptor } from '../../../engine/kit/technique.ts';
import type { Runtime } from '../../../runtime/client.types.ts';
import { jobKey } from '../../../scenario/key.ts';
import {
  addReceipt,
  type Budget,
  eventsOf,
  type LedgerKey,
  type LedgerRule,
  openBudget,
  openBudgetOf,
  type Receipt,
  syncLedger,
  type Terms,
} from '../../../store/ledger-store.ts';

/** Width of a cell of loss for accountants that need one. */
export const GRID = 1e-3;
/** Cells of an answer that its receipt shows. */
const CELLS = 5;

export type Asked =
  | { readonly status: 'answered'; readonly receipt: Omit<Receipt, 'id'> }
  | { readonly status: 'refused' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'cancelled' };

export interface AskOptions {
  readonly live: Pick<Runtime, 'run' | 'question'>;
  readonly job: Job;
  /** What it is expected to cost, and where it is charged. */
  readonly events: readonly PrivacyEvent[];
  readonly key: LedgerKey;
  /** Terms of the budget this question would open, where none is open. */
  readonly terms: Terms;
  readonly dataset: DatasetSummary;
  readonly technique: TechniqueDescriptor;
  readonly who: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Whether what is asked for stays within the budget, by the rule the budget was opened with. */
export const lets = (answer: LedgerAnswer, rule: LedgerRule): boolean =>
  answer.refused === undefined &&
  (rule === 'filter' ? answer.filter.fits : answer.lanes.some(({ id, fits }) => id === rule && fits));

/** Losses of an asking beside what was spent: its parallel groups are its own. */
export const withAsked = (spent: readonly PrivacyEvent[], asked: readonly PrivacyEvent[]): readonly PrivacyEvent[] => [
  ...spent,
  ...asked.map((event) =>
    event.parallelGroup === undefined ? event : { ...event, parallelGroup: `asked ${event.parallelGroup}` },
  ),
];

/**
 * Asks and, only once the answer is there, charges. Refused before anything is computed where it would overdraw; checked again
 * before the answer is shown, in case another tab spent meanwhile or the answer cost something else than was expected.
 */
export async function ask(options: AskOptions): Promise<Asked> {
  const { live, key, terms, signal } = options;
  const opened = (): Budget | undefined => openBudgetOf(syncLedger(), key);
  /** Names what is spent at a moment; another text = something was spent meanwhile. */
  const stamp = (budget: Budget | undefined): string => `${budget?.id ?? ''} ${budget?.receipts.length ?? 0}`;
  const checked = async (events: readonly PrivacyEvent[]): Promise<Asked | string> => {
    const budget = opened();
    const { total, rule } = budget ?? terms;
    const asked = { events: withAsked(eventsOf(budget?.receipts ?? []), events), budget: total, grid: GRID };
    const outcome = await live.question('ledger', asked, { signal, priority: 2 });
    if (outcome.status !== 'ok') return outcome;
    return lets(outcome.value, rule) ? stamp(budget) : { status: 'refused' };
  };
  const first = await checked(options.events);
  if (typeof first !== 'string') return first;
  const outcome = await live.run(freshly(options.job), { signal, onProgress: options.onProgress, priority: 1 });
  if (signal.aborted) return { status: 'cancelled' };
  if (outcome.status !== 'ok') return outcome;
  let sure = isSame(outcome.events, options.events) ? first : undefined;
  while (sure !== stamp(opened())) {
    const again = await checked(outcome.events);
    if (typeof again !== 'string') return again;
    sure = again;
  }
  const receipt = receiptOf(outcome, options);
  const { descriptor, rows } = options.dataset;
  const budget = opened() ?? openBudget(key, terms, { data: descriptor.label, rows }, receipt.at);
  addReceipt(budget.id, receipt);
  return { status: 'answered', receipt };
}

const receiptOf = (
  outcome: JobResult,
  { who, dataset, technique }: Pick<AskOptions, 'who' | 'dataset' | 'technique'>,
): Omit<Receipt, 'id'> => ({
  at: new Date().toISOString(),
  who,
  sensitivityClass: classOf(outcome.events, dataset.descriptor),
  question: technique.label,
  method: technique.id,
  events: outcome.events,
  ...answerOf(outcome, dataset),
});

/** The same job with a seed that is drawn once and kept nowhere. */
function freshly(job: Job): Job {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  const { key: _old, ...rest } = job;
  const drawn = { ...rest, seed: (high % 2 ** 21) * 2 ** 32 + low };
  return { key: jobKey(drawn), ...drawn };
}

const isSame = (a: readonly PrivacyEvent[], b: readonly PrivacyEvent[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const ORDER: readonly Sensitivity[] = ['low', 'medium', 'high'];

/** The most sensitive class among the columns asked about; high where none is known. */
export function classOf(events: readonly PrivacyEvent[], descriptor: Pick<DatasetDescriptor, 'columns'>): Sensitivity {
  const names = new Set(events.flatMap(({ on }) => on.split(' x ')));
  const found = descriptor.columns
    .filter(({ name }) => names.has(name))
    .map(({ sensitivity }) => ORDER.indexOf(sensitivity));
  return ORDER[found.length === 0 ? ORDER.length - 1 : Math.max(...found)] ?? 'high';
}

/** The largest released cells, places by their names. */
function answerOf(result: JobResult, dataset: DatasetSummary): Pick<Receipt, 'answer'> {
  const picture = result.pictures.find((one): one is CountsPicture => one.view === 'counts');
  if (picture === undefined) return {};
  const { released, suppressed, dims } = picture;
  const places = new Map(dataset.places?.map(({ id, label }) => [id, label]));
  const nameOf = (cell: number): string => {
    let rest = cell;
    return dims
      .toReversed()
      .map(({ column, levels }) => {
        const level = levels[rest % levels.length] ?? '';
        rest = Math.floor(rest / levels.length);
        return column === dataset.descriptor.parts.place ? (places.get(level) ?? level) : level;
      })
      .toReversed()
      .join(', ');
  };
  const cells = Array.from(released.keys())
    .filter((cell) => suppressed?.[cell] !== 1 && Number.isFinite(released[cell]))
    .sort((a, b) => (released[b] as number) - (released[a] as number) || a - b)
    .slice(0, CELLS)
    .map((cell) => ({ label: nameOf(cell), value: released[cell] as number }));
  const half = picture.noise?.halfWidth95;
  return {
    answer: { label: picture.label, unit: picture.unit, cells, ...(half === undefined ? {} : { halfWidth95: half }) },
  };
}
