import { text } from '../../../engine/kit/text.ts';

/** Words of the comparison of rules that divide one budget between questions. */
export const words = {
  title: text('How to divide a budget', 'Cómo repartir un presupuesto'),
  reversed: text(
    '30 / 50 / 20 gives {low} the smallest share, so the strongest noise, although it is the least sensitive: the reverse of what is meant.',
    '30 / 50 / 20 da a {low} la parte más pequeña, es decir, el ruido más fuerte, aunque es lo menos sensible: lo contrario de lo que se busca.',
  ),
  best: text(
    'Least error for this log: {rule}, {times} times that of equal shares.',
    'Menor error con este registro: {rule}, {times} veces el de partes iguales.',
  ),
  note: text(
    'All rules read public things alone: the class of a question, its stated importance, how often it was asked. The log counts as public. Laplace noise; errors are the mean absolute error of one cell, exact.',
    'Todas las reglas leen solo cosas públicas: la clase de una pregunta, su importancia declarada, cuántas veces se hizo. El registro se considera público. Ruido de Laplace; los errores son el error absoluto medio de una celda, exacto.',
  ),
  bars: text('The same ε in period {period} under every rule', 'El mismo ε en el periodo {period} según cada regla'),
  barsHint: text(
    'Every bar is the whole of a period’s budget; its parts sum exactly to it. At the end: error relative to equal shares, weighted by askings and importance. Choose a rule to see it over time.',
    'Cada barra es todo el presupuesto de un periodo; sus partes suman exactamente eso. Al final: error relativo a partes iguales, ponderado por preguntas e importancia. Elija una regla para verla en el tiempo.',
  ),
  objective: text(
    '“Least total error” minimises the squared error summed over all cells, which favours questions of many cells; the figure at the end takes every question alike.',
    '«Menor error total» minimiza el error cuadrático sumado sobre todas las celdas, lo que favorece a las preguntas de muchas celdas; la cifra del final trata igual a todas las preguntas.',
  ),
  rule: text('Rule', 'Regla'),
  relative: text('Error relative to equal shares', 'Error relativo a partes iguales'),
  times: text('error × {times}', 'error × {times}'),
  timesReversed: text('error × {times}, reversed', 'error × {times}, invertida'),
  policies: {
    '30-50-20': text('30 / 50 / 20 (digital-twin paper)', '30 / 50 / 20 (artículo de gemelos digitales)'),
    equal: text('Equal', 'A partes iguales'),
    frequency: text('By askings, no limits', 'Según lo preguntado, sin límites'),
    importance: text('By stated importance', 'Según la importancia declarada'),
    hierarchical: text(
      '30 / 50 / 20, within a class by askings',
      '30 / 50 / 20, dentro de la clase según lo preguntado',
    ),
    adaptive: text('Adaptive, within limits', 'Adaptativa, con límites'),
    optimal: text('Least total error', 'Menor error total'),
  },
  short: {
    '30-50-20': text('30 / 50 / 20 (paper)', '30 / 50 / 20 (artículo)'),
    hierarchical: text('30 / 50 / 20, then askings', '30 / 50 / 20 y lo preguntado'),
  },
  log: text('Who asks what', 'Quién pregunta qué'),
  logs: {
    steady: text('All alike', 'Todas por igual'),
    rush: text('A rush on places', 'Una avalancha sobre los lugares'),
    own: text('This ledger: one answer a period', 'Este registro: una respuesta por periodo'),
    adverse: text('Someone asks about places only, without end', 'Alguien pregunta solo por lugares, sin fin'),
  },
  important: text('What matters most', 'Lo que más importa'),
  nothing: text('Nothing in particular', 'Nada en particular'),
  total: text('Budget of all periods', 'Presupuesto de todos los periodos'),
  period: text('Period', 'Periodo'),
  decay: text('Memory', 'Memoria'),
  decayEnds: [text('forgets at once', 'olvida al instante'), text('forgets nothing', 'no olvida nada')] as const,
  room: text('Room to move', 'Margen'),
  roomEnds: [text('fixed shares', 'partes fijas'), text('up to twice', 'hasta el doble')] as const,
  time: text('Shares over the periods: {rule}', 'Partes a lo largo de los periodos: {rule}'),
  timeHint: text(
    'Share of each class of a period’s budget. Dashed: the cap of {class} under the adaptive rule. Drag or use the arrow keys to choose a period.',
    'Parte de cada clase en el presupuesto de un periodo. A trazos: el tope de {class} con la regla adaptativa. Arrastre o use las flechas para elegir un periodo.',
  ),
  share: text('share of the period', 'parte del periodo'),
  cap: text('cap', 'tope'),
  capHolds: text(
    'Whatever is asked, {class} never gets more than {cap} of a period: here at most {most}. The cap holds.',
    'Se pregunte lo que se pregunte, {class} nunca recibe más de {cap} de un periodo: aquí, como mucho {most}. El tope se cumple.',
  ),
  capBroken: text(
    'This rule has no cap: {class} gets up to {most} of a period, where the adaptive rule stops at {cap}.',
    'Esta regla no tiene tope: {class} llega a recibir {most} de un periodo; la adaptativa se detiene en {cap}.',
  ),
  table: text('ε and error of one cell, period {period}', 'ε y error de una celda, periodo {period}'),
  loading: text('The questions are being listed.', 'Se están listando las preguntas.'),
  one: text(
    'This table has questions of one class only: there is nothing to divide.',
    'Esta tabla solo tiene preguntas de una clase: no hay nada que repartir.',
  ),
};
