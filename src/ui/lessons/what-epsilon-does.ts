import { text } from '../../engine/kit/text.ts';
import type { Figures, Lesson, Option } from './engine.ts';

const number = (figures: Figures, name: string): number => Number(figures[name]);

/** Id of the option whose value is nearest by ratio. */
function nearest(options: readonly (readonly [string, number])[], value: number): string {
  let best = options[0]?.[0] ?? '';
  let gap = Infinity;
  for (const [id, option] of options) {
    const here = Math.max(option / value, value / option);
    if (here < gap) {
      gap = here;
      best = id;
    }
  }
  return best;
}

const widths: readonly Option[] = [
  { id: 'same', text: text('about the same', 'más o menos igual') },
  { id: 'three', text: text('about 3 times as wide', 'unas 3 veces más ancho') },
  { id: 'ten', text: text('about 10 times as wide', 'unas 10 veces más ancho') },
];
const claims: readonly Option[] = [
  { id: 'exact', text: text('Exactly {released} trips began there', 'Allí empezaron exactamente {released} viajes') },
  { id: 'range', text: text('Most likely between {low} and {high}', 'Lo más probable: entre {low} y {high}') },
  { id: 'nothing', text: text('Nothing at all', 'Nada en absoluto') },
];
const odds: readonly Option[] = [
  {
    id: 'half',
    text: text('about 52 in 100: hardly better than a coin', 'unas 52 de cada 100: apenas mejor que una moneda'),
  },
  { id: 'quarter', text: text('about 75 in 100', 'unas 75 de cada 100') },
  { id: 'sure', text: text('about 99 in 100: nearly sure', 'unas 99 de cada 100: casi seguro') },
];
const oddsValues = [
  ['half', 52],
  ['quarter', 75],
  ['sure', 99],
] as const;

/** Find the resident; predict; drop epsilon; read the interval; see the attacker's odds; choose and defend. */
export const whatEpsilonDoes: Lesson = {
  id: 'what-epsilon-does',
  title: text('What ε does', 'Qué hace ε'),
  summary: text(
    'Find one passenger in the counts of a city, hide them with noise, see what the noise costs and what an attacker still learns. Then choose an ε and defend it.',
    'Encuentra a una pasajera en los recuentos de una ciudad, ocúltala con ruido, mira qué cuesta el ruido y qué aprende aún quien ataca. Después elige un ε y defiéndelo.',
  ),
  minutes: 5,
  scores: {},
  steps: [
    {
      id: 'find',
      path: '/explore',
      scene: 'counts',
      target: 'person',
      needs: ['residentId', 'truth', 'half'],
      text: text(
        'The map shows how many taxi trips began in each zone. One passenger is ringed. Nothing here names them, and yet the counts contain them.',
        'El mapa muestra cuántos viajes en taxi empezaron en cada zona. Hay una pasajera marcada. Nada la nombra y, sin embargo, los recuentos la contienen.',
      ),
      task: {
        text: text(
          'Choose the zone of the ringed passenger on the map, or press “Show where”.',
          'Elige en el mapa la zona de la pasajera marcada, o pulsa «Ver dónde».',
        ),
        done: ({ figures }) => figures['zoneId'] !== undefined && figures['zoneId'] === figures['residentId'],
      },
      reveal: () =>
        text(
          'In {zone}, {truth} trips began, and theirs is one of them. The page releases {released} instead: noise was added before anything left. In 95 of 100 releases that is off by at most {half}.',
          'En {zone} empezaron {truth} viajes, y el suyo es uno de ellos. La página publica {released}: se añadió ruido antes de que nada saliera. En 95 de cada 100 publicaciones se desvía {half} como mucho.',
        ),
    },
    {
      id: 'drop',
      path: '/explore',
      target: 'control',
      needs: ['epsilon', 'half'],
      text: text(
        'ε says how much one trip may change what is released. Now ε = {before_epsilon}, and the count is good to ± {before_half}.',
        'ε dice cuánto puede cambiar un viaje lo que se publica. Ahora ε = {before_epsilon}, y el recuento vale con ± {before_half}.',
      ),
      prediction: {
        question: text(
          'If ε falls from {before_epsilon} to 0.1, how wide does ± {before_half} become?',
          'Si ε baja de {before_epsilon} a 0,1, ¿cuánto se ensancha ± {before_half}?',
        ),
        options: widths,
        right: (before, after) =>
          nearest(
            [
              ['same', 1],
              ['three', 3],
              ['ten', 10],
            ],
            number(after, 'half') / number(before, 'half'),
          ),
      },
      task: {
        text: text('Turn ε down to 0.1.', 'Baja ε hasta 0,1.'),
        done: ({ figures }) => number(figures, 'epsilon') <= 0.1,
      },
      reveal: () =>
        text(
          '± {before_half} became ± {half}. The noise grows as 1/ε: ten times the privacy in ε costs ten times the error.',
          '± {before_half} pasó a ± {half}. El ruido crece como 1/ε: diez veces menos ε cuesta diez veces más error.',
        ),
    },
    {
      id: 'read',
      path: '/explore',
      target: 'truth',
      needs: ['released', 'half', 'truth'],
      text: text(
        'The release now says {before_released} trips in {before_zone}.',
        'Lo publicado dice ahora {before_released} viajes en {before_zone}.',
      ),
      prediction: {
        question: text('What can one honestly say from that?', '¿Qué se puede decir honradamente con eso?'),
        options: claims,
        right: (_, after) => (number(after, 'half') > 0 ? 'range' : 'exact'),
      },
      task: {
        text: text(
          'Hold the V key, or press and hold “Hold for the truth”; on a phone, choose “True” above the map.',
          'Mantén la tecla V, o pulsa y mantén «Mantener: la verdad»; en el móvil, elige «Verdad» sobre el mapa.',
        ),
        done: ({ truthShown }) => truthShown,
      },
      reveal: (_, after) =>
        number(after, 'truth') >= number(after, 'low') && number(after, 'truth') <= number(after, 'high')
          ? text(
              'The truth is {truth}: inside {low} to {high}. The interval holds it in about 95 of 100 releases. Nobody outside ever sees this number.',
              'La verdad es {truth}: dentro de {low} a {high}. El intervalo la contiene en unas 95 de cada 100 publicaciones. Nadie de fuera ve este número.',
            )
          : text(
              'The truth is {truth}: outside {low} to {high}. That happens in about 5 of 100 releases, and this is one of them. Nobody outside ever sees this number.',
              'La verdad es {truth}: fuera de {low} a {high}. Ocurre en unas 5 de cada 100 publicaciones, y esta es una. Nadie de fuera ve este número.',
            ),
    },
    {
      id: 'odds',
      path: '/explore',
      target: 'meters',
      needs: ['epsilon', 'ceiling', 'attack', 'attackLow', 'attackHigh', 'attempts'],
      text: text(
        'Someone knows every other trip and wonders whether this one is in the data. Tossing a coin, they are right 50 times in 100. Now they read the counts released with ε = {before_epsilon}.',
        'Alguien conoce todos los demás viajes y se pregunta si este está en los datos. Con una moneda acierta 50 veces de cada 100. Ahora lee los recuentos publicados con ε = {before_epsilon}.',
      ),
      prediction: {
        question: text('How often can they be right now, at most?', '¿Cuántas veces puede acertar ahora, como mucho?'),
        options: odds,
        right: (_, after) => nearest(oddsValues, number(after, 'ceiling')),
      },
      reveal: () =>
        text(
          'At most {ceiling} in 100: that is proven. This tab just tried it {attempts} times with the best attack known for this noise: right {attack} in 100 times ({attackLow} to {attackHigh}).',
          'Como mucho {ceiling} de cada 100: está demostrado. Esta pestaña lo ha intentado {attempts} veces con el mejor ataque conocido para este ruido: acierta {attack} de cada 100 ({attackLow} a {attackHigh}).',
        ),
    },
    {
      id: 'raise',
      path: '/explore',
      target: 'control',
      needs: ['epsilon', 'half', 'ceiling', 'attack', 'attackLow', 'attackHigh'],
      text: text(
        'Now the other end of the slider, where counts are nearly exact.',
        'Ahora el otro extremo, donde los recuentos son casi exactos.',
      ),
      prediction: {
        question: text(
          'At ε = 5, how often can the same attacker be right, at most?',
          'Con ε = 5, ¿cuántas veces puede acertar el mismo atacante, como mucho?',
        ),
        options: odds,
        right: (_, after) => nearest(oddsValues, number(after, 'ceiling')),
      },
      task: {
        text: text('Turn ε up to 5 or more.', 'Sube ε hasta 5 o más.'),
        done: ({ figures }) => number(figures, 'epsilon') >= 5,
      },
      reveal: () =>
        text(
          'Counts are good to ± {half}, and the attacker may reach {ceiling} in 100; measured here: {attack} ({attackLow} to {attackHigh}). Accurate, and hardly a promise.',
          'Los recuentos valen con ± {half}, y quien ataca puede llegar a {ceiling} de cada 100; medido aquí: {attack} ({attackLow} a {attackHigh}). Exacto, y apenas una promesa.',
        ),
    },
    {
      id: 'choose',
      path: '/explore',
      target: 'control',
      needs: ['epsilon', 'half', 'ceiling', 'attack', 'truth'],
      text: text(
        'Somebody has to choose. A smaller ε protects each passenger; a larger one tells the planner more: {zone} has {truth} trips, and a count off by more than a tenth of that would mislead.',
        'Alguien tiene que elegir. Un ε menor protege a cada pasajera; uno mayor dice más a quien planifica: {zone} tiene {truth} viajes, y un error de más de una décima parte confundiría.',
      ),
      task: {
        text: text(
          'Set ε to the value you would sign for. Then say why, in one sentence.',
          'Pon ε en el valor que firmarías. Después di por qué, en una frase.',
        ),
        done: ({ figures }, before) => figures['epsilon'] !== before['epsilon'],
      },
      note: { label: text('I choose this ε because', 'Elijo este ε porque'), least: 12 },
      reveal: (_, after) =>
        number(after, 'half') <= number(after, 'truth') / 10
          ? text(
              'Your ε = {epsilon}: counts good to ± {half}, enough for a tenth of {truth}; an attacker at 50:50 gets to at most {ceiling} in 100, measured {attack}. That is a choice one can defend.',
              'Tu ε = {epsilon}: recuentos con ± {half}, suficiente para una décima de {truth}; quien ataca pasa de 50 a {ceiling} de cada 100 como mucho, medido {attack}. Es una elección defendible.',
            )
          : text(
              'Your ε = {epsilon}: an attacker at 50:50 gets to at most {ceiling} in 100, measured {attack}; counts are good to ± {half}, wider than a tenth of {truth}: say so to whoever reads them.',
              'Tu ε = {epsilon}: quien ataca pasa de 50 a {ceiling} de cada 100 como mucho, medido {attack}; los recuentos valen con ± {half}, más que una décima de {truth}: dilo a quien los lea.',
            ),
    },
  ],
};
