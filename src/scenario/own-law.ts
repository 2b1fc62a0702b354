import type { CountedLaw, LossLaw } from '../engine/kit/loss-law.ts';
import { type Text, text } from '../engine/kit/text.ts';

/** A release described by hand: kinds of noise, what their one parameter is, and the law they make. */
export const lawLabels = {
  laplace: text('Laplace: ε of one release', 'Laplace: ε de una publicación'),
  gaussian: text('Gaussian: noise in multiples of the sensitivity', 'Gaussiano: ruido en múltiplos de la sensibilidad'),
  'discrete-laplace': text('Discrete Laplace: scale', 'Laplace discreta: escala'),
  'discrete-gaussian': text('Discrete Gaussian: σ', 'Gaussiana discreta: σ'),
  pure: text('Anything with this ε', 'Cualquier cosa con este ε'),
  'bounded-range': text('Exponential mechanism: ε', 'Mecanismo exponencial: ε'),
  'poisson-gaussian': text('DP-SGD step: noise multiplier', 'Paso de DP-SGD: multiplicador de ruido'),
  'randomized-response': text('Randomized response: P(truth)', 'Respuesta aleatorizada: P(verdad)'),
} as const satisfies Readonly<Record<string, Text>>;

export type OwnKind = keyof typeof lawLabels;
export interface Own {
  readonly kind: OwnKind;
  readonly value: number;
  readonly rate: number;
  readonly count: number;
  readonly delta: number;
}
export const firstOwn: Own = { kind: 'gaussian', value: 5, rate: 0.01, count: 1, delta: 1e-5 };

/** A law of one's own; undefined where the values make none. */
export function lawOf({ kind, value, rate, count }: Own): CountedLaw | undefined {
  const law = ((): LossLaw | undefined => {
    if (!(value > 0 && value < 1e6)) return undefined;
    switch (kind) {
      case 'laplace':
      case 'pure':
      case 'bounded-range':
        return value <= 100 ? { kind, epsilon: value } : undefined;
      case 'gaussian':
        return value >= 0.01 ? { kind, mu: 1 / value } : undefined;
      case 'discrete-laplace':
        return { kind, scale: value, sensitivity: 1 };
      case 'discrete-gaussian':
        return { kind, sigma2: value * value, sensitivity: 1 };
      case 'poisson-gaussian':
        return rate > 0 && rate < 1 && value >= 0.3 ? { kind, sigma: value, rate } : undefined;
      case 'randomized-response':
        return value > 0.5 && value < 1 ? { kind, truth: value } : undefined;
    }
  })();
  return law === undefined || !(Number.isInteger(count) && count >= 1 && count <= 1e5) ? undefined : { law, count };
}

/** A usual value of a kind's parameter. */
export const startOf = (kind: OwnKind): number => (kind === 'randomized-response' ? 0.75 : kind === 'gaussian' ? 5 : 1);
