import stdGammainc from '@stdlib/math-base-special-gammainc';

/** Regularized lower incomplete gamma P(s, x). */
export const gammainc = (x: number, s: number): number => stdGammainc(x, s);
