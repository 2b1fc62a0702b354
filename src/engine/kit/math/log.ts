import stdLn from '@stdlib/math-base-special-ln';

/** Natural logarithm. */
export const log: (x: number) => number = stdLn;
