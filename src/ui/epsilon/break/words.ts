import { text } from '../../../engine/kit/text.ts';

/** Words of the four attacks anyone can run. */
export const words = {
  parts: text('What to do here', 'Qué hacer aquí'),
  breakIt: text('Break it', 'Romper'),
  auditIt: text('Audit it', 'Auditar'),
  mechanisms: text('Mechanisms', 'Mecanismos'),
  finding: text(
    'One published number with ordinary noise gives the true answer away {naive} of the time. The whole-number noise of this page: {exact} of {n} times.',
    'Un solo número publicado con ruido ordinario delata la respuesta verdadera el {naive} de las veces. El ruido entero de esta página: {exact} de {n} veces.',
  ),
  findingWait: text(
    'Four ways to get at what noise should hide …',
    'Cuatro maneras de llegar a lo que el ruido debería ocultar …',
  ),
  hint: text(
    'Each attack runs here, on made-up answers: nobody is in the data. Turn a slider, or draw again.',
    'Cada ataque se ejecuta aquí, con respuestas inventadas: no hay nadie en los datos. Mueva un control o sortee de nuevo.',
  ),
  again: text('Draw again', 'Sortear de nuevo'),
  seed: text('seed {seed}', 'semilla {seed}'),
  opponent: text('The opponent is {who}. Wants {wants}. Knows:', 'El oponente es {who}. Quiere {wants}. Sabe:'),
  interval: text('95 % interval', 'intervalo del 95 %'),
  measured: text('measured', 'medido'),
  exactly: text('Exact', 'Exacto'),

  floating: text('The last bits give it away', 'Los últimos bits lo delatan'),
  floatingLead: text(
    'Noise in ordinary floating point: {naive} of releases ({low} to {high}) could only have come from the true answer, {bits} by their last bits alone. Whole-number noise: {exact} of {n}.',
    'Ruido en coma flotante ordinaria: el {naive} de las publicaciones (de {low} a {high}) solo pudo salir de la respuesta verdadera, el {bits} ya por sus últimos bits. Ruido entero: {exact} de {n}.',
  ),
  scale: text('Noise scale', 'Escala del ruido'),
  scaleEnds: text('hardly any', 'casi nada'),
  scaleEndsHigh: text('a lot', 'mucho'),
  releases: text('Twenty releases of each answer', 'Veinte publicaciones de cada respuesta'),
  releasesHint: text(
    'A row for each true answer. Filled dots prove it; hollow ones could come from both.',
    'Una fila por cada respuesta verdadera. Los puntos llenos la prueban; los huecos pudieron salir de ambas.',
  ),
  answerIs: text('The true answer is {answer}', 'La respuesta verdadera es {answer}'),
  released: text('Released', 'Publicado'),
  proves: text('proves the answer', 'prueba la respuesta'),
  either: text('could be either', 'pudo ser cualquiera'),
  someOf: text('{some} of {n}', '{some} de {n}'),
  toldProof: text('{value} can only come from {answer}', '{value} solo puede salir de {answer}'),
  toldEither: text('{value} can come from both', '{value} puede salir de ambas'),
  noise: text('Noise', 'Ruido'),
  proved: text('Proved', 'Probadas'),
  ofReleases: text('Of', 'De'),
  ordinary: text('Ordinary, answer {answer}', 'Ordinario, respuesta {answer}'),
  lastBits: text('Ordinary, last bits alone', 'Ordinario, solo últimos bits'),
  whole: text('Whole numbers, answer {answer}', 'Entero, respuesta {answer}'),

  averaging: text('Ask again, and again', 'Preguntar otra vez, y otra'),
  averagingLead: text(
    'Nobody counting, {after} answers are enough: then {known} of attackers read off the exact count. The ledger gives {allowed} and refuses the next; by then {refused} ({low} to {high}) have it, against {single} after one.',
    'Si nadie lleva la cuenta, bastan {after} respuestas: entonces el {known} de los atacantes lee el recuento exacto. El libro de cuentas da {allowed} y rechaza la siguiente; para entonces lo tiene el {refused} (de {low} a {high}), frente al {single} tras una sola.',
  ),
  averagingNever: text(
    'The ledger gives {allowed} answers and refuses the next; by then {refused} ({low} to {high}) of attackers have the exact count, against {single} after one.',
    'El libro de cuentas da {allowed} respuestas y rechaza la siguiente; para entonces el {refused} (de {low} a {high}) de los atacantes tiene el recuento exacto, frente al {single} tras una sola.',
  ),
  oneEpsilon: text('Loss of one answer', 'Pérdida de una respuesta'),
  budget: text('Budget in all', 'Presupuesto total'),
  answers: text('answers to the same question', 'respuestas a la misma pregunta'),
  errorOfMean: text('mean error, rows', 'error medio, filas'),
  knowShare: text('know it', 'lo saben'),
  certainty: text('How many know the exact count', 'Cuántos saben el recuento exacto'),
  certaintyHint: text(
    'Share of simulated attackers whose average rounds to the true count, with its 95 % interval. The mark is where the ledger refuses.',
    'Proporción de atacantes simulados cuyo promedio redondea al recuento verdadero, con su intervalo del 95 %. La marca es donde el libro de cuentas rechaza.',
  ),
  errorTitle: text('How wrong their average is', 'Cuánto yerra su promedio'),
  errorHint: text(
    'Mean distance of the average from the true count. The mark is where the ledger refuses.',
    'Distancia media del promedio al recuento verdadero. La marca es donde el libro de cuentas rechaza.',
  ),

  reconstruction: text('Too many questions about the same people', 'Demasiadas preguntas sobre las mismas personas'),
  reconstructionLead: text(
    '{queries} noisy counts about {people} people give back {share} ({low} to {high}) of their secrets; guessing gives half. Together they cost each person ε = {epsilon}.',
    '{queries} recuentos con ruido sobre {people} personas devuelven el {share} (de {low} a {high}) de sus secretos; adivinando se acierta la mitad. En conjunto cuestan a cada persona ε = {epsilon}.',
  ),
  spending: text('Who keeps count of the loss', 'Quién lleva la cuenta de la pérdida'),
  perAnswer: text('Nobody: each answer costs ε', 'Nadie: cada respuesta cuesta ε'),
  inAll: text('The ledger: ε for all together', 'El libro de cuentas: ε para todas juntas'),
  people: text('People', 'Personas'),
  loss: text('Privacy loss', 'Pérdida de privacidad'),
  recovered: text('Secrets recovered', 'Secretos recuperados'),
  recoveredHint: text(
    'Share of secret bits guessed right, with its 95 % interval over secrets drawn anew; the proven limit at that loss is dashed.',
    'Proporción de datos secretos acertados, con su intervalo del 95 % sobre secretos sorteados de nuevo; el límite demostrado con esa pérdida, a trazos.',
  ),
  queries: text('noisy counts answered', 'recuentos con ruido respondidos'),
  share: text('share recovered', 'proporción recuperada'),
  limit: text('proven limit', 'límite demostrado'),
  chance: text('guessing', 'adivinar'),

  differencing: text('Everybody, and everybody but one', 'Todos, y todos menos uno'),
  differencingLead: text(
    'Two exact counts, one without the person, give the secret away every time. With ε = {epsilon} for both, the guess is right {share} ({low} to {high}) of the time; never above {bound}.',
    'Dos recuentos exactos, uno sin la persona, delatan el secreto siempre. Con ε = {epsilon} para ambos, se acierta el {share} (de {low} a {high}) de las veces; nunca por encima del {bound}.',
  ),
  exactCounts: text('Exact counts', 'Recuentos exactos'),
  noisyCounts: text('Noisy counts', 'Recuentos con ruido'),
};
