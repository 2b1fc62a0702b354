import { describe, expect, it } from 'vitest';
import type { Text } from '../../engine/kit/text.ts';
import { fill, formatNumber, type Vars } from '../i18n/format.ts';
import { columnPhrase, countedShare, joined, levelWord, small } from './node-words.ts';

const en = { tx: (value: Text, vars: Vars = {}) => fill(value.en, vars, 'en') };
const es = { tx: (value: Text, vars: Vars = {}) => fill(value.es ?? '', vars, 'es') };
const number = (value: number): string => formatNumber(value, 'en');

describe('levels in words', () => {
  it('say what the ladders call them in both languages', () => {
    expect(['daypart', 'place', '*', 'width 5', '2 masked'].map((name) => levelWord(name, en))).toEqual([
      'daypart',
      'exact',
      'none',
      '5 wide',
      '2 hidden',
    ]);
    expect(levelWord('borough', es)).toBe('distrito');
  });
  it('leave names of a user as they are', () => {
    expect(levelWord('Tracts 2020', es)).toBe('Tracts 2020');
    expect(levelWord('constructor', en)).toBe('constructor');
  });
  it('make a phrase of a column', () => {
    expect(columnPhrase('pickup zone', '*', en)).toBe('pickup zone not released');
    expect(columnPhrase('fare', 'width 10', en)).toBe('fare in steps of 10');
    expect(columnPhrase('zona', 'borough', es)).toBe('zona por distrito');
  });
  it('join and begin as sentences do', () => {
    expect(joined(['a', 'b', 'c'], 'en')).toBe('a, b and c');
    expect(joined(['a', 'b'], 'es')).toBe('a y b');
    expect([small('Pickup time'), small('NO2')]).toEqual(['pickup time', 'NO2']);
  });
});

describe('shares as people count them', () => {
  it.each([
    [0, '0 in 10'],
    [0.4, '4 in 10'],
    [0.05, '5 in 100'],
    [0.98, '98 in 100'],
    [0.99, '99 in 100'],
    [0.9999, '9,999 in 10,000'],
    [1, '10 in 10'],
    [0.0004, '4 in 10,000'],
  ])('%d is %s', (share, said) => {
    const [n, of] = countedShare(share, number);
    expect(`${n} in ${of}`).toBe(said);
  });
});
