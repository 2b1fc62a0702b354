import stdExp from '@stdlib/math-base-special-exp';

export const exp: (x: number) => number = stdExp;
