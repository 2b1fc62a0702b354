import type { AuditPair } from '../../kit/audit.ts';
import type { PrivacyEvent } from '../../kit/guarantee.ts';
import type { LossLaw } from '../../kit/loss-law.ts';
import type { Loss } from '../../kit/loss.ts';
import { choice } from '../../kit/params.ts';
import type { Text } from '../../kit/text.ts';
import { text } from '../../kit/text.ts';
import type { Rng } from '../../rng/rng.ts';
import { gaussianProfile } from '../audit/profile.ts';
import type { Figures } from '../mechanism.ts';
import { discreteGaussian } from '../mechanisms/discrete-gaussian.ts';
import { gaussian } from '../mechanisms/gaussian.ts';
import { laplace } from '../mechanisms/laplace.ts';

/** Noise on a vector of whole measurements: trees of counts, strategies of the matrix mechanism, steps of a stream. */

export const noiseParam = choice({
  label: text('Noise law', 'Ley del ruido'),
  help: text(
    'Laplace noise never fails; Gaussian noise may with probability δ, and is smaller where one row touches many measurements.',
    'El ruido de Laplace no falla nunca; el gaussiano puede fallar con probabilidad δ y es menor si una fila toca muchas medidas.',
  ),
  options: [
    { value: 'gaussian', label: text('Gaussian (analytic)', 'Gaussiana (analítica)') },
    { value: 'laplace', label: text('Laplace', 'Laplace') },
  ],
  default: 'gaussian',
});
export type NoiseLaw = 'laplace' | 'gaussian';

/** How one row changes the measurements, and how many of them are the largest number of rows of one hidden unit. */
export interface RowReach {
  readonly l1: number;
  readonly l2: number;
  readonly linf: number;
  readonly cells: number;
  /** Measurements in groups of which a row is in one each (levels of a tree): their losses add up, each a histogram's. */
  readonly levels?: number;
  /** Rows in one step of a measurement, where those are finer than rows; 1 when absent. */
  readonly step?: number;
}

export interface NoisePlan {
  readonly law: NoiseLaw;
  readonly loss: Loss;
  /** Of what is really drawn: of the exact discrete law from a cryptographic source. */
  readonly figures: Figures;
  /** Most the hidden unit changes the measurements, in the norm of the law; in rows. */
  readonly sensitivity: number;
  /** Scale in the law's own parameter: Laplace b, Gaussian sigma; in rows. `figures` are in steps of the measurements. */
  readonly scale: number;
  /** Adds noise to whole numbers, in place. */
  measure(rng: Rng, values: Float64Array): Float64Array;
}

const scaleOf = (noise: NoiseLaw, { parameters, meanAbsolute, variance }: Figures): number =>
  noise === 'laplace' ? (parameters.scale ?? meanAbsolute) : Math.sqrt(variance);

/** The least noise for that loss, where a hidden unit has at most `rows` rows. */
export function noisePlan(
  asked: { readonly noise: NoiseLaw; readonly epsilon: number; readonly delta: number },
  reach: RowReach,
  rows: number,
  rng: Pick<Rng, 'path'>,
): NoisePlan {
  const { step = 1 } = reach;
  const isExact = rng.path === 'secure';
  // All rows of a unit may fall together: norms grow with their number.
  const by = { l1: rows * reach.l1, l2: rows * reach.l2, linf: rows * reach.linf, cells: rows * reach.cells };
  // The discrete Gaussian is what the Gaussian releases; calibrated once, not at every step of a stream.
  const mechanism = asked.noise === 'laplace' ? laplace : isExact ? discreteGaussian : gaussian;
  const loss = { epsilon: asked.epsilon, delta: asked.noise === 'laplace' ? 0 : asked.delta };
  const calibrated = mechanism.calibrate(loss, by);
  const figures = isExact ? (calibrated.exactly?.() ?? calibrated) : calibrated;
  return {
    law: asked.noise,
    loss,
    figures,
    sensitivity: step * (asked.noise === 'laplace' ? by.l1 : by.l2),
    scale: step * scaleOf(asked.noise, figures),
    measure: (source, values) => {
      if (isExact) calibrated.release(source, values, values);
      else calibrated.simulate(source, values.slice(), values);
      return values;
    },
  };
}

/** The event of one such release: by levels where a unit meets each level once with noise of its own, else as a whole. */
export function eventOf(
  plan: NoisePlan,
  reach: RowReach,
  what: { readonly what: string; readonly on: string; readonly unit: string },
): PrivacyEvent {
  const { epsilon, delta } = plan.loss;
  const common = {
    ...what,
    neighbours: 'add-remove' as const,
    sensitivity: plan.sensitivity,
    scale: plan.scale,
  };
  const levels = reach.levels ?? 1;
  if (plan.law === 'laplace' && levels > 1) {
    const each = epsilon / levels;
    return {
      ...common,
      mechanism: 'Laplace',
      epsilon: each,
      delta: 0,
      sensitivity: plan.sensitivity / levels,
      law: lawOfLevel(plan.figures.law, each, levels),
      count: levels,
    };
  }
  return {
    ...common,
    mechanism: plan.law === 'laplace' ? 'Laplace' : 'analytic Gaussian',
    epsilon,
    delta,
    law: plan.figures.law,
  };
}

/** One level is a histogram: its law is that of its share of the change. Whole-number noise loses more than the continuous one. */
const lawOfLevel = (law: LossLaw, epsilon: number, levels: number): LossLaw =>
  law.kind === 'discrete-laplace'
    ? { ...law, sensitivity: Math.ceil(law.sensitivity / levels) }
    : { kind: 'laplace', epsilon };

/** An audit of vector measurements: what is seen of one run is its log-likelihood ratio between the two worlds. */
export function vectorAudit(
  plan: NoisePlan,
  pairs: readonly { readonly label: Text; readonly worlds: readonly [Float64Array, Float64Array] }[],
): {
  readonly claim: Loss;
  readonly outputs: 'continuous';
  readonly pairs: readonly AuditPair[];
  readonly sensitivity: number;
  readonly profile?: (epsilon: number) => number;
} {
  const scale = plan.law === 'laplace' ? scaleOf(plan.law, plan.figures) : plan.figures.variance;
  const ratio = (seen: Float64Array, [zero, one]: readonly [Float64Array, Float64Array]): number => {
    let sum = 0;
    for (let i = 0; i < seen.length; i += 1) {
      const a = (seen[i] as number) - (zero[i] as number);
      const b = (seen[i] as number) - (one[i] as number);
      sum += plan.law === 'laplace' ? Math.abs(a) - Math.abs(b) : (a * a - b * b) / 2;
    }
    // Far out the loss of Laplace noise is the same for many outputs: its last bits, which rounding alone decides, are left out.
    return Math.round((sum / scale) * 1e9) / 1e9;
  };
  const { law } = plan.figures;
  return {
    claim: plan.loss,
    outputs: 'continuous',
    pairs: pairs.map(({ label, worlds }) => ({
      label,
      draw: (world, rng, out) => {
        const values = new Float64Array(worlds[world].length);
        for (let i = 0; i < out.length; i += 1) {
          values.set(worlds[world]);
          out[i] = ratio(plan.measure(rng, values), worlds);
        }
      },
    })),
    // Forgetting a sensitivity hardly above one would be no bug worth planting.
    sensitivity: plan.sensitivity >= 1.5 ? plan.sensitivity : 1,
    ...(law.kind === 'gaussian' ? { profile: gaussianProfile(law.mu) } : {}),
  };
}
