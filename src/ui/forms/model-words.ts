import type { PrivacyModel } from '../../engine/kit/privacy-model.ts';
import type { TextTools } from '../i18n/use-text.ts';

/** What a syntactic model promises of every group, as part of a sentence; `called` gives a column its label. */
export function modelWords(model: PrivacyModel, called: (column: string) => string, { t, number }: TextTools): string {
  switch (model.type) {
    case 'k-anonymity':
    case 'k-map':
      return t(`claim.m.${model.type}`, { k: model.k });
    case 'delta-presence':
      return t('claim.m.delta-presence', { min: number(model.min), max: number(model.max) });
    case 'distinct-l':
    case 'entropy-l':
      return t(`claim.m.${model.type}`, { l: number(model.l), column: called(model.column) });
    case 'recursive-cl':
      return t('claim.m.recursive-cl', { c: number(model.c), l: model.l, column: called(model.column) });
    case 't-closeness':
      return t('claim.m.t-closeness', {
        t: number(model.t),
        column: called(model.column),
        distance: t(`claim.m.${model.distance}`),
      });
    case 'delta-disclosure':
      return t('claim.m.delta-disclosure', { delta: number(model.delta), column: called(model.column) });
    case 'basic-beta':
    case 'enhanced-beta':
      return t(`claim.m.${model.type}`, { factor: number(1 + model.beta), column: called(model.column) });
    case 'alpha-k':
      return t('claim.m.alpha-k', { alpha: number(model.alpha), k: model.k, column: called(model.column) });
    case 'k-m':
      return t('claim.m.k-m', { m: model.m, k: model.k, column: called(model.column) });
    default: {
      const never: never = model;
      return never;
    }
  }
}
