import stdSin from '@stdlib/math-base-special-sin';

export const sin: (x: number) => number = stdSin;
