import type { Guarantee } from '../../engine/kit/guarantee.ts';
import { oddsOf } from '../i18n/format.ts';
import type { TextTools } from '../i18n/use-text.ts';

/** A claim in a sentence, its limits included. */
export function guaranteeWords(guarantee: Guarantee, { t, number }: TextTools): string {
  switch (guarantee.kind) {
    case 'none':
      return t('claim.none', { why: guarantee.why });
    case 'dp':
      return t('claim.dp', {
        epsilon: number(guarantee.epsilon),
        delta: guarantee.delta > 0 ? t('claim.dp.delta', { delta: guarantee.delta.toExponential(0) }) : '',
        unit: guarantee.unit,
        model: t(`claim.dp.${guarantee.model}`),
        odds: oddsOf(guarantee.epsilon),
      });
    case 'k-anonymity': {
      const l = guarantee.l === undefined ? '' : t('claim.k.l', { l: guarantee.l.value, column: guarantee.l.column });
      return t('claim.k', { k: guarantee.k, l });
    }
    case 'secret-sharing':
      return t('claim.secret', {
        corrupted: guarantee.corrupted,
        parties: guarantee.parties,
        adversary: t(`claim.secret.${guarantee.adversary}`),
      });
    case 'encryption':
      return t('claim.encryption', { cipher: guarantee.cipher, bits: guarantee.bits });
    default: {
      const never: never = guarantee;
      return never;
    }
  }
}
