import { text } from '../../kit/text.ts';
import { accounted, type LawAccountant, ofPureRuns, proven, unsupportedBecause } from './accountants.ts';
import {
  advancedSum,
  advancedSumImproved,
  boundedRangeEpsilon,
  kovClosedForm,
  optimalEpsilon,
  outcomeCount,
  roundedOptimalEpsilon,
} from './kov.ts';

/**
 * Accountants that know an epsilon (and a delta) of each release and nothing more. Releases of unbounded loss (Gaussian noise)
 * are first cut at their share of half of delta.
 */

export const advanced: LawAccountant = ofPureRuns(
  {
    id: 'advanced',
    label: text('Advanced composition', 'Composición avanzada'),
    proves: 'bound',
    citation: {
      authors: 'Dwork, Rothblum, Vadhan',
      year: 2010,
      title: 'Boosting and differential privacy',
      doi: '10.1109/FOCS.2010.12',
    },
  },
  ({ runs, slack }) => accounted(advancedSum(runs, slack)),
);

export const advancedImproved: LawAccountant = ofPureRuns(
  {
    id: 'advanced-improved',
    label: text('Advanced composition, smaller drift', 'Composición avanzada, deriva menor'),
    proves: 'bound',
    citation: {
      authors: 'Dwork, Rothblum',
      year: 2016,
      title: 'Concentrated differential privacy',
      where: 'arXiv:1603.01887',
    },
  },
  ({ runs, slack }) => accounted(advancedSumImproved(runs, slack)),
);

const kovCitation = {
  authors: 'Kairouz, Oh, Viswanath',
  year: 2015,
  title: 'The composition theorem for differential privacy',
  where: 'ICML',
} as const;

export const kov: LawAccountant = ofPureRuns(
  {
    id: 'kov',
    label: text('Kairouz-Oh-Viswanath, closed form', 'Kairouz-Oh-Viswanath, fórmula cerrada'),
    proves: 'bound',
    citation: kovCitation,
  },
  ({ runs, slack }) => accounted(kovClosedForm(runs, slack)),
);

export const kovOptimal: LawAccountant = ofPureRuns(
  {
    id: 'kov-optimal',
    label: text('Kairouz-Oh-Viswanath, optimal', 'Kairouz-Oh-Viswanath, óptima'),
    proves: 'bound',
    citation: kovCitation,
  },
  ({ runs, slack }) =>
    runs.length > 1
      ? unsupportedBecause(
          text(
            'It composes equal losses only; for unequal ones see Murtagh-Vadhan.',
            'Solo compone pérdidas iguales; para pérdidas distintas, véase Murtagh-Vadhan.',
          ),
        )
      : proven(optimalEpsilon(runs, slack), runs),
);

/** Outcomes that are enumerated; above, losses are rounded up to a lattice. */
const enumerable = 1 << 18;
/** Multiplications a rounded composition may take. */
const work = 3e7;

export const murtaghVadhan: LawAccountant = ofPureRuns(
  {
    id: 'murtagh-vadhan',
    label: text('Murtagh-Vadhan, optimal for unequal losses', 'Murtagh-Vadhan, óptima para pérdidas distintas'),
    proves: 'bound',
    citation: {
      authors: 'Murtagh, Vadhan',
      year: 2018,
      title: 'The complexity of computing the optimal composition of differential privacy',
      doi: '10.4086/toc.2018.v014a008',
    },
  },
  ({ runs, slack }) => {
    if (runs.length === 1 || outcomeCount(runs) <= enumerable) return proven(optimalEpsilon(runs, slack), runs);
    const widths = runs.reduce((sum, { count }) => sum + Math.min(count + 1, 80 * Math.sqrt(count)), 0);
    const cells = Math.floor(Math.min(1 << 16, work / widths));
    if (cells < 1000) {
      return unsupportedBecause(
        text(
          'There are too many different losses to compose exactly.',
          'Hay demasiadas pérdidas distintas para componerlas con exactitud.',
        ),
      );
    }
    return proven(roundedOptimalEpsilon(runs, slack, cells), runs);
  },
);

/** The formula takes the square of the number of releases. */
const mostSelections = 1000;

export const boundedRange: LawAccountant = ofPureRuns(
  {
    id: 'bounded-range',
    label: text(
      'Bounded range, for selections fixed in advance',
      'Rango acotado, para selecciones fijadas de antemano',
    ),
    proves: 'bound',
    citation: {
      authors: 'Dong, Durfee, Rogers',
      year: 2020,
      title: 'Optimal differential privacy composition for exponential mechanisms',
      where: 'ICML',
    },
  },
  ({ runs, slack }, laws) => {
    const [run] = runs;
    if (run === undefined || runs.length > 1 || laws.some(({ law }) => law.kind !== 'bounded-range')) {
      return unsupportedBecause(
        text(
          'It composes exponential mechanisms of one epsilon, none of which depends on an earlier answer.',
          'Compone mecanismos exponenciales de un mismo épsilon, sin que ninguno dependa de una respuesta anterior.',
        ),
      );
    }
    if (run.count > mostSelections) {
      return unsupportedBecause(
        text('It is computed for up to 1,000 selections.', 'Se calcula para un máximo de 1000 selecciones.'),
      );
    }
    return proven(boundedRangeEpsilon(run.epsilon, run.count, slack), runs);
  },
);
