import { expect, it } from 'vitest';
import { comparisonCsv, type Question } from './rows.ts';

const cell = (mean: number, low: number, high: number) => ({
  id: 'x',
  score: {
    id: 'x',
    label: { en: 'x' },
    value: mean,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    method: { en: '' },
  } as const,
  values: [mean],
  mean,
  interval: { low, high, level: 0.95, kind: 'noise' } as const,
});

it('writes every value with its interval, and nothing a spreadsheet would run', () => {
  const questions: readonly Question[] = [
    {
      id: 'attack',
      text: { en: 'Who, what?' },
      rows: [
        {
          id: 'x',
          label: { en: '=risk' },
          unit: 'share',
          direction: 'lower-is-better',
          meaning: 'risk',
          cells: [cell(0.5, 0.4, 0.6), undefined],
          best: [],
          range: [0.4, 0.6],
          measure: undefined,
        },
      ],
    },
  ];
  expect(comparisonCsv(questions, ['A', 'B "two"'], ({ en }) => en).split('\r\n')).toEqual([
    'question,measure,id,unit,A,A low,A high,"B ""two""","B ""two"" low","B ""two"" high"',
    `"Who, what?",'=risk,x,share,0.5,0.4,0.6,,,`,
    '',
  ]);
});
