import { text } from '../../kit/text.ts';

/** Additive mechanisms by name, without their mathematics: the options of a parameter. Same ids and order as list.ts. */
export const mechanismNames = {
  laplace: text('Laplace', 'Laplace'),
  'discrete-laplace': text('Discrete Laplace (geometric)', 'Laplace discreta (geométrica)'),
  gaussian: text('Gaussian (analytic)', 'Gaussiana (analítica)'),
  'discrete-gaussian': text('Discrete Gaussian', 'Gaussiana discreta'),
  staircase: text('Staircase (least error)', 'Escalera (error mínimo)'),
  'staircase-least-squares': text('Staircase (least variance)', 'Escalera (varianza mínima)'),
  'truncated-laplace': text('Truncated Laplace', 'Laplace truncada'),
  'bounded-domain-laplace': text('Bounded-domain Laplace', 'Laplace de dominio acotado'),
  snapping: text('Snapping', 'Snapping (redondeo a rejilla)'),
} as const;

export type MechanismId = keyof typeof mechanismNames;

/** Options of a choice of noise. */
export const mechanismOptions = (Object.keys(mechanismNames) as MechanismId[]).map((value) => ({
  value,
  label: mechanismNames[value],
}));

/** Those that promise nothing without a chance of failure delta. */
export const APPROXIMATE: ReadonlySet<string> = new Set<MechanismId>([
  'gaussian',
  'discrete-gaussian',
  'truncated-laplace',
]);
