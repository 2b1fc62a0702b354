import stdExpm1 from '@stdlib/math-base-special-expm1';

export const expm1: (x: number) => number = stdExpm1;
