import type { AllocationAnswer, AllocationPolicy, BudgetedQuestion } from '../../../engine/kit/allocation.ts';
import type { DatasetDescriptor, Sensitivity } from '../../../engine/kit/dataset.ts';
import type { JobResult } from '../../../engine/kit/job.ts';
import type { AllocationPicture, CountsPicture } from '../../../engine/kit/picture.ts';
import type { Text } from '../../../engine/kit/text.ts';
import { twinClasses } from '../../../scenario/allocation-step.ts';

export const POLICIES: readonly AllocationPolicy[] = [
  '30-50-20',
  'equal',
  'importance',
  'frequency',
  'hierarchical',
  'adaptive',
  'optimal',
];
export const CLASSES: readonly Sensitivity[] = ['high', 'medium', 'low'];
export const PERIODS = 12;

export type LogKind = 'steady' | 'rush' | 'adverse' | 'own';
/** Askings of a question in a period: the ordinary, a rush, and as many as a log can hold. */
const ASKINGS = { ordinary: 10, rush: 300, adverse: 1e9 } as const;

/** A question with the name people know it by. */
export interface NamedQuestion extends BudgetedQuestion {
  readonly label: Text;
}

/** The questions of a release, as a rule sees them: class, cells and sensitivity, never an answer. */
export function questionsOf(
  result: JobResult,
  descriptor: DatasetDescriptor,
  important: Sensitivity | 'nothing',
): readonly NamedQuestion[] {
  const allocation = result.pictures.find((picture): picture is AllocationPicture => picture.view === 'allocation');
  const measured = descriptor.columns.find(({ name }) => name === descriptor.parts.measure)?.sensitivity ?? 'medium';
  return (allocation?.parts ?? [])
    .flatMap((part, i): NamedQuestion[] => {
      // Answers, parts and events of a release stand in the same order.
      const event = result.events[i];
      const picture = result.pictures.find((one): one is CountsPicture => one.view === 'counts' && one.id === part.id);
      if (event === undefined || picture === undefined) return [];
      const sensitivityClass = twinClasses[part.id] ?? measured;
      return [
        {
          id: part.id,
          label: part.label,
          sensitivityClass,
          cells: picture.truth.length,
          sensitivity: event.sensitivity,
          importance: sensitivityClass === important ? 3 : 1,
        },
      ];
    })
    .toSorted((a, b) => CLASSES.indexOf(a.sensitivityClass) - CLASSES.indexOf(b.sensitivityClass));
}

/**
 * A log of askings by period and question: a stated one (the rush begins in the third period), or the ledger's own, an answer a
 * period, the latest ones.
 */
export function logOf(
  kind: LogKind,
  questions: readonly BudgetedQuestion[],
  asked: readonly Sensitivity[],
): readonly (readonly number[])[] {
  const latest = asked.slice(-PERIODS);
  return Array.from({ length: PERIODS }, (_, period) =>
    questions.map(({ sensitivityClass }) => {
      if (kind === 'own') return latest[period] === sensitivityClass ? 1 : 0;
      if (kind === 'adverse') return sensitivityClass === 'high' ? ASKINGS.adverse : 0;
      return kind === 'rush' && sensitivityClass === 'high' && period >= 2 ? ASKINGS.rush : ASKINGS.ordinary;
    }),
  );
}

export type PolicyRow = AllocationAnswer['rows'][number];

/** Epsilon of each question in a period. */
export const epsilonsIn = (row: PolicyRow, period: number, questions: number): Float64Array =>
  row.epsilons.subarray(period * questions, (period + 1) * questions);

/** Share of a class of each period's budget. */
export function sharesOf(row: PolicyRow, questions: readonly BudgetedQuestion[], of: Sensitivity): readonly number[] {
  return Array.from({ length: PERIODS }, (_, period) => {
    const epsilons = epsilonsIn(row, period, questions.length);
    const sum = epsilons.reduce((all, epsilon) => all + epsilon, 0);
    const own = questions.reduce(
      (all, { sensitivityClass }, i) => (sensitivityClass === of ? all + (epsilons[i] as number) : all),
      0,
    );
    return sum > 0 ? own / sum : 0;
  });
}

/** Share a class has under the paper's fixed rule, times what the adaptive rule may add. */
export function capOf(questions: readonly BudgetedQuestion[], of: Sensitivity, room: number): number {
  const base = { high: 0.3, medium: 0.5, low: 0.2 };
  const present = CLASSES.filter((name) => questions.some(({ sensitivityClass }) => sensitivityClass === name));
  const sum = present.reduce((all, name) => all + base[name], 0);
  return Math.min(1, (base[of] / sum) * (1 + room));
}
