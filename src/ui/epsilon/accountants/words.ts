import { text } from '../../../engine/kit/text.ts';

/** Words of the bound race. */
export const words = {
  finding: text(
    'After {n} releases, adding up says ε = {basic}. The proven truth is {truth}: {times} times less.',
    'Tras {n} publicaciones, la suma dice ε = {basic}. La verdad demostrada es {truth}: {times} veces menos.',
  ),
  findingTight: text(
    'After {n} releases the proven loss is ε = {truth}; here adding up is as good as anything.',
    'Tras {n} publicaciones la pérdida demostrada es ε = {truth}; aquí sumar es tan bueno como cualquier otra cosa.',
  ),
  findingInvalid: text(
    '{name} says {value}, below the truth: it is a limit theorem, not a bound.',
    '{name} dice {value}, menos que la verdad: es un teorema límite, no una cota.',
  ),
  working: text('The accountants are at work.', 'Los contables están trabajando.'),
  hint: text(
    'The same noise, the same promise: only the bookkeeping differs. A tighter accountant allows the same ε with less noise.',
    'El mismo ruido, la misma promesa: solo cambia la contabilidad. Un contable más ajustado permite el mismo ε con menos ruido.',
  ),
  race: text('The bound race', 'La carrera de las cotas'),
  raceHint: text(
    'Epsilon at the chosen δ over the number of releases. Every line is one accountant; the lowest proven one wins. Dashed: not a bound.',
    'Épsilon con el δ elegido según el número de publicaciones. Cada línea es un contable; gana la demostrada más baja. A trazos: no es una cota.',
  ),
  truth: text('truth, proven from both sides', 'verdad, demostrada por ambos lados'),
  releases: text('releases of this kind', 'publicaciones de este tipo'),
  epsilon: text('ε at δ = {delta}', 'ε con δ = {delta}'),
  what: text('Which releases', 'Qué publicaciones'),
  own: text('The release on this page', 'La publicación de esta página'),
  ownNote: text(
    'All answers of the present release, made anew again and again about the same rows.',
    'Todas las respuestas de la publicación actual, hechas de nuevo una y otra vez sobre las mismas filas.',
  ),
  custom: text('My own', 'La mía'),
  customNote: text('Any noise, any number of times.', 'Cualquier ruido, tantas veces como se quiera.'),
  accountant: text('Accountant', 'Contable'),
  says: text('Says after {n}', 'Dice tras {n}'),
  standing: text('What that is worth', 'Cuánto vale'),
  exact: text('exact', 'exacto'),
  tight: text('proven, tight', 'demostrado, ajustado'),
  loose: text('proven, {times} times the truth', 'demostrado, {times} veces la verdad'),
  lower: text('proven from below', 'demostrado por debajo'),
  conditional: text('proven if all choices are fixed in advance', 'demostrado si todo se fija de antemano'),
  invalid: text('not a bound: {percent} below the truth', 'no es una cota: {percent} por debajo de la verdad'),
  heuristic: text('not a bound', 'no es una cota'),
  endOfOrders: text('best at the end of the orders tried', 'mejor en el extremo de los órdenes probados'),
  source: text('Source', 'Fuente'),
  at: text('After this many releases', 'Tras tantas publicaciones'),
  law: text('Noise', 'Ruido'),
  value: text('Its parameter', 'Su parámetro'),
  rate: text('Sampling rate', 'Tasa de muestreo'),
  count: text('Releases in one step of the axis', 'Publicaciones en un paso del eje'),
  delta: text('δ', 'δ'),
  bad: text('Not a possible value; the last good one is shown.', 'Valor imposible; se muestra el último válido.'),
};
