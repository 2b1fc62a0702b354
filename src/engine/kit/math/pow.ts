import stdPow from '@stdlib/math-base-special-pow';

export const pow: (base: number, exponent: number) => number = stdPow;
