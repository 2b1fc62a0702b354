import type { Audited, AuditPair } from '../../kit/audit.ts';
import { invalidParam, unsupported } from '../../kit/errors.ts';
import type { ParamRecord } from '../../kit/params.ts';
import { exp } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import { ratio } from '../../rng/ratio.ts';
import type { Rng } from '../../rng/rng.ts';
import { discreteLaplaceSampler } from '../../rng/sampler-discrete-laplace.ts';
import { fillLaplace, fillNormal, laplace } from '../../rng/samplers.ts';
import { analyticSigma } from '../gaussian.ts';
import { gaussianProfile } from './profile.ts';
import { exponentialProbabilities, rateOf } from '../selection/probabilities.ts';
import { sparseVectorScales } from '../selection/sparse-vector.ts';

/** Parameters of the mechanisms that can be audited without a table. */
export interface KnownParams {
  readonly epsilon: number;
  /** Only for mechanisms that need one. */
  readonly delta: number;
  /** How far one unit moves an answer. */
  readonly sensitivity: number;
  /** Answers one unit moves, seen as their sum. */
  readonly cells: number;
  readonly noise: 'exact' | 'fast';
}

/** @throws invalid-param for a value out of its range. */
export function knownParams(raw: ParamRecord): KnownParams {
  const { epsilon = 1, delta = 1e-6, sensitivity = 1, cells = 1, noise = 'exact' } = raw;
  if (typeof epsilon !== 'number' || !(epsilon > 0 && epsilon < Infinity)) {
    throw invalidParam('epsilon', 'a positive number', epsilon);
  }
  if (typeof delta !== 'number' || !(delta >= 0 && delta < 1))
    throw invalidParam('delta', 'a number from 0 to below 1', delta);
  if (typeof sensitivity !== 'number' || !(Number.isInteger(sensitivity) && sensitivity >= 1 && sensitivity <= 1e6)) {
    throw invalidParam('sensitivity', 'a whole number from 1 to 1,000,000', sensitivity);
  }
  if (typeof cells !== 'number' || !(Number.isInteger(cells) && cells >= 1 && cells <= 1000)) {
    throw invalidParam('cells', 'a whole number from 1 to 1,000', cells);
  }
  if (noise !== 'exact' && noise !== 'fast') throw invalidParam('noise', '"exact" or "fast"', noise);
  return { epsilon, delta, sensitivity, cells, noise };
}

type Known = (
  params: KnownParams,
  epsilon: number,
) => Omit<Audited, 'claim' | 'sensitivity'> & { readonly delta?: number };

/**
 * Textbook mechanisms, written out in a few lines each: what an audit is tried on, and compared with. `epsilon` is that of the noise, which a planted
 * bug makes larger than the claim.
 */
const known: Readonly<Record<string, Known>> = {
  /** Warner (1965): one bit, told truly with probability e^epsilon / (1 + e^epsilon). */
  'randomized-response': (_, epsilon) => {
    const truth = 1 / (1 + exp(-epsilon));
    const pair: AuditPair = {
      label: text('the person says no or yes', 'la persona dice no o sí'),
      draw: (world, rng, out) => {
        for (let i = 0; i < out.length; i += 1) out[i] = rng.uniform() < truth ? world : 1 - world;
      },
    };
    return { outputs: 'discrete', pairs: [pair] };
  },
  laplace: ({ sensitivity }, epsilon) => ({
    outputs: 'continuous',
    pairs: [shift(sensitivity, (rng, out) => fillLaplace(rng, out, sensitivity / epsilon))],
  }),
  'discrete-laplace': ({ sensitivity }, epsilon) => {
    const sampler = discreteLaplaceSampler(ratio(sensitivity, epsilon));
    return { outputs: 'discrete', pairs: [shift(sensitivity, (rng, out) => sampler.fill(rng, out))] };
  },
  gaussian: (params, epsilon) => {
    const { sensitivity, delta } = params;
    const sigma = analyticSigma(epsilon, delta, sensitivity);
    return {
      outputs: 'continuous',
      delta,
      profile: gaussianProfile(sensitivity / analyticSigma(params.epsilon, delta, sensitivity)),
      pairs: [shift(sensitivity, (rng, out) => fillNormal(rng, out, sigma))],
    };
  },
  /** McSherry, Talwar (2007), by inversion of its cumulative law. */
  exponential: ({ sensitivity }, epsilon) => ({
    outputs: 'discrete',
    pairs: scorePairs(sensitivity, (scores) => {
      const law = exponentialProbabilities(scores, rateOf(epsilon, sensitivity, false));
      return (rng) => {
        let rest = rng.uniform();
        let i = 0;
        while (i + 1 < law.length && rest >= (law[i] as number)) {
          rest -= law[i] as number;
          i += 1;
        }
        return i;
      };
    }),
  }),
  /** McKenna, Sheldon (2020): candidates in random order, each taken with probability e^(rate (score - largest)). */
  'permute-and-flip': ({ sensitivity }, epsilon) => ({
    outputs: 'discrete',
    pairs: scorePairs(sensitivity, (scores) => {
      const top = Math.max(...scores);
      const coins = scores.map((score) => exp(rateOf(epsilon, sensitivity, false) * (score - top)));
      return (rng) => {
        const left = coins.map((_, i) => i);
        for (;;) {
          const at = rng.int(left.length);
          const candidate = left[at] as number;
          if (rng.uniform() < (coins[candidate] as number)) return candidate;
          left.splice(at, 1);
        }
      };
    }),
  }),
  /** Lyu, Su, Li (2017), Algorithm 1, up to the first answer above; seen is how many came before it. */
  'sparse-vector': ({ sensitivity }, epsilon) => {
    const { thresholdScale, queryScale } = sparseVectorScales(epsilon, 1, sensitivity, false);
    const pair = (label: AuditPair['label'], worlds: readonly [readonly number[], readonly number[]]): AuditPair => ({
      label,
      draw: (world, rng, out) => {
        const answers = worlds[world];
        for (let i = 0; i < out.length; i += 1) {
          const bar = laplace(rng, thresholdScale);
          let below = 0;
          while (below < answers.length && (answers[below] as number) + laplace(rng, queryScale) < bar) below += 1;
          out[i] = below;
        }
      },
    });
    const d = sensitivity;
    const all = (n: number, value: number): number[] => Array.from({ length: n }, () => value);
    return {
      outputs: 'discrete',
      pairs: [
        pair(text('all answers move together', 'todas las respuestas se mueven a la vez'), [all(4, 0), all(4, -d)]),
        // Close to the worst case of the proof: some answers hold the threshold up, and the one that ends the run moves the other way.
        pair(text('three answers fall and the last rises', 'tres respuestas bajan y la última sube'), [
          all(4, 0),
          [...all(3, -d), d],
        ]),
        pair(text('three high answers fall and the last rises', 'tres respuestas altas bajan y la última sube'), [
          [...all(3, d), 0],
          [...all(3, 0), d],
        ]),
      ],
    };
  },
};

/** @throws unsupported for an unknown one. */
export function auditedKnown(id: string, params: KnownParams, factor: number): Audited {
  const build = Object.hasOwn(known, id) ? known[id] : undefined;
  if (build === undefined)
    throw unsupported(`unknown mechanism "${id.slice(0, 40)}"`, `ask for ${Object.keys(known).join(', ')}`);
  const { delta = 0, ...rest } = build(params, params.epsilon * factor);
  // A bit that is told or turned has no sensitivity.
  const sensitivity = id === 'randomized-response' ? 1 : params.sensitivity;
  return { ...rest, claim: { epsilon: params.epsilon, delta }, sensitivity };
}

const shift = (by: number, noise: (rng: Rng, out: Float64Array) => unknown): AuditPair => ({
  label: text(`the answer is 0 or ${by}`, `la respuesta es 0 o ${by}`),
  draw: (world, rng, out) => {
    noise(rng, out);
    if (world === 1) for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + by;
  },
});

/** Scores of two neighbouring tables: ties that part, and a favourite that falls while all others rise. */
function scorePairs(
  sensitivity: number,
  sampler: (scores: readonly number[]) => (rng: Rng) => number,
): readonly AuditPair[] {
  const pair = (label: AuditPair['label'], worlds: readonly [readonly number[], readonly number[]]): AuditPair => {
    const choose = [sampler(worlds[0]), sampler(worlds[1])] as const;
    return {
      label,
      draw: (world, rng, out) => {
        for (let i = 0; i < out.length; i += 1) out[i] = choose[world](rng);
      },
    };
  };
  const d = sensitivity;
  return [
    pair(text('two equal candidates part', 'dos candidatos iguales se separan'), [
      [0, 0],
      [d, -d],
    ]),
    pair(text('one of eight candidates rises, the others fall', 'uno de ocho candidatos sube y los demás bajan'), [
      [0, 0, 0, 0, 0, 0, 0, 0],
      [d, -d, -d, -d, -d, -d, -d, -d],
    ]),
    pair(text('the favourite falls, the others rise', 'el favorito baja y los demás suben'), [
      [3 * d, d, 0],
      [2 * d, 2 * d, d],
    ]),
  ];
}
