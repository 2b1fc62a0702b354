import { text, type Text } from '../../engine/kit/text.ts';

/** Words of the Twin page. */
export const twinWords = {
  title: text('Digital twin', 'Gemelo digital'),
  finding: text(
    'Three protections at once keep {measured} of the utility ({what}); the paper says {paper}.',
    'Tres protecciones a la vez conservan el {measured} de la utilidad ({what}); el artículo dice {paper}.',
  ),
  findingPending: text(
    'Three protections at once: noisy answers, a model trained without sharing rows, and secure sums.',
    'Tres protecciones a la vez: respuestas con ruido, un modelo entrenado sin compartir filas y sumas seguras.',
  ),
  note: text(
    'One measure ({score}) over {n} counts of this table, ε = {epsilon} in all; 95 % interval {interval}.',
    'Una medida ({score}) sobre {n} conteos de esta tabla, ε = {epsilon} en total; intervalo del 95 % {interval}.',
  ),
  adopt: text('Use as my scenario', 'Usar como mi escenario'),
  adopted: text(
    'The twin is your scenario now; undo brings the old one back.',
    'El gemelo es ahora su escenario; deshacer recupera el anterior.',
  ),
  newSeed: text('Draw the noise anew', 'Sortear el ruido de nuevo'),
  absent: text('The twin cannot be built here', 'El gemelo no puede construirse aquí'),
  absentHelp: text(
    'This build lacks one of its three protections, or the data could not be read.',
    'A esta versión le falta una de sus tres protecciones, o no se pudieron leer los datos.',
  ),
  budget: text('One budget, three classes', 'Un presupuesto, tres clases'),
  budgetReversed: text(
    'Said plainly: less budget means more noise. “{least}” gets the smallest part, ε = {leastEpsilon}, and so the strongest noise (± {leastHalf}); “{most}” gets the largest, ε = {mostEpsilon}, and the weakest (± {mostHalf}). With 30 / 50 / 20 the least sensitive class is protected most: the reverse of the stated aim.',
    'Dicho claramente: menos presupuesto es más ruido. «{least}» recibe la parte menor, ε = {leastEpsilon}, y por tanto el ruido más fuerte (± {leastHalf}); «{most}» recibe la mayor, ε = {mostEpsilon}, y el más débil (± {mostHalf}). Con 30 / 50 / 20 la clase menos sensible es la más protegida: lo contrario del objetivo declarado.',
  ),
  budgetMixed: text(
    'Said plainly: less budget means more noise. “{least}” gets the smallest part, ε = {leastEpsilon}; “{most}” gets the largest, ε = {mostEpsilon}. The paper divides 30 / 50 / 20; on this data the questions fall into these parts. The least sensitive class is protected most: the reverse of the stated aim. Intervals of different units are not compared.',
    'Dicho claramente: menos presupuesto es más ruido. «{least}» recibe la parte menor, ε = {leastEpsilon}; «{most}» la mayor, ε = {mostEpsilon}. El artículo reparte 30 / 50 / 20; con estos datos las preguntas caen en estas partes. La clase menos sensible es la más protegida: lo contrario del objetivo declarado. Los intervalos de unidades distintas no se comparan.',
  ),
  budgetOne: text(
    'This dataset has questions of one class only; all of the budget goes to it.',
    'Este conjunto solo tiene preguntas de una clase; todo el presupuesto es para ella.',
  ),
  className: text('Class of question', 'Clase de pregunta'),
  share: text('Share', 'Parte'),
  halfWidth: text('95 % within', 'El 95 % a'),
  answers: text('What the noisy answers show', 'Lo que muestran las respuestas con ruido'),
  model: text('What the model learned', 'Lo que aprendió el modelo'),
  sums: text('What the secure sums opened', 'Lo que abrieron las sumas seguras'),
  noPicture: text('No picture of this part.', 'Esta parte no tiene imagen.'),
  utility: text('Utility, three questions apart', 'Utilidad, tres preguntas por separado'),
  utilityHelp: text(
    'Utility = 1 - normalised error; aggregate, pattern and individual questions are not mixed. “Why” gives the formula with the numbers of this run.',
    'Utilidad = 1 - error normalizado; preguntas agregadas, de patrón e individuales no se mezclan. «Por qué» da la fórmula con las cifras de esta ejecución.',
  ),
  measured: text('Measured here', 'Medido aquí'),
  paper: text('Paper', 'Artículo'),
  modelNote: text(
    'The model releases no counts; its use is read from its rounds.',
    'El modelo no publica conteos; su utilidad se lee en sus rondas.',
  ),
  risk: text('What an opponent gets', 'Lo que consigue un oponente'),
  riskHelp: text(
    'One attack per part, each in this table. Different attacks: the three are not to be compared with each other.',
    'Un ataque por parte, cada uno en esta tabla. Son ataques distintos: los tres no se comparan entre sí.',
  ),
  chanceBound: text('chance {chance}{bound}', 'azar {chance}{bound}'),
  bound: text(', proven limit {bound}', ', límite demostrado {bound}'),
  openAttack: text('Open the Attack page', 'Abrir la página de ataque'),
  latency: text('How long one unit of work takes', 'Cuánto tarda una unidad de trabajo'),
  latencyHelp: text(
    'Measured here, in this browser, over at least 200 repeats each; the first, cold run is kept apart. Network time is not in it.',
    'Medido aquí, en este navegador, con al menos 200 repeticiones; la primera, en frío, va aparte. No incluye red.',
  ),
  latencyChart: text('Measured here and in the paper', 'Medido aquí y en el artículo'),
  latencyChartHelp: text(
    'Line from the shortest to 95 % of the runs, point at the mean; filled: measured here, hollow: the paper. Logarithmic. The vertical line is the 500 ms the paper asks of responsive applications.',
    'Línea del más corto al 95 % de las ejecuciones, punto en la media; lleno: medido aquí, hueco: el artículo. Logarítmico. La línea vertical son los 500 ms que el artículo pide a aplicaciones ágiles.',
  ),
  latencyEmpty: text('Nothing timed yet', 'Todavía sin medir'),
  latencyEmptyHelp: text(
    'Each of the three protections is repeated at least 200 times here. It takes some seconds.',
    'Cada una de las tres protecciones se repite aquí al menos 200 veces. Tarda unos segundos.',
  ),
  measureLatency: text('Measure here', 'Medir aquí'),
  timing: text('Timing: {what}', 'Midiendo: {what}'),
  stage: text('Stage', 'Etapa'),
  min: text('Min', 'Mín.'),
  mean: text('Mean', 'Media'),
  p95: text('p95', 'p95'),
  cold: text('Cold', 'En frío'),
  repeats: text('Repeats', 'Repeticiones'),
  within: text('p95 within 500 ms', 'p95 bajo 500 ms'),
  yes: text('yes', 'sí'),
  no: text('no', 'no'),
  here: text('here', 'aquí'),
  endToEndNote: text(
    "The paper's end-to-end mean (152.4 ms) is shorter than its secure computation alone (342.8 ms): a part cannot outlast the whole. Its data integration and end-to-end rows name no steps and are shown without a measurement.",
    'La media de extremo a extremo del artículo (152,4 ms) es menor que la de su cómputo seguro solo (342,8 ms): una parte no puede durar más que el todo. Sus filas de integración y de extremo a extremo no nombran pasos y se muestran sin medición.',
  ),
  network: text('The network, modelled', 'La red, modelada'),
  networkHelp: text(
    'Nothing is sent from this tab. What would be sent is counted; its time is modelled: rounds × round trip + bytes / rate.',
    'Nada sale de esta pestaña. Se cuenta lo que se enviaría; su tiempo se modela: rondas × ida y vuelta + bytes / velocidad.',
  ),
  networkChoice: text('Network', 'Red'),
  wired: text('city fibre', 'fibra'),
  mobile: text('mobile', 'móvil'),
  slow: text('slow radio', 'radio lenta'),
  networkFacts: text('{ms} ms round trip, {rate}', '{ms} ms ida y vuelta, {rate}'),
  networkLabel: text('network time', 'tiempo de red'),
  networkMethod: text(
    '{rounds} rounds × {ms} ms + {bytes} bytes × 8 / {rate} bit/s',
    '{rounds} rondas × {ms} ms + {bytes} bytes × 8 / {rate} bit/s',
  ),
  networkNone: text('nothing between parties', 'nada entre partes'),
  networkCounted: text(
    '{messages} messages, {bytes}, {rounds} rounds',
    '{messages} mensajes, {bytes}, {rounds} rondas',
  ),
} as const satisfies Readonly<Record<string, Text>>;
