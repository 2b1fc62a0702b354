import stdLog10 from '@stdlib/math-base-special-log10';

export const log10: (x: number) => number = stdLog10;
