import { describe, expect, it } from 'vitest';
import type { Guarantee } from '../../engine/kit/guarantee.ts';
import type { PrivacyModel } from '../../engine/kit/privacy-model.ts';
import { en, type MessageKey } from '../i18n/en.ts';
import { es } from '../i18n/es.ts';
import { fill, formatNumber } from '../i18n/format.ts';
import type { TextTools } from '../i18n/use-text.ts';
import { guaranteeWords } from './guarantee-words.ts';

const column = 'fare';
const models: readonly PrivacyModel[] = [
  { type: 'k-anonymity', k: 5 },
  { type: 'k-map', k: 5 },
  { type: 'delta-presence', min: 0.1, max: 0.5 },
  { type: 'distinct-l', column, l: 3 },
  { type: 'entropy-l', column, l: 2.5 },
  { type: 'recursive-cl', column, c: 3, l: 2 },
  { type: 't-closeness', column, t: 0.2, distance: 'equal' },
  { type: 't-closeness', column, t: 0.2, distance: 'ordered' },
  { type: 't-closeness', column, t: 0.2, distance: 'hierarchical' },
  { type: 'delta-disclosure', column, delta: 1.5 },
  { type: 'basic-beta', column, beta: 1 },
  { type: 'enhanced-beta', column, beta: 1 },
  { type: 'alpha-k', column, alpha: 0.5, k: 5 },
  { type: 'k-m', column, k: 5, m: 2 },
];

/** Only what words of a syntactic claim need. */
const tools = (language: 'en' | 'es'): TextTools =>
  ({
    language,
    t: (key: MessageKey, vars = {}) => fill((language === 'es' ? es : en)[key], vars, language),
    number: (value: number) => formatNumber(value, language),
  }) as unknown as TextTools;
const words = (guarantee: Guarantee, language: 'en' | 'es' = 'en'): string =>
  guaranteeWords(guarantee, tools(language));

describe('words of a syntactic claim', () => {
  it('name every model, its parameters and its column, in both languages', () => {
    for (const model of models) {
      const claims = (['en', 'es'] as const).map((language) =>
        words({ kind: 'k-anonymity', k: 5, models: [model] }, language),
      );
      for (const claim of claims) {
        expect(claim).not.toMatch(/[{}]/);
        expect(claim.includes(column)).toBe('column' in model);
      }
      expect(claims[0]).not.toBe(claims[1]);
    }
  });
  it('come after those of k and l', () => {
    const [, , , , entropy] = models;
    const claim: Guarantee = { kind: 'k-anonymity', k: 5, l: { value: 3, column }, models: entropy ? [entropy] : [] };
    expect(words(claim)).toMatch(
      /k = 5, at least 3 values of fare.*Also: fare as uncertain as 2\.5 equally likely values\.$/,
    );
  });
  it('stand alone where k promises nothing', () => {
    const claim: Guarantee = { kind: 'k-anonymity', k: 1, models: [{ type: 'k-m', column, k: 5, m: 2 }] };
    expect(words(claim)).toBe(
      'Promised: any 2 known items of fare fit at least 5 records. Not a limit on what else is known.',
    );
  });
});
