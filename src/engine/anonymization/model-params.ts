import { choice, column, columns, integer, number, type Params } from '../kit/params.ts';
import type { PrivacyModel } from '../kit/privacy-model.ts';
import { text } from '../kit/text.ts';

export const smallestGroup = integer({
  label: text('smallest group', 'grupo mínimo'),
  symbol: 'k',
  help: text(
    'Every released row looks like at least k - 1 others.',
    'Cada fila publicada se parece al menos a otras k - 1.',
  ),
  ends: [text('more detail', 'más detalle'), text('stronger privacy', 'más privacidad')],
  min: 2,
  max: 1000,
  default: 5,
  scale: 'log',
  stops: [2, 3, 5, 10, 20, 50, 100],
  warnBelow: 5,
});

export const differentValues = integer({
  label: text('different sensitive values in a group', 'valores sensibles distintos por grupo'),
  symbol: 'l',
  help: text(
    'Knowing the group must leave at least l sensitive values possible. 1 = not asked for.',
    'Conocer el grupo debe dejar posibles al menos l valores sensibles. 1 = no se exige.',
  ),
  min: 1,
  max: 20,
  default: 3,
});

export const knownColumns = columns({
  label: text('what an outsider may know', 'lo que alguien de fuera puede saber'),
  help: text('Columns made equal inside a group.', 'Columnas que se igualan dentro de un grupo.'),
  roles: ['quasi-identifier'],
  max: 20,
});

export const sensitiveColumn = column({
  label: text('sensitive column', 'columna sensible'),
  help: text(
    'Column whose values must differ inside a group. Numbers are released in bands.',
    'Columna cuyos valores deben diferir dentro de un grupo. Los números se publican en bandas.',
  ),
  roles: ['sensitive'],
});

/**
 * Parameters of the models asked for beside k and distinct l, shared by every method that forms classes. Entropy and
 * recursive diversity read the method's own l; thresholds of models that are not chosen are ignored.
 */
export const modelParams = {
  further: choice({
    label: text('further model', 'modelo adicional'),
    help: text(
      'What groups must promise of sensitive values beyond being different. Diversity models use l.',
      'Lo que los grupos deben prometer de los valores sensibles además de ser distintos. Los de diversidad usan l.',
    ),
    options: [
      { value: 'none', label: text('none', 'ninguno') },
      { value: 'entropy-l', label: text('entropy l-diversity', 'l-diversidad por entropía') },
      { value: 'recursive-cl', label: text('recursive (c, l)-diversity', '(c, l)-diversidad recursiva') },
      { value: 't-equal', label: text('t-closeness, all values alike', 't-cercanía, valores equidistantes') },
      { value: 't-ordered', label: text('t-closeness, ordered', 't-cercanía, ordenada') },
      { value: 't-hierarchical', label: text('t-closeness, hierarchical', 't-cercanía, jerárquica') },
      { value: 'basic-beta', label: text('basic β-likeness', 'β-semejanza básica') },
      { value: 'enhanced-beta', label: text('enhanced β-likeness', 'β-semejanza mejorada') },
      { value: 'delta-disclosure', label: text('δ-disclosure privacy', 'δ-divulgación') },
      { value: 'alpha-k', label: text('(α, k)-anonymity', '(α, k)-anonimato') },
    ],
    default: 'none',
    advanced: true,
  }),
  c: number({
    label: text('weight of the rarer values', 'peso de los valores menos frecuentes'),
    symbol: 'c',
    help: text(
      'The commonest value of a group stays below c times the rest from the l-th on.',
      'El valor más frecuente de un grupo queda por debajo de c veces el resto desde el l-ésimo.',
    ),
    min: 0.1,
    max: 100,
    default: 3,
    scale: 'log',
    advanced: true,
  }),
  t: number({
    label: text('distance to the whole table', 'distancia a la tabla completa'),
    symbol: 't',
    help: text(
      'Sensitive values of a group are spread as in the table up to t (0 = just so, 1 = not asked for).',
      'Los valores sensibles de un grupo se reparten como en la tabla salvo t (0 = igual, 1 = no se exige).',
    ),
    min: 0,
    max: 1,
    default: 0.2,
    advanced: true,
  }),
  gain: number({
    label: text('gain about a value', 'ganancia sobre un valor'),
    symbol: 'β, δ',
    help: text(
      'β: relative rise of a value’s share in a group. δ: its change in bits.',
      'β: aumento relativo de la proporción de un valor en un grupo. δ: su cambio en bits.',
    ),
    min: 0.01,
    max: 100,
    default: 1,
    scale: 'log',
    advanced: true,
  }),
  alpha: number({
    label: text('largest share of one value', 'mayor proporción de un valor'),
    symbol: 'α',
    help: text('No sensitive value exceeds it in a group.', 'Ningún valor sensible la supera en un grupo.'),
    min: 0.01,
    max: 1,
    default: 0.5,
    advanced: true,
  }),
  alsoSensitive: columns({
    label: text('more sensitive columns', 'más columnas sensibles'),
    help: text('Held to the same l and model.', 'Sujetas al mismo l y modelo.'),
    roles: [],
    max: 10,
  }),
} as const;

/** What `modelsOf` reads: the shared parameters and the method's own k and l. */
export type ModelValues = Params<typeof modelParams> & { readonly k: number; readonly l: number };

/** Whether anything is asked of sensitive values: then a method needs a sensitive column. */
export const asksDiversity = (params: ModelValues): boolean => params.l > 1 || params.further !== 'none';

/**
 * Models promised beside k and beside distinct l of the main sensitive column, in the order of the columns; empty for
 * the defaults. What a guarantee lists as `models`.
 */
export function modelsOf(params: ModelValues, sensitive: string | undefined): readonly PrivacyModel[] {
  const more = params.alsoSensitive.filter((name, i, all) => name !== sensitive && all.indexOf(name) === i);
  const models: PrivacyModel[] = sensitive === undefined ? [] : [...furtherModel(params, sensitive)];
  for (const column of more) {
    if (params.l > 1) models.push({ type: 'distinct-l', column, l: params.l });
    models.push(...furtherModel(params, column));
  }
  return models;
}

/** All models a method must satisfy: k, distinct l of the main sensitive column, and `modelsOf`. */
export function everyModel(params: ModelValues, sensitive: string | undefined): readonly PrivacyModel[] {
  const { k, l } = params;
  const distinct: readonly PrivacyModel[] =
    l > 1 && sensitive !== undefined ? [{ type: 'distinct-l', column: sensitive, l }] : [];
  return [{ type: 'k-anonymity', k }, ...distinct, ...modelsOf(params, sensitive)];
}

function furtherModel(params: ModelValues, column: string): readonly PrivacyModel[] {
  const { k, l, c, t, gain, alpha } = params;
  switch (params.further) {
    case 'none':
      return [];
    case 'entropy-l':
      return [{ type: 'entropy-l', column, l }];
    case 'recursive-cl':
      return [{ type: 'recursive-cl', column, c, l }];
    case 't-equal':
      return [{ type: 't-closeness', column, t, distance: 'equal' }];
    case 't-ordered':
      return [{ type: 't-closeness', column, t, distance: 'ordered' }];
    case 't-hierarchical':
      return [{ type: 't-closeness', column, t, distance: 'hierarchical' }];
    case 'basic-beta':
    case 'enhanced-beta':
      return [{ type: params.further, column, beta: gain }];
    case 'delta-disclosure':
      return [{ type: 'delta-disclosure', column, delta: gain }];
    case 'alpha-k':
      return [{ type: 'alpha-k', column, alpha, k }];
  }
}
