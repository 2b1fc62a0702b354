import stdBetainc from '@stdlib/math-base-special-betainc';

/** Regularized lower incomplete beta I_x(a, b). */
export const betainc = (x: number, a: number, b: number): number => stdBetainc(x, a, b);

/** 1 - I_x(a, b), with all its digits where I_x is close to 1. */
export const betaincUpper = (x: number, a: number, b: number): number => stdBetainc(x, a, b, true, true);
