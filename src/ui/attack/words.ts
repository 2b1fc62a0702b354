import type { ReleaseKind } from '../../engine/kit/release.ts';
import { text, type Text } from '../../engine/kit/text.ts';

/** Words of the Attack page. */
export const attackWords = {
  title: text('Attack', 'Ataque'),
  finding: text(
    'This opponent is right in {after} of 100 tries against your release, and in {before} of 100 against {weak}.',
    'Este oponente acierta en {after} de 100 intentos contra su publicación, y en {before} de 100 contra {weak}.',
  ),
  findingRaw: text(
    'Nothing is protected: this opponent is right in {after} of 100 tries.',
    'Nada está protegido: este oponente acierta en {after} de 100 intentos.',
  ),
  findingChance: text(
    'This opponent is right in {after} of 100 tries against your release; guessing alone is right in {chance} of 100.',
    'Este oponente acierta en {after} de 100 intentos contra su publicación; adivinar sin más acierta en {chance} de 100.',
  ),
  findingSkipped: text(
    'This opponent finds nothing to work on in your release: it reads {reads}, and you release {kind}.',
    'Este oponente no halla nada con qué trabajar en su publicación: lee {reads}, y usted publica {kind}.',
  ),
  findingSkippedRaw: text(
    'This opponent finds nothing to work on in your release: it reads {reads}, and you release {kind}. Against the raw rows it is right in {before} of 100 tries.',
    'Este oponente no halla nada con qué trabajar en su publicación: lee {reads}, y usted publica {kind}. Contra las filas sin proteger acierta en {before} de 100 intentos.',
  ),
  findingFailed: text(
    'This opponent could not try your release; the reason is below.',
    'Este oponente no pudo atacar su publicación; el motivo está abajo.',
  ),
  findingNoData: text('There are no rows to attack yet.', 'Aún no hay filas que atacar.'),
  pending: text('The opponent is at work …', 'El oponente está trabajando …'),
  wants: text('Wants {wants}.', 'Quiere {wants}.'),
  note: text(
    'One attack ({attack}), one measure ({score}), in this table: {n} tries, 95 % interval {interval}; chance {baseline}',
    'Un ataque ({attack}), una medida ({score}), en esta tabla: {n} intentos, intervalo del 95 % {interval}; azar {baseline}',
  ),
  noteSame: text(
    'One attack, one measure ({score}), in this table: {n} tries, 95 % interval {interval}; chance {baseline}',
    'Un ataque, una medida ({score}), en esta tabla: {n} intentos, intervalo del 95 % {interval}; azar {baseline}',
  ),
  noteBound: text('; proven limit {bound}', '; límite demostrado {bound}'),
  noteChance: text(
    ' (what lies above it is chance, inside the interval)',
    ' (lo que lo supera es azar, dentro del intervalo)',
  ),
  weakDial: text(
    'the same release with almost no noise ({symbol} = {value})',
    'la misma publicación casi sin ruido ({symbol} = {value})',
  ),
  weakRaw: text('the raw rows', 'las filas sin proteger'),
  sample: text('In this table', 'En esta tabla'),
  city: text('In the city', 'En la ciudad'),
  cityNone: text(
    'This attack makes no statement about the city beyond this table.',
    'Este ataque no dice nada de la ciudad más allá de esta tabla.',
  ),
  readings: text('Two readings, never mixed', 'Dos lecturas, sin mezclar'),
  readingsHelp: text(
    'The first is measured on the rows loaded here. The second asks what it means when the opponent does not know whether the target is among them.',
    'La primera se mide en las filas cargadas aquí. La segunda pregunta qué significa si el oponente no sabe si el objetivo está entre ellas.',
  ),
  opponents: text('Who is the opponent?', '¿Quién es el oponente?'),
  knows: text('Knows', 'Sabe'),
  threatens: text('Threatens', 'Amenaza'),
  notReadable: text('cannot read your release', 'no puede leer su publicación'),
  knowledge: text('What the opponent knows', 'Lo que sabe el oponente'),
  noKnowledge: text(
    'Nothing to set: what this opponent knows is fixed by its role.',
    'Nada que ajustar: lo que sabe este oponente lo fija su papel.',
  ),
  method: text('How this attack works', 'Cómo funciona este ataque'),
  comparison: text('Out of 100 tries', 'De cada 100 intentos'),
  comparisonHelp: text(
    'Each dot is one try in a hundred; a filled dot is a try the opponent gets right. The thin line is the 95 % interval, the dashed mark is chance, the solid mark the proven limit. All rows share one axis.',
    'Cada punto es un intento de cada cien; un punto lleno es un acierto del oponente. La línea fina es el intervalo del 95 %, la marca discontinua el azar, la continua el límite demostrado. Todas las filas comparten eje.',
  ),
  legendHit: text('right', 'acierto'),
  legendMiss: text('wrong', 'fallo'),
  legendInterval: text('95 % interval', 'intervalo del 95 %'),
  legendChance: text('chance', 'azar'),
  legendBound: text('proven limit', 'límite demostrado'),
  yours: text('Your release', 'Su publicación'),
  yoursBranch: text('Your release: {branch}', 'Su publicación: {branch}'),
  also: text('the same in {n} more {n, scenario|scenarios}', 'igual en {n} {n, escenario más|escenarios más}'),
  alsoIn: text('also: {others}', 'también: {others}'),
  of100: text('{n} of 100', '{n} de 100'),
  under1: text('under 1', 'menos de 1'),
  over99: text('over 99', 'más de 99'),
  chanceIs: text('chance {n}', 'azar {n}'),
  boundIs: text('proven limit {n}', 'límite demostrado {n}'),
  waiting: text('waiting', 'en espera'),
  stopped: text('stopped', 'detenido'),
  stoppedRow: text('{what}: stopped.', '{what}: detenido.'),
  skippedRow: text('{what}: {why}', '{what}: {why}'),
  releases: text('it releases {kind}, this opponent reads {reads}', 'publica {kind}; este oponente lee {reads}'),
  skippedTitle: text('Not readable for this opponent ({n})', 'No legible para este oponente ({n})'),
  numbers: text('The numbers', 'Las cifras'),
  scenario: text('Scenario', 'Escenario'),
  right: text('Right', 'Aciertos'),
  interval: text('95 % interval', 'Intervalo del 95 %'),
  chance: text('Chance', 'Azar'),
  bound: text('Proven limit', 'Límite demostrado'),
  tries: text('Tries', 'Intentos'),
  secondary: text('What else this attack measures on your release', 'Qué más mide este ataque en su publicación'),
  targetTitle: text('One target', 'Un objetivo'),
  targetNote: text('the target', 'el objetivo'),
  targetHelp: text(
    'One row of the data, as this opponent could know it. The map shows only what is released.',
    'Una fila de los datos, tal como podría conocerla este oponente. El mapa muestra solo lo publicado.',
  ),
  targetHelpBare: text(
    'One row of the data, as this opponent could know it. The release holds no map, so only the place of the target is drawn.',
    'Una fila de los datos, tal como podría conocerla este oponente. La publicación no contiene mapa; solo se dibuja el lugar del objetivo.',
  ),
  next: text('Another target', 'Otro objetivo'),
  branches: text('Which part of your release', 'Qué parte de su publicación'),
  elapsed: text('{s} s', '{s} s'),
  noAttack: text('No opponent is built in yet', 'Todavía no hay oponentes'),
} as const satisfies Readonly<Record<string, Text>>;

/** Kinds of release in words. */
export const kindWords: Readonly<Record<ReleaseKind, Text>> = {
  table: text('rows of a table', 'filas de una tabla'),
  answers: text('noisy answers', 'respuestas con ruido'),
  reports: text('randomized reports', 'respuestas aleatorizadas'),
  model: text('a trained model', 'un modelo entrenado'),
  shares: text('secure sums', 'sumas seguras'),
  ciphertext: text('encrypted packets', 'paquetes cifrados'),
};
