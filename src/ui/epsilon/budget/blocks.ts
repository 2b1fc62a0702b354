import type { LedgerBlock, LedgerLane } from '../../../charts/ledger-bar.layout.ts';
import type { LedgerAnswer } from '../../../engine/kit/accounting.ts';
import type { PrivacyEvent } from '../../../engine/kit/guarantee.ts';
import { sequentialLosses } from '../../../engine/kit/loss.ts';
import type { LedgerRule, Receipt } from '../../../store/ledger-store.ts';
import type { TextTools } from '../../i18n/use-text.ts';
import { disjointCells, whatWords } from '../../protect/receipt.ts';
import { lanes, words } from './words.ts';

export type Grouping = 'receipt' | 'who' | 'class';

/** Strips that stand for many disjoint cells. */
const STRIPS = 4;

/** Steps of a block: groups in sequence, parallel parts side by side; cells of one count are disjoint for a row. */
function stepsOf(events: readonly PrivacyEvent[], rowUnit: string, tools: TextTools): LedgerBlock['steps'] {
  return sequentialLosses(events).map(({ events: group }) => {
    const [first] = group;
    const cells = group.length === 1 && first?.unit === rowUnit ? disjointCells(first.what) : 1;
    const parts = group.map(({ epsilon, count = 1 }) => count * epsilon);
    const label = group.map(({ what }) => whatWords(what, tools)).join(', ');
    return cells === 1
      ? { label, parts }
      : {
          label: tools.tx(words.disjoint, { n: cells }),
          parts: Array.from({ length: Math.min(STRIPS, cells) }, () => parts[0] ?? 0),
        };
  });
}

/** Blocks of the picture: one a receipt, or all of one analyst or class together; last, what is asked for. */
export function blocksOf(
  receipts: readonly Receipt[],
  asked: { readonly label: string; readonly who: string; readonly events: readonly PrivacyEvent[] } | undefined,
  by: Grouping,
  rowUnit: string,
  tools: TextTools,
): readonly LedgerBlock[] {
  const { tx } = tools;
  const blocks = new Map<string, { label: string; who: string; steps: LedgerBlock['steps'][number][] }>();
  for (const receipt of receipts) {
    const who = receipt.who === '' ? tx(words.nobody) : receipt.who;
    const group = tx(words.levels[receipt.sensitivityClass]);
    const id = by === 'receipt' ? receipt.id : by === 'who' ? who : group;
    const steps = stepsOf(receipt.events, rowUnit, tools);
    const known = blocks.get(id);
    if (known !== undefined) {
      known.steps.push(...steps);
      known.label = '';
    } else {
      blocks.set(id, { label: tx(receipt.question), who: by === 'class' ? group : who, steps: [...steps] });
    }
  }
  return [
    ...[...blocks].map(([id, block]) => ({ id, ...block })),
    ...(asked === undefined
      ? []
      : [
          {
            id: 'asked',
            label: asked.label,
            who: asked.who,
            steps: stepsOf(asked.events, rowUnit, tools),
            asked: true,
          },
        ]),
  ];
}

/** Every accountant's figure; those that cover nothing here are left out. */
export function lanesOf(
  now: LedgerAnswer | undefined,
  next: LedgerAnswer | undefined,
  rule: LedgerRule,
  tx: TextTools['tx'],
): readonly LedgerLane[] {
  const latest = next ?? now;
  if (latest === undefined) return [];
  return lanes.flatMap(([id, label]): LedgerLane[] => {
    const after = latest.lanes.find((lane) => lane.id === id);
    const before = now?.lanes.find((lane) => lane.id === id)?.after;
    if (after === undefined || after.after.status !== 'ok') return [];
    return [
      {
        id,
        label: tx(label),
        before: before?.status === 'ok' ? before.epsilon : 0,
        after: after.after.epsilon,
        fits: after.fits,
        heuristic: after.proves === 'heuristic',
        rules: id === rule,
      },
    ];
  });
}
