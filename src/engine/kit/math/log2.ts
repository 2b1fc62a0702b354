import stdLog2 from '@stdlib/math-base-special-log2';

export const log2: (x: number) => number = stdLog2;
