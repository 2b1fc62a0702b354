/** Examples of the budget's charts, shared by the gallery and the tests. */
import type { AllocationRow } from './allocation-bars.layout.ts';
import type { LedgerBlock, LedgerLane } from './ledger-bar.layout.ts';

export const LEDGER: {
  readonly blocks: readonly LedgerBlock[];
  readonly lanes: readonly LedgerLane[];
  readonly total: number;
} = {
  total: 2.1,
  blocks: [
    { id: 'a', who: 'Ana', label: 'trips by zone and hour', steps: [{ label: '6,240 cells', parts: [0.5, 0.5, 0.5] }] },
    {
      id: 'b',
      who: 'Luis',
      label: 'fares by borough, each with its own noise',
      steps: [{ label: 'three boroughs', parts: [0.6, 0.25, 0.4] }],
    },
    {
      id: 'c',
      who: 'Ana',
      label: 'median fare, then its trips',
      asked: true,
      steps: [
        { label: 'median', parts: [0.8] },
        { label: 'trips', parts: [0.4] },
      ],
    },
  ],
  lanes: [
    { id: 'sum', label: 'Adding up', before: 1.1, after: 2.3, fits: false },
    { id: 'pld', label: 'Privacy-loss distribution', before: 0.98, after: 1.9, fits: true, rules: true },
    { id: 'gdp', label: 'Central limit, not a bound', before: 0.9, after: 1.7, fits: false, heuristic: true },
    { id: 'gaussian', label: 'Gaussian noise, exact', before: undefined, after: undefined, fits: false },
  ],
};

const part = (shade: number, amount: number) => ({
  id: `part ${shade}`,
  label: ['location', 'behaviour', 'environment'][shade] ?? '',
  shade,
  amount,
});

export const RULES: readonly AllocationRow[] = [
  { id: 'paper', label: '30 / 50 / 20', note: 'error × 1.11', parts: [part(0, 0.63), part(1, 1.05), part(2, 0.42)] },
  { id: 'equal', label: 'Equal', note: 'error × 1', parts: [part(0, 0.7), part(1, 0.7), part(2, 0.7)] },
  { id: 'best', label: 'Least total error', parts: [part(0, 1.5), part(1, 0.45), part(2, 0.15)] },
];

export const LEDGER_SAYS = {
  budget: 'budget',
  who: 'who',
  spend: 'spend',
  before: 'before',
  after: 'after',
  asked: 'asked, not spent',
  left: 'left',
  fits: 'fits',
  beyond: 'beyond the budget',
  unsupported: 'unsupported',
};
