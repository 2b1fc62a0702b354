import type { CardLaw, MechanismCard, MechanismCardsQuestion } from '../../kit/mechanism-card.ts';
import { exp } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import { expectedGap, rateOf } from '../selection/probabilities.ts';
import { selectors } from '../selection/selectors.ts';
import type { SelectorId } from '../selection/split.ts';
import { sparseVectorScales } from '../selection/sparse-vector.ts';
import { ALPHAS } from './card-law.ts';

/** Candidates of the example: how far each is below the best, in multiples of what one unit moves. */
const SHORTFALLS = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24];
const POINTS = 60;

type Words = Omit<MechanismCard, 'kind' | 'exact' | 'fast'>;

const mcKennaSheldon = {
  authors: 'McKenna, Sheldon',
  year: 2020,
  title: 'Permute-and-flip: a new mechanism for differentially private selection',
  where: 'NeurIPS',
} as const;
const reveals = text(
  'Says which candidate was chosen and nothing of its score: that takes a part of the budget of its own.',
  'Dice qué candidato se eligió y nada de su puntuación: eso requiere una parte propia del presupuesto.',
);

const choosers: readonly (Words & { readonly id: SelectorId })[] = [
  {
    id: 'permute-and-flip',
    label: text('Permute-and-flip', 'Permutar y lanzar'),
    summary: text(
      'Candidates in random order, each taken with a coin that favours high scores: never worse than the exponential mechanism.',
      'Candidatos en orden aleatorio, cada uno aceptado con una moneda que favorece las puntuaciones altas: nunca peor que el mecanismo exponencial.',
    ),
    limits: [
      reveals,
      text(
        'Many choices compose as pure losses; the exponential mechanism composes better from about four on.',
        'Muchas elecciones se componen como pérdidas puras; el mecanismo exponencial se compone mejor desde unas cuatro.',
      ),
    ],
    citations: [mcKennaSheldon],
  },
  {
    id: 'exponential',
    label: text('Exponential mechanism', 'Mecanismo exponencial'),
    summary: text(
      'Each candidate with a probability that grows exponentially with its score.',
      'Cada candidato con una probabilidad que crece exponencialmente con su puntuación.',
    ),
    limits: [
      reveals,
      text(
        'For a single choice permute-and-flip is better; for many its loss composes best.',
        'Para una sola elección permutar y lanzar es mejor; para muchas, su pérdida es la que mejor se compone.',
      ),
    ],
    citations: [
      {
        authors: 'McSherry, Talwar',
        year: 2007,
        title: 'Mechanism design via differential privacy',
        where: 'FOCS',
        doi: '10.1109/FOCS.2007.66',
      },
    ],
  },
  {
    id: 'noisy-max',
    label: text('Noisy maximum (Laplace)', 'Máximo con ruido (Laplace)'),
    summary: text(
      'Noise on every score, and the name of the largest: the noisy scores themselves stay hidden.',
      'Ruido en cada puntuación y el nombre de la mayor: las puntuaciones con ruido quedan ocultas.',
    ),
    limits: [
      reveals,
      text(
        'Publishing the winning noisy score with it would break the promise.',
        'Publicar además la puntuación ganadora con ruido rompería la promesa.',
      ),
    ],
    citations: [
      {
        authors: 'Dwork, Roth',
        year: 2014,
        title: 'The algorithmic foundations of differential privacy, section 3.3',
        where: 'Foundations and Trends in Theoretical Computer Science 9(3-4)',
        doi: '10.1561/0400000042',
      },
    ],
  },
];

const sparse: Words = {
  id: 'sparse-vector',
  label: text('Sparse vector (first answer above)', 'Vector disperso (primera respuesta por encima)'),
  summary: text(
    'Asks one question after another and pays only for the first that exceeds a threshold.',
    'Hace una pregunta tras otra y solo paga por la primera que supera un umbral.',
  ),
  limits: [
    text(
      'Says only "above" or "below"; six published variants of it were found to break their promise.',
      'Solo dice «por encima» o «por debajo»; se hallaron seis variantes publicadas que incumplen su promesa.',
    ),
    text(
      'Stops after the answers above it was paid for.',
      'Se detiene tras las respuestas por encima que se han pagado.',
    ),
  ],
  citations: [
    {
      authors: 'Lyu, Su, Li',
      year: 2017,
      title: 'Understanding the sparse vector technique for differential privacy',
      where: 'PVLDB 10(6)',
      doi: '10.14778/3055330.3055331',
    },
  ],
};

/** One card for every mechanism that chooses, on the same example; a unit moves scores in both directions. */
export function selectionCards(question: MechanismCardsQuestion): readonly MechanismCard[] {
  return [
    ...choosers.map((words): MechanismCard => ({ ...words, kind: 'selection', exact: chooserLaw(words.id, question) })),
    { ...sparse, kind: 'selection', exact: sparseLaw(question) },
  ];
}

function chooserLaw(id: SelectorId, { epsilon, sensitivity }: MechanismCardsQuestion): CardLaw {
  const gaps = SHORTFALLS.map((times) => times * sensitivity);
  const scores = gaps.map((gap) => -gap);
  const rate = rateOf(epsilon, sensitivity, false);
  const y = Float64Array.from(selectors[id].probabilities(scores, rate));
  // Tails by shortfall: P(gap >= a) falls to what lies beyond the a before.
  const tails = gaps.map((_, i) => y.subarray(i).reduce((sum, p) => sum + p, 0));
  return {
    drawn: 'choice',
    x: Float64Array.from(scores),
    y,
    parameters: { rate },
    loss: { epsilon, delta: 0 },
    meanAbsolute: expectedGap(scores, y),
    accuracy: ALPHAS.map((alpha) => ({
      alpha,
      within: gaps[tails.findIndex((tail) => tail <= alpha)] ?? (gaps.at(-1) ?? 0) + sensitivity,
    })),
  };
}

/** P(query noise - threshold noise >= t) for t >= 0: the tail of a difference of two Laplace laws. */
export function differenceTail(t: number, a: number, b: number): number {
  const [wide, narrow] = [Math.max(a, b), Math.min(a, b)];
  // Equal scales: the limit of the quotient below.
  if (wide - narrow < 1e-6 * wide) return (exp(-t / wide) * (2 + t / wide)) / 4;
  return (wide * wide * exp(-t / wide) - narrow * narrow * exp(-t / narrow)) / (2 * (wide - narrow) * (wide + narrow));
}

function sparseLaw({ epsilon, sensitivity }: MechanismCardsQuestion): CardLaw {
  const { thresholdScale, queryScale } = sparseVectorScales(epsilon, 1, sensitivity, false);
  const tail = (t: number): number => differenceTail(t, thresholdScale, queryScale);
  const within = (alpha: number): number => {
    let [low, high] = [0, thresholdScale + queryScale];
    while (tail(high) > alpha) high *= 2;
    if (tail(0) <= alpha) return 0;
    for (let i = 0; i < 60; i += 1) {
      const middle = (low + high) / 2;
      if (tail(middle) > alpha) low = middle;
      else high = middle;
    }
    return high;
  };
  const reach = within(0.005);
  const x = Float64Array.from({ length: 2 * POINTS + 1 }, (_, i) => ((i - POINTS) * reach) / POINTS);
  const variance = 2 * (thresholdScale * thresholdScale + queryScale * queryScale);
  return {
    drawn: 'passes',
    x,
    y: x.map((above) => (above >= 0 ? 1 - tail(above) : tail(-above))),
    parameters: { threshold: thresholdScale, query: queryScale },
    loss: { epsilon, delta: 0 },
    meanAbsolute: meanSize(thresholdScale, queryScale),
    rootMeanSquare: Math.sqrt(variance),
    accuracy: ALPHAS.map((alpha) => ({ alpha, within: within(alpha) })),
  };
}

/** E|X - Y| of two Laplace laws: twice the integral of the tail. */
function meanSize(a: number, b: number): number {
  return (a * a + a * b + b * b) / (a + b);
}
