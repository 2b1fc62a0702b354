import { describe, expect, it } from 'vitest';
import { plainColor, toJson } from './export.ts';
import { decimalsFor, formatNumber, formatWithin } from './format.ts';
import { sortedOrder, toCsv, type TableModel } from './table-model.ts';
import { CHART_WORDS_EN, CHART_WORDS_ES } from './words.ts';

const TABLE: TableModel = {
  columns: [{ label: 'place' }, { label: 'released, trips', numeric: true }],
  rows: [
    ['SoHo', 12.25],
    ['He said "no"', Number.NaN],
    ['=1+1', -3],
    ['Astoria', null],
  ],
};

describe('table alternative', () => {
  it('quotes only where needed and disarms formulas in labels but not in numbers', () => {
    expect(toCsv(TABLE)).toBe(
      'place,"released, trips"\r\nSoHo,12.25\r\n"He said ""no""",\r\n\'=1+1,-3\r\nAstoria,\r\n',
    );
  });
  it('sorts both ways with missing values last', () => {
    expect(sortedOrder(TABLE, 1, false)).toEqual([2, 0, 1, 3]);
    expect(sortedOrder(TABLE, 1, true)).toEqual([0, 2, 1, 3]);
  });
  it('writes JSON that parses back, without NaN', () => {
    const back = JSON.parse(toJson('t', TABLE, { seed: 7 })) as { rows: unknown[]; provenance: unknown };
    expect(back.rows[1]).toEqual({ place: 'He said "no"', 'released, trips': null });
    expect(back.provenance).toEqual({ seed: 7 });
  });
});

describe('numbers', () => {
  it('bounds digits by the uncertainty', () => {
    expect(formatWithin(38.4321, 3)).toBe('38');
    expect(formatWithin(0.30000000000000004, 0.02)).toBe('0.300');
    expect(formatWithin(-0.2, 3)).toBe('0');
    expect([0.5, 1.4, 3, 140].map(decimalsFor)).toEqual([1, 1, 0, 0]);
  });
  it('follows the locale', () => {
    expect(formatNumber(12345.6, 'es')).toBe('12.346');
    expect(formatNumber(Number.NaN)).toBe('–');
  });
});

describe('words and colours', () => {
  it('has every word in both languages', () => {
    expect(Object.keys(CHART_WORDS_ES)).toEqual(Object.keys(CHART_WORDS_EN));
    expect(Object.values(CHART_WORDS_ES).every((word) => word.length > 0)).toBe(true);
  });
  it('turns mixed colours into plain ones for other SVG readers', () => {
    expect(plainColor('color(srgb 0.5 0.25 1)')).toBe('rgb(128, 64, 255)');
    expect(plainColor('rgb(1, 2, 3)')).toBe('rgb(1, 2, 3)');
  });
});
