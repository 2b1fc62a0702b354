import { text } from '../../../engine/kit/text.ts';

/** Words of the lens: what one composed loss means. */
export const words = {
  title: text('What it means', 'Qué significa'),
  lead: text(
    'Take someone who knows everything but whether one {unit} is in the data, and who thinks it {prior} likely. After this release they can be at most {posterior} sure.',
    'Imagine a alguien que lo sabe todo salvo si una unidad ({unit}) está en los datos, y que lo cree probable en un {prior}. Tras esta publicación podrá estar seguro, como mucho, en un {posterior}.',
  ),
  leadWrong: text(
    'Guessing with even odds, they are wrong at least {wrong} times in 100.',
    'Si adivina a partes iguales, se equivoca al menos {wrong} veces de cada 100.',
  ),
  hint: text(
    'Drag any line: the noise is solved for. Values are proven: the truth lies between the two ends.',
    'Arrastre cualquier línea: se calcula el ruido necesario. Los valores están demostrados: la verdad queda entre los dos extremos.',
  ),
  relation: text(
    'One {unit}, {relation}; all {n} answers of this release together.',
    'Una unidad ({unit}), {relation}; las {n} respuestas de esta publicación juntas.',
  ),
  relationOne: text(
    'One {unit}, {relation}; this release is one answer.',
    'Una unidad ({unit}), {relation}; esta publicación es una sola respuesta.',
  ),
  'add-remove': text('added or removed', 'añadida o quitada'),
  'replace-one': text('replaced by another', 'sustituida por otra'),
  'unbounded-user': text('with all its rows', 'con todas sus filas'),
  live: text('preview', 'vista previa'),
  proven: text('proven', 'demostrado'),
  epsilon: text('Privacy loss ε at δ = {delta}', 'Pérdida de privacidad ε con δ = {delta}'),
  accuracy: text('Right guesses from even odds', 'Aciertos partiendo de iguales probabilidades'),
  advantage: text('Advantage over guessing', 'Ventaja sobre adivinar'),
  posterior: text('Belief after the release', 'Creencia tras la publicación'),
  atPrior: text(
    'Right guesses from that belief (without the release: {base})',
    'Aciertos partiendo de esa creencia (sin la publicación: {base})',
  ),
  tpr: text('Found at {fpr} false alarms', 'Detectados con {fpr} de falsas alarmas'),
  error: text('Half width of one cell, 95 %', 'Semianchura de una celda, 95 %'),
  prior: text('Belief before the release', 'Creencia antes de la publicación'),
  priorEnds: [text('rare', 'raro'), text('near certain', 'casi seguro')] as const,
  tradeoff: text('Trade-off curve', 'Curva de compromiso'),
  tradeoffHint: text(
    'Best possible test: how many it finds for the false alarms it raises. Band: proven bounds. Diagonal: guessing.',
    'La mejor prueba posible: cuántos detecta según las falsas alarmas que da. Banda: cotas demostradas. Diagonal: adivinar.',
  ),
  fpr: text('false alarms', 'falsas alarmas'),
  found: text('found', 'detectados'),
  best: text('best attack', 'mejor ataque'),
  chance: text('guessing', 'adivinar'),
  profile: text('Privacy profile', 'Perfil de privacidad'),
  profileHint: text(
    'Every ε this release keeps, and the δ it keeps it at. Band: proven bounds.',
    'Cada ε que cumple esta publicación y el δ con el que lo cumple. Banda: cotas demostradas.',
  ),
  none: text('Nothing is released yet.', 'Aún no hay nada publicado.'),
  noLoss: text(
    'This release makes no claim of differential privacy, so there is no loss to read.',
    'Esta publicación no promete privacidad diferencial; no hay pérdida que leer.',
  ),
  charts: text('Curves behind these numbers', 'Curvas detrás de estos números'),
};
