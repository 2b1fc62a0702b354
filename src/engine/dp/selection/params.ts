import { choice, number } from '../../kit/params.ts';
import { text } from '../../kit/text.ts';

/** Parameters that several techniques of selection share. */

export const epsilonParam = number({
  label: text('Privacy budget', 'Presupuesto de privacidad'),
  symbol: 'ε',
  help: text(
    'How much one hidden unit may change the odds of anything released here, over all answers together: at most by the factor e^ε.',
    'Cuánto puede cambiar una unidad oculta la probabilidad de todo lo que se publica aquí, sumando todas las respuestas: como mucho por el factor e^ε.',
  ),
  min: 0.01,
  max: 20,
  default: 1,
  scale: 'log',
  stops: [0.1, 0.5, 1, 2.1, 5, 10],
  warnAbove: 10,
  ends: [text('stronger privacy', 'más privacidad'), text('better accuracy', 'más exactitud')],
});

export const deltaParam = number({
  label: text('Chance of failure', 'Probabilidad de fallo'),
  symbol: 'δ',
  help: text(
    'How likely the promise may fail; keep it far below one over the number of rows.',
    'Con qué probabilidad puede fallar la promesa; manténgala muy por debajo de uno entre el número de filas.',
  ),
  min: 1e-12,
  max: 1e-3,
  default: 1e-6,
  scale: 'log',
  stops: [1e-10, 1e-8, 1e-6, 1e-5],
  warnAbove: 1e-5,
});

export const selectorParam = choice({
  label: text('Mechanism', 'Mecanismo'),
  help: text(
    'Permute-and-flip is never less accurate than the exponential mechanism at the same ε; many choices add up to less with the exponential one.',
    'Permutar y lanzar nunca es menos exacto que el mecanismo exponencial con el mismo ε; muchas elecciones suman menos con el exponencial.',
  ),
  options: [
    { value: 'permute-and-flip', label: text('Permute-and-flip', 'Permutar y lanzar') },
    { value: 'exponential', label: text('Exponential mechanism', 'Mecanismo exponencial') },
    { value: 'noisy-max', label: text('Noisy maximum (Laplace)', 'Máximo con ruido (Laplace)') },
  ],
  default: 'permute-and-flip',
});
