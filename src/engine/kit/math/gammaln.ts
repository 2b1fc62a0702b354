import stdGammaln from '@stdlib/math-base-special-gammaln';

/** Natural logarithm of |gamma(x)|. */
export const gammaln: (x: number) => number = stdGammaln;
