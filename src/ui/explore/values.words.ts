import { text } from '../../engine/kit/text.ts';

/** Words for measured values and for rows nobody stands behind. */
export const valueWords = {
  what: text('Measured values or number of rows', 'Valores medidos o número de filas'),
  values: text('Values', 'Valores'),
  counts: text('Counts', 'Conteos'),
  mean: text('{what}, mean', '{what}, media'),
  finding: text(
    '{measure} at {zone}, {when}: {truth} on average. The release says {released}, give or take {half}.',
    '{measure} en {zone}, {when}: {truth} de media. Lo publicado dice {released}, con un margen de {half}.',
  ),
  findingHeld: text(
    '{measure} at {zone}, {when}: {truth} on average. The release says nothing here: noise would cover the whole range.',
    '{measure} en {zone}, {when}: {truth} de media. Aquí no se publica nada: el ruido cubriría todo el rango.',
  ),
  stake: text(
    'No person stands behind a row: what is hidden is one {unit} of one sensor.',
    'No hay una persona detrás de cada fila: lo que se oculta es una {unit} de un sensor.',
  ),
  rank: text(
    'In {n} of 100 releases this place would have the highest value.',
    'En {n} de cada 100 publicaciones este lugar tendría el valor más alto.',
  ),
  heldBack: text('In {n} of {draws} it would be held back.', 'En {n} de {draws} no se publicaría.'),
  solve: text('Or say how wrong this mean may be:', 'O diga cuánto puede fallar esta media:'),
  solveLabel: text(
    'Accepted error of a mean; the parameter is solved for',
    'Error aceptado de una media; se despeja el parámetro',
  ),
  find: text('Find one {unit}', 'Encontrar: {unit}'),
  findHint: text('What gives it away in the table?', '¿Qué lo delata en la tabla?'),
  safeHint: text('Values and counts with noise', 'Valores y conteos con ruido'),
};
