import { text } from '../../engine/kit/text.ts';

/** Words of the live pages: playing, and the stream of randomized answers. */
export const liveWords = {
  play: text('Play', 'Reproducir'),
  again: text('Play again', 'Reproducir de nuevo'),
  pause: text('Pause', 'Pausa'),
  step: text('One step', 'Un paso'),
  finish: text('To the end', 'Hasta el final'),
  restart: text('Start again', 'Empezar de nuevo'),
  speed: text('Speed', 'Velocidad'),
  slow: text('slow', 'lenta'),
  normal: text('normal', 'normal'),
  fast: text('fast', 'rápida'),
  back: text('Look back', 'Mirar atrás'),
  progress: text('{step} of {steps}', '{step} de {steps}'),
  starting: text('Starting the session in a worker of its own', 'Iniciando la sesión en su propio proceso'),
  stopped: text('Not running', 'Detenido'),
  stoppedHint: text('Start the session to see it step by step.', 'Inicia la sesión para verla paso a paso.'),
  start: text('Start', 'Iniciar'),
  inFlight: text('The change holds from the next step on.', 'El cambio vale desde el próximo paso.'),
  restarted: text(
    'This setting cannot change in flight: started again.',
    'Este ajuste no puede cambiar en marcha: se ha empezado de nuevo.',
  ),
  technique: text('Method', 'Método'),
  settings: text('Settings', 'Ajustes'),
  about: text('About this method', 'Sobre este método'),
  adopt: text('Add to the scenario', 'Añadir al escenario'),
  adoptHint: text(
    'Tried out here only. Added to the scenario, it is part of the link and of every other page.',
    'Solo es una prueba en esta página. Añadido al escenario, formará parte del enlace y de las demás páginas.',
  ),
  adopted: text('Part of the scenario', 'Parte del escenario'),
  measures: text('Measured on the whole run', 'Medido en la ejecución completa'),
  measuresHint: text(
    'A run from the first to the last step with the settings above, measured in the background.',
    'Una ejecución del primer al último paso con los ajustes de arriba, medida en segundo plano.',
  ),
  none: text('No method of this kind is part of this build.', 'Esta versión no incluye ningún método de este tipo.'),
} as const;

export const streamWords = {
  title: text('Stream', 'Flujo'),
  waiting: text(
    'Everybody answers by flipping coins, and still the city can count.',
    'Cada cual responde lanzando monedas y, aun así, la ciudad puede contar.',
  ),
  finding: text(
    '{question}: after {answers} randomized answers, {estimate} are estimated to be at {bucket}. The truth, which the server never holds, is {truth}.',
    '{question}: tras {answers} respuestas aleatorizadas, se estima que el {estimate} está en {bucket}. La verdad, que el servidor nunca tiene, es {truth}.',
  ),
  estimateMethod: text(
    'Shares of yes in the randomized answers so far, with the expected random ones taken out: (yes - (1 - p) q n) / (p n).',
    'Proporción de «sí» en las respuestas aleatorizadas hasta ahora, descontados los que se esperan por azar: (síes - (1 - p) q n) / (p n).',
  ),
  findingOdds: text(
    'From one answer, an onlooker who was at 50:50 about its owner gets to at most {odds}.',
    'Con una sola respuesta, alguien que dudaba al 50:50 sobre su dueño llega como mucho a {odds}.',
  ),
  epoch: text('Epoch', 'Época'),
  chart: text('Shares, estimated and true', 'Proporciones, estimadas y verdaderas'),
  chartHint: text(
    'Bars are estimates from randomized answers, with 95 % intervals; the ink line is the truth. Below, the mean error over the epochs.',
    'Las barras son estimaciones con intervalos del 95 %; la línea de tinta es la verdad. Debajo, el error medio por épocas.',
  ),
  chartFinding: text(
    '{inside} of {n} intervals contain the truth; the mean error of a share is {error}.',
    '{inside} de {n} intervalos contienen la verdad; el error medio de una proporción es {error}.',
  ),
  spend: text('What answering costs', 'Lo que cuesta responder'),
  perAnswer: text('One answer', 'Una respuesta'),
  perAnswerMethod: text(
    'Largest log-ratio of the probabilities of any one-hot answer under two values of its owner, with the coins now set.',
    'Mayor logaritmo del cociente de probabilidades de una respuesta entre dos valores de su dueño, con las monedas actuales.',
  ),
  soFar: text('All answers of one owner so far', 'Todas las respuestas de un dueño hasta ahora'),
  soFarMethod: text(
    'Sum over the rounds in which one owner may have answered (basic composition); owners of one round compose in parallel.',
    'Suma de las rondas en que un dueño pudo responder (composición básica); los dueños de una ronda se componen en paralelo.',
  ),
  odds: text('someone at 50:50 gets to at most {odds}', 'alguien al 50:50 llega como mucho a {odds}'),
  spendChart: text('Privacy loss (ε) of one owner, added up', 'Pérdida de privacidad (ε) de un dueño, acumulada'),
  spendHint: text(
    'Sum of epsilon over all answers one owner may have given by then.',
    'Suma de épsilon de las respuestas que un dueño pudo dar hasta entonces.',
  ),
  anonymity: text(
    'This sum holds for an onlooker who can tell which answers come from the same owner. If answers reach the server unlinkable among many others, the loss is far smaller; the paper asserts such an anonymity set but does not count with it, and neither is it built here, so the sum stands.',
    'Esta suma vale para quien puede saber qué respuestas son del mismo dueño. Si llegan al servidor mezcladas con muchas otras y sin poder enlazarse, la pérdida es mucho menor; el artículo afirma ese conjunto de anonimato pero no lo cuenta, y aquí tampoco está construido, así que vale la suma.',
  ),
  error: text('Mean error of a share', 'Error medio de una proporción'),
  errorMethod: text(
    'Mean over {n} ranges of |estimated - true| share, over all answers so far.',
    'Media en {n} intervalos de |proporción estimada - verdadera|, con todas las respuestas hasta ahora.',
  ),

  coins: text('The coins of one vehicle or device', 'Las monedas de un vehículo o dispositivo'),
  coinsLead: text(
    '{question}: is yours at {bucket}? Choose what is true for this owner, then flip its coins.',
    '{question}: ¿el tuyo está en {bucket}? Elige qué es cierto para este dueño y lanza sus monedas.',
  ),
  truth: text('Its truth', 'Su verdad'),
  someValue: text('The value asked', 'El valor preguntado'),
  ifYes: text('Truth is yes: says yes', 'Su verdad es sí: dice «sí»'),
  ifNo: text('Truth is no: says yes', 'Su verdad es no: dice «sí»'),
  yes: text('yes', 'sí'),
  no: text('no', 'no'),
  flipFirst: text('Flip the first coin', 'Lanzar la primera moneda'),
  flipSecond: text('Flip the second coin', 'Lanzar la segunda moneda'),
  another: text('Another answer', 'Otra respuesta'),
  tenMore: text('10 more answers', '10 respuestas más'),
  forget: text('Another owner', 'Otro dueño'),
  first: text('First coin', 'Primera moneda'),
  firstSays: text('{share}: tell the truth', '{share}: decir la verdad'),
  firstElse: text('else: ask the second coin', 'si no: preguntar a la segunda moneda'),
  second: text('Second coin', 'Segunda moneda'),
  secondSays: text('{share}: say yes', '{share}: decir «sí»'),
  secondElse: text('else: say no', 'si no: decir «no»'),
  answer: text('Answer', 'Respuesta'),
  truthDrawn: text('truth', 'verdad'),
  askSecond: text('second coin', 'segunda moneda'),
  notNeeded: text('not needed', 'no hace falta'),
  of100: text(
    'Of 100 owners whose truth is yes, {a} say yes; of 100 whose truth is no, {b} say yes as well.',
    'De 100 dueños cuya verdad es sí, {a} dicen «sí»; de 100 cuya verdad es no, {b} también dicen «sí».',
  ),
  provesYes: text(
    'So a yes moves someone who was at 50:50 to {after}.',
    'Así, un «sí» lleva a alguien que dudaba al 50:50 hasta el {after}.',
  ),
  provesNo: text(
    'So a no moves someone who was at 50:50 to {after} for yes.',
    'Así, un «no» lleva a alguien que dudaba al 50:50 hasta el {after} para el sí.',
  ),
  given: text(
    '{count} {n, answer|answers} of this owner: {yes} yes, {no} no.',
    '{count} {n, respuesta|respuestas} de este dueño: {yes} «sí», {no} «no».',
  ),
  belief: text(
    'An onlooker who linked them is now {sure} sure that its truth is {what}.',
    'Quien las haya enlazado está ahora {sure} seguro de que su verdad es {what}.',
  ),
  averaging: text(
    'Averaging attack: {answers} fresh answers of one owner are enough to guess a yes-or-no right {sure} of the time.',
    'Ataque por promedio: bastan {answers} respuestas nuevas de un dueño para acertar un sí o no el {sure} de las veces.',
  ),
  averagingNever: text(
    'Averaging attack: answers are remembered, so repeating them tells nothing new; a guess stays right {sure} of the time.',
    'Ataque por promedio: las respuestas se recuerdan, así que repetirlas no dice nada nuevo; se acierta el {sure} de las veces.',
  ),
  remembered: text(
    'With remembered coins every further answer is the same.',
    'Con monedas recordadas, toda respuesta posterior es la misma.',
  ),

  paperTitle: text('What the paper says, what is measured here', 'Lo que dice el artículo, lo que se mide aquí'),
  paperSays: text(
    'Streams (Joy, McGoldrick, Gerla): one million devices that each answer every 10 seconds give a result every second with a relative error under 0.5 %.',
    'Streams (Joy, McGoldrick, Gerla): un millón de dispositivos que responden cada 10 segundos dan un resultado por segundo con un error relativo inferior al 0,5 %.',
  ),
  paperRun: text('Measure with {rows} owners', 'Medir con {rows} dueños'),
  paperRunning: text('Second {step} of {steps}', 'Segundo {step} de {steps}'),
  paperOwners: text(
    'Measured here: {owners} owners, {answers} answers a second, {seconds} seconds, both coins fair, question as on this page.',
    'Medido aquí: {owners} dueños, {answers} respuestas por segundo, {seconds} segundos, ambas monedas equilibradas, la pregunta de esta página.',
  ),
  paperFew: text(
    'This dataset has at most {rows} owners, so a second brings fewer answers than in the paper and errors are larger.',
    'Este conjunto tiene como mucho {rows} dueños, así que cada segundo trae menos respuestas que en el artículo y los errores son mayores.',
  ),
  paperCommon: text('Commonest answer, {bucket} ({share})', 'Respuesta más común, {bucket} ({share})'),
  paperRare: text('An answer near 5 %, {bucket} ({share})', 'Una respuesta cerca del 5 %, {bucket} ({share})'),
  paperExpected: text(
    'An answer of 80 %, as the paper reckons with',
    'Una respuesta del 80 %, como supone el artículo',
  ),
  paperModelled: text('computed from the formula, not measured', 'calculado con la fórmula, no medido'),
  paperExpectedMethod: text(
    'Expected |estimated - true| / true for a share of 80 % among {n} answers a second: sqrt(2 / pi) times the standard deviation of the estimate, over the true count.',
    'Valor esperado de |estimado - verdadero| / verdadero con una proporción del 80 % entre {n} respuestas por segundo: sqrt(2 / pi) por la desviación típica de la estimación, entre el recuento verdadero.',
  ),
  paperMethod: text(
    'Mean over {n} seconds of |estimated - true| / true count of this range, each second from its own answers alone; interval over the seconds.',
    'Media en {n} segundos de |recuento estimado - verdadero| / verdadero de este intervalo, cada segundo solo con sus respuestas; intervalo entre segundos.',
  ),
  paperHolds: text(
    'The claim holds here for the commonest answer; for the rarer one the error is {ratio} times as large.',
    'La afirmación se cumple aquí para la respuesta más común; en la menos común el error es {ratio} veces mayor.',
  ),
  paperHoldsBoth: text('The claim holds here for both answers.', 'La afirmación se cumple aquí para ambas respuestas.'),
  paperFails: text(
    'The claim does not hold here: the commonest answer has a share of {share} and an error above 0.5 %. Rarer answers do worse.',
    'La afirmación no se cumple aquí: la respuesta más común tiene una proporción del {share} y un error superior al 0,5 %. Las menos comunes salen peor.',
  ),
  paperEpsilon: text(
    'The paper states no ε. Each of these answers costs ε = {each}; fresh answers every 10 seconds for a day add up to {day} if they can be linked.',
    'El artículo no indica ningún ε. Cada una de estas respuestas cuesta ε = {each}; con respuestas nuevas cada 10 segundos, un día suma {day} si se pueden enlazar.',
  ),
} as const;
