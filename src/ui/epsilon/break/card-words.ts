import { text, type Text } from '../../../engine/kit/text.ts';

/** Words of the mechanism cards. */
export const words = {
  finding: text(
    'For {cells} {cells, answer|answers} that one unit may move by {sensitivity}, at ε = {epsilon}, no noise errs less than {best}: below {within} nineteen times in twenty.',
    'Para {cells} {cells, respuesta|respuestas} que una unidad puede cambiar en {sensitivity}, con ε = {epsilon}, ningún ruido yerra menos que {best}: por debajo de {within} diecinueve de cada veinte veces.',
  ),
  wait: text('Working out every mechanism …', 'Calculando todos los mecanismos …'),
  progress: text('Working out every mechanism', 'Calculando todos los mecanismos'),
  hint: text(
    'Errors hold for one answer, in its own steps (a count: rows), of the exact noise a release draws. Exact figures, not simulations.',
    'Los errores son de una respuesta, en sus propios pasos (un recuento: filas), con el ruido exacto con que se publica. Cifras exactas, no simulaciones.',
  ),
  claim: text('The question', 'La pregunta'),
  epsilon: text('Privacy loss', 'Pérdida de privacidad'),
  sensitivity: text('One unit moves an answer by', 'Una unidad cambia una respuesta en'),
  cells: text('Answers one unit moves', 'Respuestas que cambia una unidad'),
  additive: text('Noise added to an answer', 'Ruido sumado a una respuesta'),
  selection: text('A choice among candidates', 'Elección entre candidatos'),
  mechanism: text('Mechanism', 'Mecanismo'),
  cost: text('Costs', 'Cuesta'),
  below: text(
    'Errors stay below the number, in this share of releases.',
    'Los errores quedan por debajo del número, en esta proporción de publicaciones.',
  ),
  short: text(
    'The choice is short of the best by less than the number, in this share of choices; for the sparse vector, the distance from the threshold.',
    'La elección queda a menos del número de la mejor, en esta proporción de elecciones; en el vector disperso, la distancia al umbral.',
  ),
  mean: text('Mean error', 'Error medio'),
  neverFails: text('never fails', 'no falla nunca'),
  mayFail: text('may fail, δ = {delta}', 'puede fallar, δ = {delta}'),
  law: text('The law of its error', 'La ley de su error'),
  lawChoice: text('Which candidate is chosen', 'Qué candidato se elige'),
  lawPasses: text('How often an answer is called "above"', 'Con qué frecuencia se dice «por encima»'),
  lawHint: text(
    'How likely each error is; narrow is better. The noise of a release is drawn in whole numbers, that of a simulation in floating point.',
    'Cuán probable es cada error; cuanto más estrecha, mejor. El ruido de una publicación se sortea en enteros; el de una simulación, en coma flotante.',
  ),
  lawChoiceHint: text(
    'Ten candidates, at the given distances below the best; the probability that each is chosen.',
    'Diez candidatos, a las distancias indicadas por debajo del mejor; la probabilidad de elegir cada uno.',
  ),
  lawPassesHint: text(
    'The probability that an answer at this distance from the threshold is called above it.',
    'La probabilidad de que una respuesta a esta distancia del umbral se declare por encima.',
  ),
  error: text('error', 'error'),
  score: text('score, from the best', 'puntuación, desde la mejor'),
  distance: text('distance from the threshold', 'distancia al umbral'),
  probability: text('probability', 'probabilidad'),
  density: text('probability per step', 'probabilidad por paso'),
  release: text('release', 'publicación'),
  simulation: text('simulation', 'simulación'),
  upward: text(
    'Drawn for a truth at the lower end of a range of {range}, where noise only goes up; errors are those of the worst truth.',
    'Dibujada para una verdad en el extremo inferior de un rango de {range}, donde el ruido solo sube; los errores son los de la peor verdad.',
  ),
  parameters: text('Parameters', 'Parámetros'),
  samplers: text('How it is drawn', 'Cómo se sortea'),
  samplersBoth: text(
    'A release meant to be used draws exact whole numbers from fair random bits, no floating point anywhere; the pictures of this page use a fast seeded sampler of the same law.',
    'Una publicación real sortea números enteros exactos a partir de bits aleatorios equitativos, sin coma flotante; las imágenes de esta página usan un muestreador rápido con semilla de la misma ley.',
  ),
  samplersExact: text(
    'Drawn exactly, by whole-number coins, in a release as in a simulation.',
    'Se sortea exactamente, con monedas de números enteros, tanto en una publicación como en una simulación.',
  ),
  audit: text('Audit this mechanism', 'Auditar este mecanismo'),
  limits: text('Limits', 'Límites'),
  sources: text('Sources', 'Fuentes'),
};

/** Parameters of the laws, by the engine's names. */
export const parameterWords: Readonly<Record<string, Text>> = {
  scale: text('scale', 'escala'),
  sigma: text('standard deviation (σ)', 'desviación típica (σ)'),
  sigma2: text('variance (σ²)', 'varianza (σ²)'),
  gamma: text('place of the step (γ)', 'lugar del escalón (γ)'),
  step: text('width of a step', 'anchura del escalón'),
  rise: text('place of the step', 'lugar del escalón'),
  bound: text('largest error', 'error máximo'),
  grid: text('grid', 'rejilla'),
  rate: text('weight of a score', 'peso de una puntuación'),
  threshold: text('scale at the threshold', 'escala en el umbral'),
  query: text('scale of an answer', 'escala de una respuesta'),
};
