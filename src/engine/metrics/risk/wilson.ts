import { normalQuantile } from '../../dp/gaussian.ts';
import type { Interval } from '../../kit/score.ts';

/**
 * Wilson's score interval of a share (Wilson 1927): centre (s + z^2/2) / (n + z^2) and half width; also Anonymeter's
 * attack rate and error. Without trials the centre is 1/2 and the half width 1/2.
 */
export function wilson(
  successes: number,
  trials: number,
  level = 0.95,
): { readonly centre: number; readonly half: number } {
  const z = normalQuantile((1 + level) / 2);
  const square = z * z;
  const centre = (successes + square / 2) / (trials + square);
  const half =
    (z / (trials + square)) * Math.sqrt((successes * (trials - successes)) / Math.max(trials, 1) + square / 4);
  return { centre, half };
}

/** Wilson's interval as a score carries it. */
export function wilsonInterval(successes: number, trials: number, level = 0.95): Interval {
  const { centre, half } = wilson(successes, trials, level);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half), level, kind: 'sampling' };
}

/**
 * Risk of an attack beyond what a control shows (Giomi et al. 2023, Anonymeter): (a - c) / (1 - c) with first-order error
 * propagation, clipped to [0, 1]. Without a control the attack's own rate.
 */
export function attackRisk(
  attack: { readonly centre: number; readonly half: number },
  control?: { readonly centre: number; readonly half: number },
): { readonly value: number; readonly low: number; readonly high: number } {
  const clip = (x: number): number => Math.min(1, Math.max(0, x));
  if (control === undefined) {
    return {
      value: clip(attack.centre),
      low: clip(attack.centre - attack.half),
      high: clip(attack.centre + attack.half),
    };
  }
  const rest = 1 - control.centre;
  const value = (attack.centre - control.centre) / rest;
  const byAttack = attack.half / rest;
  const byControl = (control.half * (attack.centre - 1)) / (rest * rest);
  const error = Math.sqrt(byAttack * byAttack + byControl * byControl);
  return { value: clip(value), low: clip(value - error), high: clip(value + error) };
}
