import type { Audited, AuditPair } from '../../kit/audit.ts';
import { unsupported } from '../../kit/errors.ts';
import { text, type Text } from '../../kit/text.ts';
import type { AdditiveMechanism, Calibrated, Change } from '../mechanism.ts';
import { mechanisms } from '../mechanisms/list.ts';
import type { KnownParams } from './known.ts';
import { gaussianProfile } from './profile.ts';

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
  return {
    claim: factor === 1 ? lossOf(mechanism, calibrated, params.noise, claim.delta) : claim,
    outputs: params.noise === 'exact' ? 'discrete' : 'continuous',
    sensitivity: sensitivity * cells,
    ...(calibrated.law.kind === 'gaussian' && factor === 1 ? { profile: gaussianProfile(calibrated.law.mu) } : {}),
    pairs: [
      [0, sensitivity],
      [upper - sensitivity, upper],
      [Math.floor(upper / 2), Math.floor(upper / 2) + sensitivity],
    ].map(([zero, one]) => pairOf(calibrated, params, zero as number, one as number)),
  };
}

/** What the mechanism itself says it costs: at most what was asked, so the sharper claim to refute. */
const lossOf = (mechanism: AdditiveMechanism, calibrated: Calibrated, noise: KnownParams['noise'], delta: number) => {
  const { loss } = noise === 'exact' ? (calibrated.exactly?.() ?? calibrated) : calibrated;
  return mechanism.approximate ? loss : { epsilon: loss.epsilon, delta };
};

function pairOf(calibrated: Calibrated, { cells, noise }: KnownParams, zero: number, one: number): AuditPair {
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
        for (let cell = 0; cell < cells; cell += 1) sum += drawn[i * cells + cell] as number;
        out[i] = sum;
      }
    },
  };
}

const labelOf = (zero: number, one: number, cells: number): Text =>
  cells === 1
    ? text(`the answer is ${zero} or ${one}`, `la respuesta es ${zero} o ${one}`)
    : text(`${cells} answers are ${zero} each, or ${one} each`, `${cells} respuestas son ${zero}, o ${one}, cada una`);
