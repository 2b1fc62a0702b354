import { describe, expect, it } from 'vitest';
import { en, type MessageKey } from './en.ts';
import { es } from './es.ts';
import { fill, formatRounded, formatValue, oddsOf } from './format.ts';

const holes = (text: string): string =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].toSorted().join(' ');

describe('catalogue', () => {
  it('has the same holes in both languages', () => {
    const keys = Object.keys(en) as MessageKey[];
    const different = keys.filter((key) => holes(en[key]) !== holes(es[key]));
    expect(different).toEqual([]);
  });
  it('fills holes, sets numbers by locale and chooses plural forms', () => {
    expect(fill('{n} {n, row|rows}', { n: 12_345 }, 'en')).toBe('12,345 rows');
    expect(fill('{n} filas', { n: 12_345 }, 'es')).toBe('12.345 filas');
    expect(fill('{unknown} stays', {}, 'en')).toBe('{unknown} stays');
  });
  it('bounds digits by the uncertainty', () => {
    expect(formatRounded(875.4321, 'en', 13.8)).toBe('875');
    expect(formatRounded(0.123456, 'en', 0.02)).toBe('0.123');
    expect(formatValue(0.5234, 'share', 'en', 0.02)).toBe('52\u00a0%');
    expect(formatValue(0.9371, 'share', 'en', 0.003)).toBe('93.7\u00a0%');
  });
  it('writes very short times in microseconds', () => {
    expect(formatValue(0.00037, 'ms', 'en')).toContain('0.37');
    expect(formatValue(0.00037, 'ms', 'en')).toContain('µs');
    expect(formatValue(0.13, 'ms', 'en')).toContain('ms');
  });
  it('puts epsilon in odds: epsilon 1 is 73:27', () => {
    expect(oddsOf(1)).toBe('73:27');
    expect(oddsOf(0)).toBe('50:50');
    expect(oddsOf(20)).toBe('> 99.9:< 0.1');
  });
});
