import type { AccountantId } from '../../../engine/kit/accounting.ts';
import { text, type Text } from '../../../engine/kit/text.ts';

/** Words of the budget: what was spent by whom on what, and what a question would cost. */
export const words = {
  working: text('The ledger is being read.', 'Se está leyendo el registro.'),
  finding: text(
    'Of ε = {total}, {spent} is spent on {n}; {left} is left for each {unit}.',
    'De ε = {total} se ha gastado {spent} en {n}; queda {left} para cada unidad ({unit}).',
  ),
  findingNone: text(
    'Nothing of ε = {total} is spent yet; all of it is left for each {unit}.',
    'Aún no se ha gastado nada de ε = {total}; queda entero para cada unidad ({unit}).',
  ),
  answersOne: text('one answer', 'una respuesta'),
  answersMany: text('{n} answers', '{n} respuestas'),
  answersNone: text('no answer yet', 'ninguna respuesta todavía'),
  would: text(
    'The question below would take ε = {cost} and leave {left}.',
    'La pregunta de abajo costaría ε = {cost} y dejaría {left}.',
  ),
  wouldNot: text(
    'The question below needs ε = {cost}; it would overdraw the budget and will be refused.',
    'La pregunta de abajo necesita ε = {cost}; excedería el presupuesto y se rechazará.',
  ),
  rules: text(
    'Looking at this page spends nothing: only “Ask” does. Undo takes no spend back, and a failed or cancelled question is never charged. One ledger for each table, hidden unit ({unit}) and relation ({neighbours}).',
    'Mirar esta página no gasta nada: solo gasta «Preguntar». Deshacer no devuelve lo gastado, y una pregunta fallida o cancelada no se cobra. Un registro por tabla, unidad oculta ({unit}) y relación ({neighbours}).',
  ),
  relations: {
    'add-remove': text('one added or removed', 'una que se añade o se quita'),
    'replace-one': text('one replaced', 'una sustituida'),
    'unbounded-user': text('all of a user’s rows', 'todas las filas de un usuario'),
  },
  notKept: text(
    'This browser keeps nothing for this page: the ledger ends with the tab. Export it before you leave.',
    'Este navegador no guarda nada de esta página: el registro termina con la pestaña. Expórtelo antes de salir.',
  ),
  unread: text(
    'A ledger kept by this browser could not be read. It was set aside, not deleted; what it holds is not counted here.',
    'No se pudo leer un registro guardado en este navegador. Se apartó sin borrarlo; lo que contiene no se cuenta aquí.',
  ),
  picture: text('What was spent, and what it adds up to', 'Lo gastado, y cuánto suma'),
  pictureHint: text(
    'Solid: spent. Hatched: the question at hand, not spent. Ink: the budget. Strips above one another are disjoint parts of the data: nobody is in two of them, so together they cost only the largest (parallel composition). Below, every accountant’s ε at δ = {delta}.',
    'Lleno: gastado. Rayado: la pregunta actual, sin gastar. Tinta: el presupuesto. Las franjas superpuestas son partes disjuntas de los datos: nadie está en dos, así que juntas cuestan solo la mayor (composición paralela). Debajo, el ε de cada contable con δ = {delta}.',
  ),
  by: text('Blocks by', 'Bloques por'),
  byReceipt: text('Answer', 'Respuesta'),
  byWho: text('Who asked', 'Quién preguntó'),
  byClass: text('Sensitivity', 'Sensibilidad'),
  odometer: text(
    'Whenever one stops: ε = {epsilon} at δ = {delta} holds at every moment, however the questions were chosen (odometer).',
    'Se pare cuando se pare: ε = {epsilon} con δ = {delta} vale en todo momento, se eligieran como se eligieran las preguntas (odómetro).',
  ),
  budget: text('Budget', 'Presupuesto'),
  spend: text('spend', 'gasto'),
  who: text('who', 'quién'),
  before: text('spent', 'gastado'),
  after: text('with this question', 'con esta pregunta'),
  asked: text('asked for, not spent', 'pedido, sin gastar'),
  left: text('left, adding up', 'queda, sumando'),
  fits: text('within the budget', 'dentro del presupuesto'),
  beyond: text('not proven to be within the budget', 'no se ha demostrado que quepa en el presupuesto'),
  unsupported: text('does not cover these', 'no cubre estas'),
  disjoint: text(
    '{n} disjoint cells side by side, charged once',
    '{n} celdas disjuntas una al lado de otra, cobradas una vez',
  ),
  nobody: text('unnamed', 'sin nombre'),
  levels: {
    high: text('high', 'alta'),
    medium: text('medium', 'media'),
    low: text('low', 'baja'),
  },
  classes: {
    high: text('location (high)', 'localización (alta)'),
    medium: text('behaviour (medium)', 'comportamiento (media)'),
    low: text('environment (low)', 'entorno (baja)'),
  },

  ask: text('Ask a question', 'Hacer una pregunta'),
  name: text('Who asks', 'Quién pregunta'),
  namePlaceholder: text('name or team', 'nombre o equipo'),
  question: text('Question and mechanism', 'Pregunta y mecanismo'),
  noDial: text('This method has no ε of its own to turn.', 'Este método no tiene un ε propio que ajustar.'),
  rehearsing: text('Working out what it would cost', 'Calculando lo que costaría'),
  noClaim: text(
    'This release makes no claim of differential privacy, so no budget can pay for it. A step before it may look at the data, or the method promises something else.',
    'Esta publicación no promete privacidad diferencial, así que ningún presupuesto puede pagarla. Un paso anterior puede mirar los datos, o el método promete otra cosa.',
  ),
  askNow: text('Ask, and spend ε = {cost}', 'Preguntar y gastar ε = {cost}'),
  asking: text('Asking', 'Preguntando'),
  answered: text('Answered and written down: {label}.', 'Respondida y anotada: {label}.'),
  cancelled: text('Cancelled; nothing was spent.', 'Cancelada; no se gastó nada.'),
  failed: text('No answer, and nothing was spent', 'Sin respuesta, y no se gastó nada'),
  refused: text(
    'Refused: this needs ε = {cost}, and {left} of {total} is left. Nothing was spent.',
    'Rechazada: necesita ε = {cost} y queda {left} de {total}. No se gastó nada.',
  ),
  refusedDelta: text(
    'Its ε would fit, its δ = {delta} does not: the budget allows δ = {allowed} in all, and a filter keeps half of that for itself. Choose a mechanism without δ, or a budget with a larger one.',
    'Su ε cabría, su δ = {delta} no: el presupuesto admite δ = {allowed} en total, y un filtro reserva la mitad para sí. Elija un mecanismo sin δ o un presupuesto con uno mayor.',
  ),
  remedyEpsilon: text('Ask with ε = {left} instead', 'Preguntar con ε = {left}'),
  remedyOpen: text('Or open a new budget below.', 'O abra un presupuesto nuevo abajo.'),
  noise: text(
    'Each asking draws new noise from a seed nobody keeps: whoever has the seed can take the noise off. It is a simulation all the same; a release that is meant to be used takes its noise from the system’s cryptographic source.',
    'Cada pregunta toma ruido nuevo de una semilla que nadie guarda: quien tiene la semilla puede quitar el ruido. Aun así es una simulación; una publicación destinada a usarse toma el ruido de la fuente criptográfica del sistema.',
  ),

  receipts: text('Answers and receipts', 'Respuestas y recibos'),
  none: text(
    'Nothing asked yet. The first question opens the budget.',
    'Aún no se ha preguntado nada. La primera pregunta abre el presupuesto.',
  ),
  when: text('When', 'Cuándo'),
  whoHead: text('Who', 'Quién'),
  classHead: text('Sensitivity of columns', 'Sensibilidad de columnas'),
  what: text('What, on what', 'Qué, sobre qué'),
  answer: text('Largest released values', 'Mayores valores publicados'),
  wholeRelease: text('a whole release; see its page', 'una publicación entera; véase su página'),
  more: text(
    '{n} older receipts; the exports hold all.',
    '{n} recibos anteriores; las exportaciones los contienen todos.',
  ),
  exportJson: text('Export as JSON', 'Exportar como JSON'),
  exportCsv: text('Export as CSV', 'Exportar como CSV'),

  terms: text('The budget', 'El presupuesto'),
  termsDraft: text(
    'Not opened yet: set its terms. They hold from the first answer on.',
    'Aún sin abrir: fije sus condiciones. Valen desde la primera respuesta.',
  ),
  termsHold: text('Opened {date}; its terms stay.', 'Abierto el {date}; sus condiciones no cambian.'),
  total: text('Total ε', 'ε total'),
  delta: text('δ', 'δ'),
  rule: text('Who decides', 'Quién decide'),
  ruleNames: {
    filter: text('Filter: questions chosen as one goes', 'Filtro: preguntas elegidas sobre la marcha'),
    basic: text('Added up', 'Suma'),
    zcdp: text('Concentrated privacy, list fixed in advance', 'Privacidad concentrada, lista fijada de antemano'),
    rdp: text('Rényi privacy, list fixed in advance', 'Privacidad de Rényi, lista fijada de antemano'),
    pld: text(
      'Privacy-loss distribution, list fixed in advance',
      'Distribución de la pérdida, lista fijada de antemano',
    ),
  },
  ruleFilter: text(
    'Holds even if every ε is chosen after seeing the answers before.',
    'Vale aunque cada ε se elija después de ver las respuestas anteriores.',
  ),
  ruleFixed: text(
    'Tighter, and proven only if the list of losses was fixed before the first answer. This page cannot check that.',
    'Más ajustado, y demostrado solo si la lista de pérdidas se fijó antes de la primera respuesta. Esta página no puede comprobarlo.',
  ),
  badTerms: text(
    'The total must be a positive number, δ from 0 to below 1.',
    'El total debe ser un número positivo; δ, de 0 a menos de 1.',
  ),
  deltaLoud: text(
    'δ = {delta} is not below 1 / {rows}: publishing one random row untouched would keep this promise. Choose {better} or less.',
    'δ = {delta} no es menor que 1 / {rows}: publicar intacta una fila al azar cumpliría esta promesa. Elija {better} o menos.',
  ),
  openNew: text('Open a new budget…', 'Abrir un presupuesto nuevo…'),
  openSure: text('Open it: the old one stays in the history', 'Abrirlo: el anterior queda en el historial'),
  keepOld: text('Keep the one I have', 'Conservar el que tengo'),
  openWarn: text(
    'The people in the table do not get a new privacy: what the old budgets told still adds to what the new one will.',
    'Las personas de la tabla no reciben una privacidad nueva: lo que contaron los presupuestos anteriores se suma a lo que cuente el nuevo.',
  ),
  history: text(
    '{n} budgets for this table so far. Together they have told ε = {epsilon} (adding up).',
    '{n} presupuestos para esta tabla hasta ahora. Juntos han revelado ε = {epsilon} (sumando).',
  ),
  historyItem: text(
    'opened {date}: ε = {spent} of {total} spent on {n}',
    'abierto el {date}: ε = {spent} de {total} gastado en {n}',
  ),
};

/** Accountants drawn, and their names. */
export const lanes: readonly (readonly [AccountantId, Text])[] = [
  ['basic', text('Added up', 'Suma')],
  ['advanced', text('Advanced composition', 'Composición avanzada')],
  ['kov-optimal', text('Kairouz-Oh-Viswanath, optimal', 'Kairouz-Oh-Viswanath, óptima')],
  ['zcdp', text('Concentrated privacy, tight', 'Privacidad concentrada, ajustada')],
  ['rdp', text('Rényi privacy, best order', 'Privacidad de Rényi, mejor orden')],
  ['pld', text('Privacy-loss distribution', 'Distribución de la pérdida de privacidad')],
  ['gaussian', text('Gaussian noise, exact', 'Ruido gaussiano, exacta')],
  ['gdp-clt', text('Central limit, not a bound', 'Límite central, no es una cota')],
];
