import type { Audited, AuditPair } from '../../kit/audit.ts';
import type { LossLaw } from '../../kit/loss-law.ts';
import { unsupported } from '../../kit/errors.ts';
import { text, type Text } from '../../kit/text.ts';
import { type Calibrated, type Change, figuresOf } from '../mechanism.ts';
import { mechanisms } from '../mechanisms/list.ts';
import type { KnownParams } from './known.ts';
import { profileOfLaw } from './profile.ts';

/**
 * An additive mechanism under audit: answers at both ends of the declared range, in the middle and far out, where one unit moves each of
 * `cells` answers by the sensitivity. Draws are those of `Calibrated.release` (exact) or `.simulate` (fast), `epsilon` times `factor`.
 * @throws unsupported for an unknown mechanism; invalid-param for a claim it cannot keep.
 */
export function auditedAdditive(id: string, params: KnownParams, factor: number): Audited {
  const mechanism = mechanisms.find((one) => one.id === id);
  if (mechanism === undefined) throw unsupported(`unknown mechanism "${id.slice(0, 40)}"`);
  const { sensitivity, cells } = params;
  const upper = Math.ceil(20 * sensitivity);
  const change: Change = {
    l1: sensitivity * cells,
    l2: sensitivity * Math.sqrt(cells),
    linf: sensitivity,
    cells,
    lower: 0,
    upper,
  };
  const claim = { epsilon: params.epsilon, delta: mechanism.approximate ? params.delta : 0 };
  const calibrated = mechanism.calibrate({ ...claim, epsilon: claim.epsilon * factor }, change);
  const { loss, law } = figuresOf(calibrated, params.noise === 'exact');
  // The mechanism's own figure is at most what was asked, so the sharper claim to refute.
  const isHonest = factor === 1;
  const profile = isHonest ? profileOfLaw(law) : undefined;
  return {
    claim: isHonest ? loss : claim,
    outputs: params.noise === 'exact' ? 'discrete' : 'continuous',
    sensitivity: sensitivity * cells,
    ...(profile === undefined ? {} : { profile }),
    pairs: [
      [0, sensitivity],
      [upper - sensitivity, upper],
      [Math.floor(upper / 2), Math.floor(upper / 2) + sensitivity],
    ].map(([zero, one]) => pairOf(calibrated, law, params, zero as number, one as number)),
  };
}

function pairOf(
  calibrated: Calibrated,
  law: LossLaw,
  { cells, noise }: KnownParams,
  zero: number,
  one: number,
): AuditPair {
  // What tells several answers apart best: their sum for bells; for Laplace and its kin the sum of what lies between both worlds.
  const isBell = /gaussian|zcdp/.test(law.kind) || cells === 1;
  const seen = (x: number): number => (isBell ? x : Math.min(one, Math.max(zero, x)));
  let values = new Float64Array(0);
  let drawn = new Float64Array(0);
  return {
    label: labelOf(zero, one, cells),
    draw: (world, rng, out) => {
      if (values.length !== out.length * cells) {
        values = new Float64Array(out.length * cells);
        drawn = new Float64Array(out.length * cells);
      }
      values.fill(world === 0 ? zero : one);
      if (noise === 'exact') calibrated.release(rng, values, drawn);
      else calibrated.simulate(rng, values, drawn);
      for (let i = 0; i < out.length; i += 1) {
        let sum = 0;
        for (let cell = 0; cell < cells; cell += 1) sum += seen(drawn[i * cells + cell] as number);
        out[i] = sum;
      }
    },
  };
}

const labelOf = (zero: number, one: number, cells: number): Text =>
  cells === 1
    ? text(`the answer is ${zero} or ${one}`, `la respuesta es ${zero} o ${one}`)
    : text(`${cells} answers are ${zero} each, or ${one} each`, `${cells} respuestas son ${zero}, o ${one}, cada una`);
