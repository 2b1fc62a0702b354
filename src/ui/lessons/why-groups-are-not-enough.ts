import { text } from '../../engine/kit/text.ts';
import type { Figures, Lesson } from './engine.ts';

const number = (figures: Figures, name: string): number => Number(figures[name]);
const percent = (figures: Figures): string => {
  const share = number(figures, 'homogeneous');
  return share <= 0 ? 'none' : share <= 5 ? 'few' : 'many';
};

/** Homogeneity (Machanavajjhala et al. 2007): a group that shares its secret gives it away without naming anyone. */
export const whyGroupsAreNotEnough: Lesson = {
  id: 'why-k-is-not-enough',
  title: text('Why k = 5 is not enough', 'Por qué k = 5 no basta'),
  summary: text(
    'Everyone hides in a group of five. Find out what the group itself gives away, and what it costs to mend it.',
    'Todo el mundo se esconde en un grupo de cinco. Descubre qué revela el propio grupo y cuánto cuesta arreglarlo.',
  ),
  minutes: 4,
  scores: {
    homogeneous: 'diversity/homogeneous',
    secret: 're-identification/secret',
    found: 're-identification/success',
  },
  steps: [
    {
      id: 'group',
      path: '/explore',
      scene: 'groups',
      target: 'control',
      needs: ['k', 'l', 'homogeneous', 'found'],
      text: text(
        'Places and times were coarsened until trips look alike in groups of at least {k} (k = {k}). Whoever knows where and when someone travelled faces a group of {k} or more.',
        'Lugares y horas se hicieron menos precisos hasta que los viajes se parecen en grupos de al menos {k} (k = {k}). Quien sabe dónde y cuándo viajó alguien se encuentra con un grupo de {k} o más.',
      ),
      prediction: {
        question: text(
          'Are there trips whose fare band is given away all the same?',
          '¿Hay viajes cuya banda de tarifa queda al descubierto de todos modos?',
        ),
        options: [
          {
            id: 'none',
            text: text('None: nobody can be told from their group', 'Ninguno: nadie se distingue de su grupo'),
          },
          { id: 'few', text: text('Some: up to 5 in 100', 'Algunos: hasta 5 de cada 100') },
          { id: 'many', text: text('Many: more than 5 in 100', 'Muchos: más de 5 de cada 100') },
        ],
        right: (_, after) => percent(after),
      },
      reveal: () =>
        text(
          'For {homogeneous} of every 100 trips everyone in the group has the same fare band. Nobody needs to find the row: the group tells. The row itself is found {found} times in 100.',
          'En {homogeneous} de cada 100 viajes todo el grupo comparte la banda de tarifa. No hace falta encontrar la fila: el grupo lo dice. La fila misma se encuentra {found} de cada 100 veces.',
        ),
    },
    {
      id: 'diverse',
      path: '/explore',
      target: 'control',
      needs: ['k', 'l', 'homogeneous', 'utility', 'secret'],
      text: text(
        'l-diversity asks for at least l different secrets in every group. Now l = {before_l}: nothing is asked. Utility is {before_utility} in 100.',
        'La l-diversidad exige al menos l secretos distintos en cada grupo. Ahora l = {before_l}: no se exige nada. La utilidad es {before_utility} de 100.',
      ),
      prediction: {
        question: text('With l = 3, what happens to utility?', 'Con l = 3, ¿qué pasa con la utilidad?'),
        options: [
          { id: 'same', text: text('It stays within a point', 'Se mantiene, punto arriba o abajo') },
          { id: 'less', text: text('It falls by more than a point', 'Baja más de un punto') },
          { id: 'more', text: text('It rises by more than a point', 'Sube más de un punto') },
        ],
        right: (before, after) => {
          const gap = number(after, 'utility') - number(before, 'utility');
          return gap > 1 ? 'more' : gap < -1 ? 'less' : 'same';
        },
      },
      task: {
        text: text(
          'In the controls, open “More settings” and set l to 3.',
          'En los controles, abre «Más ajustes» y pon l = 3.',
        ),
        done: ({ figures }) => number(figures, 'l') >= 3,
      },
      reveal: () =>
        text(
          'Trips given away by their group: {before_homogeneous} in 100 before, {homogeneous} now. Utility: {before_utility} before, {utility} now. Groups had to grow.',
          'Viajes que su grupo delata: {before_homogeneous} de cada 100 antes, {homogeneous} ahora. Utilidad: {before_utility} antes, {utility} ahora. Los grupos tuvieron que crecer.',
        ),
    },
    {
      id: 'guess',
      path: '/explore',
      target: 'meters',
      needs: ['secret', 'secretBaseline'],
      text: text(
        'Every group now holds at least three fare bands. Someone who knows nothing but the city still guesses the band right {secretBaseline} times in 100.',
        'Cada grupo tiene ahora al menos tres bandas de tarifa. Quien solo conoce la ciudad acierta la banda {secretBaseline} de cada 100 veces.',
      ),
      prediction: {
        question: text(
          'And someone who reads the released group and bets on its most common band?',
          '¿Y quien lee el grupo publicado y apuesta por su banda más común?',
        ),
        options: [
          { id: 'same', text: text('No better', 'No mejor') },
          { id: 'more', text: text('Better', 'Mejor') },
        ],
        right: (_, after) => (number(after, 'secret') > number(after, 'secretBaseline') + 2 ? 'more' : 'same'),
      },
      reveal: (_, after) =>
        number(after, 'secret') > number(after, 'secretBaseline') + 2
          ? text(
              'Right {secret} in 100 times, against {secretBaseline} without looking. l-diversity rules out certainty, not good guesses; and none of this limits what is known from elsewhere.',
              'Acierta {secret} de cada 100 veces, frente a {secretBaseline} sin mirar. La l-diversidad impide la certeza, no las buenas conjeturas; y nada de esto limita lo que se sepa por otras vías.',
            )
          : text(
              'Right {secret} in 100 times, against {secretBaseline} without looking: hardly better here. That is luck of these data, not a promise: nothing limits what is known from elsewhere.',
              'Acierta {secret} de cada 100 veces, frente a {secretBaseline} sin mirar: apenas mejor aquí. Es suerte de estos datos, no una promesa: nada limita lo que se sepa por otras vías.',
            ),
    },
    {
      id: 'defend',
      path: '/explore',
      target: 'control',
      needs: ['k', 'l', 'utility', 'secret', 'found'],
      text: text(
        'A council wants to publish this table. k and l are promises about groups in this table; neither says what a person’s presence changes.',
        'Un ayuntamiento quiere publicar esta tabla. k y l son promesas sobre los grupos de esta tabla; ninguna dice qué cambia la presencia de una persona.',
      ),
      task: {
        text: text(
          'Choose k and l you would sign for, or keep these. Then say what you would tell the council.',
          'Elige los k y l que firmarías, o deja estos. Después di qué le contarías al ayuntamiento.',
        ),
        done: () => true,
      },
      note: { label: text('I would tell the council', 'Al ayuntamiento le diría'), least: 12 },
      reveal: () =>
        text(
          'k = {k}, l = {l}: the row is found {found} in 100 times, the fare band guessed {secret} in 100; utility {utility} in 100.',
          'k = {k}, l = {l}: la fila se encuentra {found} de cada 100 veces, la banda se acierta {secret} de cada 100; utilidad {utility} de 100.',
        ),
    },
  ],
};
