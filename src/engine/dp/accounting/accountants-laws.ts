import type { Accounted } from '../../kit/accounting.ts';
import { invalidParam } from '../../kit/errors.ts';
import type { CountedLaw } from '../../kit/loss-law.ts';
import { expm1 } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import { zcdpEpsilon } from '../composition.ts';
import { epsilonOfMu } from '../gaussian.ts';
import { accounted, checkLaws, type LawAccountant, ofLaws, reasons, unsupportedBecause } from './accountants.ts';
import { cltMuPoisson } from './gdp-clt.ts';
import { type Composed, composedPld, pldUnsupported } from './pld.ts';
import { pureEpsilon } from './pure.ts';
import { bestEpsilon } from './rdp-epsilon.ts';
import { rdpOf } from './rdp.ts';
import { rhoOf, zcdpEpsilonTight } from './zcdp.ts';

/** Accountants that read the law of each release. */

const noRho = text(
  'A release on a random sample has no concentrated privacy loss worth using.',
  'Una publicación sobre una muestra aleatoria no tiene una pérdida concentrada que sirva.',
);

function rhoSum(laws: readonly CountedLaw[], classic: boolean): number | undefined {
  let sum = 0;
  for (const { law, count } of laws) {
    const rho = rhoOf(law, classic);
    if (rho === undefined) return undefined;
    sum += count * rho;
  }
  return sum;
}

export const zcdpClassic: LawAccountant = ofLaws(
  {
    id: 'zcdp-classic',
    label: text('Concentrated privacy, classic', 'Privacidad concentrada, clásica'),
    proves: 'bound',
    citation: {
      authors: 'Bun, Steinke',
      year: 2016,
      title: 'Concentrated differential privacy: simplifications, extensions, and lower bounds',
      doi: '10.1007/978-3-662-53641-4_24',
    },
  },
  (laws, delta) => {
    const rho = rhoSum(laws, true);
    return rho === undefined ? unsupportedBecause(noRho) : accounted(zcdpEpsilon(rho, delta));
  },
);

export const zcdp: LawAccountant = ofLaws(
  {
    id: 'zcdp',
    label: text('Concentrated privacy, tight', 'Privacidad concentrada, ajustada'),
    proves: 'bound',
    citation: {
      authors: 'Canonne, Kamath, Steinke',
      year: 2020,
      title: 'The discrete Gaussian for differential privacy',
      where: 'NeurIPS',
    },
  },
  (laws, delta) => {
    const rho = rhoSum(laws, false);
    return rho === undefined ? unsupportedBecause(noRho) : accounted(zcdpEpsilonTight(rho, delta) * (1 + 1e-12));
  },
);

export const rdp: LawAccountant = ofLaws(
  {
    id: 'rdp',
    label: text('Rényi privacy, best order', 'Privacidad de Rényi, mejor orden'),
    proves: 'bound',
    citation: {
      authors: 'Mironov',
      year: 2017,
      title: 'Rényi differential privacy',
      doi: '10.1109/CSF.2017.11',
    },
  },
  (laws, delta) => {
    const { epsilon, order, end } = bestEpsilon((alpha) => {
      let sum = 0;
      for (const { law, count } of laws) sum += count * (rdpOf(law, alpha) ?? Number.POSITIVE_INFINITY);
      return sum;
    }, delta);
    if (!Number.isFinite(epsilon)) return unsupportedBecause(reasons.infinite);
    return { status: 'ok', epsilon: epsilon * (1 + 1e-12), order, endOfOrders: end };
  },
);

function ofPld(
  descriptor: LawAccountant['descriptor'],
  read: (composed: Composed, delta: number) => number,
): LawAccountant {
  return {
    descriptor,
    account(laws, delta, grid = 1e-4) {
      checkLaws(laws, delta);
      if (!(grid > 0)) throw invalidParam('grid', 'a width above 0', grid);
      if (laws.every(({ count }) => count === 0)) return accounted(0);
      if (delta === 0) return unsupportedBecause(reasons.zeroDelta);
      return readPld(laws, grid, (composed) => accounted(read(composed, delta)));
    },
  };
}

/** Reads the composed distribution of the laws, or says why there is none. */
function readPld(laws: readonly CountedLaw[], grid: number, read: (composed: Composed) => Accounted): Accounted {
  const why = pldUnsupported(laws);
  return why === undefined ? read(composedPld(laws, grid)) : unsupportedBecause(why);
}

const pldCitation = {
  authors: 'Doroshenko, Ghazi, Kamath, Kumar, Manurangsi',
  year: 2022,
  title: 'Connect the dots: tighter discrete approximations of privacy loss distributions',
  where: 'arXiv:2207.04380',
} as const;

export const pld: LawAccountant = ofPld(
  {
    id: 'pld',
    label: text('Privacy-loss distribution', 'Distribución de la pérdida de privacidad'),
    proves: 'bound',
    citation: pldCitation,
  },
  (composed, delta) => composed.epsilonUpper(delta),
);

export const pldOptimistic: LawAccountant = ofPld(
  {
    id: 'pld-optimistic',
    label: text(
      'Privacy-loss distribution, proven from below: the truth is not smaller',
      'Distribución de la pérdida de privacidad, probada desde abajo: la verdad no es menor',
    ),
    proves: 'bound',
    citation: pldCitation,
  },
  (composed, delta) => composed.epsilonLower(delta),
);

/** sqrt of the sum of mu^2, where all noise is Gaussian. */
function gaussianMu(laws: readonly CountedLaw[]): number | undefined {
  let squares = 0;
  for (const { law, count } of laws) {
    if (law.kind === 'gaussian') squares += count * law.mu * law.mu;
    else if (law.kind === 'poisson-gaussian' && law.rate === 1) squares += count / (law.sigma * law.sigma);
    else if (count > 0) return undefined;
  }
  return Math.sqrt(squares);
}

export const gaussian: LawAccountant = ofLaws(
  {
    id: 'gaussian',
    label: text('Gaussian noise, exact', 'Ruido gaussiano, exacta'),
    proves: 'exact',
    citation: {
      authors: 'Balle, Wang',
      year: 2018,
      title: 'Improving the Gaussian mechanism for differential privacy',
      where: 'ICML',
    },
  },
  (laws, delta) => {
    const mu = gaussianMu(laws);
    return mu === undefined
      ? unsupportedBecause(text('Not all of the noise is Gaussian.', 'No todo el ruido es gaussiano.'))
      : accounted(mu === 0 ? 0 : epsilonOfMu(mu, delta));
  },
);

export const gdpClt: LawAccountant = ofLaws(
  {
    id: 'gdp-clt',
    label: text('Central limit, not a bound', 'Límite central, no es una cota'),
    proves: 'heuristic',
    citation: {
      authors: 'Bu, Dong, Long, Su',
      year: 2020,
      title: 'Deep learning with Gaussian differential privacy',
      doi: '10.1162/99608f92.cfc5dd25',
    },
  },
  (laws, delta) => {
    let squares = 0;
    for (const { law, count } of laws) {
      const mu = cltMu(law, count);
      if (mu === undefined) {
        return unsupportedBecause(
          text(
            'The limit is known here for Gaussian noise and randomized response only.',
            'El límite solo se conoce aquí para ruido gaussiano y respuesta aleatorizada.',
          ),
        );
      }
      squares += mu * mu;
    }
    return accounted(squares === 0 ? 0 : epsilonOfMu(Math.sqrt(squares), delta));
  },
);

function cltMu(law: CountedLaw['law'], count: number): number | undefined {
  if (law.kind === 'gaussian') return law.mu * Math.sqrt(count);
  if (law.kind === 'poisson-gaussian') return cltMuPoisson(law.rate, law.sigma, count);
  if (law.kind !== 'pure' && law.kind !== 'randomized-response') return undefined;
  // Randomized response: 2 mean / deviation of its loss = 2 sinh(epsilon / 2).
  const epsilon = pureEpsilon(law) ?? 0;
  const sinh = (expm1(epsilon / 2) - expm1(-epsilon / 2)) / 2;
  return 2 * sinh * Math.sqrt(count);
}
