import stdTan from '@stdlib/math-base-special-tan';

export const tan: (x: number) => number = stdTan;
