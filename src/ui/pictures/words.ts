import { text } from '../../engine/kit/text.ts';

/** Words of pictures and scores, loaded with the first page that draws them. */
export const pictureWords = {
  mapHint: text(
    'Where the counts are; choose a place for its hours.',
    'Dónde están los conteos; elija un lugar para ver sus horas.',
  ),
  stripHint: text('Line true, bar released.', 'Línea: real; barra: publicado.'),
  allDay: text('all day', 'todo el día'),
  hours: text('{from}–{to} h', '{from}–{to} h'),
  byColumn: text('{what} by {column}', '{what} por {column}'),
  classes: text('How many rows look alike', 'Cuántas filas son iguales'),
  classesHint: text(
    'Rows by the size of the group they share their quasi-identifiers with, before and after; the line is k.',
    'Filas según el tamaño del grupo con los mismos cuasi-identificadores, antes y después; la línea es k.',
  ),
  classesFinding: text(
    '{kept} of {rows} rows are released, each in a group of at least {least}.',
    'Se publican {kept} de {rows} filas, cada una en un grupo de al menos {least}.',
  ),
  lossTitle: text('What each column lost', 'Lo que perdió cada columna'),
  loss: text('{loss} of its detail', '{loss} de su detalle'),
  rows: text('First rows, before and after', 'Primeras filas, antes y después'),
  rowsHint: text(
    'Each row before and after the protection; changed cells are marked.',
    'Cada fila antes y después de la protección; las celdas cambiadas van marcadas.',
  ),
  allocation: text('How the budget is divided', 'Cómo se reparte el presupuesto'),
  allocationHint: text(
    'Shares of ε given to each question; they add up to the whole.',
    'Partes de ε para cada pregunta; suman el total.',
  ),
  allocationPart: text('ε {epsilon}, ± {half} {unit}', 'ε {epsilon}, ± {half} {unit}'),
  rounds: text('Training, round by round', 'Entrenamiento, ronda a ronda'),
  roundsHint: text(
    'Loss and accuracy after each round, beside central training and the majority guess.',
    'Pérdida y acierto tras cada ronda, junto al entrenamiento central y a la mayoría.',
  ),
  roundsFinding: text(
    'After {rounds} rounds the shared model is right {accuracy} of the time; always guessing the majority gets {majority}.',
    'Tras {rounds} rondas el modelo común acierta el {accuracy}; decir siempre la mayoría acierta el {majority}.',
  ),
  stream: text('What the crowd answered', 'Lo que respondió el conjunto'),
  streamHint: text(
    'Estimated share of each answer with its interval, and the error as answers come in.',
    'Parte estimada de cada respuesta con su intervalo, y el error según llegan respuestas.',
  ),
  streamFinding: text(
    '{owners} owners answered; each spent ε {spent}.',
    'Respondieron {owners} titulares; cada uno gastó ε {spent}.',
  ),
  parties: text('Who saw what', 'Quién vio qué'),
  partiesHint: text(
    'Messages between the parties, the words each one saw, and the sums they opened.',
    'Mensajes entre las partes, lo que vio cada una y las sumas que abrieron.',
  ),
  series: text('Answers step by step', 'Respuestas paso a paso'),
  seriesHint: text(
    'What was published at each step beside the truth, with the band the noise stays within; below, how far off it was.',
    'Lo publicado en cada paso junto a la verdad, con la banda en que queda el ruido; debajo, cuánto se desvió.',
  ),
  seriesFinding: text(
    '{inside} of {n} answers with a band hold the truth; typically off by {error} {unit}.',
    '{inside} de {n} respuestas con banda contienen la verdad; se desvían normalmente {error} ({unit}).',
  ),
  seriesFresh: text(
    '{fresh} of {n} answers are fresh, the others repeat the last one; typically off by {error} {unit}.',
    '{fresh} de {n} respuestas son nuevas y las demás repiten la última; se desvían normalmente {error} ({unit}).',
  ),
  seriesEmpty: text('Nothing has been published yet.', 'Aún no se ha publicado nada.'),
  gap: text('released − true', 'publicado − real'),
  fresh: text('fresh answer', 'respuesta nueva'),
  repeated: text('the last one again', 'la última otra vez'),
  spentWindow: text('ε spent in the last {n} steps', 'ε gastado en los últimos {n} pasos'),
  spentLimit: text('most that any {n} steps may spend', 'lo máximo que pueden gastar {n} pasos cualesquiera'),
  hour: text('hour', 'hora'),
  day: text('day', 'día'),
  week: text('week', 'semana'),
  packets: text('Messages on the way', 'Mensajes en tránsito'),
  packetsHint: text(
    'Each message as it is and as an eavesdropper sees it.',
    'Cada mensaje tal cual y como lo ve quien escucha.',
  ),
  none: text('This release has no picture of its own.', 'Esta publicación no tiene imagen propia.'),
  risk: text('Privacy and risk', 'Privacidad y riesgo'),
  utility: text('What it is still good for', 'Para qué sigue sirviendo'),
  cost: text('What it costs', 'Lo que cuesta'),
  sample: text('This table', 'Esta tabla'),
  population: text('Everybody in the city', 'Toda la ciudad'),
  general: text('The release', 'La publicación'),
  skipped: text('Could not be measured here ({n})', 'No se pudo medir aquí ({n})'),
  chance: text('guessing gets {value}', 'al azar {value}'),
  without: text('without the release {value}', 'sin la publicación {value}'),
  raw: text('unprotected {value}', 'sin proteger {value}'),
  bound: text('proven limit {value}', 'límite demostrado {value}'),
  modelled: text('modelled', 'modelado'),
  noScores: text('No measures yet.', 'Aún no hay medidas.'),
} as const;
