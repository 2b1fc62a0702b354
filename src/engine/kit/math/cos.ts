import stdCos from '@stdlib/math-base-special-cos';

export const cos: (x: number) => number = stdCos;
