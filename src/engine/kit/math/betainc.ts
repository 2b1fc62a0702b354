import stdBetainc from '@stdlib/math-base-special-betainc';

/** Regularized lower incomplete beta I_x(a, b). */
export const betainc = (x: number, a: number, b: number): number => stdBetainc(x, a, b);
