import type { PrivacyModel } from '../kit/privacy-model.ts';
import { type Text, text } from '../kit/text.ts';
import type { ModelCheck } from './verify-check.ts';

/** Why a model does not hold: the classes that break it, what was asked of them, and the worst of them. */
export function worded(check: ModelCheck): Text {
  if (check.unproved !== undefined) return check.unproved;
  const { model, broken } = check;
  const worst = check.worst ?? 0;
  switch (model.type) {
    case 'k-anonymity':
      return text(
        `${broken} classes have fewer than k = ${model.k} rows (the smallest has ${worst})`,
        `${broken} clases tienen menos de k = ${model.k} filas (la menor tiene ${worst})`,
      );
    case 'distinct-l':
      return text(
        `${broken} classes have fewer than l = ${model.l} values of ${model.column} (the poorest has ${worst})`,
        `${broken} clases tienen menos de l = ${model.l} valores de ${model.column} (la más pobre tiene ${worst})`,
      );
    case 'k-m':
      return text(
        `${broken} combinations of at most ${model.m} items of ${model.column} occur in fewer than k = ${model.k} records (the rarest in ${worst})`,
        `${broken} combinaciones de hasta ${model.m} elementos de ${model.column} aparecen en menos de k = ${model.k} registros (la más rara en ${worst})`,
      );
    default: {
      const asked = limitOf(model);
      return text(
        `${broken} classes break ${asked} (the worst has ${shown(worst)})`,
        `${broken} clases incumplen ${asked} (la peor tiene ${shown(worst)})`,
      );
    }
  }
}

/** The model and its limit in symbols, the same in every language: "t-closeness of fare <= 0.2". */
function limitOf(model: Exclude<PrivacyModel, { type: 'k-anonymity' | 'distinct-l' | 'k-m' }>): string {
  switch (model.type) {
    case 'k-map':
      return `k-map >= ${model.k}`;
    case 'delta-presence':
      return `δ-presence ${model.min}..${model.max}`;
    case 'entropy-l':
      return `entropy-l(${model.column}) >= ${model.l}`;
    case 'recursive-cl':
      return `recursive-${model.l}(${model.column}) < ${model.c}`;
    case 't-closeness':
      return `t-${model.distance}(${model.column}) <= ${model.t}`;
    case 'delta-disclosure':
      return `δ-disclosure(${model.column}) < ${model.delta}`;
    case 'basic-beta':
      return `basic-β(${model.column}) <= ${model.beta}`;
    case 'enhanced-beta':
      return `enhanced-β(${model.column}) <= ${model.beta}`;
    case 'alpha-k':
      return `(${model.alpha}, ${model.k})(${model.column})`;
  }
}

const shown = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '∞');
