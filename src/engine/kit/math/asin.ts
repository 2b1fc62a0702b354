import stdAsin from '@stdlib/math-base-special-asin';

export const asin: (x: number) => number = stdAsin;
