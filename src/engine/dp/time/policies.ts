import type { CountedLaw, LossLaw } from '../../kit/loss-law.ts';
import type { TimePolicyId } from '../../kit/over-time.ts';
import { type Text, text } from '../../kit/text.ts';
import { analyticSigma } from '../gaussian.ts';
import { squareRootCoefficients, squareRootNorm2 } from '../ranges/square-root.ts';
import { popcount, treeLevels } from './tree.ts';

/** One release alone: its law about one appearance of one unit, and the deviation of its noise. */
export interface OneRelease {
  readonly law: Extract<LossLaw, { kind: 'laplace' | 'gaussian' }>;
  readonly deviation: number;
}

export function oneRelease(mechanism: 'laplace' | 'gaussian', epsilon: number, delta: number): OneRelease {
  if (mechanism === 'laplace') return { law: { kind: 'laplace', epsilon }, deviation: Math.SQRT2 / epsilon };
  const sigma = analyticSigma(epsilon, delta, 1);
  return { law: { kind: 'gaussian', mu: 1 / sigma }, deviation: sigma };
}

/** How a statistic is given again and again, and what that means for a unit that is in some of the releases. */
export interface Policy {
  readonly id: TimePolicyId;
  readonly label: Text;
  /** What a unit loses that is in `appearances` of the first `releases`, the worst ones for it. */
  laws(appearances: number, releases: number): readonly CountedLaw[];
  readonly periodError: number;
  readonly totalError: number;
  /** Whether one appearance stays in all later answers (running totals, a repeated answer). */
  readonly keeps: 'never' | 'answer' | 'total';
}

/** All policies over that many releases, each with the same loss about one appearance; `window`: its releases and what they may spend. */
export function policiesOf(
  one: OneRelease,
  releases: number,
  window: { readonly releases: number; readonly epsilon: number },
): readonly Policy[] {
  const { law, deviation } = one;
  const fresh = {
    laws: (appearances: number) => [{ law, count: appearances }],
    periodError: deviation,
    totalError: deviation * Math.sqrt(releases),
    keeps: 'never' as const,
  };
  return [
    { id: 'fresh', label: text('Fresh noise every time', 'Ruido nuevo cada vez'), ...fresh },
    { id: 'renewed', label: text('Budget renewed every period', 'Presupuesto renovado en cada período'), ...fresh },
    windowPolicy(window, releases),
    {
      id: 'memoised',
      label: text('One answer, repeated', 'Una respuesta, repetida'),
      laws: (appearances) => [{ law, count: Math.min(1, appearances) }],
      periodError: deviation,
      totalError: deviation * releases,
      keeps: 'answer',
    },
    treePolicy(one, releases),
    squareRootPolicy(one, releases),
  ];
}

/**
 * Kellaris et al. (2014) with the same share for every release: Laplace noise of epsilon / w. Any w releases in a row lose epsilon at
 * most, whatever came before: blocks of w compose like so many mechanisms of that epsilon, and only blocks one is in count.
 */
function windowPolicy(window: { readonly releases: number; readonly epsilon: number }, releases: number): Policy {
  const { epsilon } = window;
  const deviation = (Math.SQRT2 * window.releases) / epsilon;
  return {
    id: 'window',
    label: text('Budget for any window', 'Presupuesto para cualquier ventana'),
    laws: (appearances, until) => [
      { law: { kind: 'pure', epsilon }, count: Math.min(appearances, Math.ceil(until / window.releases)) },
    ],
    periodError: deviation,
    totalError: deviation * Math.sqrt(releases),
    keeps: 'never',
  };
}

/** The one law of a vector that a unit moves `factor` times as far as one appearance does. */
const stretched = (law: OneRelease['law'], factor: number): readonly CountedLaw[] => {
  if (factor === 0) return [];
  return [
    {
      law: law.kind === 'laplace' ? { ...law, epsilon: law.epsilon * factor } : { ...law, mu: law.mu * factor },
      count: 1,
    },
  ];
};

function treePolicy({ law, deviation }: OneRelease, releases: number): Policy {
  const levels = treeLevels(releases);
  const node = deviation * (law.kind === 'laplace' ? levels : Math.sqrt(levels));
  return {
    id: 'tree',
    label: text('Running total by a tree', 'Total acumulado con un árbol'),
    laws: (appearances) =>
      stretched(law, law.kind === 'laplace' ? appearances : Math.sqrt(treeSquares(releases, appearances) / levels)),
    periodError: node,
    totalError: node * Math.sqrt(popcount(releases)),
    keeps: 'total',
  };
}

/** Squared l2 change of all nodes by a unit that is in each of the first `appearances` steps: those share the most nodes. */
export function treeSquares(steps: number, appearances: number): number {
  let sum = 0;
  for (let span = 1; span <= steps; span *= 2) {
    const whole = Math.floor(appearances / span);
    const rest = appearances - whole * span;
    sum += whole * span * span;
    // The node that is begun counts only where it is ever finished.
    if ((whole + 1) * span <= steps) sum += rest * rest;
  }
  return sum;
}

function squareRootPolicy({ law, deviation }: OneRelease, releases: number): Policy {
  const c = squareRootCoefficients(releases);
  const norm2 = squareRootNorm2(releases);
  const l1 = c.reduce((sum, value) => sum + value, 0);
  const sensitivity = law.kind === 'laplace' ? l1 : Math.sqrt(norm2);
  let differences = 1;
  for (let k = 1; k < releases; k += 1) {
    const d = (c[k] as number) / (2 * k - 1);
    differences += d * d;
  }
  return {
    id: 'square-root',
    label: text('Running total by square roots', 'Total acumulado con raíces cuadradas'),
    laws: (appearances) =>
      stretched(law, law.kind === 'laplace' ? appearances : Math.sqrt(rootSquares(c, appearances) / norm2)),
    periodError: deviation * sensitivity * Math.sqrt(differences),
    totalError: deviation * sensitivity * Math.sqrt(norm2),
    keeps: 'total',
  };
}

/** Squared l2 change of C x by a unit in each of the first `appearances` steps. All entries are positive: no other steps are worse. */
function rootSquares(c: Float64Array, appearances: number): number {
  let window = 0;
  let sum = 0;
  for (let t = 0; t < c.length; t += 1) {
    window += c[t] as number;
    if (t >= appearances) window -= c[t - appearances] as number;
    sum += window * window;
  }
  return sum;
}
