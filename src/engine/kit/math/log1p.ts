import stdLog1p from '@stdlib/math-base-special-log1p';

export const log1p: (x: number) => number = stdLog1p;
