import type { ColumnDescriptor } from '../../engine/kit/dataset.ts';
import type { Guarantee } from '../../engine/kit/guarantee.ts';
import { text } from '../../engine/kit/text.ts';
import { oddsOf } from '../i18n/format.ts';
import type { TextTools } from '../i18n/use-text.ts';
import { modelWords } from './model-words.ts';

/** Why nothing is promised: the engine says it in English, as part of the result. */
const reasons = [
  text('nothing protects these rows', 'nada protege estas filas'),
  text(
    'leaving out columns alone promises nothing about the others',
    'quitar columnas no promete nada sobre las demás',
  ),
  text('rows that stand out are still released (k = 1)', 'se siguen publicando las filas que destacan (k = 1)'),
  text(
    'pseudonyms hide names, not the places and times that single people out',
    'los seudónimos ocultan nombres, no los lugares y horas que señalan a cada persona',
  ),
  text(
    'updates carry no noise; keeping rows local is not a formal guarantee',
    'las actualizaciones no llevan ruido; dejar las filas en su sitio no es una garantía formal',
  ),
  text(
    'an earlier step chose rows or groups by looking at the data, so one row can change more than the noise hides; put this step before it',
    'un paso anterior eligió filas o grupos mirando los datos, y una fila puede cambiar más de lo que oculta el ruido; ponga este paso antes',
  ),
];

function reasonWords(why: string, tx: TextTools['tx']): string {
  const known = reasons.find(({ en }) => en === why);
  return known === undefined ? why : tx(known);
}

/** A claim in a sentence, its limits included; columns are called by their labels where `columns` has them. */
export function guaranteeWords(
  guarantee: Guarantee,
  tools: TextTools,
  columns: readonly ColumnDescriptor[] = [],
): string {
  const { t, tx, number, unit } = tools;
  switch (guarantee.kind) {
    case 'none':
      return t('claim.none', { why: reasonWords(guarantee.why, tx) });
    case 'dp':
      return t('claim.dp', {
        epsilon: number(guarantee.epsilon),
        delta: guarantee.delta > 0 ? t('claim.dp.delta', { delta: guarantee.delta.toExponential(0) }) : '',
        unit: unit(guarantee.unit),
        model: t(`claim.dp.${guarantee.model}`),
        odds: oddsOf(guarantee.epsilon),
      });
    case 'k-anonymity': {
      const { k, l, models = [] } = guarantee;
      const called = (name: string): string => {
        const label = columns.find((column) => column.name === name)?.label;
        return label === undefined ? name : tx(label);
      };
      const listed = models.map((model) => modelWords(model, called, tools)).join('; ');
      // k = 1 promises nothing: the models are then all there is.
      if (k === 1 && listed !== '') return t('claim.k.only', { models: listed });
      const varied = l === undefined ? '' : t('claim.k.l', { l: l.value, column: called(l.column) });
      const also = listed === '' ? '' : ` ${t('claim.k.also', { models: listed })}`;
      return `${t('claim.k', { k, l: varied })}${also}`;
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
